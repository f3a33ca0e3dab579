"""The dense index: one pooled vector a passage, in FAISS.

Inner product over unit rows; score: cosine, higher is better. In a small index every vector is
compared, as it is; in a large one they are kept in 8 bits a number, a quarter of the memory, and
all compared as well. In a huge one a graph of near vectors leads to the nearest: Malkov and
Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable
small world graphs" (IEEE TPAMI 2018). Of the 40 nearest it finds 96 % at 100,000 passages. It loses
its way where many passages are nearly the same and the question is far from them all; in a smaller
index it would save little. Where passages are left out it may lead nowhere, so there every vector
is compared.
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


class DenseIndex:
    """An open FAISS index. Row i is passage i of the generation."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self._vectors = index
        if isinstance(index, faiss.IndexHNSW):
            self._vectors = faiss.downcast_index(index.storage)

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
        cosines, rows = index.search(query[None], min(k, len(self)), params=options)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]

    def score(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosine of `query` (dim,) with each of `rows` (n,): (n,) float32."""
        return self.vectors(rows) @ query

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of `rows` (n,), as they are kept: (n, dim) float32."""
        vectors: NDArray[np.float32] = self._vectors.reconstruct_batch(rows)
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
        eight_bits = faiss.ScalarQuantizer.QT_8bit
        dim, inner_product = rows.shape[1], faiss.METRIC_INNER_PRODUCT
        if len(rows) < HUGE:
            index = faiss.IndexScalarQuantizer(dim, eight_bits, inner_product)
        else:
            index = faiss.IndexHNSWSQ(dim, eight_bits, LINKS, inner_product)  # type: ignore[arg-type]
        index.train(rows)
    index.add(rows)
    return DenseIndex(index)


def load(folder: Path) -> DenseIndex:
    """Open the index that `save` wrote into `folder`."""
    return DenseIndex(faiss.read_index(str(folder / FILES[0])))
