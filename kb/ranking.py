"""How the evidence for a passage becomes its place. Pure functions, no model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.late import Matches

NEAREST, WORDIEST = 128, 40
"""Candidates taken from the dense and from the lexical index."""

GLANCED, PROMISING = 96, 16
"""Candidates whose sketches late interaction looks at, and whose vectors, at least: each costs more
than all before it."""

GROUP = 64
"""Scores of which the best stands for all, where only the best of many are wanted."""

READ = 8
"""Strongest candidates whose sentences are compared with the query as well."""

LATE, LEXICAL, KIND, SYNONYMS, ANSWER = 15.0, 3.5, 0.5, 1.0, 0.2

WARNS = 2.0
"""What words never to say count for a passage, where those are asked for: few passages have any."""

TOPIC = 10.0
"""What the words of a passage count besides, where the question is but a topic."""

USUAL = 0.15
"""Lexical share from which common words speak for a passage; below it, they speak against it.

A passage of another language has no words in common with the query, and that says nothing: it
is treated as one with the usual share.
"""


PROMISE = (7.4, 8.8, 1.65, 0.85, 0.87)
"""What is told of a candidate at first, `Candidates.told`, says of its strength in the end.

`eval/promise.py` fits this and `SKETCHED`.
"""

SKETCHED = (0.8, 5.9, 1.16, 0.43, 0.35, 19.0)
"""The same beside the sketches, and what those say."""


@dataclass(frozen=True)
class Candidates:
    """What speaks for each candidate at first sight; all arrays are (n,), higher is better.

    `rows` int64; `dense` cosine, -1–1; `lexical` the share of the query's weight that the passage's
    words cover, about 0–1, faded for unknown words; `synonyms` how far other words for what the
    query names stand there, 0 on average of the candidates of a language; `same_language` says
    whether passage and query are in one language, `right_kind` whether the passage is of the kind
    that the query asks for.
    """

    rows: NDArray[np.int64]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]
    synonyms: NDArray[np.float32]
    same_language: NDArray[np.bool_]
    right_kind: NDArray[np.bool_]

    @property
    def words(self) -> NDArray[np.float32]:
        """How far the passage's words speak for it, (n,), or against it."""
        return np.where(self.same_language, self.lexical - np.float32(USUAL), np.float32(0))

    @property
    def told(self) -> NDArray[np.float32]:
        """What is told of each candidate, as `PROMISE` weighs it: (5, n) float32."""
        told = (self.dense, self.words, self.synonyms, self.right_kind, self.same_language)
        return np.array(told, np.float32)

    def take(self, numbers: NDArray[np.int64]) -> "Candidates":
        """Only some of the candidates, by their numbers."""
        return Candidates(**{name: array[numbers] for name, array in vars(self).items()})


@dataclass(frozen=True)
class Evidence(Candidates):
    """All that speaks for each candidate: `matches` of its token vectors with the query's as well.

    `late` weighted MaxSim, -1–1; `weakest` the mean of the quarter of the query's tokens that match
    worst, `least` the cosine of the worst one, -1–1.
    """

    matches: Matches
    late: NDArray[np.float32]
    weakest: NDArray[np.float32]
    least: NDArray[np.float32]


def highest(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Rows of the `k` best scores above 0, in no order."""
    # The k-th best of the best scores of any groups is no higher than the k-th best of all; so few
    # are as high that looking among them takes a tenth of the time.
    groups = len(scores) // GROUP
    least = np.float32(0)
    if groups > k:
        best = scores[: groups * GROUP].reshape(GROUP, groups).max(axis=0)
        least = np.partition(best, groups - k)[groups - k]
    rows = np.flatnonzero(scores >= least if least > 0 else scores > 0)
    return rows[np.argpartition(-scores[rows], k)[:k]] if len(rows) > k else rows


def promising(
    candidates: Candidates, count: int, sketched: NDArray[np.float32] | None = None
) -> Candidates:
    """The `count` candidates that are likeliest to be strong.

    `sketched` (n,) is what late interaction says by their sketches, where these were compared.
    """
    if len(candidates.rows) <= count:
        return candidates
    if sketched is None:
        promise = np.dot(PROMISE, candidates.told)
    else:
        promise = np.dot(SKETCHED[:-1], candidates.told) + SKETCHED[-1] * sketched
    return candidates.take(np.argsort(-promise, kind="stable")[:count])


def weigh(evidence: Evidence) -> NDArray[np.float32]:
    """The strength of each candidate: (n,) float32, unbounded, higher is better."""
    others = SYNONYMS * evidence.synonyms
    told = LATE * evidence.late + LEXICAL * evidence.words + others + KIND * evidence.right_kind
    strengths: NDArray[np.float32] = told.astype(np.float32)
    return strengths


def lifted(
    strengths: NDArray[np.float32], best: NDArray[np.int64], scores: Sequence[float | None]
) -> NDArray[np.float32]:
    """The strengths (n,) when the best candidates, by their numbers, have been read.

    `scores` say how well the best sentence of each answers; one that has none gets as little as the
    worst. That gets nothing, so that all stay before those that were not read.
    """
    least = min((score for score in scores if score is not None), default=0.0)
    raised = strengths.copy()
    for number, score in zip(best.tolist(), scores, strict=True):
        raised[number] += ANSWER * ((least if score is None else score) - least)
    return raised


def weakest_quarter(matches: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of the lowest quarter of each row of best cosines (rows, n): (rows,) float32.

    What is asked beside the topic shows there: a passage may match all of a question but the
    one thing that it wants to know.
    """
    count = max(1, matches.shape[1] // 4)
    if not matches.shape[1]:
        return np.zeros(len(matches), np.float32)
    lowest = np.partition(matches, count - 1, axis=1)[:, :count]
    mean: NDArray[np.float32] = lowest.sum(axis=1) / np.float32(count)
    return mean
