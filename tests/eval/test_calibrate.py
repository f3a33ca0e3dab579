"""Fitting the confidence on judged questions."""

import numpy as np
import pytest

from eval.calibrate import calibrate
from kb.confidence import NAMES


def test_a_feature_that_tells_gets_the_weight() -> None:
    """The first feature decides, the others are noise: the area says so, and the weights."""
    draw = np.random.default_rng(3)
    answerable = draw.random(300) < 0.7
    rows = draw.normal(size=(300, len(NAMES)))
    rows[:, 0] += 3 * answerable
    fitted = calibrate(rows[:, None], answerable, NAMES)
    assert fitted.area > 0.95
    first, *others = fitted.calibration.weights
    assert first > 3 * max(map(abs, others))


def test_noise_is_not_taken_for_knowledge() -> None:
    """Cross-validation shows chance where nothing tells the two apart."""
    draw = np.random.default_rng(4)
    rows = draw.normal(size=(400, len(NAMES)))
    fitted = calibrate(rows[:, None], draw.random(400) < 0.5, NAMES)
    assert fitted.area == pytest.approx(0.5, abs=0.1)
