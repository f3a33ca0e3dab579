"""How the evidence for a passage becomes its score. Pure functions, no model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CANDIDATES = 64
"""Passages taken from the dense and from the lexical index each."""

THRESHOLD = 0.5
"""Confidence from which a question counts as answered."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each candidate; all arrays are (n,), higher is better.

    `rows` int64; `late` weighted MaxSim and `dense` cosine, both -1–1; `lexical` the share of
    the query's weight that the passage's words cover, about 0–1, faded for unknown words.
    """

    rows: NDArray[np.int64]
    late: NDArray[np.float32]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]


LATE, DENSE, LEXICAL, BIAS = 30.0, 5.0, 4.0, -31.0


def rank(evidence: Evidence) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Order the candidates. Returns `(order, scores)`: positions, the best first, and the score
    of each candidate in 0–1 (not ordered)."""
    logit = (
        LATE * evidence.late + DENSE * evidence.dense + LEXICAL * evidence.lexical + BIAS
    ).astype(np.float32)
    return np.argsort(-logit, kind="stable"), (1 / (1 + np.exp(-logit))).astype(np.float32)
