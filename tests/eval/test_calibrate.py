"""Fitting the confidence on judged questions."""

import numpy as np
import pytest

from eval.calibrate import Sample, calibrate
from kb.confidence import NAMES


def sample(seed, count=300, told=0.0):
    """Noise on one shelf, but for the first feature, by which the answerable are told."""
    draw = np.random.default_rng(seed)
    answerable = draw.random(count) < 0.6
    rows = draw.normal(size=(count, 1, len(NAMES)))
    rows[..., 0] += told * answerable[:, None]
    return Sample(rows, answerable)


def test_a_feature_that_tells_gets_the_weight() -> None:
    """The first feature decides, the others are noise: the area says so, and the weights."""
    fitted = calibrate(sample(3, told=3), sample(5, told=3), NAMES)
    assert fitted.area > 0.95
    first, *others = fitted.calibration.weights
    assert first > 3 * max(map(abs, others))


def test_noise_is_not_taken_for_knowledge() -> None:
    """Cross-validation shows chance where nothing tells the two apart."""
    assert calibrate(sample(4, 400), sample(5), NAMES).area == pytest.approx(0.5, abs=0.1)


def test_the_judged_questions_count_more_however_many_are_beside_them() -> None:
    """The area is theirs, and where the others say the contrary, they have the last word."""
    fitted = calibrate(sample(6, told=3), sample(7, 3000, told=-3), NAMES)
    assert fitted.calibration.weights[0] > 0
    assert fitted.area > 0.8
