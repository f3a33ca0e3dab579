"""Vectors that were worked out before."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb.embedding_cache import EmbeddingCache, embed
from kb.encoder import Encoder
from kb.stretches import stretched
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


def test_a_passage_is_made_of_its_stretches(tmp_path: Path, encoder: Encoder) -> None:
    """Each token's vector is that of its stretch alone; the context's tokens come once."""
    rules = [
        "客户要求退货的，须在七天之内提出申请，并附上购物小票。" * 2,
        "拨打热线即可查询进度。" * 5,
    ]
    text = stretched("售后\n", "\n".join(rules))
    with closing(EmbeddingCache(tmp_path / "e.sqlite", encoder.spec)) as cache:
        (whole,), new = embed([text], encoder, cache)
        again, none = embed([text], encoder, cache)
        parts = [each for each in cache.get(text.texts()) if each is not None]
    assert (len(parts), new, none) == (2, 1, 0)
    above = [int((part.ends <= len(text.context)).sum()) for part in parts]
    assert above[0] == above[1] > 0
    expected = np.concatenate([parts[0].tokens.codes, parts[1].tokens.codes[above[1] :]])
    np.testing.assert_array_equal(whole.tokens.codes, expected)
    np.testing.assert_array_equal(again[0].ends, whole.ends)
    assert whole.ends[-1] == len(text.whole)
    assert np.linalg.norm(whole.pooled) == pytest.approx(1)


def test_a_passage_is_worked_out_where_one_stretch_changed(
    tmp_path: Path, encoder: Encoder
) -> None:
    """Only that stretch is encoded anew, and progress counts passages."""
    told: list[tuple[int, int]] = []
    before, after = (
        stretched("", "拨打热线即可查询进度。" * 5 + "\n" + f"须在{days}天之内提出申请。" * 5)
        for days in "七八"
    )
    with closing(EmbeddingCache(tmp_path / "e.sqlite", encoder.spec)) as cache:
        embed([before], encoder, cache)
        _, new = embed([after, before], encoder, cache, lambda *step: told.append(step))
    assert (new, told) == (1, [(1, 1)])
