"""The head above a cell of a table written as text."""

import pytest

from kb.cells import head_above
from kb.records import Span


def head(text: str, words: str, columns: str = "") -> str:
    """The head above the words."""
    start = text.index(words)
    return head_above(text, Span(start, start + len(words)), columns)


@pytest.mark.parametrize(
    "text",
    [
        "来源 | 首次联系 | 结案\n一般 | 1天 | 6天\n信箱 | 2天 | 7天",
        "| 来源 | 首次联系 | 结案 |\n| 一般 | 1天 | 6天 |\n| 信箱 | 2天 | 7天 |",
        "来源      首次联系     结案\n一般      1天      6天\n信箱      2天     7天",
    ],
)
def test_the_head_of_a_column_is_found(text: str) -> None:
    """Whatever parts the cells, in every row."""
    assert [head(text, words) for words in ("1天", "6天", "7天")] == ["首次联系", "结案", "结案"]


def test_heads_may_stand_outside() -> None:
    """Where the table goes on in another passage; rows of another width have none."""
    assert head("一般 | 1天", "1天", "来源 | 结案") == "结案"
    assert head("一般 | 1天", "1天", "来源 | 首次 | 结案") == ""


def test_no_table_has_no_head() -> None:
    """A line of one cell, and the first row."""
    assert head("三天内答复。", "三天") == ""
    assert head("一般 | 结案", "结案") == ""
