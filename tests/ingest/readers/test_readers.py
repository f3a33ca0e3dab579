import shutil
import zipfile

import pytest

from ingest.discover import MEDIA_TYPES
from ingest.readers import READERS, archive, read
from kb.errors import CorruptSource, EmptySource, EncryptedSource, SourceTooLarge, UnsupportedFormat
from kb.fold import fold
from tests.ingest.readers.reading import FILES, extract, lines, needs_libreoffice, source

PICTURE = b"GIF89a" + bytes(range(256)) * 4


def test_every_format_has_a_media_type():
    """Discovery and reading know the same formats."""
    assert READERS.keys() <= MEDIA_TYPES.keys()


@pytest.mark.parametrize(
    "name",
    [
        "libreoffice.csv",
        "libreoffice.docx",
        "libreoffice.pptx",
        "libreoffice.xlsx",
        pytest.param("libreoffice.doc", marks=needs_libreoffice),
        pytest.param("libreoffice.xls", marks=needs_libreoffice),
        "saved.html",
        "saved.mhtml",
    ],
)
def test_a_file_of_a_real_program_reads_the_same_in_either_script(name):
    """The words, what each of them is, and nothing lost between GBK and Big5."""
    hans, hant = (lines(extract(FILES / f"{script}_{name}")) for script in ("hans", "hant"))
    assert len(hans) > 2
    folded = [(kind, fold(words).replace("答覆", "答复")) for kind, words in hant]
    assert folded == [(kind, fold(words)) for kind, words in hans]
    assert hant != hans


def test_the_name_that_counts_is_that_of_the_source(tmp_path):
    """A library keeps files under their checksums."""
    path = tmp_path / "0123abcd"
    shutil.copy(FILES / "hans_libreoffice.docx", path)
    assert read(path, source("手册/a.DOCX")).encoding == "docx"


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("a.xyz", b"x", UnsupportedFormat, r"^a\.xyz: no reader for \.xyz; known are \.txt"),
        ("a", b"x", UnsupportedFormat, "no reader for a name without a suffix"),
        ("a.txt", b"", EmptySource, r"^a\.txt: the file has no bytes"),
        ("a.txt", b" \r\n\t", EmptySource, r"^a\.txt: there is no text in it"),
        ("a.html", b"<p> </p>", EmptySource, "there is no text in it"),
        ("a.txt", PICTURE, CorruptSource, r"named \.txt, but it is a GIF picture"),
        ("a.pdf", b"plain text", CorruptSource, r"named \.pdf, but it is something else"),
        ("a.docx", b"PK\x03\x04 cut", CorruptSource, "broken ZIP archive"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedSource,
            "wants a password",
        ),
    ],
)
def test_what_cannot_be_read_has_a_named_error(tmp_path, name, data, error, message):
    """The message begins with the path and says what was found."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error, match=message):
        extract(path)


def test_a_file_is_read_as_what_it_is_and_not_as_it_is_named(tmp_path):
    """With a note."""
    path = tmp_path / "a.pdf"
    shutil.copy(FILES / "hans_libreoffice.docx", path)
    assert extract(path).notes == ("named .pdf, but read as the .docx file that it is",)


def test_a_bomb_is_not_unpacked(tmp_path):
    """A small archive with a part of a hundred million zeros."""
    path = tmp_path / "a.docx"
    shutil.copy(FILES / "hans_libreoffice.docx", path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/media/image.bin", bytes(100 << 20))
    with pytest.raises(SourceTooLarge, match=r"^a\.docx: unpacks to \d+ bytes"):
        extract(path)


def test_an_archive_of_too_much_is_not_unpacked(tmp_path, monkeypatch):
    """Though none of its parts is out of proportion."""
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    with pytest.raises(SourceTooLarge):
        extract(FILES / "hans_libreoffice.docx")
