"""What a judged deadline says, read from its normalised form: "PT48H", "3 rings", "every day".

The form is a short English text. Read are, wherever they stand in it:

- ISO 8601 durations with one unit (PT48H, P3D) and plain ones (48 hours, 3 business days);
  "business" or "working" makes days into business days;
- counts of rings and times (3 rings, 2 times, 1 per month), days of a month (the 15th),
  weekdays, and clock times (08:30); of a span of clock times the first, which is its value;
- frequencies: every day, every 3 months, daily, quarterly. Beside another amount a frequency
  only says how often that comes back, so it may be found by itself or not.

The comparator is judged only where words tell it: later than, after; before; by, within, at most;
at least; every. A bare "3 rings" does not. What is not in this list (a sales exhibition, "during
working hours") has no amount and is not judged.
"""

import re
from dataclasses import dataclass

from kb.records import Comparator, Deadline

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DATE = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_TIME = {"H": "hour", "M": "minute", "S": "second"}
_OFTEN = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNIT = r"(?P<unit>second|minute|hour|day|week|month|quarter|year)s?\b"
_BUSINESS = r"(?:business |working )?"

_FREQUENCY = re.compile(
    rf"\b(?:every|each|per)\b ?(?P<value>\d+)? ?{_BUSINESS}{_UNIT}"
    rf"|\b(?P<often>{'|'.join(_OFTEN)})\b"
)
_ISO = re.compile(r"\bP(?:(?P<date>\d+(?:\.\d+)?[YMWD])|T(?P<time>\d+(?:\.\d+)?[HMS]))(?!\w)")
_PLAIN = re.compile(rf"\b(?:\d+ ?[-–] ?)?(?P<value>\d+(?:\.\d+)?) ?{_BUSINESS}{_UNIT}")
_COUNT = re.compile(r"\b(?P<value>\d+) (?P<unit>ring|time)s?\b|\b(?P<per>\d+) per\b")
_CLOCK = re.compile(r"(?<![\d?])(?P<hours>\d{1,2}):(?P<minutes>\d\d)\b(?: ?[-–] ?\d{1,2}:\d\d)?")
_DAY_OF_MONTH = re.compile(r"\b(?P<value>\d{1,2})(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})s?\b")

_TOLD: tuple[tuple[re.Pattern[str], frozenset[Comparator]], ...] = (
    (re.compile(r"\b(?:not|no) later than\b"), frozenset({"before", "within"})),
    (re.compile(r"\blater than\b|\bafter\b|\bmore than\b"), frozenset({"after"})),
    (re.compile(r"\bbefore\b"), frozenset({"before"})),
    (re.compile(r"\bat least\b|\bno less than\b"), frozenset({"at_least"})),
    (re.compile(r"\bby\b|\bwithin\b|\bat most\b|\bup to\b"), frozenset({"within", "before"})),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An amount that a deadline must have.

    `comparators` are those that fit, empty where the form does not tell. An amount that is not
    `required` only says how often the others come back.
    """

    value: float
    unit: str
    business_days: bool = False
    comparators: frozenset[Comparator] = frozenset()
    required: bool = True


def read_normalized(text: str) -> tuple[Wanted, ...]:
    """Return the amounts of a normalised form; empty where it has none."""
    often = list(_FREQUENCY.finditer(text.lower()))
    rest = _FREQUENCY.sub(lambda match: " " * len(match.group()), text.lower())
    told = next((fits for pattern, fits in _TOLD if pattern.search(rest)), frozenset[Comparator]())
    business = re.search(r"\b(?:business|working)\b", text.lower()) is not None
    iso = [_iso(match) for match in _ISO.finditer(text)]
    amounts = [
        Wanted(value, unit, business and unit == "day", told)
        for value, unit in (*iso, *_counted(rest), *_per(text.lower()))
    ]
    periods = [_period(match, business, told, required=not amounts) for match in often]
    return (*amounts, *periods)


def fits(wanted: Wanted, found: Deadline) -> bool:
    """Whether a found deadline has the wanted amount.

    Durations fit where they are equally long (PT30M is half an hour), clock times also where only
    the half of the day is open (17:00 for "5 o'clock"): the words of a manual need not tell it.
    """
    if found.value is None or (
        wanted.unit == "day" and wanted.business_days != found.business_days
    ):
        return False
    for scale in (_SECONDS, _MONTHS):
        if wanted.unit in scale and found.unit in scale:
            return wanted.value * scale[wanted.unit] == found.value * scale[found.unit]
    if wanted.unit == found.unit == "clock":
        return (wanted.value - found.value) % 12 == 0
    return (wanted.value, wanted.unit) == (found.value, found.unit)


def binds(wanted: Wanted, found: Deadline) -> bool:
    """Whether a found deadline has the wanted amount and, where that is told, the comparator."""
    told = wanted.comparators
    return fits(wanted, found) and (not told or found.comparator in told)


def _iso(match: re.Match[str]) -> tuple[float, str]:
    words = match["date"] or match["time"]
    return float(words[:-1]), (_DATE if match["date"] else _TIME)[words[-1]]


def _counted(rest: str) -> list[tuple[float, str]]:
    """Amounts in words, without the frequencies, in the order of their kinds."""
    clocks = [(int(m["hours"]) + int(m["minutes"]) / 60, "clock") for m in _CLOCK.finditer(rest)]
    days = [(float(m["value"]), "day_of_month") for m in _DAY_OF_MONTH.finditer(rest)]
    weekdays = [(_WEEKDAYS.index(m["weekday"]) + 1.0, "weekday") for m in _WEEKDAY.finditer(rest)]
    plain = [(float(m["value"]), m["unit"]) for m in _PLAIN.finditer(rest)]
    counts = [(float(m["value"]), m["unit"]) for m in _COUNT.finditer(rest) if m["value"]]
    return [*plain, *counts, *clocks, *days, *weekdays]


def _per(text: str) -> list[tuple[float, str]]:
    """How many times in a period: "1 per month"."""
    return [(float(m["per"]), "time") for m in _COUNT.finditer(text) if m["per"]]


def _period(
    match: re.Match[str], business: bool, told: frozenset[Comparator], *, required: bool
) -> Wanted:
    unit = match["unit"] or _OFTEN[match["often"]]
    value = float(match["value"] or 1)
    return Wanted(value, unit, business and unit == "day", told | {"every"}, required)
