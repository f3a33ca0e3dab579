"""Is the question answered at all? Evidence of several kinds, weighed by a logistic regression.

The weights come from `python -m eval.calibrate`, fitted on this project's own judged questions over
its own handbooks, where three quarters of the unanswerable ones are near misses. What tells most
is the verdict of `verifier.py` on the best candidates; it is for the bundled encoder, so there are
weights for doing without.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.answer import Sought, fit, spoken
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
    *("neighbours", "lead", "second", "together", "fit", "spoken"),
)
"""Those there are without a verifier."""

NAMES = (*PLAIN, "verdict", "verdicts")

ALONE = ("length", "size", "least", "together", "fit", "spoken", "verdict")
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


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """The strongest candidate: its passage, what its parts match, and what answers in it.

    `parts` (1 + sentences, n) are the best cosines of each of n query tokens; its context is first.
    """

    passage: Passage
    parts: NDArray[np.float32]
    answer: Answer | None


# fmt: off
CALIBRATIONS = (
    Calibration(
        NAMES,
        (
            3.0102, 5.1813, 0.5146, 0.3585, 0.3354, 0.3493, 6.4157,
            1.2868, 0.4391, -0.0192, 1.1002, 0.0659, 0.3802, -1.3363,
        ),
        (
            0.7296, 0.7855, 0.0897, 0.0807, 0.0860, 0.1186, 1.0186,
            1.1992, 0.0690, 0.0228, 1.5571, 0.3923, 1.7355, 1.6657,
        ),
        (
            -0.3556, 0.1076, 0.0969, -0.1169, 0.0598, -0.5079, 0.6950,
            0.2975, -0.1829, 0.4839, 0.6854, 0.5513, 0.6253, 0.8907,
        ),
        0.3315,
    ),
    Calibration(
        PLAIN,
        (
            3.0102, 5.1813, 0.5146, 0.3585, 0.3354, 0.3493,
            6.4157, 1.2868, 0.4391, -0.0192, 1.1002, 0.0659,
        ),
        (
            0.7296, 0.7855, 0.0897, 0.0807, 0.0860, 0.1186,
            1.0186, 1.1992, 0.0690, 0.0228, 1.5571, 0.3923,
        ),
        (
            -0.0731, 0.1964, 0.0616, 0.3102, -0.0715, -0.2074,
            0.9585, 0.2688, -0.1629, 0.4620, 0.6691, 0.5298,
        ),
        0.2717,
    ),
    Calibration(
        ALONE,
        (3.0102, 5.1813, 0.3354, -0.0192, 1.1002, 0.0659, 0.3802),
        (0.7296, 0.7855, 0.0860, 0.0228, 1.5571, 0.3923, 1.7355),
        (-0.1956, 0.3396, -0.0470, 0.3568, 0.8119, 0.5616, 1.0334),
        0.2408,
    ),
)
# fmt: on


def features(
    sought: Sought,
    evidence: Evidence,
    strengths: NDArray[np.float32],
    order: NDArray[np.int64],
    verdicts: NDArray[np.float32],
    best: First,
) -> dict[str, float]:
    """What is known of the best candidate and those behind it, by `NAMES`.

    There is at least one. `verdicts` (n,) are the verifier's on the best candidates, as many as
    there are up to `JUDGED`, the best first; without a verifier there are none.
    """
    first = order[0]
    second = order[1] if len(order) > 1 else first
    near = strengths[order[1 : 1 + NEIGHBOURS]] if len(order) > NEIGHBOURS else strengths[[first]]
    found = {
        "length": math.log(len(sought.query.folded)),
        "size": math.log(1 + best.passage.span.end - best.passage.span.start),
        "late": float(evidence.late[first]),
        "weakest": float(evidence.weakest[first]),
        "least": float(evidence.least[first]),
        "dense": float(evidence.dense[first]),
        "neighbours": float(near.mean()),
        "lead": float(strengths[first] - strengths[second]),
        "second": float(evidence.late[second]),
        "together": _together(best.parts, sought.weights) - float(evidence.late[first]),
        "fit": fit(sought, best.answer),
        "spoken": spoken(sought, best.answer),
    }
    if len(verdicts):
        found |= {"verdict": float(verdicts[0]), "verdicts": float(verdicts.mean())}
    return found


def _together(parts: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    """How near two neighbouring sentences of a passage come to the query together, at best.

    A near miss matches the query with words from here and there in a passage.
    """
    sentences = parts[1:]
    pairs = np.maximum(sentences[:-1], sentences[1:]) if len(sentences) > 1 else sentences
    return float(np.dot(pairs, weights).max(initial=0))


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
