"""A list's lost number comes back only where its neighbours tell it."""

import pytest

from ingest.repairs.lost_numbering import find, repair
from tests.ingest.repairs.drafts import repaired


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("(1)开门。?)点灯。(3)迎客", "(1)开门。(2)点灯。(3)迎客"),
        ("（2）鋪床。\n?）換巾。\n（4）開窗", "（2）鋪床。\n（3）換巾。\n（4）開窗"),
        ("(1)开门。?)点灯。?)煮水。(4)迎客", "(1)开门。(2)点灯。(3)煮水。(4)迎客"),
        ("(1)开门 (2)“请进。”?)送客", "(1)开门 (2)“请进。”(3)送客"),
        ("(1)开门 (2)请进。?)送客\n(1)关门", "(1)开门 (2)请进。(3)送客\n(1)关门"),
    ],
)
def test_a_number_between_its_neighbours_comes_back(damaged, clean):
    assert repaired(repair, damaged) == clean


@pytest.mark.parametrize(
    "text", ["(1)开门。?)点灯。(4)迎客", "开门。?)点灯", "(1)开门。?)点灯", "?)点灯。(2)迎客"]
)
def test_a_number_that_could_be_another_is_marked(text):
    assert repaired(repair, text) == text
    assert [(mark.span.of(text), mark.kind) for mark in find(text)] == [("?)", "value_missing")]


@pytest.mark.parametrize(
    "text", ["(1)问好(您好吗 ?)再坐。(3)迎客", "(1)好吗?)坐下 (3)迎客", "()开门 (2)点灯"]
)
def test_a_closing_bracket_and_an_empty_one_are_no_lost_number(text):
    assert repaired(repair, text) == text
    assert not list(find(text))
