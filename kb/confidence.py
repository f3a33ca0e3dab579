"""Is the question answered at all? Evidence of several kinds, weighed by a logistic regression.

The weights come from `python -m eval.calibrate`, fitted on this project's own judged questions over
its own handbooks, where nearly half of the unanswerable ones are near misses.
"""

import math

import numpy as np
from numpy.typing import NDArray

from kb.ranking import Evidence
from kb.records import Query

THRESHOLD = 0.35
"""Confidence from which a question counts as answered."""

NEIGHBOURS = 3
"""Candidates behind the first whose strength tells how near the library is to the question."""

NAMES = ("late", "weakest", "dense", "neighbours", "length")

Features = NDArray[np.float64]

# fmt: off
MEANS = (0.5264, 0.3679, 0.3574, 6.7912, 2.9557)
SCALES = (0.0896, 0.0807, 0.1205, 1.0051, 0.7162)
WEIGHTS = (0.1281, 0.0856, -0.0432, 0.9431, 0.4127)
BIAS = 0.2463
# fmt: on


def features(
    query: Query,
    evidence: Evidence,
    strengths: NDArray[np.float32],
    order: NDArray[np.int64],
) -> Features | None:
    """What is known of the best candidate and its neighbours, in the order of `NAMES`.

    None where there is no candidate at all.
    """
    if not len(order):
        return None
    first = order[0]
    near = strengths[order[1 : 1 + NEIGHBOURS]] if len(order) > NEIGHBOURS else strengths[[first]]
    return np.array(
        [
            evidence.late[first],
            evidence.weakest[first],
            evidence.dense[first],
            near.mean(),
            math.log(len(query.folded)),
        ],
        np.float64,
    )


def confidence(found: Features | None) -> float:
    """Chance that the handbook answers the question, in 0–1, never quite either."""
    if found is None:
        return 0.0
    scaled = (found - np.array(MEANS)) / np.array(SCALES)
    logit = float(scaled @ np.array(WEIGHTS)) + BIAS
    return 1 / (1 + math.exp(-min(max(logit, -20), 20)))
