"""Is the question answered at all?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kb.confidence import NAMES, confidence


@given(arrays(np.float64, len(NAMES), elements=st.floats(-1e3, 1e3)))
def test_confidence_is_a_chance(found: np.ndarray) -> None:
    """Whatever the evidence, it stays between 0 and 1."""
    assert 0 < confidence(found) < 1


def test_without_a_candidate_there_is_none() -> None:
    """An empty library answers nothing."""
    assert confidence(None) == 0
