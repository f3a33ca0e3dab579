"""Is the question answered at all?"""

from hypothesis import given
from hypothesis import strategies as st

from kb.answer import LOST, NO_LIMIT
from kb.confidence import CALIBRATIONS, FEW, NAMES, PLAIN, SURE, THRESHOLD, confidence, level


@given(
    st.sampled_from((NAMES, PLAIN)).flatmap(
        lambda names: st.fixed_dictionaries(dict.fromkeys(names, st.floats(-1e3, 1e3)))
    ),
    st.integers(1, 100),
)
def test_confidence_is_a_chance(found: dict[str, float], candidates: int) -> None:
    """Whatever the evidence, with a verifier and without, it stays between 0 and 1."""
    assert 0 < confidence(found, candidates) < 1


def test_where_little_stands_beside_it_a_passage_is_judged_by_itself() -> None:
    """What comes behind the first tells nothing in a library of a few passages."""
    found = dict.fromkeys(NAMES, 0.0) | {"verdict": 2.0, "length": 2.5, "size": 5.0, "fit": 2.0}
    far = found | {"neighbours": 1.0, "verdicts": -4.0}
    assert confidence(found, FEW) == confidence(far, FEW) > 0.5
    assert confidence(found, FEW + 1) != confidence(far, FEW + 1)


def test_a_lost_number_is_no_answer_to_how_long() -> None:
    """A limit that fits speaks for an answer, none against it, one that the source lost most."""
    usual = dict(zip(CALIBRATIONS[0].names, CALIBRATIONS[0].means, strict=True))
    told = [confidence(usual | {"fit": fit}, 30) for fit in (3.0, NO_LIMIT, LOST)]
    assert told == sorted(told, reverse=True)
    assert told[0] - told[2] > 0.2


def test_a_question_for_words_is_hardly_answered_by_a_passage_without_any() -> None:
    """In a library of many passages and in one of a few."""
    for calibration, candidates in zip(CALIBRATIONS, (30, 30, FEW), strict=True):
        usual = dict(zip(calibration.names, calibration.means, strict=True))
        told = [confidence(usual | {"spoken": spoken}, candidates) for spoken in (1.0, 0.0, -1.0)]
        assert told == sorted(told, reverse=True)
        assert told[0] - told[2] > 0.2


def test_without_a_candidate_there_is_none() -> None:
    """An empty library answers nothing."""
    assert confidence({}, 0) == 0


def test_a_confidence_has_three_levels() -> None:
    """A library's own threshold moves the lower border, and the upper one if it is above."""
    assert level(SURE) == "found"
    assert level(THRESHOLD) == "perhaps"
    assert level(THRESHOLD - 0.01) == "not_in_handbook"
    assert level(0.1, 0.05) == "perhaps"
    assert level(0.9, 0.95) == "not_in_handbook"
