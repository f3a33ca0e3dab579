"""The lexical index: BM25 with every posting's weight worked out when the index is built.

Scoring sums the postings of the query's terms, nothing else. Eager scoring follows Lù, "BM25S:
Orders of magnitude faster lexical search via eager sparse scoring" (2024); the formula is
Robertson's BM25 with Lucene's inverse document frequency, which is never negative.
"""

import json
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75

FILES = ("lexical.npz", "vocabulary.json")


@dataclass(frozen=True)
class LexicalIndex:
    """Postings by term. Row i of the index is passage i of the generation.

    `bounds` (terms + 1,) int64 delimits each term's slice of `rows` int32 and `weights` float32;
    `idf` (terms,) float32. `size` is the number of passages.
    """

    vocabulary: dict[str, int]
    bounds: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    size: int

    def score(self, terms: Sequence[str]) -> tuple[NDArray[np.float32], float]:
        """Score every passage for the query's terms, and say how much the query asks for.

        Returns `(scores, ceiling)`: scores (size,) float32, 0 where no term occurs, higher is
        better; the ceiling is the sum of the terms' idf, a term that the index does not know
        counting as the rarest one. `scores / ceiling` therefore fades for unknown words.
        """
        ceiling, rarest = 0.0, float(np.log1p((self.size - 0.5) / 1.5)) if self.size else 0.0
        known = []
        for term in terms:
            ordinal = self.vocabulary.get(term)
            if ordinal is None:
                ceiling += rarest
            else:
                ceiling += float(self.idf[ordinal])
                known.append(slice(self.bounds[ordinal], self.bounds[ordinal + 1]))
        if not known:
            return np.zeros(self.size, np.float32), ceiling
        rows = np.concatenate([self.rows[each] for each in known])
        weights = np.concatenate([self.weights[each] for each in known])
        return np.bincount(rows, weights, self.size).astype(np.float32), ceiling

    def shares(self, terms: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The passages that have one of the terms, and the share of their weight in each."""
        ordinal = self.vocabulary.get(terms[0])
        if len(terms) == 1 and ordinal is not None:
            rows, weights = self._postings(ordinal)
            return rows, weights / max(self.idf[ordinal], np.float32(1e-9))
        scores, ceiling = self.score(terms)
        rows = np.flatnonzero(scores).astype(np.int32)
        return rows, scores[rows] / np.float32(max(ceiling, 1e-9))

    def rarity(self, terms: Iterable[str]) -> float:
        """The inverse document frequency of the rarest of the terms that the index knows."""
        known = (self.vocabulary[term] for term in terms if term in self.vocabulary)
        return max((float(self.idf[ordinal]) for ordinal in known), default=0.0)

    def best(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """The score of each passage for the one of the terms that scores best there: (size,)."""
        best = np.zeros(self.size, np.float32)
        for term in self.vocabulary.keys() & set(terms):
            rows, weights = self._postings(self.vocabulary[term])
            best[rows] = np.maximum(best[rows], weights)
        return best

    def _postings(self, ordinal: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The passages that have a term, and its weight in each."""
        where = slice(self.bounds[ordinal], self.bounds[ordinal + 1])
        return self.rows[where], self.weights[where]

    def knows(self, terms: Iterable[str]) -> bool:
        """Whether a passage has one of the terms."""
        return not self.vocabulary.keys().isdisjoint(terms)

    def beginning(self, beginning: str, most: int) -> list[str]:
        """The terms that begin so and go on, at most so many, those of most passages first."""
        words, ordinals = self._sorted
        # No term has a character behind the last code point.
        first, last = (bisect_left(words, beginning + end) for end in ("\0", "\U0010ffff"))
        found = ordinals[first:last]
        usual = np.argsort(self.bounds[found] - self.bounds[found + 1], kind="stable")[:most]
        return [words[first + place] for place in usual.tolist()]

    @cached_property
    def _sorted(self) -> tuple[list[str], NDArray[np.int64]]:
        """The terms in the order of their characters, and the ordinal of each."""
        words = sorted(self.vocabulary)
        return words, np.array([self.vocabulary[word] for word in words], np.int64)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, under the names in `FILES`."""
        np.savez(
            folder / FILES[0],
            bounds=self.bounds,
            rows=self.rows,
            weights=self.weights,
            idf=self.idf,
            size=np.int64(self.size),
        )
        (folder / FILES[1]).write_text(
            json.dumps(list(self.vocabulary), ensure_ascii=False), "utf8"
        )


class LexicalWriter:
    """Takes in passages one after the other; holds a few bytes for each term of a passage."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._columns = array("i")
        self._repeats = array("i")
        self._distinct = array("i")

    def add(self, terms: Sequence[str]) -> None:
        """Append a passage by its terms, repeats included."""
        count = Counter(terms)
        for term in count:
            self._columns.append(self._vocabulary.setdefault(term, len(self._vocabulary)))
        self._repeats.extend(count.values())
        self._distinct.append(len(count))

    def finish(self) -> LexicalIndex:
        """Weigh every posting and return the index."""
        column, repeat = _numbers(self._columns), _numbers(self._repeats)
        size = len(self._distinct)
        rows = np.repeat(np.arange(size, dtype=np.int32), _numbers(self._distinct))
        frequency = np.bincount(column, minlength=len(self._vocabulary))
        idf = np.log1p((size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        lengths = np.bincount(rows, repeat, minlength=size)
        norm = K1 * (1 - B + B * lengths / max(lengths.mean() if size else 0.0, 1.0))
        weights = (idf[column] * repeat / (repeat + norm[rows])).astype(np.float32)
        order = np.argsort(column, kind="stable")
        bounds = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
        return LexicalIndex(self._vocabulary, bounds, rows[order], weights[order], idf, size)


def _numbers(values: "array[int]") -> NDArray[np.int32]:
    return np.frombuffer(values, np.int32) if values else np.zeros(0, np.int32)


def build(texts: Iterable[Sequence[str]]) -> LexicalIndex:
    """Index the terms of each passage, in the order of the passages."""
    writer = LexicalWriter()
    for terms in texts:
        writer.add(terms)
    return writer.finish()


def load(folder: Path) -> LexicalIndex:
    """Open the index that `save` wrote into `folder`."""
    with np.load(folder / FILES[0]) as arrays:
        words = json.loads((folder / FILES[1]).read_text("utf8"))
        return LexicalIndex(
            {word: ordinal for ordinal, word in enumerate(words)},
            arrays["bounds"],
            arrays["rows"],
            arrays["weights"],
            arrays["idf"],
            int(arrays["size"]),
        )
