"""Bare lengths that a head or a label makes limits."""

import time

import pytest

from ingest.annotate.deadlines import find_deadlines
from ingest.annotate.headed_limits import bind_by_heads


def comparators(text, columns=""):
    """How each limit of the text binds."""
    found = bind_by_heads(find_deadlines(text), text, columns)
    return [each.comparator for each in found]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("来源 | 首次联系 | 结案\n一般 | 4小时 | 3个工作日", ""),
        ("1999轉來      4小時      3個工作日", "案件來源   首次聯繫   結案"),
        ("Kind | First reply | Closed\nFault | 4 hours | 3 working days", ""),
        ("结案：甲级十个工作日，乙级五个工作日", ""),
    ],
)
def test_what_must_be_done_by_then_stands_above_or_before(text, columns):
    """The head of the column, in the text or outside it, or the label of the line."""
    assert comparators(text, columns=columns) == ["within", "within"]


@pytest.mark.parametrize(
    "text",
    [
        "物品 | 保存期限\n录音 | 90天",
        "回访：结案后第3天电话回访",
        "回访：您好，占用您一分钟",
        "答复：迟到30分钟的先致歉",
        "班次 | 时长\n早班 | 8小时",
        "交货提前：通知3天",
    ],
)
def test_other_lengths_stay_as_they_are(text):
    """What is kept, a day among days, somebody's time, how late it is, how long it lasts."""
    assert "within" not in comparators(text)


@pytest.mark.parametrize("tail", ["x" * 16, "。", "|", ""])
def test_many_commas_behind_a_label_take_no_longer(tail):
    """They could be cut into items in a billion ways."""
    started = time.perf_counter()
    comparators(f"答复:{'a,' * ((56 - len(tail)) // 2)}{tail}3天")
    assert time.perf_counter() - started < 1
