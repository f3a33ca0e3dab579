"""The dense index: one pooled vector a passage, in FAISS.

Flat inner product over unit rows, so the search is exact: up to about 100,000 passages it costs
less than the encoder does for the query. Score: cosine, higher is better.
"""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

FILES = ("dense.faiss",)


class DenseIndex:
    """An open FAISS index. Row i is passage i of the generation."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Rows of the `k` passages nearest to `query` (dim,), the best first.

        `allowed` (rows,) leaves out the passages where it is False.
        """
        options = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.flatnonzero(allowed))
            options = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        _, rows = self._index.search(query[None], min(k, len(self)), params=options)
        found: NDArray[np.int64] = rows[0]
        return found[found >= 0]

    def score(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosine of `query` (dim,) with each of `rows` (n,): (n,) float32."""
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return vectors @ query

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, under the name in `FILES`."""
        faiss.write_index(self._index, str(folder / FILES[0]))


def build(vectors: NDArray[np.float32]) -> DenseIndex:
    """Index the rows of `vectors` (n, dim) float32, unit rows."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, np.float32))
    return DenseIndex(index)


def load(folder: Path) -> DenseIndex:
    """Open the index that `save` wrote into `folder`."""
    return DenseIndex(faiss.read_index(str(folder / FILES[0])))
