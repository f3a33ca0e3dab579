"""Amounts of time and counts in the search form of a text: 三声, 3-5个工作日, two hours, 两个半月.

An amount is a number with a unit. What it means (a limit, a minimum, a frequency) is told by the
words around it: see `bounds`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.annotate.numerals import HAN, NUMBER, read
from kb.patterns import matching
from kb.records import Span


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit and its place. `low` and `high` are None where the number is lost.

    `unit` is second … year, ring, time (so many times), clock (hours since midnight), weekday
    (1 is Monday) or day_of_month. `period` is the ISO 8601 duration after which it comes again;
    an amount that is nothing but a period (every day) has `alone` false where it only means
    something beside a count (twice *a day*). `within` says that the words
    are a limit in themselves.
    """

    span: Span
    unit: str
    low: float | None
    high: float | None
    business: bool = False
    period: str | None = None
    alone: bool = True
    within: bool = False
    iso8601: str | None = None


_CHINESE: dict[str, tuple[str, float, str]] = {
    # word: unit, how many of it, what must not follow
    "秒钟": ("second", 1, ""),
    "秒": ("second", 1, "杀表懂回"),
    "分钟": ("minute", 1, ""),
    "分": ("minute", 1, "^内以"),
    "刻钟": ("minute", 15, ""),
    "分半钟": ("minute", 1, ""),
    "分半": ("minute", 1, "^内之以"),
    "小时": ("hour", 1, ""),
    "钟头": ("hour", 1, ""),
    "钟": ("hour", 1, "头情爱表声点楼"),
    "工作日": ("business_day", 1, ""),
    "工作天": ("business_day", 1, ""),
    "营业日": ("business_day", 1, ""),
    "自然日": ("day", 1, ""),
    "日历日": ("day", 1, ""),
    "历日": ("day", 1, ""),
    "自然天": ("day", 1, ""),
    "天": ("day", 1, "津气堂文花然猫"),
    "日": ("day", 1, "元常期志程语本历游报"),
    "周": ("week", 1, "边到岁密围一二三四五六日"),
    "星期": ("week", 1, "一二三四五六日天"),
    "礼拜": ("week", 1, "一二三四五六日天"),
    "月": ("month", 1, "^内之以"),
    "个月": ("month", 1, ""),
    "季度": ("quarter", 1, ""),
    "年": ("year", 1, "级份代龄终底会薪假轻货纪"),
    "声铃响": ("ring", 1, ""),
    "次铃响": ("ring", 1, ""),
    "声响铃": ("ring", 1, ""),
    "声铃": ("ring", 1, ""),
    "次铃": ("ring", 1, ""),
    "铃声": ("ring", 1, ""),
    "铃响": ("ring", 1, ""),
    "声响": ("ring", 1, ""),
    "声": ("ring", 1, "音望明称调"),
    "响": ("ring", 1, "应亮"),
    "铃": ("ring", 1, ""),
    "次": ("time", 1, "性品要数级序元"),
    "遍": ("time", 1, "布及"),
    "回": ("time", 1, "复访电拨覆答应来去到合馈收家头"),
}
_ENGLISH: dict[str, tuple[str, float]] = {
    "second": ("second", 1),
    "sec": ("second", 1),
    "minute": ("minute", 1),
    "min": ("minute", 1),
    "hour": ("hour", 1),
    "hr": ("hour", 1),
    "business day": ("business_day", 1),
    "working day": ("business_day", 1),
    "bus. day": ("business_day", 1),
    "bd": ("business_day", 1),
    "wd": ("business_day", 1),
    "business hour": ("hour", 1),
    "working hour": ("hour", 1),
    "calendar day": ("day", 1),
    "natural day": ("day", 1),
    "calendar month": ("month", 1),
    "day": ("day", 1),
    "night": ("day", 1),
    "fortnight": ("week", 2),
    "week": ("week", 1),
    "month": ("month", 1),
    "mth": ("month", 1),
    "wk": ("week", 1),
    "quarter": ("quarter", 1),
    "year": ("year", 1),
    "yr": ("year", 1),
    "ring": ("ring", 1),
    "attempt": ("time", 1),
    "login": ("time", 1),
    "tries": ("time", 1),
    "hold": ("time", 1),
    "reminder": ("time", 1),
    "time": ("time", 1),
}


