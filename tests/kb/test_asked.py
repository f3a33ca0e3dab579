"""What a question wants to know of a limit or of words to say."""

import pytest

from kb.asked import CALENDAR, LENGTHS, asked
from kb.fold import fold


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("鈴響幾聲要接", {"ring"}),
        ("几个工作日答复", {"day", "week"}),
        ("退房最晚几点", {"clock"}),
        ("How many minutes may a guest wait?", {"minute"}),
        ("每月几号出账", {"day_of_month"}),
        ("幾多日內退款", {"day", "week"}),
        ("client left, when must the file be closed", {*LENGTHS, *CALENDAR}),
        ("How quickly is the phone answered when it rings?", {*LENGTHS, "ring"}),
        ("when must I answer the phone", {*LENGTHS, *CALENDAR, "ring"}),
        ("电话要多久内接起来", {*LENGTHS, "ring"}),
        ("how soon must a call be picked up", {*LENGTHS, "ring"}),
        ("多久派人上门接客人", set(LENGTHS)),
        ("how long may it take to follow up", set(LENGTHS)),
        ("refund要几多days", {"day", "week"}),
        ("几多 mins要回", {"minute"}),
        ("客人可以带狗吗", set()),
    ],
)
def test_the_unit_asked_for_is_read_off_the_question(question: str, units: set[str]) -> None:
    """In both scripts and in English; none where none is named."""
    assert asked(fold(question)).units == units


def test_bounds_and_bans_are_read_too() -> None:
    """How a limit binds, whether it recurs, and what must not be said."""
    assert asked("至少提前几天").comparators == {"before", "at_least"}
    assert asked("多久巡查一次").often
    assert asked("周六几点之前要交").comparators == {"within", "before"}
    assert asked("晚上几点以后不接单").comparators == {"after", "at_least"}
    assert asked("what must we never say").banned
    assert asked("跟客人道别哪些话碰都不能碰").banned
    assert asked("催款不许讲什么").banned
    assert asked("what am i not allowed to tell them").banned
    assert asked("which wording is off-limits").banned
    assert not asked("which parcels are forbidden").banned
    assert asked("罚款的事有什么话是说不得的").banned
    assert not asked("问起病情该说什么不该说什么").banned
    assert asked("唔准say什么").banned
    assert not asked("可不可以say sorry").banned
    assert not asked("what must we say").banned
    assert not asked("道别说哪句话").banned
    assert not asked("客人问能不能提前入住,怎么答").banned
    assert not asked("客人问可不可以用券,怎么说").banned


@pytest.mark.parametrize(
    ("question", "end"),
    [
        ("客服上到几点", True),
        ("几点关门", True),
        ("What time does the desk close?", True),
        ("营业时间几点到几点", False),
        ("从几点开到几点", False),
        ("when do you open and close", False),
        ("What time does the overnight shift start?", False),
    ],
)
def test_the_end_is_asked_for_where_the_beginning_is_not(question: str, end: bool) -> None:
    """Who asks for both wants the whole range."""
    assert asked(fold(question)).end is end
