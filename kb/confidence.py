"""Is the question answered at all? Evidence of several kinds, weighed by a logistic regression.

The weights come from `python -m eval.calibrate`, fitted on this project's own judged questions over
its own handbooks, where about two thirds of the unanswerable ones are near misses. What tells most
is the verdict of `verifier.py` on the best candidates; it is for the bundled encoder, so there are
weights for doing without.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.ranking import Evidence
from kb.records import Level, Query

THRESHOLD = 0.5
"""Confidence from which a question counts as answered."""

SURE = 0.7
"""Confidence from which an answer is offered without a "perhaps"."""

NEIGHBOURS = 3
"""Candidates behind the first whose strength tells how near the library is to the question."""

JUDGED = 5
"""Best candidates on which the verifier gives its verdict."""

NAMES = ("length", "verdict", "late", "weakest", "dense", "neighbours", "lead", "verdicts")
PLAIN = ("length", "late", "weakest", "dense", "neighbours", "lead")
"""Those there are without a verifier."""

ALONE = ("length", "verdict")
"""Those that count where hardly anything stands beside the first: `FEW` candidates or less."""

FEW = 12


@dataclass(frozen=True, slots=True)
class Calibration:
    """How features become a confidence: (features - means) / scales @ weights + bias, as a logit.

    `means`, `scales` and `weights` are in the order of `names`.
    """

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def logit(self, found: Mapping[str, float]) -> float:
        """The logit of the confidence for features by their names."""
        told = zip(self.names, self.means, self.scales, self.weights, strict=True)
        return self.bias + sum((found[name] - mean) / s * weight for name, mean, s, weight in told)


# fmt: off
CALIBRATIONS = (
    Calibration(
        NAMES,
        (2.9548, 0.3315, 0.5134, 0.3623, 0.3515, 6.3252, 1.2818, -0.9303),
        (0.7168, 1.2591, 0.0892, 0.0829, 0.1193, 1.0358, 1.1952, 1.2611),
        (0.1297, 0.5644, -0.2508, -0.2707, -0.5890, 1.0885, 0.8244, 0.9857),
        0.4166,
    ),
    Calibration(
        PLAIN,
        (2.9548, 0.5134, 0.3623, 0.3515, 6.3252, 1.2818),
        (0.7168, 0.0892, 0.0829, 0.1193, 1.0358, 1.1952),
        (0.3363, -0.2272, 0.1375, -0.3325, 1.3920, 0.6132),
        0.2980,
    ),
    Calibration(
        ALONE,
        (2.9548, 0.3315),
        (0.7168, 1.2591),
        (0.2217, 0.9494),
        0.1840,
    ),
)
# fmt: on


def features(
    query: Query,
    evidence: Evidence,
    strengths: NDArray[np.float32],
    order: NDArray[np.int64],
    verdicts: NDArray[np.float32],
) -> dict[str, float]:
    """What is known of the best candidate and those behind it, by `NAMES`.

    `verdicts` (n,) are the verifier's on the best candidates, as many as there are up to `JUDGED`,
    the best first; without a verifier there are none. Empty where there is no candidate at all.
    """
    if not len(order):
        return {}
    first = order[0]
    near = strengths[order[1 : 1 + NEIGHBOURS]] if len(order) > NEIGHBOURS else strengths[[first]]
    found = {
        "length": math.log(len(query.folded)),
        "late": float(evidence.late[first]),
        "weakest": float(evidence.weakest[first]),
        "dense": float(evidence.dense[first]),
        "neighbours": float(near.mean()),
        "lead": float(strengths[first] - strengths[order[1]]) if len(order) > 1 else 0.0,
    }
    if len(verdicts):
        found |= {"verdict": float(verdicts[0]), "verdicts": float(verdicts.mean())}
    return found


def confidence(found: Mapping[str, float], candidates: int) -> float:
    """Chance that the handbook answers the question, in 0–1, never quite either.

    Takes the features of the best of so many candidates.
    """
    if not found:
        return 0.0
    names = PLAIN if "verdict" not in found else ALONE if candidates <= FEW else NAMES
    calibration = next(each for each in CALIBRATIONS if each.names == names)
    return 1 / (1 + math.exp(-min(max(calibration.logit(found), -20), 20)))


def level(sure: float, threshold: float = THRESHOLD) -> Level:
    """Say in words what a confidence in 0–1 means, where a library's answers begin at `threshold`.

    From `SURE` on, or from the threshold where that is higher, the answer is found.
    """
    if sure < threshold:
        return "not_in_handbook"
    return "found" if sure >= SURE else "perhaps"
