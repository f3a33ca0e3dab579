"""Vectors that were worked out before."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from kb.embedding_cache import EmbeddingCache
from tests.library import SPEC, embedding


def test_an_embedding_comes_back_bit_by_bit(tmp_path: Path) -> None:
    """Only for its own text."""
    cache = EmbeddingCache(tmp_path / "e.sqlite", SPEC)
    cache.put([("退货", embedding(1))])
    known, new = cache.get(["退货", "退貨"])
    assert new is None
    assert known is not None
    np.testing.assert_array_equal(known.pooled, embedding(1).pooled)
    np.testing.assert_array_equal(known.tokens.codes, embedding(1).tokens.codes)
    np.testing.assert_array_equal(known.ids, embedding(1).ids)
    cache.close()


def test_another_encoder_has_its_own_embeddings(tmp_path: Path) -> None:
    """The same text under another precision is new."""
    cache = EmbeddingCache(tmp_path / "e.sqlite", SPEC)
    cache.put([("退货", embedding(1))])
    cache.close()
    other = EmbeddingCache(tmp_path / "e.sqlite", replace(SPEC, precision="int8"))
    assert other.get(["退货"]) == [None]
    other.close()
