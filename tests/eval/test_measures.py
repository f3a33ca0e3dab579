"""Measures, against cases worked by hand and against their properties."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.measures import (
    RANKED,
    calibration_error,
    mean_difference,
    mean_score,
    per_question,
    randomisation_test,
    reliability,
    separation,
    separation_difference,
    separation_score,
)

RANKS = st.lists(st.none() | st.integers(1, 12), min_size=1, max_size=30)
CONFIDENCES = st.lists(st.integers(0, 8).map(lambda eighths: eighths / 8), min_size=1, max_size=20)
quick = settings(deadline=None, max_examples=40)


def test_recall_and_reciprocal_rank_of_a_case_worked_by_hand() -> None:
    """Recall and reciprocal rank of a case worked by hand."""
    values = per_question([1, 2, 4, 10, 11, None])
    assert {name: values[name].tolist() for name in RANKED} == {
        "recall@1": [1, 0, 0, 0, 0, 0],
        "recall@3": [1, 1, 0, 0, 0, 0],
        "recall@5": [1, 1, 1, 0, 0, 0],
        "recall@10": [1, 1, 1, 1, 0, 0],
        "mrr@10": pytest.approx([1, 0.5, 0.25, 0.1, 0, 0]),
    }


def test_a_run_without_any_hit_is_all_failures() -> None:
    """A run without any hit is all failures."""
    values = per_question([None, None, None])
    assert [values[name].tolist() for name in RANKED] == [[0, 0, 0]] * len(RANKED)


@quick
@given(RANKS)
def test_every_question_counts_and_recall_grows_with_k(ranks: list[int | None]) -> None:
    """Every question counts and recall grows with k."""
    values = per_question(ranks)
    recalls = [values[f"recall@{k}"] for k in (1, 3, 5, 10)]
    assert all(len(each) == len(ranks) for each in values.values())
    assert all((low <= high).all() for low, high in pairwise(recalls))
    assert (recalls[0] <= values["mrr@10"]).all()
    assert (values["mrr@10"] <= recalls[-1]).all()


def test_the_area_counts_pairs_and_a_tie_is_half() -> None:
    """The area counts pairs and a tie is half."""
    area = separation(np.array([0.9, 0.5]), np.array([0.5, 0.1]))
    assert area == pytest.approx((1 + 1 + 0.5 + 1) / 4)


@quick
@given(CONFIDENCES, CONFIDENCES)
def test_the_area_is_symmetric_and_blind_to_scale(
    positive: list[float], negative: list[float]
) -> None:
    """The area is symmetric and blind to scale."""
    left, right = np.array(positive), np.array(negative)
    assert separation(left, right) + separation(right, left) == pytest.approx(1)
    assert separation(left, right) == separation(left**3 / 2, right**3 / 2)


@quick
@given(RANKS)
def test_an_interval_holds_the_point_it_is_of(ranks: list[int | None]) -> None:
    """An interval holds the point it is of."""
    for name, values in per_question(ranks).items():
        score = mean_score(name, values)
        assert 0 <= score.low <= score.value + 1e-9
        assert score.value - 1e-9 <= score.high <= 1 + 1e-9


def test_an_interval_is_near_the_one_of_the_normal_law_on_many_questions() -> None:
    """An interval is near the one of the normal law on many questions."""
    score = mean_score("recall@1", np.repeat([1.0, 0.0], [300, 100]))
    half = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert (score.low, score.high) == pytest.approx((0.75 - half, 0.75 + half), abs=0.006)


def test_three_right_out_of_three_is_not_certainty() -> None:
    """Three right out of three is not certainty."""
    score = mean_score("recall@1", np.ones(3))
    assert (score.value, score.high) == (1, 1)
    assert score.low == pytest.approx(0.025 ** (1 / 3))
    assert mean_score("recall@1", np.zeros(3)).high == pytest.approx(1 - 0.025 ** (1 / 3))


def test_the_area_has_an_interval_around_it() -> None:
    """The area has an interval around it."""
    positive, negative = np.linspace(0.3, 1, 40), np.linspace(0, 0.6, 20)
    score = separation_score(positive, negative)
    assert score.low < score.value < score.high
    assert score == separation_score(positive, negative)


def test_one_question_refused_does_not_prove_that_all_would_be() -> None:
    """The area of two answerable questions above one that is not has a wide interval."""
    score = separation_score(np.array([0.9, 0.8]), np.array([0.1]))
    assert (score.value, score.low, score.high) == pytest.approx((1, 0.025, 1))


def test_equal_runs_do_not_differ() -> None:
    """Equal runs do not differ."""
    values = np.array([1.0, 0, 0.5])
    difference = mean_difference("mrr@10", values, values)
    assert (difference.low, difference.high, difference.p) == (0, 0, 1)
    assert (difference.won, difference.lost) == (0, 0)


def test_the_randomisation_test_agrees_with_the_exact_sign_test() -> None:
    """The randomisation test agrees with the exact sign test."""
    gain = np.array([1.0] * 9 + [-1.0] + [0.0] * 30)
    exact = 2 * (1 + 10) / 2**10
    assert randomisation_test(gain) == pytest.approx(exact, abs=0.005)


@quick
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=25))
def test_comparing_the_other_way_round_mirrors_the_difference(
    pairs: list[tuple[float, float]],
) -> None:
    """Comparing the other way round mirrors the difference."""
    left, right = np.array(pairs).T
    there, back = mean_difference("x", left, right), mean_difference("x", right, left)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert (there.won, there.lost, there.p) == (back.lost, back.won, back.p)


def test_a_run_that_separates_better_wins_the_questions_it_moved() -> None:
    """A run that separates better wins the questions it moved."""
    before = np.array([0.9, 0.8, 0.3]), np.array([0.5, 0.1])
    after = np.array([0.9, 0.8, 0.7]), np.array([0.5, 0.1])
    difference = separation_difference(before, after)
    assert (difference.left, difference.right) == (pytest.approx(5 / 6), 1)
    assert (difference.won, difference.lost) == (2, 0)
    assert difference.low <= difference.right - difference.left <= difference.high


def test_reliability_sorts_confidences_into_bins() -> None:
    """Reliability sorts confidences into bins."""
    bins = reliability(np.array([0.05, 0.92, 0.98, 1.0]), np.array([False, True, True, False]))
    assert [(each.count, each.share) for each in bins] == [(1, 0.0), (3, pytest.approx(2 / 3))]
    expected = 0.25 * 0.05 + 0.75 * (2.9 / 3 - 2 / 3)
    assert calibration_error(bins) == pytest.approx(expected)
