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
MEANS = (0.5285, 0.3696, 0.3592, 6.8710, 2.9548)
SCALES = (0.0915, 0.0823, 0.1216, 1.0363, 0.7168)
WEIGHTS = (0.1893, 0.0827, -0.0843, 0.9882, 0.4161)
BIAS = 0.2677
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
