"""The dense index: one pooled vector a passage, in FAISS.

Inner product over unit rows; score: cosine, higher is better. Every vector is compared, so the
search is exact up to the form in which they are kept: as they are in a small index, in 8 bits a
number in a large one, which halves its time, takes a quarter of the memory and finds 98 to 99 % of
the same passages (`make bench`). A graph or clusters would be faster still and are not needed: at
100,000 passages this costs as much as the encoder does for the query.
"""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

LARGE = 4_096
"""Passages from which on vectors are kept in 8 bits: below, their time does not count."""

FILES = ("dense.faiss",)


class DenseIndex:
    """An open FAISS index. Row i is passage i of the generation."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows of the `k` passages nearest to `query` (dim,), the best first, and their cosines.

        `allowed` (rows,) leaves out the passages where it is False.
        """
        options = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            options = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        cosines, rows = self._index.search(query[None], min(k, len(self)), params=options)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]

    def score(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosine of `query` (dim,) with each of `rows` (n,): (n,) float32."""
        return self.vectors(rows) @ query

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of `rows` (n,), as they are kept: (n, dim) float32."""
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
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
        index = faiss.IndexScalarQuantizer(rows.shape[1], eight_bits, faiss.METRIC_INNER_PRODUCT)
        index.train(rows)
    index.add(rows)
    return DenseIndex(index)


def load(folder: Path) -> DenseIndex:
    """Open the index that `save` wrote into `folder`."""
    return DenseIndex(faiss.read_index(str(folder / FILES[0])))
