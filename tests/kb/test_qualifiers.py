"""The cases that a question and a sentence name."""

import pytest

from kb.fold import fold
from kb.outline import padded
from kb.qualifiers import agreement, each_qualifiers, qualifiers


def sides(text: str) -> int:
    """The sides that a text names."""
    return qualifiers(padded(fold(text)))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("夜班響幾聲", "On the night shift, five rings"),
        ("VIP customers", "金卡客户两声之内"),
        ("網購的幾天內退", "Online orders: 30 days"),
        ("偏远地区多久到", "islands: within 120 minutes"),
    ],
)
def test_a_case_is_the_same_in_every_script(asked: str, told: str) -> None:
    """The words differ, the side is one."""
    assert agreement(sides(asked), sides(told)) == (1, 0, 0)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("白天几声", "夜班放宽到五声"),
        ("How soon for an ordinary call?", "VIP 专席两声之内"),
        ("online purchases", "门店购买的三天内"),
        ("办结要几天", "首次联系 4小时"),
    ],
)
def test_cases_side_by_side_exclude_each_other(asked: str, told: str) -> None:
    """What is told of one is not told of the other."""
    assert agreement(sides(asked), sides(told))[1] == 1


def test_what_is_never_meant_unless_told_counts_alone() -> None:
    """Who asks how many rings does not mean the night; who asks for the shop might."""
    assert agreement(0, sides("夜班五声")) == (0, 0, 1)
    assert agreement(0, sides("白班三声,夜班五声")) == (0, 0, 0)
    assert agreement(0, sides("门店三天")) == (0, 0, 0)


def test_each_part_has_its_own() -> None:
    """And none has one that only the whole names."""
    day, night = " 白班三声 ", " 夜班五声 "
    both = each_qualifiers([day, night, " 其他 "], day + night)
    assert both == (sides("白班"), sides("夜班"), 0)
