"""A generation: written once, then read."""

from pathlib import Path

import pytest

from kb.errors import EncoderMismatch, UnknownDocument, UnknownPassage
from kb.generation import FILES, Generation
from kb.library import Library
from tests.library import SPEC, embedding, publish


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    """Two documents, three passages."""
    library = Library(tmp_path, "test")
    publish(library, hotel="电话三声内接听!\n客人先挂机", shop="七天内退货")
    return library.open()


def test_a_document_comes_back_as_it_was_written(generation: Generation) -> None:
    """Its records, its sections and its passages in order."""
    assert [each.id for each in generation.documents()] == ["hotel", "shop"]
    assert generation.document("hotel").text == "电话三声内接听。\n客人先挂机"
    assert [p.id for p in generation.passages("hotel")] == ["hotel-0", "hotel-1"]
    assert generation.sections("shop")[0].heading_path == ("首章",)


def test_row_i_of_every_part_is_the_same_passage(generation: Generation) -> None:
    """The vectors of row 2 are those of the third passage."""
    pooled = embedding(100).pooled
    assert generation.dense.nearest(pooled, 1)[0].tolist() == [2]
    assert generation.row(2).id == "shop-0"
    assert generation.lexical.score(["退货"])[0].argmax() == 2
    assert len(generation) == len(generation.late.bounds) - 1 == 3


def test_what_is_preloaded_is_read_no_more(generation: Generation) -> None:
    """The passages of a small library are there even when its files are closed."""
    generation.preload()
    generation.close()
    assert [len(generation.outline(row).sentences) for row in range(3)] == [1, 1, 1]
    assert generation.cite(generation.row(2)).quote == "七天内退货"


def test_a_citation_gives_the_words_of_the_source(generation: Generation) -> None:
    """The quote is the raw text's slice, repaired characters as they were."""
    citation = generation.cite(generation.passage("hotel-0"))
    raw = generation.document("hotel").raw
    assert citation.quote == citation.source_span.of(raw) == "电话三声内接听!"
    assert citation.page is None


def test_only_the_asked_for_kinds_and_documents_are_allowed(generation: Generation) -> None:
    """Both must hold; nothing asked for allows all."""
    allowed = generation.allowed(["rule"], ["shop"])
    assert allowed is not None
    assert allowed.tolist() == [False, False, True]
    assert generation.allowed([], []) is None


def test_what_is_not_there_is_named(generation: Generation) -> None:
    """The message says which id and what to do."""
    with pytest.raises(UnknownDocument, match="'x' is not in generation"):
        generation.document("x")
    with pytest.raises(UnknownPassage, match="search again"):
        generation.passage("y")


def test_another_encoder_is_refused_with_both_names(generation: Generation) -> None:
    """The message says what it was built with and what to do."""
    generation.require(SPEC)
    other = type(SPEC)("bge-m3", 1024, "int8", "", "")
    with pytest.raises(EncoderMismatch, match=r"random.*bge-m3.*`kb ingest PATH` once more"):
        generation.require(other)


def test_the_manifest_lists_every_file(generation: Generation, tmp_path: Path) -> None:
    """Nothing in the folder goes unchecked."""
    folder = tmp_path / "test" / "generations" / generation.name
    assert {path.name for path in folder.iterdir()} == {*FILES, "manifest.json"}
    assert set(generation.manifest.files) == set(FILES)
