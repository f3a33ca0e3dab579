"""Is the question answered at all?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kb.confidence import NAMES, PLAIN, SURE, THRESHOLD, confidence, level


@given(
    st.sampled_from((PLAIN, len(NAMES))).flatmap(
        lambda width: arrays(np.float64, width, elements=st.floats(-1e3, 1e3))
    )
)
def test_confidence_is_a_chance(found: np.ndarray) -> None:
    """Whatever the evidence, with a verifier and without, it stays between 0 and 1."""
    assert 0 < confidence(found) < 1


def test_without_a_candidate_there_is_none() -> None:
    """An empty library answers nothing."""
    assert confidence(None) == 0


def test_a_confidence_has_three_levels() -> None:
    """A library's own threshold moves the lower border, and the upper one if it is above."""
    assert level(SURE) == "found"
    assert level(THRESHOLD) == "perhaps"
    assert level(THRESHOLD - 0.01) == "not_in_handbook"
    assert level(0.1, 0.05) == "perhaps"
    assert level(0.9, 0.95) == "not_in_handbook"
