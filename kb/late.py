"""Late interaction: a passage's token vectors, and MaxSim over them.

For each token of the query the best cosine with a token of the passage, then their mean,
weighted by how rare the query's token is: Khattab and Zaharia, "ColBERT: Efficient and
effective passage search via contextualized late interaction over BERT" (SIGIR 2020). The token
vectors are those that the pooled encoder has anyway; no second model, no training.

Token vectors are kept in 8 bits, each row with its own scale, and those of a passage that are
alike are pooled, which halves time and memory and costs no recall: Clavié, Chaffin and Adams,
"Reducing the footprint of multi-vector retrieval with minimal performance impact via token
pooling" (2024). Of each it is known which sentences its tokens are from, so that those can be
compared with the query as well as the whole passage. (Pooled within sentences only, passages were
found less well: recall@1 over the samples fell from .748 to .724.)

Many candidates are compared by a sketch of their vectors first, as in Santhanam et al., "PLAID: An
efficient engine for late interaction retrieval" (CIKM 2022), which sketches a vector by the nearest
of some thousands; here it is what the vector comes to along the 64 principal axes of all vectors of
the library: two thirds of them, in a sixth of the bytes, with nothing to train or to ship.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from kb.centring import SENTENCES
from kb.int8_product import LARGEST, moved, moved_back, product

S = TypeVar("S", bound=np.generic)

POOLING = 2
"""Token vectors of a passage that become one, on average."""

MOST_PARTS = 2**16 - 1
"""The highest number of a part; sentences beyond it count as one."""

SKETCH = 64
"""Numbers of a vector's sketch, at most."""

FILES = ("tokens.u8", "sketches.u8", "tokens.npz")

_ONE = 127
"""What stands for 1 in a sketch: no number of one is larger."""

_BLOCK = 8_192
"""Vectors that are read back at a time to be sketched."""


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


