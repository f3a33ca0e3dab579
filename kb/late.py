"""Late interaction: a passage's token vectors, and MaxSim over them.

For each token of the query the best cosine with a token of the passage, then their mean,
weighted by how rare the query's token is: Khattab and Zaharia, "ColBERT: Efficient and
effective passage search via contextualized late interaction over BERT" (SIGIR 2020). The token
vectors are those that the pooled encoder has anyway; no second model, no training.

Token vectors are kept in 8 bits, each row with its own scale, and those of a passage that are
alike are pooled, which halves time and memory and costs no recall: Clavié, Chaffin and Adams,
"Reducing the footprint of multi-vector retrieval with minimal performance impact via token
pooling" (2024).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

POOLING = 2
"""Token vectors of a passage that become one, on average."""

DECODED = 50_000
"""Token vectors up to which an index is held decoded in memory, which saves half of the time."""

FILES = ("tokens.i8", "tokens.npz")


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """Vectors in 8 bits: `codes` (n, dim) int8 times `scales` (n,) float32."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    def decoded(self) -> NDArray[np.float32]:
        """The vectors (n, dim) float32."""
        vectors: NDArray[np.float32] = self.codes * self.scales[:, None]
        return vectors


def quantise(tokens: NDArray[np.float32]) -> TokenVectors:
    """Bring vectors (n, dim) float32 to 8 bits a number."""
    scales = np.abs(tokens).max(axis=1, initial=1e-9) / 127
    codes = np.rint(tokens / scales[:, None]).astype(np.int8)
    return TokenVectors(codes, scales.astype(np.float32))


def pool(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """Join the token vectors (n, dim) that are most alike, by Ward's method: (n / POOLING, dim).

    Each group is its mean, brought back to unit length.
    """
    if len(tokens) <= POOLING:
        return tokens
    # The distance of unit rows follows from their cosine, which costs one product.
    apart = np.sqrt(np.maximum(2 - 2 * tokens @ tokens.T, 0))
    tree = linkage(apart[np.triu_indices(len(tokens), 1)], "ward")
    groups = fcluster(tree, round(len(tokens) / POOLING), "maxclust")
    member = (groups == np.arange(1, groups.max() + 1)[:, None]).astype(np.float32)
    sums = member @ tokens
    means: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return means


@dataclass(frozen=True)
class LateIndex:
    """The token vectors of all passages, end to end; passage i owns `bounds[i]:bounds[i + 1]`.

    `frequency` maps a vocabulary id to the number of passages that hold it; `chinese` (passages,)
    says which language's mean was taken off. `decoded` are the vectors of a small index, ready.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    bounds: NDArray[np.int64]
    frequency: dict[int, int]
    chinese: NDArray[np.bool_]
    decoded: NDArray[np.float32] | None

    def weights(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Inverse document frequency of each query token: (n,) float32, summing to 1."""
        size = len(self.bounds) - 1
        seen = np.array([self.frequency.get(int(i), 0) for i in ids], np.float64)
        idf = np.log1p((size - seen + 0.5) / (seen + 0.5))
        share: NDArray[np.float32] = (idf / max(idf.sum(), 1e-9)).astype(np.float32)
        return share

    def match(self, tokens: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The best cosine of each query token (n, dim) in each passage of `rows`: (rows, n).

        A passage without tokens matches nothing, 0. MaxSim is the weighted mean of a row.
        """
        best = np.zeros((len(rows), len(tokens)), np.float32)
        bounds = zip(self.bounds[rows].tolist(), self.bounds[rows + 1].tolist(), strict=True)
        # One passage at a time stays in the processor's cache: twice as fast as all at once.
        for position, (start, end) in enumerate(bounds):
            if start < end:
                (tokens @ self._rows(start, end).T).max(axis=1, out=best[position])
        return best

    def _rows(self, start: int, end: int) -> NDArray[np.float32]:
        if self.decoded is not None:
            return self.decoded[start:end]
        rows: NDArray[np.float32] = self.codes[start:end] * self.scales[start:end, None]
        return rows


class LateWriter:
    """Appends passages to a late index on disk, holding only the small arrays in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scales: list[NDArray[np.float32]] = []
        self._lengths: list[int] = []
        self._chinese: list[bool] = []
        self._frequency: dict[int, int] = {}

    def add(self, tokens: NDArray[np.float32], ids: NDArray[np.int32], *, chinese: bool) -> None:
        """Append a passage: its token vectors (n, dim), unit rows, and their vocabulary ids."""
        pooled = quantise(pool(tokens))
        with (self._folder / FILES[0]).open("ab") as file:
            file.write(pooled.codes.tobytes())
        self._scales.append(pooled.scales)
        self._lengths.append(len(pooled.scales))
        self._chinese.append(chinese)
        for token in np.unique(ids).tolist():
            self._frequency[token] = self._frequency.get(token, 0) + 1

    def finish(self) -> int:
        """Write the small arrays and return the number of token vectors."""
        (self._folder / FILES[0]).touch()
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
            np.asarray(np.memmap(folder / FILES[0], np.int8, "r", shape=(count, dim)))
            if count
            else np.zeros((0, dim), np.int8)
        )
        frequency = dict(zip(arrays["tokens"].tolist(), arrays["passages"].tolist(), strict=True))
        vectors = TokenVectors(codes, arrays["scales"])
        decoded = vectors.decoded() if count <= DECODED else None
        return LateIndex(
            codes, vectors.scales, arrays["bounds"], frequency, arrays["chinese"], decoded
        )
