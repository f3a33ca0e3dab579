"""Large libraries made of a small one."""

from pathlib import Path

import numpy as np
import pytest

from eval.scale import write_scaled
from ingest.build import build
from kb import dense
from kb.encoder import Encoder
from kb.library import Library
from kb.search import search

QUERIES = np.random.default_rng(3).normal(size=(4, 384)).astype(np.float32)


def test_a_made_library_is_one_like_any_other(
    tmp_path: Path, manuals: Path, encoder: Encoder
) -> None:
    """It opens, answers, and its annotations stand where they say."""
    small, large = Library(tmp_path, "small"), Library(tmp_path, "large")
    build(small, [manuals], encoder)
    written = write_scaled(small, large, 130, QUERIES)
    generation = large.open()
    assert (len(generation), generation.name) == (130, written.generation)
    assert written.recall is None
    assert search(generation, encoder, "电话响几声要接").hits
    text = {each.id: generation.document(each.id).text for each in generation.documents()}
    passages = [generation.row(row) for row in range(130)]
    deadlines = [(p.document_id, each) for p in passages for each in p.deadlines]
    assert deadlines
    assert all(each.span.of(text[place]) == each.quote for place, each in deadlines)
    assert all(generation.cite(p).quote == generation.text(p) for p in passages)


def test_the_dense_index_of_a_large_library_finds_what_exact_vectors_do(
    tmp_path: Path, manuals: Path, encoder: Encoder
) -> None:
    """Nearly all of it, although it keeps 8 bits a number."""
    small, large = Library(tmp_path, "small"), Library(tmp_path, "large")
    build(small, [manuals], encoder)
    written = write_scaled(small, large, dense.LARGE, QUERIES)
    assert written.recall == pytest.approx(1, abs=0.1)
