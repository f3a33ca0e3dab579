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
    the query's weight that the passage's words cover, about 0–1, faded for unknown words;
    `same_language` says whether passage and query are in one language.
    """

    rows: NDArray[np.int64]
    late: NDArray[np.float32]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]
    same_language: NDArray[np.bool_]


LATE, LEXICAL, BIAS = 15.0, 4.0, -8.0

USUAL = 0.15
"""Lexical share from which common words speak for a passage; below it, they speak against it.

A passage of another language has no words in common with the query, and that says nothing: it
is treated as one with the usual share.
"""


def rank(evidence: Evidence) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Order the candidates. Returns `(order, scores)`: positions, the best first, and the score
    of each candidate in 0–1 (not ordered)."""
    words = np.where(evidence.same_language, evidence.lexical - USUAL, np.float32(0))
    logit = (LATE * evidence.late + LEXICAL * words + BIAS).astype(np.float32)
    return np.argsort(-logit, kind="stable"), (1 / (1 + np.exp(-logit))).astype(np.float32)
