"""Source files as responses."""

from dataclasses import replace
from pathlib import Path

import pytest

from api.source import source_response
from kb.errors import GenerationCorrupt
from kb.records import Document
from tests.library import document


def read_as(media_type: str, path: str = "a/manual.bin", encoding: str = "") -> Document:
    """A document whose file has this media type and path."""
    made, _, _ = document("d", "words")
    source = replace(made.source, media_type=media_type, path=path)
    return replace(made, source=source, encoding=encoding)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Any file."""
    file = tmp_path / "file"
    file.write_bytes(b"words")
    return file


def test_a_pdf_is_shown_where_it_can_be_read(file: Path) -> None:
    """A browser's PDF viewer does not work in a sandbox, and runs nothing here."""
    headers = source_response(file, read_as("application/pdf", "a.pdf", "pdf")).headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"] == 'inline; filename="a.pdf"'
    assert "content-security-policy" not in headers


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "text/markdown", "application/zip"])
def test_everything_else_is_downloaded_into_a_sandbox(file: Path, kind: str) -> None:
    """Nothing of it can run."""
    headers = source_response(file, read_as(kind)).headers
    assert headers["content-disposition"].startswith("attachment")
    assert "sandbox" in headers["content-security-policy"]


def test_an_unknown_encoding_is_not_passed_on(file: Path) -> None:
    """The media type then stands alone."""
    headers = source_response(file, read_as("text/plain", encoding="no such")).headers
    assert headers["content-type"] == "text/plain"


def test_any_file_name_makes_a_header(file: Path) -> None:
    """Chinese, quotation marks, line breaks, and bytes that are no Unicode."""
    path = 'a/手册 "1"\r\n\udcff.txt'
    header = source_response(file, read_as("text/plain", path)).headers["content-disposition"]
    assert header.isascii()
    assert "\n" not in header


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    """The message says what to do."""
    with pytest.raises(GenerationCorrupt, match=r"file of document 'd' is gone: run `kb ingest`"):
        source_response(tmp_path / "gone", read_as("text/plain"))
