"""The dense index, small and exact or large and in 8 bits."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kb import dense

RANDOM = np.random.default_rng(5)


def unit(rows: int, dim: int = 384) -> NDArray[np.float32]:
    """Random unit rows (rows, dim)."""
    vectors = RANDOM.normal(size=(rows, dim))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32)


@pytest.fixture(params=[1, 100, dense.LARGE + 3])
def vectors(request: pytest.FixtureRequest) -> NDArray[np.float32]:
    """Vectors of one passage, of some, and of more than are kept exact."""
    return unit(request.param)


def test_the_nearest_come_first_with_their_cosine(
    tmp_path: Path, vectors: NDArray[np.float32]
) -> None:
    """Also after saving; 8 bits cost less than a hundredth."""
    dense.build(vectors).save(tmp_path)
    index = dense.load(tmp_path)
    query = vectors[-1]
    rows, cosines = index.nearest(query, 5)
    assert rows[0] == len(index) - 1 == len(vectors) - 1
    assert index.score(query, rows) == pytest.approx(vectors[rows] @ query, abs=0.01)
    assert cosines == pytest.approx(index.score(query, rows), abs=1e-5)
    assert (np.diff(index.score(query, rows)) <= 1e-6).all()


def test_passages_that_are_not_allowed_are_left_out(vectors: NDArray[np.float32]) -> None:
    """However few are; none gives none."""
    index = dense.build(vectors)
    allowed = np.zeros(len(vectors), np.bool_)
    assert index.nearest(vectors[0], 5, allowed)[0].tolist() == []
    allowed[[0, len(vectors) - 1]] = True
    assert set(index.nearest(vectors[0], 5, allowed)[0]) == {0, len(vectors) - 1}


def test_the_graph_of_a_huge_index_leads_to_nearly_all_of_the_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of passages in groups, as manuals are, 95 % of the 40 nearest by every vector."""
    monkeypatch.setattr(dense, "HUGE", 6_000)
    groups = np.repeat(unit(200, 32), 30, axis=0)
    vectors = groups + RANDOM.normal(scale=0.1, size=groups.shape).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    dense.build(vectors).save(tmp_path)
    index, everyone = dense.load(tmp_path), np.ones(len(vectors), np.bool_)
    found = [
        np.isin(index.nearest(query, 40)[0], index.nearest(query, 40, everyone)[0]).mean()
        for query in vectors[::300]
    ]
    assert len(vectors) == dense.HUGE
    assert 0.95 < np.mean(found) <= 1
