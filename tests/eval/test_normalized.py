"""What a judged deadline says."""

import pytest

from eval.normalized import binds, fits, read_normalized
from kb.records import Comparator, Deadline, Span


def found(
    value: float | None, unit: str, comparator: Comparator = "within", *, business: bool = False
) -> Deadline:
    """A deadline as it might be annotated."""
    return Deadline("…", Span(0, 1), value, unit, comparator, business_days=business)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4 rings", 4, "ring"),
        ("PT36H", 36, "hour"),
        ("PT1.5H", 1.5, "hour"),
        ("P2W", 2, "week"),
        ("P6M", 6, "month"),
        ("PT6M", 6, "minute"),
        ("within 45 minutes", 45, "minute"),
        ("3-5 days", 5, "day"),
        ("every 2 hours", 2, "hour"),
        ("yearly", 1, "year"),
        ("2 per shift", 2, "time"),
        ("by the 15th", 15, "day_of_month"),
        ("closed on Mondays", 1, "weekday"),
        ("every day 09:30-18:00", 9.5, "clock"),
    ],
)
def test_an_amount_is_read(text: str, value: float, unit: str) -> None:
    """The first one; what only says how often it comes back follows."""
    first, *rest = read_normalized(text)
    assert (first.value, first.unit) == (value, unit)
    assert not any(each.required for each in rest)


@pytest.mark.parametrize("text", ["promptly", "each trade fair", "before ?:00", "holiday season"])
def test_what_has_no_amount_is_not_judged(text: str) -> None:
    """Nothing is made up for it."""
    assert read_normalized(text) == ()


def test_working_days_are_told_from_days() -> None:
    """In both directions."""
    (working,) = read_normalized("P4D business")
    (calendar,) = read_normalized("P4D")
    assert fits(working, found(4, "day", business=True))
    assert not fits(working, found(4, "day"))
    assert not fits(calendar, found(4, "day", business=True))


def test_durations_are_compared_by_their_length() -> None:
    """Half an hour is 30 minutes; a month is not 30 days."""
    (half_hour,) = read_normalized("PT30M")
    (month,) = read_normalized("P1M")
    assert fits(half_hour, found(0.5, "hour"))
    assert not fits(month, found(30, "day"))
    assert not fits(half_hour, found(None, "hour"))


def test_the_half_of_the_day_may_be_left_open() -> None:
    """A manual that says six o'clock does not say which."""
    (evening,) = read_normalized("18:00")
    assert fits(evening, found(6, "clock", "at"))
    assert not fits(evening, found(7, "clock", "at"))


def test_the_comparator_counts_only_where_it_is_told() -> None:
    """A bare count of rings fits any; "later than" fits one."""
    (bare,) = read_normalized("4 rings")
    (late,) = read_normalized("apologise if later than 4 rings")
    assert binds(bare, found(4, "ring", "within"))
    assert binds(late, found(4, "ring", "after"))
    assert not binds(late, found(4, "ring", "within"))
