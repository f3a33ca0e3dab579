"""Is the question answered at all? Evidence of several kinds, weighed by a logistic regression.

The weights come from `python -m eval.calibrate`, fitted on this project's own judged questions over
its own handbooks, where three quarters of the unanswerable ones are near misses, and a little on
the trades of `eval/trades.py`. What tells most is the verdict of `verifier.py` on the best
candidates; it is for the bundled encoder, so there are weights for doing without.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.answer import Read, Sought, fit, priced, spoken
from kb.ranking import Evidence
from kb.records import Level

THRESHOLD = 0.5
"""Confidence from which a question counts as answered."""

SURE = 0.7
"""Confidence from which an answer is offered without a "perhaps"."""

NEIGHBOURS = 3
"""Candidates behind the first whose strength tells how near the library is to the question."""

JUDGED = 5
"""Best candidates on which the verifier gives its verdict."""

PLAIN = (
    *("length", "size", "late", "weakest", "least", "dense", "lexical"),
    *("neighbours", "lead", "second", "together", "fit", "spoken"),
    "priced",
)
"""Those there are without a verifier."""

NAMES = (*PLAIN, "verdict", "verdicts")

ALONE = ("length", "size", "least", "together", "fit", "spoken", "priced", "verdict")
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
            2.9798, 5.5221, 0.5297, 0.3765, 0.3561, 0.3257, 0.0645, 7.4410,
            1.5785, 0.4645, -0.0178, 1.0026, 0.0803, 0.0114, 0.7102, -0.8223,
        ),
        (
            0.6899, 0.6235, 0.0830, 0.0809, 0.0853, 0.1224, 0.0954, 1.0433,
            1.4682, 0.0642, 0.0230, 1.6303, 0.3423, 0.2157, 1.7687, 1.4839,
        ),
        (
            -0.1609, 0.0159, -0.0404, 0.0167, -0.0112, -0.1322, -0.4382, 0.2622,
            0.4671, -0.0207, 0.2833, 0.6772, 0.5597, 0.0975, 0.5046, 0.7558,
        ),
        0.6402,
    ),
    Calibration(
        PLAIN,
        (
            2.9798, 5.5221, 0.5297, 0.3765, 0.3561, 0.3257, 0.0645,
            7.4410, 1.5785, 0.4645, -0.0178, 1.0026, 0.0803, 0.0114,
        ),
        (
            0.6899, 0.6235, 0.0830, 0.0809, 0.0853, 0.1224, 0.0954,
            1.0433, 1.4682, 0.0642, 0.0230, 1.6303, 0.3423, 0.2157,
        ),
        (
            0.0479, 0.0371, -0.0174, 0.4166, -0.1626, -0.0107, -0.3802,
            0.4784, 0.4871, 0.0567, 0.2946, 0.6600, 0.5082, 0.1737,
        ),
        0.4803,
    ),
    Calibration(
        ALONE,
        (2.9798, 5.5221, 0.3561, -0.0178, 1.0026, 0.0803, 0.0114, 0.7102),
        (0.6899, 0.6235, 0.0853, 0.0230, 1.6303, 0.3423, 0.2157, 1.7687),
        (-0.1099, 0.0644, 0.0260, 0.2724, 0.7954, 0.5873, 0.1390, 0.9842),
        0.4826,
    ),
)
# fmt: on


def features(
    sought: Sought,
    evidence: Evidence,
    strengths: NDArray[np.float32],
    order: NDArray[np.int64],
    verdicts: NDArray[np.float32],
    best: Read,
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
        "lexical": float(evidence.lexical[first]),
        "neighbours": float(near.mean()),
        "lead": float(strengths[first] - strengths[second]),
        "second": float(evidence.late[second]),
        "together": _together(best.parts, sought.weights) - float(evidence.late[first]),
        "fit": fit(sought, best.found),
        "spoken": spoken(sought, best.found),
        "priced": priced(sought, best),
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
