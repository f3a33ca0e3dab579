"""What comes again: 每天, 每两周, 每季度末, every Monday, quarterly, twice *a day*.

A recurrence is written as an ISO 8601 repeating interval without end: R/P1D, R/P3M. A period that
is short of a number in itself (每次, each time) has the unit "time" and no recurrence.
"""

import re
from collections.abc import Iterator

from ingest.annotate.amounts import Amount, duration
from ingest.annotate.numerals import HAN, NUMBER, read
from kb.patterns import matching
from kb.records import Span

_UNITS = {
    "秒钟": "second",
    "秒": "second",
    "分钟": "minute",
    "小时": "hour",
    "钟头": "hour",
    "工作日": "day",
    "营业日": "day",
    "交易日": "day",
    "天": "day",
    "日": "day",
    "晚": "day",
    "早": "day",
    "班": "shift",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季度": "quarter",
    "季": "quarter",
    "年": "year",
    "次": "time",
    "second": "second",
    "sec": "second",
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hr": "hour",
    "working day": "day",
    "business day": "day",
    "weekday": "day",
    "day": "day",
    "night": "day",
    "morning": "day",
    "evening": "day",
    "shift": "shift",
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "time": "time",
}
_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}
_HAN_UNIT = "|".join(sorted((u for u in _UNITS if not u.isascii()), key=len, reverse=True))
_LATIN_UNIT = "|".join(sorted((u for u in _UNITS if u.isascii()), key=len, reverse=True))

_EVERY = matching(
    rf"每(?:间?隔)?[ ]?(?:(?P<half>半)|(?P<n>{NUMBER}))?[ ]?个?(?P<unit>{_HAN_UNIT})"
    r"(?:的?(?P<edge>(?:月|年|季)?[底末初]))?(?!薪|租|份额|(?<![时钟秒])报|刊|卡|度)"
)
_ENGLISH_EVERY = matching(
    rf"\b(?:every|each)[ ](?:(?P<n>{NUMBER}|other|second)[ ]|(?P<half>half)[ -]?(?:an )?)?"
    # every second Friday is every other one, and no second
    rf"(?P<unit>{_LATIN_UNIT})s?\b(?! (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_ALTERNATE = re.compile(
    r"(?<![间相])(?:(?:隔|双)(?=周)|隔(?=年))(?P<unit>周|年)(?![一二三四五六日末年岁])"
)
"""隔周 is every other week, 隔年 every other year."""
_ADVERB = matching(rf"\b(?P<unit>{'|'.join(_ADVERBS)})\b")
_BESIDE_COUNT = matching(
    rf"(?<![\d前后第每几])[一1](?P<unit>天|日|周|个?星期|个?月|个?季度|年)"
    rf"(?=[ ]?(?:至少|不少于|最多|不超过)?[ ]?{NUMBER}[ ]?[次遍])"
)
_ENGLISH_BESIDE_COUNT = matching(
    r"\b(?:once|twice|thrice|times|o'clock|[ap]m)[ ]"
    rf"(?P<period>(?:per|an?(?! second))[ ](?P<unit>{_LATIN_UNIT}))\b"
)
_ONCE_IN = matching(
    rf"\bonce (?P<period>in (?:every |any )?(?P<n>{NUMBER}) (?P<unit>{_LATIN_UNIT})s?)\b"
)
_ONE_EACH = matching(
    rf"(?<![\d{HAN}第每])(?P<n>{NUMBER})个?(?P<unit>{_HAN_UNIT})一(?:查|巡|检|报|换|清|盘|结|访|轮|更)"
)
"""Something is done once in so long: 两小时一巡, 一月一结."""
_BUSINESS = re.compile(r"工作日|营业日|working day|business day|weekday")


def find_periods(folded: str) -> Iterator[Amount]:
    """Yield every recurring period of the text."""
    for pattern in (_EVERY, _ENGLISH_EVERY):
        for match in pattern.finditer(folded):
            yield from _period(match, match["half"] or match["n"], alone=True)
    for match in _ONCE_IN.finditer(folded):
        yield from _period(match, match["n"], alone=False)
    for match in _ONE_EACH.finditer(folded):
        yield from _period(match, match["n"], alone=True)
    for match in _ALTERNATE.finditer(folded):
        yield from _period(match, "other", alone=True)
    for match in _ADVERB.finditer(folded):
        yield from _period(match, None, alone=True)
    for pattern in (_BESIDE_COUNT, _ENGLISH_BESIDE_COUNT):
        for match in pattern.finditer(folded):
            yield from _period(match, None, alone=False)


def _period(match: re.Match[str], number: str | None, *, alone: bool) -> Iterator[Amount]:
    fixed = {None: 1.0, "other": 2.0, "second": 2.0, "半": 0.5, "half": 0.5}
    values = (fixed[number], fixed[number]) if number in fixed else read(number or "")
    word = match["unit"].removeprefix("个")
    unit = _ADVERBS.get(word) or _UNITS[word]
    if values is None:
        return
    value, unit = (values[1] * 2, "week") if unit == "fortnight" else (values[1], unit)
    yield Amount(
        Span(*match.span("period" if "period" in match.re.groupindex else 0)),
        unit,
        value,
        value,
        business=bool(_BUSINESS.search(match[0])),
        period=duration(value, unit) or "",
        alone=alone,
    )
