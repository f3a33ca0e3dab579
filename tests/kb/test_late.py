"""Late interaction."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kb import late

RANDOM = np.random.default_rng(7)


def unit(rows: int, dim: int = 16) -> NDArray[np.float32]:
    """Random unit rows (rows, dim)."""
    vectors = RANDOM.normal(size=(rows, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(params=[0, 100], ids=["coded", "decoded"])
def passages(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[NDArray[np.float32]], late.LateIndex]:
    """Three passages, each token twice, the second without one, and the index of them.

    As a large index holds them, in 8 bits, and as a small one does.
    """
    monkeypatch.setattr(late, "DECODED", request.param)
    vectors = [np.repeat(unit(count), 2, axis=0) for count in (5, 0, 3)]
    writer = late.LateWriter(tmp_path)
    for number, tokens in enumerate(vectors):
        writer.add(tokens, np.full(len(tokens), number, np.int32), chinese=True)
    assert writer.finish() == 8
    return vectors, late.load(tmp_path, 16)


def test_scores_are_those_of_maxsim_worked_out_by_hand(
    passages: tuple[list[NDArray[np.float32]], late.LateIndex],
) -> None:
    """Pooling joins what is equal, 8 bits cost less than a hundredth; no tokens score 0."""
    vectors, index = passages
    query, weights = unit(4), np.array([0.4, 0.3, 0.2, 0.1], np.float32)
    scores = index.match(query, np.array([2, 1, 0])) @ weights
    by_hand = [weights @ (query @ vectors[row].T).max(axis=1) for row in (2, 0)]
    assert scores[[0, 2]] == pytest.approx(by_hand, abs=0.01)
    assert scores[1] == 0


def test_a_rare_token_weighs_more(
    passages: tuple[list[NDArray[np.float32]], late.LateIndex],
) -> None:
    """Token 99 occurs nowhere, token 0 in one passage."""
    weights = passages[1].weights(np.array([0, 99], np.int32))
    assert weights[1] > weights[0] > 0
    assert weights.sum() == pytest.approx(1)
