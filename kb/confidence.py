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

from kb.answer import Sought, fit
from kb.ranking import Evidence
from kb.records import Answer, Level, Passage

THRESHOLD = 0.5
"""Confidence from which a question counts as answered."""

SURE = 0.7
"""Confidence from which an answer is offered without a "perhaps"."""

NEIGHBOURS = 3
"""Candidates behind the first whose strength tells how near the library is to the question."""

JUDGED = 5
"""Best candidates on which the verifier gives its verdict."""

PLAIN = (
    *("length", "size", "late", "weakest", "least", "dense"),
    *("neighbours", "lead", "second", "fit"),
)
"""Those there are without a verifier."""

NAMES = (*PLAIN, "verdict", "verdicts")

ALONE = ("length", "size", "least", "fit", "verdict")
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
        (
            2.9548, 5.1442, 0.5179, 0.3614, 0.3407, 0.3502,
            6.3569, 1.3138, 0.4416, 1.0058, 0.4197, -1.3244,
        ),
        (
            0.7168, 0.7972, 0.0902, 0.0833, 0.0880, 0.1206,
            1.0573, 1.2273, 0.0703, 1.5427, 1.7493, 1.7231,
        ),
        (
            -0.0424, 0.3121, -0.0324, 0.2508, -0.6345, -0.2901,
            0.7525, 0.5590, -0.1709, 0.8584, 0.7225, 0.9963,
        ),
        0.6790,
    ),
    Calibration(
        PLAIN,
        (2.9548, 5.1442, 0.5179, 0.3614, 0.3407, 0.3502, 6.3569, 1.3138, 0.4416, 1.0058),
        (0.7168, 0.7972, 0.0902, 0.0833, 0.0880, 0.1206, 1.0573, 1.2273, 0.0703, 1.5427),
        (0.2315, 0.3848, -0.0666, 0.7109, -0.6887, 0.0578, 1.0154, 0.4306, -0.1494, 0.8390),
        0.5449,
    ),
    Calibration(
        ALONE,
        (2.9548, 5.1442, 0.3407, 1.0058, 0.4197),
        (0.7168, 0.7972, 0.0880, 1.5427, 1.7493),
        (0.1540, 0.5096, -0.2932, 0.9893, 1.3297),
        0.5439,
    ),
)
# fmt: on


def features(
    sought: Sought,
    evidence: Evidence,
    strengths: NDArray[np.float32],
    order: NDArray[np.int64],
    verdicts: NDArray[np.float32],
    passage: Passage,
    answer: Answer | None,
) -> dict[str, float]:
    """What is known of the best candidate and those behind it, by `NAMES`.

    There is at least one; `passage` and `answer` are its own. `verdicts` (n,) are the verifier's
    on the best candidates, as many as there are up to `JUDGED`, the best first; without a verifier
    there are none.
    """
    first = order[0]
    second = order[1] if len(order) > 1 else first
    near = strengths[order[1 : 1 + NEIGHBOURS]] if len(order) > NEIGHBOURS else strengths[[first]]
    found = {
        "length": math.log(len(sought.query.folded)),
        "size": math.log(1 + passage.span.end - passage.span.start),
        "late": float(evidence.late[first]),
        "weakest": float(evidence.weakest[first]),
        "least": float(evidence.least[first]),
        "dense": float(evidence.dense[first]),
        "neighbours": float(near.mean()),
        "lead": float(strengths[first] - strengths[second]),
        "second": float(evidence.late[second]),
        "fit": fit(sought, answer),
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
