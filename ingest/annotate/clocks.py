"""Times of day, days of the week and days of the month, in the search form of a text.

A clock time's value is in hours since midnight (8:30 is 8.5), as written: 5点 is 17.0 only where
the text says 下午 or pm. A range of clock times has the value of its beginning and an ISO 8601
interval. A day of the month is told from a number of days by what stands before it (每月30日).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.annotate.amounts import Amount
from ingest.annotate.numerals import HAN, NUMBER, read
from kb.patterns import matching
from kb.records import Span

DAY_PART = (
    r"(?:凌晨|清晨|早上|早晨|朝早|上午|上昼|中午|正午|午间|晏昼|下午|下昼|午后|傍晚|晚上|晚间|夜间|夜里|当晚|次日|早"
    r"|晚)"
)
_AFTERNOON = re.compile(r"下午|[下晏]昼|午后|傍晚|晚|夜|p\.?m|afternoon|evening")
_NIGHT = re.compile(r"凌晨|a\.?m|清晨")
_POINT_FOLLOWS = (
    r"(?:之前|以前|前|之后|以后|后|至|到|-|–|—|~|开始|起|上班|下班|准时|开门|关门|打烊)"
)

_DAYS = "[一二三四五六日]"
_BEGIN = (
    rf"(?:(?<![\d.第{HAN}])(?<![周期拜](?={_DAYS}))|(?<=周{_DAYS})|(?<=期{_DAYS})|(?<=拜{_DAYS}))"
)
"""Where a bare number begins; behind a day of the week (周五八点) it does as well."""
_PAST = rf"(?P<minute>半|[一三]刻|(?:\d{{1,2}}|[{HAN}]{{1,3}})分(?!钟|之))"
_CLOCKS = (
    matching(
        rf"(?P<part>{DAY_PART})?[ ]{{0,2}}(?<![\d.])(?<!\d:)(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)"
        r"(?::[0-5]\d)?(?![\d:])[ ]?(?P<half_day>(?:[ap]m|[ap]\.m\.)(?![a-z]))?"
    ),
    matching(
        rf"(?P<part>{DAY_PART})[ ]{{0,2}}(?!(?<=[早晚])一点)(?P<hour>{NUMBER})[ ]?[点时]"
        rf"(?:(?P<minute>半|[一三]刻|(?:\d{{1,2}}|[{HAN}]{{1,3}})分?(?!钟|小))|钟|整)?"
    ),
    matching(
        rf"{_BEGIN}(?!(?<=[早晚快慢大小多少高低差])一点)"
        rf"(?P<hour>{NUMBER})[ ]?(?:点(?:{_PAST}|钟"
        rf"|整|"
        rf"(?={_POINT_FOLLOWS}))|时(?:(?P<minute_of>\d{{1,2}}|[{HAN}]{{1,3}})分(?!钟|之)|整|(?=之?前|以前)))"
    ),
    re.compile(
        r"(?<![\d.:])(?P<hour>\d{1,2})(?:\.(?P<minute>[0-5]\d))?[ ]?"
        r"(?P<half_day>(?:[ap]m|[ap]\.m\.)(?![a-z])|o'clock)"
    ),
    matching(r"\b(?P<hour>noon|midnight)\b"),
    matching(
        rf"\b(?P<minute>half|quarter) past (?P<hour>{NUMBER})\b"
        r"(?:[ ]?(?P<half_day>(?:[ap]m|[ap]\.m\.)(?![a-z])|in the (?:afternoon|evening)))?"
    ),
    # 0900-1630
    re.compile(r"(?<![\d.:])(?P<hour>0\d)(?P<minute>[0-5]\d)(?=[-–—~至到][0-2]\d[0-5]\d(?!\d))"),
    re.compile(
        r"(?<=0\d[0-5]\d[-–—~至到])(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?!\d)(?:[ ]?h(?:ou)?rs)?"
    ),
    # 九时至二十时: two together are a range, whatever stands around them
    matching(
        rf"{_BEGIN}(?P<hour>{NUMBER})[ ]?[点时]{_PAST}?"
        rf"(?=[至到\-–—~](?:{DAY_PART})?{NUMBER}[ ]?[点时])"
    ),
    matching(rf"(?<=[点时半刻分][至到\-–—~])(?P<hour>{NUMBER})[ ]?[点时]{_PAST}?"),
)
_JOIN = re.compile(r"[ ]{0,2}(?:-|–|—|——|~|至|到|to|until|till|and)[ ]{0,2}")
_QUARTERS = {"半": 30.0, "一刻": 15.0, "三刻": 45.0, "half": 30.0, "quarter": 15.0}

_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAY = matching(
    rf"(?<![{HAN}\d上下本])(?:逢|每个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"
    rf"(?:(?:-|–|—|~|至|到)(?:周|星期|礼拜)?[一二三四五六日天])?"
    # what is counted: 每周三次, 每周一小时, 每周一、二次
    rf"(?!(?<![自从由于至到][周期拜]一)(?<![自从由于至到]星期一)(?<![自从由于至到]礼拜一)起(?=[^,。;]))"
    rf"(?![次遍回度个天日年节场趟轮篇份封条位名元块两{HAN}]|小时|分钟|[、或至到\-–][{HAN}][次遍回个天])"
)
_ENGLISH_WEEKDAY = matching(
    rf"(?:(?<=\bon )|(?<=\bby )|(?<=every )|(?<=each )|(?<=before )|(?<=until ))"
    rf"(?P<day>{'|'.join(_ENGLISH_WEEKDAYS)})s?\b"
)
_MONTH_DAY = matching(
    rf"(?P<month>(?:(?:\d{{4}}年)?(?<![\d.])(?:1[012]|[1-9]|十?[一二三四五六七八九]|十)月"
    rf"|(?:每|本|当|次|下|上|该)?一?个?(?:月份?|季度?)))[ ]{{0,2}}的?"
    rf"(?P<day>{NUMBER})[ ]{{0,2}}[日号]"
)
_MORE_DAYS = matching(rf"[ ]?[、/及和或与][ ]?(?P<day>{NUMBER})[ ]{{0,2}}[日号](?![内间])")
"""Days listed behind a day of the month are days of it as well."""
_DATE_BEFORE = matching(
    rf"(?<![\d{HAN}提前早期逾])(?P<day>{NUMBER})[ ]{{0,2}}[日号](?=(?:之|以)?前(?![台提面方厅]))"
)
_OF_MONTH = re.compile(r"(?:每|次|当|本|下)一?个?(?:月|季)|月(?:度|结|份)|季度")
"""What earlier in its sentence makes a number of days before something a day of the month."""
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ENGLISH_DATES = (
    matching(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?!may [a-z]){_MONTH}\b"),
    matching(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]?\d)"),
    matching(
        r"(?:(?<=\bby )|(?<=before )|(?<=until )|(?<=\bon ))the (?P<day>\d{1,2})(?:st|nd|rd|th)\b"
        r"(?=[ ]?(?:[,.;)]|and\b|or\b|$))"
    ),
)
_ENGLISH_MONTH_DAY = matching(
    r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)(?: day)? of (?P<each>each|every|the)"
    r" (?:[a-z]+ )?(?:month|quarter)\b"
)


def find_clocks(folded: str) -> Iterator[Amount]:
    """Yield clock times, and ranges of them as one, with `unit` "clock"."""
    pending: tuple[Span, float, bool] | None = None
    for match, hours in _times(folded):
        if pending and _JOIN.fullmatch(folded, pending[0].end, match.start()):
            yield _range(pending, match, hours)
            pending = None
            continue
        if pending:
            yield _time(pending[0], pending[1])
        pending = Span(*match.span()), hours, hours >= 12
    if pending:
        yield _time(pending[0], pending[1])


def find_days(folded: str) -> Iterator[Amount]:
    """Yield days of the week and of the month, with `unit` "weekday" or "day_of_month"."""
    for match in _WEEKDAY.finditer(folded):
        day = float("_一二三四五六日".index(match["day"].replace("天", "日")))
        yield Amount(Span(*match.span()), "weekday", day, day, period=_every(match[0], "P1W"))
    for match in _ENGLISH_WEEKDAY.finditer(folded):
        day = 1.0 + _ENGLISH_WEEKDAYS.index(match["day"])
        each = folded[: match.start()].endswith(("every ", "each "))
        yield Amount(Span(*match.span()), "weekday", day, day, period="P1W" if each else None)
    for match in _DATE_BEFORE.finditer(folded):
        days, sentence = read(match["day"]), re.split(r"[。;!?\n]", folded[: match.start()])[-1]
        if days and 1 <= days[0] <= 31 and _OF_MONTH.search(sentence):
            yield Amount(Span(*match.span()), "day_of_month", days[0], days[0])
    for pattern in (_MONTH_DAY, _ENGLISH_MONTH_DAY):
        for match in pattern.finditer(folded):
            days = read(match["day"])
            if days and 1 <= days[0] <= 31:
                yield _month_day(match, days[0])
                yield from _more_days(folded, match)
    for pattern in _ENGLISH_DATES:
        for match in pattern.finditer(folded):
            day = float(match["day"])
            if 1 <= day <= 31:
                yield Amount(Span(*match.span()), "day_of_month", day, day)


def _times(folded: str) -> Iterator[tuple[re.Match[str], float]]:
    """Clock times that do not overlap, in the order of the text, with their hours."""
    found = (match for pattern in _CLOCKS for match in pattern.finditer(folded))
    end = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        hours = _hours(match) if match.start() >= end else None
        if hours is not None:
            end = match.end()
            yield match, hours


def _hours(match: re.Match[str]) -> float | None:
    """Hours since midnight; None where it cannot be a time."""
    parts = match.groupdict()
    if parts["hour"] in ("noon", "midnight"):
        return 12.0 if parts["hour"] == "noon" else 0.0
    hours = read(parts["hour"])
    if not hours or hours[0] != int(hours[0]) or hours[0] != hours[1] or hours[0] > 24:
        return None
    half_day = f"{parts.get('part') or ''}{parts.get('half_day') or ''}"
    hour = hours[0]
    if hour < 12 and (_AFTERNOON.search(half_day) or ("中午" in half_day and hour < 4)):
        hour += 12
    if hour == 12 and _NIGHT.search(half_day):
        hour = 0.0
    return hour + _minutes(parts.get("minute") or parts.get("minute_of") or "0") / 60


def _minutes(words: str) -> float:
    if words in _QUARTERS:
        return _QUARTERS[words]
    values = read(words.removesuffix("分"))
    return values[0] if values else 0.0


def _time(span: Span, hours: float) -> Amount:
    return Amount(span, "clock", round(hours, 4), round(hours, 4), iso8601=_iso(hours))


def _range(first: tuple[Span, float, bool], last: re.Match[str], until: float) -> Amount:
    span, hours, afternoon = first
    if afternoon and until < hours and until + 12 > hours and until < 12:
        until += 12
    return Amount(
        Span(span.start, last.end()),
        "clock",
        round(hours, 4),
        round(until, 4),
        iso8601=f"{_iso(hours)}/{_iso(until)}",
    )


def _iso(hours: float) -> str:
    hour, minute = divmod(round(hours * 60), 60)
    return f"T{hour:02d}:{minute:02d}"


def _every(words: str, period: str) -> str | None:
    return period if words.startswith(("每", "逢")) else None


def _more_days(folded: str, first: re.Match[str]) -> Iterator[Amount]:
    """The days listed behind one of the month, as often as that one."""
    match = _MORE_DAYS.match(folded, first.end())
    while match:
        days = read(match["day"])
        if days and 1 <= days[0] <= 31:
            yield replace(_month_day(first, days[0]), span=Span(match.start("day"), match.end()))
        match = _MORE_DAYS.match(folded, match.end())


def _month_day(match: re.Match[str], day: float) -> Amount:
    period = "P3M" if "季" in match[0] or "quarter" in match[0] else "P1M"
    each = "每" in match[0] or "each" in match[0] or "every" in match[0]
    return Amount(Span(*match.span()), "day_of_month", day, day, period=period if each else None)
