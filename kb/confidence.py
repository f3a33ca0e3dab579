"""Is the question answered at all? Evidence of several kinds, weighed by a logistic regression.

The weights come from `python -m eval.calibrate`, fitted on this project's own judged questions over
its own handbooks, where nearly half of the unanswerable ones are near misses. What tells most is
the verdict of `verifier.py` on the best candidates; it is for the bundled encoder, so there are
weights for doing without.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.ranking import Evidence
from kb.records import Level, Query

THRESHOLD = 0.4
"""Confidence from which a question counts as answered."""

SURE = 0.65
"""Confidence from which an answer is offered without a "perhaps"."""

NEIGHBOURS = 3
"""Candidates behind the first whose strength tells how near the library is to the question."""

JUDGED = 5
"""Best candidates on which the verifier gives its verdict."""

NAMES = ("late", "weakest", "dense", "neighbours", "length", "lead", "verdict", "verdicts")
PLAIN = 6
"""How many of them there are without a verifier."""

Features = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How features become a confidence: (features - means) / scales @ weights + bias, as a logit.

    `means`, `scales` and `weights` are as long as the features are.
    """

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def logit(self, found: Features) -> float:
        """The logit of the confidence for features."""
        scaled = (found - np.array(self.means)) / np.array(self.scales)
        return float(scaled @ np.array(self.weights)) + self.bias


# fmt: off
WITHOUT_VERDICTS = Calibration(
    (0.5160, 0.3647, 0.3548, 6.6735, 2.9548, 1.0586),
    (0.0875, 0.0819, 0.1180, 0.9484, 0.7168, 1.0618),
    (-0.3963, 0.1514, -0.2482, 1.4603, 0.3485, 0.5725),
    0.3120,
)
WITH_VERDICTS = Calibration(
    (0.5160, 0.3647, 0.3548, 6.6735, 2.9548, 1.0586, 0.3568, -0.6387),
    (0.0875, 0.0819, 0.1180, 0.9484, 0.7168, 1.0618, 1.2537, 1.1365),
    (-0.2707, -0.2779, -0.4401, 1.1452, 0.1451, 0.7249, 0.3823, 1.1769),
    0.4471,
)
# fmt: on


def features(
    query: Query,
    evidence: Evidence,
    strengths: NDArray[np.float32],
    order: NDArray[np.int64],
    verdicts: NDArray[np.float32],
) -> Features | None:
    """What is known of the best candidate and those behind it, in the order of `NAMES`.

    `verdicts` (n,) are the verifier's on the best candidates, as many as there are up to `JUDGED`,
    the best first; without a verifier there are none, and only the first `PLAIN` features. None
    where there is no candidate at all.
    """
    if not len(order):
        return None
    first = order[0]
    near = strengths[order[1 : 1 + NEIGHBOURS]] if len(order) > NEIGHBOURS else strengths[[first]]
    told = [
        evidence.late[first],
        evidence.weakest[first],
        evidence.dense[first],
        near.mean(),
        math.log(len(query.folded)),
        strengths[first] - strengths[order[1]] if len(order) > 1 else 0.0,
    ]
    if len(verdicts):
        told += [verdicts[0], verdicts.mean()]
    return np.array(told, np.float64)


def confidence(found: Features | None) -> float:
    """Chance that the handbook answers the question, in 0–1, never quite either."""
    if found is None:
        return 0.0
    calibration = WITHOUT_VERDICTS if len(found) == PLAIN else WITH_VERDICTS
    return 1 / (1 + math.exp(-min(max(calibration.logit(found), -20), 20)))


def level(sure: float, threshold: float = THRESHOLD) -> Level:
    """Say in words what a confidence in 0–1 means, where a library's answers begin at `threshold`.

    From `SURE` on, or from the threshold where that is higher, the answer is found.
    """
    if sure < threshold:
        return "not_in_handbook"
    return "found" if sure >= SURE else "perhaps"
