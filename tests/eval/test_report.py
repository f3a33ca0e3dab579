"""The report for a terminal."""

import pytest

from eval.compare import compare
from eval.report import align, comparison_table, failures, share, table
from eval.run import Report, evaluate
from tests.eval.shelf import QUESTIONS, SHELF, shelf


@pytest.fixture(scope="module")
def report() -> Report:
    """A run over the shelf."""
    return evaluate(shelf(), QUESTIONS)


def test_the_table_has_a_line_a_slice_with_what_readers_ask_for(report: Report) -> None:
    """The table has a line a slice with what readers ask for."""
    head, whole, *rest = table(report).splitlines()
    columns = "n recall@1 recall@3 recall@5 recall@10 mrr@10 answered@1 auc "
    columns += "sentence deadline say unforbidden answered refused"
    assert head.split() == columns.split()
    assert whole.startswith("all")
    assert ".75 [" in whole
    assert [line.split()[0] for line in rest[:2]] == ["lang=en", "lang=zh-Hans"]
    assert "median" in rest[-1]


def test_a_slice_of_unanswerable_questions_shows_only_refusals(report: Report) -> None:
    """A slice of unanswerable questions shows only refusals."""
    line = next(line for line in table(report).splitlines() if line.startswith("note=near-miss"))
    assert line.split() == ["note=near-miss", "0", "1/1"]


def test_failures_come_worst_first_with_their_reasons() -> None:
    """Failures come worst first with their reasons."""
    reasons = [each.reason for each in failures(evaluate(shelf(SHELF[1:]), QUESTIONS))]
    assert reasons[0].startswith("not found")
    assert all("rank 1" not in reason for reason in reasons)


def test_nothing_to_read_when_all_is_right() -> None:
    """Nothing to read when all is right."""
    assert failures(evaluate(shelf(), QUESTIONS[:3])) == ()


def test_a_comparison_names_the_questions_that_moved() -> None:
    """A comparison names the questions that moved."""
    text = comparison_table(
        compare(evaluate(shelf(SHELF[1:]), QUESTIONS), evaluate(shelf(), QUESTIONS))
    )
    assert "q1: rank – → 1" in text
    assert "+0.250" in text


@pytest.mark.parametrize(("value", "text"), [(0.625, ".62"), (1, "1.00"), (0, ".00")])
def test_a_share_is_short(value: float, text: str) -> None:
    """A share is short."""
    assert share(value) == text


def test_columns_line_up() -> None:
    """Columns line up."""
    assert align([["a", "10"], ["bbb", "1"]]) == "a    10\nbbb   1"
