"""A deadline in words, for the terminal; the page has its own, in three languages."""

import re
from calendar import day_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.schemas import Deadline as WireDeadline
    from kb.records import Deadline

_REPEATS = re.compile(r"R/P(?P<time>T)?(?P<number>\d+)(?P<unit>[DWMYHS])")
_UNITS = {
    ("", "D"): "day",
    ("", "W"): "week",
    ("", "M"): "month",
    ("", "Y"): "year",
    ("T", "H"): "hour",
    ("T", "M"): "minute",
    ("T", "S"): "second",
}


def in_words(deadline: "Deadline | WireDeadline") -> str:
    """Return what a limit binds, who must act, and from when: "within 3 business days; who: …"."""
    again = _again(deadline.recurrence or "")
    if (deadline.comparator, deadline.unit, again) == ("at", "weekday", "every week"):
        bound = f"every {_amount(deadline)}"
    elif deadline.comparator == "at":
        bound = f"{_amount(deadline)} {again}"  # as on the page: 3 years, 18:00, Friday
    elif (deadline.comparator, deadline.unit) == ("within", "time"):
        bound = f"at most {_amount(deadline)} {again}"
    elif deadline.comparator == "within" and _is_nth(deadline):
        bound = f"by {_amount(deadline)} {again}"
    elif deadline.comparator != "every":
        bound = f"{deadline.comparator.replace('_', ' ')} {_amount(deadline)} {again}"
    elif deadline.unit == "time":
        bound = f"{_amount(deadline)} {again}"
    else:
        bound = f"every {_amount(deadline)}".replace("every 1 ", "every ")
    who = f"; who: {deadline.actor}" if deadline.actor else ""
    since = f"; from: {deadline.trigger}" if deadline.trigger else ""
    return bound.rstrip() + who + since


def _amount(deadline: "Deadline | WireDeadline") -> str:
    value, unit = deadline.value, deadline.unit
    if value is None:
        return f"[lost] {unit}"
    if unit == "clock" and deadline.iso8601:
        return deadline.iso8601.replace("T", "").replace("/", "–")
    if unit == "weekday":
        return day_name[int(value) - 1]
    if unit == "day_of_month":
        return f"day {value:g} of the month"
    words = f"business {unit}" if deadline.business_days else unit
    if _is_nth(deadline):
        return f"{words} {value:g}"
    return f"{value:g} {words}{'' if value == 1 else 's'}"


def _is_nth(deadline: "Deadline | WireDeadline") -> bool:
    """Whether a day is counted to, and not so many of them: 第3天 is the third."""
    return deadline.unit == "day" and "第" in deadline.quote


def _again(recurrence: str) -> str:
    """R/P1W as "every week", R/P3M as "every 3 months"."""
    found = _REPEATS.fullmatch(recurrence)
    if not found:
        return recurrence
    number, unit = found["number"], _UNITS[found["time"] or "", found["unit"]]
    return f"every {unit}" if number == "1" else f"every {number} {unit}s"
