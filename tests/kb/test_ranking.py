"""How the evidence becomes a place."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.late import Matches
from kb.ranking import Candidates, Evidence, highest, lifted, promising, weakest_quarter, weigh


def evidence(**changed: list[float] | list[bool]) -> Evidence:
    """Two candidates that are alike but for what is named."""
    same = {"late": [0.5, 0.5], "dense": [0.3, 0.3], "lexical": [0.3, 0.3]}
    same |= {"weakest": [0.2, 0.2], "least": [0.1, 0.1], "synonyms": [0.0, 0.0]}
    flags = {"same_language": [True, True], "right_kind": [False, False]}
    values = {**same, **flags, **changed}
    arrays = {name: np.array(value) for name, value in values.items()}
    rows, none = np.arange(2), np.zeros((0, 1), np.float32)
    matches = Matches(rows, none, none.astype(np.uint8), none[:, 0], np.zeros(3, np.int64))
    return Evidence(rows=rows, matches=matches, **arrays)


def test_each_kind_of_evidence_lifts_a_candidate() -> None:
    """Nearer tokens, more common words, the right kind."""
    for changed in ({"late": [0.5, 0.6]}, {"lexical": [0.3, 0.5]}, {"right_kind": [False, True]}):
        first, second = weigh(evidence(**changed))
        assert second > first


def test_another_language_is_not_held_against_a_passage() -> None:
    """No common words count against a passage of the query's language, not against another."""
    first, second = weigh(evidence(lexical=[0.0, 0.0], same_language=[True, False]))
    assert second > first


def test_the_weakest_quarter_is_what_the_passage_lacks() -> None:
    """Of eight tokens the two that match worst; no token, no weakness."""
    matches = np.array([[0.9, 0.8, 0.1, 0.9, 0.3, 0.9, 0.9, 0.9]], np.float32)
    np.testing.assert_allclose(weakest_quarter(matches), [0.2], rtol=1e-6)
    assert weakest_quarter(np.zeros((2, 0), np.float32)).tolist() == [0, 0]


def test_the_passage_whose_sentence_answers_better_overtakes() -> None:
    """The worst of those that were read gains nothing, nor one without a sentence."""
    strengths = np.array([3.0, 2.5, 1.0, 2.0], np.float32)
    raised = lifted(strengths, np.array([0, 1, 3]), [6.0, 9.0, None])
    assert raised.argmax() == 1
    assert (raised[[0, 2, 3]] == strengths[[0, 2, 3]]).all()


@given(st.lists(st.floats(-5, 5, width=32)), st.lists(st.none() | st.floats(0, 20), max_size=5))
def test_none_that_was_read_falls_behind_one_that_was_not(strengths, scores) -> None:
    """Whatever its sentences are like."""
    before = np.array(strengths, np.float32)
    best = np.argsort(-before, kind="stable")[: len(scores)]
    raised = lifted(before, best, scores[: len(best)])
    rest = np.setdiff1d(np.arange(len(before)), best)
    assert raised[best].min(initial=np.inf) >= raised[rest].max(initial=-np.inf)


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 15))
def test_the_promising_are_the_nearest_where_all_else_is_alike(cosines, count) -> None:
    """No more than asked for, each as near as any that was left out."""
    same = np.zeros(len(cosines), np.float32)
    dense, flags = np.array(cosines, np.float32) / 10, same.astype(bool)
    rows = np.arange(len(cosines)) + 40
    kept = promising(Candidates(rows, dense, same, same, flags, flags), count)
    assert sorted(kept.dense, reverse=True) == sorted(dense, reverse=True)[:count]
    np.testing.assert_array_equal(dense[kept.rows - 40], kept.dense)


def test_a_sketch_tells_more_than_all_before_it() -> None:
    """The nearest passage by its pooled vector gives way to the one that its sketch speaks for."""
    dense, same = np.array([0.6, 0.5, 0.4], np.float32), np.zeros(3, np.float32)
    flags, rows = same.astype(bool), np.array([7, 8, 9])
    found = Candidates(rows, dense, same, same, flags, flags)
    assert promising(found, 1).rows.tolist() == [7]
    assert promising(found, 1, np.array([0.2, 0.3, 0.4], np.float32)).rows.tolist() == [9]


@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=30)
    | st.lists(st.floats(0, 1, width=32), min_size=600, max_size=700),
    st.integers(1, 8),
)
def test_the_highest_scores_are_those_of_a_sorted_list(scores: list[float], k: int) -> None:
    """Without those of 0."""
    found = np.array(scores, np.float32)[highest(np.array(scores, np.float32), k)]
    assert sorted(found, reverse=True) == sorted(filter(None, scores), reverse=True)[:k]