def _longest_first(words: dict[str, tuple[str, float, str]] | dict[str, tuple[str, float]]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


CHINESE_UNIT = rf"(?:{_longest_first(_CHINESE)})"
ENGLISH_UNIT = rf"(?:{_longest_first(_ENGLISH)})s?"
RANGE = r"(?:-|–|—|~|至|到|或|to|or)"

_JOINED = HAN.replace("俩仨", "")
_AMOUNT = matching(
    rf"(?<![\d.第$¥{_JOINED}])(?<!第 )(?<!\d:)(?P<low>{NUMBER})"
    rf"(?:[ ]?\((?:[{HAN}\d]{{1,5}}|[a-z-]{{3,20}})\))?"
    rf"(?:[ -]{{0,2}}(?:个?{CHINESE_UNIT}|{ENGLISH_UNIT})?[ ]?{RANGE}[ ]?(?P<high>{NUMBER}))?"
    rf"(?:[ ]{{0,2}}(?:[个粒](?P<half>半)?[ ]?)?(?P<zh>{CHINESE_UNIT})"
    r"(?P<and_half>半(?!天|日|小时|个|年|月))?"
    r"|[ -]{0,2}(?:(?:full|whole|clear|straight|consecutive|further|more|failed|wrong"
    r"|incorrect|invalid|unsuccessful"
    r"|(?:call|delivery)(?= attempt)) )?"
    rf"(?P<en>{ENGLISH_UNIT})(?![a-z\d])(?P<and_a_half> and a half\b)?"
    r"|(?<=\d)(?:[ ]?(?P<h>h)|(?P<s>[ ]s|s(?=[ ]?(?:[之以]?[内后前]|里|[,。;、)|]|$))))"
    r"(?![a-z\d]))"
)
_HOURS_AND_MINUTES = matching(
    rf"(?<![\d.:第{HAN}])(?P<hours>{NUMBER})[ ]?(?:个?小时零?|个?钟头|hours?(?: and)?)[ ]?"
    rf"(?P<minutes>{NUMBER})[ ]?(?:分钟?(?!之一)|minutes?\b)"
)
_QUARTERS = matching(r"\b(?P<many>an?|one|three) quarters? of an hour\b")
_THE_HOUR = matching(r"\b(?:within the (?P<unit>hour|day|week|month)|inside the hour)\b")
_TIMES = matching(r"(?<!\bat )\b(?:once|twice|thrice)\b")
_NTH_RING = matching(rf"第(?P<low>{NUMBER})[个次声]?(?:铃声|铃响|铃|声|响)")
_RUNG = matching(rf"(?<=响)(?:多过|超过|[咗了过足够到满])?第?(?P<low>{NUMBER})下")
_AND_A_HALF = matching(rf"(?<![\d{HAN}])个半(?P<unit>小时|钟头?|月|星期|礼拜)")
"""One and a half, without the one: 个半钟."""
_FIRST_RING = matching(r"\b(?P<low>first|second|third|fourth|fifth|sixth) ring\b")
_NTH_DAY = matching(
    rf"第(?P<low>{NUMBER})个?(?P<unit>工作日|天|日)(?=(?:{NUMBER}[:点时][\d半]{{0,2}}分?|结束)?[之以]?前(?!台))"
)
"""The third day or a later one; 第二天 is tomorrow."""
_ON_NTH_DAY = matching(
    rf"(?<![月年周])第[ ]?(?P<low>{NUMBER})[ ]?个?(?P<unit>工作日|天|日)(?![之以]?前)"
)
"""On a day counted from something: 结案后第3天, 第八日起."""
_DAYS_PLUS = re.compile(
    r"(?<![a-z\d])(?P<sort>[td])[ ]?\+[ ]?(?P<days>[1-9]\d?)(?![\d.])(?:[ ]?个?(?:工作日|天|日))?"
)
"""So many days after the day itself, T for business days: T+1, D+2."""
_ORDINALS = {
    "first": 1.0,
    "second": 2.0,
    "third": 3.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
}
_YEARS = range(1900, 2200)


def find_amounts(folded: str) -> Iterator[Amount]:
    """Yield every number with a unit of time, rings or times, in the order of the text."""
    for match in _AMOUNT.finditer(folded):
        amount = _amount(folded, match)
        if amount is not None:
            yield amount
    for match in _HOURS_AND_MINUTES.finditer(folded):
        hours, minutes = read(match["hours"]), read(match["minutes"])
        if hours and minutes:
            value = hours[0] * 60 + minutes[0]
            yield Amount(Span(*match.span()), "minute", value, value)
    for match in _QUARTERS.finditer(folded):
        value = 45.0 if match["many"] == "three" else 15.0
        yield Amount(Span(*match.span()), "minute", value, value)
    for match in _THE_HOUR.finditer(folded):
        yield Amount(Span(*match.span()), match["unit"] or "hour", 1.0, 1.0, within=True)
    for match in _AND_A_HALF.finditer(folded):
        unit = _CHINESE[match["unit"]][0]
        yield Amount(Span(*match.span()), unit, 1.5, 1.5)
    for match in _TIMES.finditer(folded):
        value = {"once": 1.0, "twice": 2.0, "thrice": 3.0}[match[0]]
        yield Amount(Span(*match.span()), "time", value, value)
    for pattern in (_NTH_RING, _FIRST_RING, _RUNG):
        for match in pattern.finditer(folded):
            nth = _ordinal(match["low"])
            if nth is not None:
                yield Amount(Span(*match.span()), "ring", nth, nth)
    for pattern in (_NTH_DAY, _ON_NTH_DAY):
        for match in pattern.finditer(folded):
            nth = _ordinal(match["low"])
            if nth is not None and (nth > 2 or match["low"] == "2"):
                business = match["unit"] == "工作日"
                day, before = Span(*match.span()), pattern is _NTH_DAY
                yield Amount(day, "day", nth, nth, business=business, within=before)
    for match in _DAYS_PLUS.finditer(folded):
        days, business = float(match["days"]), match["sort"] == "t"
        yield Amount(Span(*match.span()), "day", days, days, business=business, within=True)


def _ordinal(words: str) -> float | None:
    values = (_ORDINALS[words],) if words in _ORDINALS else read(words)
    return values[0] if values else None


def _amount(folded: str, match: re.Match[str]) -> Amount | None:
    low, start = _unnumbered(folded, match)
    first = read(low)
    last = read(match["high"]) if match["high"] else first
    if first is None or last is None or first[0] > last[1]:
        return None
    unit, scale = _unit(folded, match)
    if not unit or (unit == "year" and match["low"].isdigit() and int(match["low"]) in _YEARS):
        return None
    if unit == "time" and "." in low:
        return None  # the number of an item: A2.1 Hold limit
    halves = match["half"] or match["and_half"] or match["and_a_half"] or "分半" in match[0]
    more = 0.5 if halves else 0.0
    return Amount(
        Span(start, match.end()),
        "day" if unit == "business_day" else unit,
        (first[0] + more) * scale,
        (last[1] + more) * scale,
        business=unit == "business_day" or "business" in match[0] or "working" in match[0],
    )


def _unnumbered(folded: str, match: re.Match[str]) -> tuple[str, int]:
    """The number and where it begins, without the number of the item that it begins: 2.10分钟内."""
    item, dot, low = match["low"].partition(".")
    head = folded.rfind("\n", 0, match.start()) + 1
    if dot and not folded[head : match.start()].strip():
        beside = rf"(?m)^[ ]*(?:{int(item) - 1}|{int(item) + 1})[.、]"
        if re.search(beside, folded):
            return low, match.end("low") - len(low)
    return match["low"], match.start()


def _unit(folded: str, match: re.Match[str]) -> tuple[str, float]:
    """The unit and its scale; the unit is empty where the next letter makes another word of it."""
    if match["h"] or match["s"]:
        named = re.match("[a-z-]", folded[match.start() - 1 : match.start()])  # QM-24H, P1s
        return "" if named else "hour" if match["h"] else "second", 1
    if match["en"]:
        word = match["en"]
        return _ENGLISH[word if word in _ENGLISH else word.removesuffix("s")]
    word, following = match["zh"], folded[match.end() : match.end() + 1]
    if word == "月" and (match[0].rstrip("月半").endswith("个")):
        word = "个月"
    unit, scale, stops = _CHINESE[word]
    needed = stops.startswith("^")
    blocked = bool(following) and following in stops
    return ("", 1) if blocked != needed else (unit, scale)


def duration(value: float, unit: str) -> str | None:
    """ISO 8601 duration of an amount of time, without fractions where the standard allows.

    None for rings, times, clock times and days of a calendar.
    """
    months = {"month": 1, "quarter": 3, "year": 12}
    seconds = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
    if unit in months:
        return _of_months(value, unit, months[unit])
    if unit not in seconds:
        return None
    if value == int(value):
        letter = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W"}[unit]
        return f"P{'' if unit in ('day', 'week') else 'T'}{int(value)}{letter}"
    return _of_seconds(round(value * seconds[unit]))


def _of_months(value: float, unit: str, each: int) -> str:
    if unit == "year" and value == int(value):
        return f"P{int(value)}Y"
    return f"P{value * each:g}M"


def _of_seconds(total: int) -> str:
    days, rest = divmod(total, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = "".join(f"{n}{c}" for n, c in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"
