"""How the evidence for a passage becomes its place. Pure functions, no model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAREST, WORDIEST = 48, 16
"""Candidates taken from the dense and from the lexical index."""

LATE, LEXICAL, KIND = 15.0, 3.0, 0.5

USUAL = 0.15
"""Lexical share from which common words speak for a passage; below it, they speak against it.

A passage of another language has no words in common with the query, and that says nothing: it
is treated as one with the usual share.
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each candidate; all arrays are (n,), higher is better.

    `rows` int64; `late` weighted MaxSim and `dense` cosine, both -1–1; `lexical` the share of
    the query's weight that the passage's words cover, about 0–1, faded for unknown words;
    `same_language` says whether passage and query are in one language, `right_kind` whether the
    passage is of the kind that the query asks for.
    """

    rows: NDArray[np.int64]
    late: NDArray[np.float32]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]
    same_language: NDArray[np.bool_]
    right_kind: NDArray[np.bool_]


def weigh(evidence: Evidence) -> NDArray[np.float32]:
    """The strength of each candidate: (n,) float32, unbounded, higher is better."""
    words = np.where(evidence.same_language, evidence.lexical - USUAL, np.float32(0))
    return (LATE * evidence.late + LEXICAL * words + KIND * evidence.right_kind).astype(np.float32)
