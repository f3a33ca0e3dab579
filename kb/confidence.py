"""Is the question answered at all? Evidence of several kinds, weighed by a logistic regression.

The weights come from `python -m eval.calibrate`, fitted on this project's own judged questions over
its own handbooks, where nearly half of the unanswerable ones are near misses.
"""

import math

import numpy as np
from numpy.typing import NDArray

from kb.ranking import Evidence
from kb.records import Query

THRESHOLD = 0.38
"""Confidence from which a question counts as answered."""

NEIGHBOURS = 20
"""Candidates behind the first whose strength tells how near the whole library is."""

NAMES = ("late", "words", "dense", "lead", "neighbours", "wrong kind", "length")

Features = NDArray[np.float64]

# fmt: off
MEANS = (0.4686, 0.0842, 0.3316, 1.7480, 5.4659, 0.1092, 2.9557)
SCALES = (0.0851, 0.0985, 0.0817, 1.0818, 0.7702, 0.3119, 0.7162)
WEIGHTS = (-0.4041, -0.0388, -0.3682, 0.7252, 1.4038, 0.0056, 0.4175)
BIAS = 0.2824
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
    first, behind = order[0], strengths[order[1 : 1 + NEIGHBOURS]]
    near = float(behind.mean()) if len(behind) else 0.0
    return np.array(
        [
            evidence.late[first],
            evidence.lexical[first] * evidence.same_language[first],
            evidence.dense[first],
            strengths[first] - near,
            near,
            query.intent is not None and not evidence.right_kind[first],
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
