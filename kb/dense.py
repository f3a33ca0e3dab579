"""The dense index: one pooled vector a passage, in FAISS.

Inner product over unit rows; score: cosine, higher is better. In a small index every vector is
compared, as it is; in a large one they are kept in 8 bits a number, a quarter of the memory and
less than half the time, and all compared as well. In a huge one a graph of near vectors leads to
the nearest: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
hierarchical navigable small world graphs" (IEEE TPAMI 2018). Of the 40 nearest it finds 95 % at
100,000 passages. It loses its way where many passages are nearly the same and the question is far
from them all; in a smaller index it would save little. Where passages are left out it may lead
nowhere, so there every vector is compared.
"""

from math import isqrt
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

LARGE, HUGE = 4_096, 32_768
"""Passages from which on vectors are kept in 8 bits, and from which on there is a graph of them."""

LINKS, BEAM = 32, 128
"""Of a vector to near ones, and how many of the nearest so far a search keeps in sight, at least.

More of them where there are more passages: their square root.
"""

FILES = ("dense.faiss",)

_MOST = 127
"""The largest number that is kept in 8 bits."""


class DenseIndex:
    """An open FAISS index. Row i is passage i of the generation."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self._vectors = index
        if isinstance(index, faiss.IndexHNSW):
            self._vectors = faiss.downcast_index(index.storage)
        self._eight_bits = isinstance(self._vectors, faiss.IndexScalarQuantizer)
        # In 8 bits all rows are longer by the same factor; as they are unit rows, one tells it.
        self._length = float(np.linalg.norm(index.reconstruct(0))) if self._eight_bits else 1.0

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows of the `k` passages nearest to `query` (dim,), the best first, and their cosines.

        `allowed` (rows,) leaves out the passages where it is False.
        """
        index, options = self._index, None
        if allowed is not None:
            index = self._vectors
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            options = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        elif self._vectors is not index:
            beam = max(BEAM, k, isqrt(len(self)))
            options = faiss.SearchParametersHNSW(efSearch=beam)  # type: ignore[attr-defined]
        asked, longer = self._asked(query)
        cosines, rows = index.search(asked[None], min(k, len(self)), params=options)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found] / longer

    def score(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosine of `query` (dim,) with each of `rows` (n,): (n,) float32."""
        asked, longer = self._asked(query)
        cosines: NDArray[np.float32] = np.dot(self._vectors.reconstruct_batch(rows), asked) / longer
        return cosines

    def _asked(self, query: NDArray[np.float32]) -> tuple[NDArray[np.float32], np.float32]:
        """A query as the index takes it, and how much longer its products are than cosines.

        In 8 bits FAISS rounds its numbers; so that this is the same on every processor, they are
        rounded here.
        """
        if not self._eight_bits:
            return query, np.float32(1)
        scale = _MOST / max(float(np.abs(query).max()), 1e-9)
        return np.rint(query * np.float32(scale)), np.float32(self._length * scale)

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of `rows` (n,), as they are kept: (n, dim) float32."""
        vectors: NDArray[np.float32] = self._vectors.reconstruct_batch(rows) / self._length
        return vectors

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, under the name in `FILES`."""
        faiss.write_index(self._index, str(folder / FILES[0]))


def build(vectors: NDArray[np.float32]) -> DenseIndex:
    """Index the rows of `vectors` (n, dim) float32, unit rows."""
    rows = np.ascontiguousarray(vectors, np.float32)
    if len(rows) < LARGE:
        index: faiss.Index = faiss.IndexFlatIP(rows.shape[1])
    else:
        eight_bits = faiss.ScalarQuantizer.QT_8bit_direct_signed
        rows = np.rint(rows * (_MOST / np.abs(rows).max()))
        dim, inner_product = rows.shape[1], faiss.METRIC_INNER_PRODUCT
        if len(rows) < HUGE:
            index = faiss.IndexScalarQuantizer(dim, eight_bits, inner_product)
        else:
            index = faiss.IndexHNSWSQ(dim, eight_bits, LINKS, inner_product)  # type: ignore[arg-type]
    index.add(rows)
    return DenseIndex(index)


def load(folder: Path) -> DenseIndex:
    """Open the index that `save` wrote into `folder`."""
    return DenseIndex(faiss.read_index(str(folder / FILES[0])))
