"""How the evidence for a passage becomes its place. Pure functions, no model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAREST, WORDIEST = 40, 16
"""Candidates taken from the dense and from the lexical index."""

LATE, LEXICAL, KIND, SYNONYMS = 15.0, 3.0, 0.5, 1.0

USUAL = 0.15
"""Lexical share from which common words speak for a passage; below it, they speak against it.

A passage of another language has no words in common with the query, and that says nothing: it
is treated as one with the usual share.
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each candidate; all arrays are (n,), higher is better.

    `rows` int64; `late` weighted MaxSim and `dense` cosine, both -1–1; `weakest` the mean of the
    quarter of the query's tokens that match worst, -1–1; `lexical` the share of
    the query's weight that the passage's words cover, about 0–1, faded for unknown words;
    `synonyms` how far other words for what the query names stand there, 0 on average of the
    candidates of a language;
    `same_language` says whether passage and query are in one language, `right_kind` whether the
    passage is of the kind that the query asks for.
    """

    rows: NDArray[np.int64]
    late: NDArray[np.float32]
    weakest: NDArray[np.float32]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]
    synonyms: NDArray[np.float32]
    same_language: NDArray[np.bool_]
    right_kind: NDArray[np.bool_]


def weigh(evidence: Evidence) -> NDArray[np.float32]:
    """The strength of each candidate: (n,) float32, unbounded, higher is better."""
    words = np.where(evidence.same_language, evidence.lexical - USUAL, np.float32(0))
    others = SYNONYMS * evidence.synonyms
    told = LATE * evidence.late + LEXICAL * words + others + KIND * evidence.right_kind
    strengths: NDArray[np.float32] = told.astype(np.float32)
    return strengths


def weakest_quarter(matches: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of the lowest quarter of each row of best cosines (rows, n): (rows,) float32.

    What is asked beside the topic shows there: a passage may match all of a question but the
    one thing that it wants to know.
    """
    count = max(1, matches.shape[1] // 4)
    if not matches.shape[1]:
        return np.zeros(len(matches), np.float32)
    lowest: NDArray[np.float32] = np.sort(matches, axis=1)[:, :count].mean(axis=1)
    return lowest
