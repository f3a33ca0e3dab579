"""Two runs compared."""

import pytest

from eval.compare import Comparison, compare
from eval.measures import Difference
from eval.run import evaluate
from kb.errors import HandbookError
from tests.eval.shelf import QUESTIONS, SHELF, shelf


def difference(comparison: Comparison, measure: str) -> Difference:
    """Return the difference of one measure."""
    return next(each for each in comparison.differences if each.measure == measure)


def test_a_run_does_not_differ_from_itself() -> None:
    """A run does not differ from itself."""
    report = evaluate(shelf(), QUESTIONS)
    comparison = compare(report, report)
    assert comparison.changes == ()
    assert {(each.p, each.won, each.lost) for each in comparison.differences} == {(1, 0, 0)}


def test_the_questions_that_moved_are_named_with_both_ranks() -> None:
    """The questions that moved are named with both ranks."""
    comparison = compare(evaluate(shelf(SHELF[1:]), QUESTIONS), evaluate(shelf(), QUESTIONS))
    (change,) = comparison.changes
    assert (change.question_id, change.left, change.right) == ("q1", None, 1)
    recall = difference(comparison, "recall@1")
    assert (recall.left, recall.right, recall.won, recall.lost) == (0.5, 0.75, 1, 0)


def test_deciding_to_answer_is_compared_over_all_questions() -> None:
    """Deciding to answer is compared over all questions."""
    comparison = compare(evaluate(shelf(()), QUESTIONS), evaluate(shelf(), QUESTIONS))
    decided = difference(comparison, "decided right")
    assert (decided.left, decided.right) == (1 / 5, 4 / 5)


def test_runs_over_other_questions_are_not_compared() -> None:
    """Runs over other questions are not compared."""
    with pytest.raises(HandbookError, match=r"differ in 1 questions.*\(q5\)"):
        compare(evaluate(shelf(), QUESTIONS), evaluate(shelf(), QUESTIONS[:4]))
