"""Late interaction."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb import late

RANDOM = np.random.default_rng(7)


def unit(rows: int, dim: int = 16) -> NDArray[np.float32]:
    """Random unit rows (rows, dim)."""
    vectors = RANDOM.normal(size=(rows, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def passages(tmp_path: Path) -> tuple[list[NDArray[np.float32]], late.LateIndex]:
    """Three passages, each token twice, the second without one, and the index of them."""
    vectors = [np.repeat(unit(count), 2, axis=0) for count in (5, 0, 3)]
    writer = late.LateWriter(tmp_path)
    for number, tokens in enumerate(vectors):
        parts = np.zeros(len(tokens), np.int64)
        writer.add(tokens, np.full(len(tokens), number, np.int32), parts, chinese=True)
    assert writer.finish() == 8
    return vectors, late.load(tmp_path, 16)


def test_scores_are_those_of_maxsim_worked_out_by_hand(
    passages: tuple[list[NDArray[np.float32]], late.LateIndex],
) -> None:
    """Pooling joins what is equal, 8 bits cost less than a hundredth; no tokens score 0."""
    vectors, index = passages
    query, weights = unit(4), np.array([0.4, 0.3, 0.2, 0.1], np.float32)
    scores = index.match(query, np.array([2, 1, 0])).best() @ weights
    by_hand = [weights @ (query @ vectors[row].T).max(axis=1) for row in (2, 0)]
    assert scores[[0, 2]] == pytest.approx(by_hand, abs=0.01)
    assert scores[1] == 0


def test_a_sketch_says_about_what_maxsim_says(tmp_path: Path) -> None:
    """Exactly, but for rounding, where vectors are no wider than sketches; else it is as good a
    guess as the vectors have few directions. A passage without vectors says 0."""
    flat = unit(60, 70) * np.r_[np.ones(30), np.full(40, 0.02)]
    flat = (flat / np.linalg.norm(flat, axis=1, keepdims=True)).astype(np.float32)
    weights, rows = np.full(4, 0.25, np.float32), np.array([3, 0, 1, 2])
    for name, vectors, error in (("narrow", unit(60), 0.02), ("wide", flat, 0.04)):
        folder = tmp_path / name
        folder.mkdir()
        writer = late.LateWriter(folder)
        for start, end in ((0, 20), (20, 45), (45, 60), (60, 60)):
            pairs = np.zeros((end - start, 2), np.int64)
            ids = np.zeros(end - start, np.int32)
            writer.append(late.quantise(vectors[start:end]), ids, pairs, chinese=True)
        writer.finish()
        index, query = late.load(folder, vectors.shape[1]), vectors[[5, 25, 50, 59]]
        exact = index.match(query, rows).best() @ weights
        assert index.sketched(query, weights, rows) == pytest.approx(exact, abs=error)
        assert index.sketches.shape[1] == min(64, vectors.shape[1])


def test_a_question_or_a_library_without_tokens_matches_nothing(
    passages: tuple[list[NDArray[np.float32]], late.LateIndex],
) -> None:
    """Nothing is compared, and that is no error."""
    index = passages[1]
    assert index.match(unit(0), np.array([0, 1])).best().shape == (2, 0)
    assert index.match(unit(2), np.array([], np.int64)).best().shape == (0, 2)
    assert (index.match(unit(2), np.array([1])).best() == 0).all()
    assert index.sketched(unit(0), np.zeros(0, np.float32), np.array([0, 1])).tolist() == [0, 0]


def test_a_rare_token_weighs_more(
    passages: tuple[list[NDArray[np.float32]], late.LateIndex],
) -> None:
    """Token 99 occurs nowhere, token 0 in one passage."""
    weights = passages[1].weights(np.array([0, 99], np.int32), np.zeros(1, np.uint8))
    assert weights[1] > weights[0] > 0
    assert weights.sum() == pytest.approx(1)


def test_a_token_that_is_usual_in_its_language_weighs_less(
    passages: tuple[list[NDArray[np.float32]], late.LateIndex],
) -> None:
    """Though neither token 98 nor token 99 occurs in the library, which has another language."""
    usual = np.array([*[0] * 98, 40, 0], np.uint8)
    weights = passages[1].weights(np.array([98, 99, 500], np.int32), usual)
    assert weights[0] < 0.5 * weights[1]
    assert weights[1] == weights[2]


def test_only_the_likest_are_pooled_and_every_part_keeps_its_vectors() -> None:
    """Equal tokens of two sentences become one vector, which both sentences have."""
    first, other = unit(1), unit(1)
    tokens = np.concatenate([first, first, other, other])
    vectors, pairs = late.pool(tokens, np.array([0, 1, 1, 1]))
    assert len(vectors) == 2
    assert pairs[:, 0].tolist() == [0, 1, 1]
    assert vectors[pairs[0, 1]] == pytest.approx(first[0], abs=1e-6)
    assert set(pairs[1:, 1].tolist()) == {0, 1}


@settings(max_examples=50)
@given(st.integers(0, 40), st.integers(0, 2**16))
def test_pooling_halves_and_loses_no_part(count: int, seed: int) -> None:
    """Whatever the tokens: half of them are left, at unit length, and each part has some."""
    random = np.random.default_rng(seed)
    tokens = random.normal(size=(count, 8)).astype(np.float32)
    tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
    parts = np.sort(random.integers(0, 5, count))
    vectors, pairs = late.pool(tokens, parts)
    assert len(vectors) == (count + 1) // 2
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(vectors)), abs=1e-5)
    assert set(pairs[:, 0]) == set(parts)
    assert set(pairs[:, 1]) == set(range(len(vectors)))


def test_each_sentence_is_compared_with_its_own_vectors(tmp_path: Path) -> None:
    """A part without a vector matches nothing, -1; parts beyond those asked for are left out."""
    tokens = unit(6)
    writer = late.LateWriter(tmp_path)
    parts = np.array([0, 0, 1, 1, 3, 3])
    pairs = np.stack([parts, np.arange(6)], axis=1)
    ids = np.zeros(6, np.int32)
    writer.append(late.quantise(unit(2)), ids[:2], pairs[:2], chinese=True)
    writer.append(late.quantise(tokens), ids, pairs, chinese=True)
    writer.finish()
    index, query = late.load(tmp_path, 16), unit(3)
    rows = np.array([1, 0])
    matches = index.match(query, rows)
    numbers = np.arange(2)
    best, other = index.match_parts(matches, numbers, np.array([4, 1]))
    assert other == pytest.approx(matches.best()[[1]], abs=1e-6)
    for part in (0, 1, 3):
        by_hand = (tokens[parts == part] @ query.T).max(axis=0)
        assert best[part] == pytest.approx(by_hand, abs=0.02)
    assert (best[2] == -1).all()
    assert index.match_parts(matches, numbers, np.array([2, 1]))[0] == pytest.approx(best[:2])
    assert index.match_parts(matches, numbers[1:], np.array([1]))[0] == pytest.approx(other)


def test_each_part_of_a_passage_is_compared_by_itself(tmp_path: Path) -> None:
    """A vector with tokens of two parts counts for both; a part without one matches nothing."""
    tokens = np.repeat(unit(3), 2, axis=0)
    parts = np.array([0, 0, 1, 1, 1, 2])
    writer = late.LateWriter(tmp_path)
    writer.add(tokens, np.arange(6, dtype=np.int32), parts, chinese=True)
    writer.finish()
    index = late.load(tmp_path, 16)
    rows = np.array([0])
    best = index.match_parts(index.match(tokens[[0, 2, 4]], rows), rows, np.array([4]))[0]
    assert best.shape == (4, 3)
    assert best[0, 0] == pytest.approx(1, abs=0.01)
    assert best[1, 1:] == pytest.approx(1, abs=0.01)
    assert best[2, 2] == pytest.approx(1, abs=0.01)
    assert best[2, 1] < 0.9
    assert (best[3] == -1).all()