def pool(
    tokens: NDArray[np.float32], parts: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Join the token vectors (n, dim), unit rows, that are most alike, by Ward's method.

    Returns the means of the groups at unit length (m, dim), n / POOLING of them, and the pairs of
    a part and a group that holds a token of it, ascending: (pairs, 2). `parts` (n,) is the part
    that each token is of.
    """
    left = int(np.ceil(len(tokens) / POOLING))
    if left == len(tokens):
        return tokens, np.stack([parts, np.arange(len(tokens))], axis=1)
    _, group = np.unique(_groups(tokens, left), return_inverse=True)
    order = np.argsort(group, kind="stable")
    firsts = np.flatnonzero(np.diff(group[order], prepend=-1))
    sums = np.add.reduceat(tokens[order], firsts, axis=0)
    means: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    pairs = np.unique(parts * left + group)
    return means, np.stack([pairs // left, pairs % left], axis=1)


def _groups(tokens: NDArray[np.float32], left: int) -> NDArray[np.int64]:
    """The group of each of n vectors, (n,), when `left` groups are left."""
    # The distance of unit rows follows from their cosine, which costs one product.
    squared = 2 - 2 * tokens @ tokens.T
    apart = np.sqrt(np.maximum(squareform(squared, checks=False), 0))
    merges = len(tokens) - left
    joined = linkage(apart, "ward")[:merges, :2].astype(np.int64).tolist()
    # The k-th merge makes group n + k; taken from the last, each knows what it ended up in.
    ends = list(range(len(tokens) + merges))
    for number in reversed(range(merges)):
        one, other = joined[number]
        ends[one] = ends[other] = ends[len(tokens) + number]
    return np.array(ends[: len(tokens)], np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """How near n tokens of a query come to each vector of some passages, the vectors end to end.

    `cosines` (vectors, n) float32, off by less than a hundredth; `moved` (vectors, dim) and
    `scales` (vectors,) are the vectors, as in a `LateIndex`. Passage i is that of `rows[i]` and
    owns `bounds[i]:bounds[i + 1]`.
    """

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    moved: NDArray[np.uint8]
    scales: NDArray[np.float32]
    bounds: NDArray[np.int64]

    def best(self) -> NDArray[np.float32]:
        """The best cosine of each query token in each passage: (passages, n).

        A passage without vectors matches nothing, 0. MaxSim is the weighted mean of a row.
        """
        return _best(self.cosines, self.bounds)

    def nearest(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The best cosine of each query token in some of the passages, and the vector that has it.

        Both are (numbers, n); each of the passages has vectors.
        """
        starts, ends = self.bounds[numbers].tolist(), self.bounds[numbers + 1].tolist()
        owned = [self.cosines[start:end] for start, end in zip(starts, ends, strict=True)]
        found = [start + each.argmax(axis=0) for start, each in zip(starts, owned, strict=True)]
        return np.stack([each.max(axis=0) for each in owned]), np.stack(found)


@dataclass(frozen=True)
class LateIndex:
    """The token vectors of all passages, end to end; passage i owns `bounds[i]:bounds[i + 1]`.

    `moved` (vectors, dim) are their codes as `kb.int8_product` takes them, `scales` (vectors,).
    `parts` (pairs, 2) uint16 pairs a part of a passage (0 its context, 1 its first sentence, and so
    on) with a vector that holds a token of it, counted within the passage; passage i owns
    `part_bounds[i]:part_bounds[i + 1]`, ascending. `frequency` (ids,) int32 is the number of
    passages that hold each id of the vocabulary; its last entry is 0, for all ids beyond.
    `chinese` (passages,) says which language's mean was taken off. `sketches` (vectors, s) are the
    codes of the vectors along `axes` (dim, s), those along which they differ most.
    """

    moved: NDArray[np.uint8]
    scales: NDArray[np.float32]
    parts: NDArray[np.uint16]
    part_bounds: NDArray[np.int64]
    bounds: NDArray[np.int64]
    frequency: NDArray[np.int32]
    chinese: NDArray[np.bool_]
    sketches: NDArray[np.uint8]
    axes: NDArray[np.float32]

    def weights(self, ids: NDArray[np.int32], usual: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Inverse document frequency of each query token: (n,) float32, summing to 1.

        `usual` (ids,) is the row of `kb.centring.LanguageMeans` for the query's language. The
        general sentences count as if the library had as many passages of such again: of the words
        of a language that it hardly has, its own passages tell nothing.
        """
        size = len(self.bounds) - 1
        own = self.frequency[np.minimum(ids, len(self.frequency) - 1)]
        count = own + usual[np.minimum(ids, len(usual) - 1)] * (size / SENTENCES)
        idf = np.log1p((2 * size - count + 0.5) / (count + 0.5))
        share: NDArray[np.float32] = (idf / max(idf.sum(), 1e-9)).astype(np.float32)
        return share

    def match(self, tokens: NDArray[np.float32], rows: NDArray[np.int64]) -> Matches:
        """Compare each query token (n, dim), unit rows, with the vectors of passages (rows,)."""
        query, largest = _asked(tokens)
        owned = _slices(self.bounds, rows)
        codes, scales = _end_to_end(self.moved, owned), _end_to_end(self.scales, owned)
        cosines = product(codes, query).astype(np.float32)
        cosines *= scales[:, None]
        cosines *= largest
        return Matches(rows, cosines, codes, scales, _ends(self.bounds, rows))

    def sketched(
        self, tokens: NDArray[np.float32], weights: NDArray[np.float32], rows: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """About what MaxSim will say of passages (rows,), by the sketches of their vectors alone.

        Takes the query tokens (n, dim), unit rows, and their weights (n,).
        """
        query, largest = _asked(tokens @ self.axes)
        near = product(_end_to_end(self.sketches, _slices(self.bounds, rows)), query)
        best = _best(near, _ends(self.bounds, rows))
        told: NDArray[np.float32] = np.dot(best, largest * weights) / np.float32(_ONE)
        return told

    def match_parts(
        self, matches: Matches, numbers: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> list[NDArray[np.float32]]:
        """The best cosine of each of n query tokens in each part of some of the passages.

        Takes what `match` said of them all, the numbers of those that are wanted, and how many
        parts each of these has, (numbers,), the context included. Returns an array (its parts, n)
        a passage; a part without tokens matches nothing, -1.
        """
        rows = matches.rows[numbers]
        ends = _added_up(counts)
        best = np.full((ends[-1], matches.cosines.shape[1]), -1, np.float32)
        owned = _slices(self.part_bounds, rows)
        pairs = _end_to_end(self.parts, owned)
        # From numbers within a passage to numbers within them all.
        of_each = self.part_bounds[rows + 1] - self.part_bounds[rows]
        firsts = [ends[:-1], matches.bounds[numbers]]
        parts, vectors = pairs.T + np.repeat(firsts, of_each, axis=1)
        asked = pairs[:, 0] < np.repeat(counts, of_each)
        parts, vectors = parts[asked], vectors[asked]
        if len(parts):
            begins = np.concatenate([[0], np.flatnonzero(parts[1:] != parts[:-1]) + 1])
            near = matches.cosines.take(vectors, axis=0)
            best[parts[begins]] = np.maximum.reduceat(near, begins, axis=0)
        return [best[start:end] for start, end in pairwise(ends.tolist())]

    def of(self, row: int) -> tuple[TokenVectors, NDArray[np.uint16]]:
        """The vectors of a passage, and its pairs of parts and vectors."""
        own = slice(self.bounds[row], self.bounds[row + 1])
        pairs = self.parts[self.part_bounds[row] : self.part_bounds[row + 1]]
        return TokenVectors(moved_back(self.moved[own]), self.scales[own]), pairs


def _asked(tokens: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A query's vectors (n, dim) as codes for `product`, and what 1 of each stands for, (n,)."""
    largest = np.abs(tokens).max(axis=1, initial=1e-9) / LARGEST
    return np.rint(tokens / largest[:, None]).astype(np.int8), largest


def _best(near: NDArray[S], bounds: NDArray[np.int64]) -> NDArray[np.float32]:
    """The highest of each column (vectors, n) for each of some passages; 0 where one has none."""
    filled = bounds[1:] > bounds[:-1]
    best = np.zeros((len(filled), near.shape[1]), np.float32)
    if filled.any():
        best[filled] = np.maximum.reduceat(near, bounds[:-1][filled], axis=0)
    return best


def _slices(bounds: NDArray[np.int64], numbers: NDArray[np.int64]) -> list[slice]:
    """What each of some passages owns between `bounds`."""
    starts, ends = bounds[numbers].tolist(), bounds[numbers + 1].tolist()
    return list(map(slice, starts, ends))


def _end_to_end(array: NDArray[S], owned: Sequence[slice]) -> NDArray[S]:
    return np.concatenate([array[:0], *map(array.__getitem__, owned)])


def _ends(bounds: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bounds of the same passages when they alone stand end to end."""
    return _added_up(bounds[numbers + 1] - bounds[numbers])


def _added_up(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of some lengths ends and, before them, where the first begins."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends


class LateWriter:
    """Appends passages to a late index on disk, holding only the small arrays in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scales: list[NDArray[np.float32]] = []
        self._parts: list[NDArray[np.int64]] = []
        self._lengths: list[int] = []
        self._chinese: list[bool] = []
        self._frequency: dict[int, int] = {}

    def add(
        self,
        tokens: NDArray[np.float32],
        ids: NDArray[np.int32],
        parts: NDArray[np.int64],
        *,
        chinese: bool,
    ) -> None:
        """Append a passage: its token vectors (n, dim), unit rows, their vocabulary ids and parts.

        A part (n,) is 0 for the passage's context, then the number of its sentence.
        """
        vectors, pairs = pool(tokens, np.minimum(parts, MOST_PARTS))
        self.append(quantise(vectors), ids, pairs, chinese=chinese)

    def append(
        self,
        pooled: TokenVectors,
        ids: NDArray[np.int32],
        pairs: NDArray[np.int64],
        *,
        chinese: bool,
    ) -> None:
        """Append a passage whose token vectors were pooled before, with its `LateIndex.parts`."""
        self._parts.append(pairs)
        with (self._folder / FILES[0]).open("ab") as file:
            file.write(moved(pooled.codes).tobytes())
        self._scales.append(pooled.scales)
        self._lengths.append(len(pooled.scales))
        self._chinese.append(chinese)
        for token in np.unique(ids).tolist():
            self._frequency[token] = self._frequency.get(token, 0) + 1

    def finish(self) -> int:
        """Write the sketches and the small arrays, and return the number of token vectors."""
        (self._folder / FILES[0]).touch()
        scales = np.concatenate([np.zeros(0, np.float32), *self._scales])
        axes = self._sketch(scales)
        np.savez(
            self._folder / FILES[2],
            axes=axes,
            scales=scales,
            parts=np.concatenate([np.zeros((0, 2), np.int64), *self._parts]).astype(np.uint16),
            part_bounds=np.cumsum([0, *map(len, self._parts)]).astype(np.int64),
            bounds=np.concatenate([[0], np.cumsum(self._lengths)]).astype(np.int64),
            tokens=np.fromiter(self._frequency.keys(), np.int32),
            passages=np.fromiter(self._frequency.values(), np.int32),
            chinese=np.array(self._chinese, np.bool_),
        )
        return sum(self._lengths)

    def _sketch(self, scales: NDArray[np.float32]) -> NDArray[np.float32]:
        """Write what the vectors come to along their principal axes; return these, (dim, SKETCH).

        Those are the directions in which all vectors together differ most. As vectors and axes are
        of length 1, no number is larger.
        """
        dim = (self._folder / FILES[0]).stat().st_size // max(len(scales), 1)
        codes = _mapped(self._folder / FILES[0], len(scales), dim)
        blocks = [slice(start, start + _BLOCK) for start in range(0, len(scales), _BLOCK)]
        spread = np.zeros((dim, dim), np.float32)
        for block in blocks:
            vectors = TokenVectors(moved_back(codes[block]), scales[block]).decoded()
            spread += vectors.T @ vectors
        axes = np.ascontiguousarray(np.linalg.eigh(spread)[1][:, : -SKETCH - 1 : -1])
        with (self._folder / FILES[1]).open("wb") as file:
            for block in blocks:
                vectors = TokenVectors(moved_back(codes[block]), scales[block]).decoded()
                along = np.rint(np.clip(vectors @ axes, -1, 1) * _ONE)
                file.write(moved(along.astype(np.int8)).tobytes())
        return axes


def _mapped(path: Path, count: int, width: int) -> NDArray[np.uint8]:
    """Codes (count, width) that stay on the disk."""
    if not count or not width:
        return np.zeros((count, width), np.uint8)
    return np.asarray(np.memmap(path, np.uint8, "r", shape=(count, width)))


def load(folder: Path, dim: int) -> LateIndex:
    """Open the index that a `LateWriter` wrote into `folder`; the codes stay on disk, mapped."""
    with np.load(folder / FILES[2]) as arrays:
        count, axes = int(arrays["bounds"][-1]), arrays["axes"]
        ids, passages = arrays["tokens"], arrays["passages"]
        frequency = np.zeros(ids.max(initial=0) + 2, np.int32)
        frequency[ids] = passages
        return LateIndex(
            _mapped(folder / FILES[0], count, dim),
            arrays["scales"],
            arrays["parts"],
            arrays["part_bounds"],
            arrays["bounds"],
            frequency,
            arrays["chinese"],
            _mapped(folder / FILES[1], count, axes.shape[1]),
            axes if count else np.zeros((dim, 0), np.float32),
        )
