"""Late interaction: a passage's token vectors, and MaxSim over them.

For each token of the query the best cosine with a token of the passage, then their mean,
weighted by how rare the query's token is: Khattab and Zaharia, "ColBERT: Efficient and
effective passage search via contextualized late interaction over BERT" (SIGIR 2020). The token
vectors are those that the pooled encoder has anyway; no second model, no training.

Token vectors are kept in 8 bits, each row with its own scale.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

FILES = ("tokens.i8", "tokens.npz")


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """Token vectors in 8 bits: `codes` (n, dim) int8, `scales` (n,) float32, `ids` (n,) int32.

    `codes * scales[:, None]` are the vectors; `ids` are the vocabulary's numbers of the tokens.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    ids: NDArray[np.int32]

    def decoded(self) -> NDArray[np.float32]:
        """The vectors (n, dim) float32."""
        vectors: NDArray[np.float32] = self.codes * self.scales[:, None]
        return vectors


def quantise(tokens: NDArray[np.float32], ids: NDArray[np.int32]) -> TokenVectors:
    """Bring token vectors (n, dim) float32 to 8 bits a number."""
    scales = np.abs(tokens).max(axis=1, initial=1e-9) / 127
    codes = np.rint(tokens / scales[:, None]).astype(np.int8)
    return TokenVectors(codes, scales.astype(np.float32), ids)


@dataclass(frozen=True)
class LateIndex:
    """The token vectors of all passages, end to end; passage i owns `bounds[i]:bounds[i + 1]`.

    `frequency` maps a vocabulary id to the number of passages that hold it; `chinese` (passages,)
    says which language's mean was taken off.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    bounds: NDArray[np.int64]
    frequency: dict[int, int]
    chinese: NDArray[np.bool_]

    def weights(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Inverse document frequency of each query token: (n,) float32, summing to 1."""
        size = len(self.bounds) - 1
        seen = np.array([self.frequency.get(int(i), 0) for i in ids], np.float64)
        idf = np.log1p((size - seen + 0.5) / (seen + 0.5))
        share: NDArray[np.float32] = (idf / max(idf.sum(), 1e-9)).astype(np.float32)
        return share

    def score(
        self, tokens: NDArray[np.float32], weights: NDArray[np.float32], rows: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Weighted MaxSim of query tokens (n, dim) with each passage of `rows`: (rows,) float32.

        `weights` (n,) sum to 1. Higher is better; a passage without tokens scores 0.
        """
        lengths = self.bounds[rows + 1] - self.bounds[rows]
        scores = np.zeros(len(rows), np.float32)
        filled = np.flatnonzero(lengths)
        if not len(filled) or not len(tokens):
            return scores
        where = np.concatenate(
            [np.arange(self.bounds[r], self.bounds[r + 1]) for r in rows[filled]]
        )
        cosines = self.codes[where].astype(np.float32) @ tokens.T
        cosines *= self.scales[where, None]
        starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
        scores[filled] = np.maximum.reduceat(cosines, starts, axis=0) @ weights
        return scores


class LateWriter:
    """Appends passages to a late index on disk, holding only the small arrays in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO = (folder / FILES[0]).open("wb")
        self._scales: list[NDArray[np.float32]] = []
        self._lengths: list[int] = []
        self._chinese: list[bool] = []
        self._frequency: dict[int, int] = {}

    def add(self, vectors: TokenVectors, *, chinese: bool) -> None:
        """Append the token vectors of the next passage."""
        self._chinese.append(chinese)
        self._file.write(np.ascontiguousarray(vectors.codes).tobytes())
        self._scales.append(vectors.scales)
        self._lengths.append(len(vectors.scales))
        for token in np.unique(vectors.ids).tolist():
            self._frequency[token] = self._frequency.get(token, 0) + 1

    def close(self) -> int:
        """Finish the files and return the number of token vectors."""
        self._file.close()
        np.savez(
            self._folder / FILES[1],
            scales=np.concatenate([np.zeros(0, np.float32), *self._scales]),
            bounds=np.concatenate([[0], np.cumsum(self._lengths)]).astype(np.int64),
            tokens=np.fromiter(self._frequency.keys(), np.int32),
            passages=np.fromiter(self._frequency.values(), np.int32),
            chinese=np.array(self._chinese, np.bool_),
        )
        return sum(self._lengths)


def load(folder: Path, dim: int) -> LateIndex:
    """Open the index that a `LateWriter` wrote into `folder`; the codes stay on disk, mapped."""
    with np.load(folder / FILES[1]) as arrays:
        count = int(arrays["bounds"][-1])
        codes: NDArray[np.int8] = (
            np.memmap(folder / FILES[0], np.int8, "r", shape=(count, dim))
            if count
            else np.zeros((0, dim), np.int8)
        )
        frequency = dict(zip(arrays["tokens"].tolist(), arrays["passages"].tolist(), strict=True))
        return LateIndex(codes, arrays["scales"], arrays["bounds"], frequency, arrays["chinese"])
