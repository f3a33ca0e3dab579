import pytest

from ingest.readers import converted
from kb.errors import CorruptSource, UnsupportedFormat
from tests.ingest.readers.reading import FILES, extract, lines, needs_libreoffice


@needs_libreoffice
def test_an_old_word_file_is_read_as_the_new_one():
    """With a note on how."""
    found = extract(FILES / "hans_libreoffice.doc")
    assert found.notes == ("converted from .doc by LibreOffice",)
    assert lines(found) == lines(extract(FILES / "hans_libreoffice.docx"))


@needs_libreoffice
def test_an_old_file_that_is_damaged_is_refused(tmp_path):
    """LibreOffice makes nothing of it."""
    path = tmp_path / "a.doc"
    path.write_bytes((FILES / "hans_libreoffice.doc").read_bytes()[:1500])
    with pytest.raises(CorruptSource, match=r"^a\.doc: "):
        extract(path)


def test_without_libreoffice_the_error_says_what_is_missing(monkeypatch):
    """And what to do instead."""
    monkeypatch.setattr(converted, "_PROGRAMS", ("no-such-program",))
    with pytest.raises(
        UnsupportedFormat, match=r"\.doc needs LibreOffice.* save the file as \.docx"
    ):
        extract(FILES / "hans_libreoffice.doc")
