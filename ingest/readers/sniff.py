"""What a file really is, told by its first bytes and, for an archive, by what lies in it."""

import re
import zipfile
import zlib
from pathlib import Path

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", "GIF picture"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"\x1f\x8b\x08", "gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "SQLite database"),
)
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+)?html", re.IGNORECASE
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", "encrypted Office file"),
    ("WordDocument", ".doc"),
    ("PowerPoint Document", ".ppt"),
    ("Workbook", ".xls"),
    ("Book", ".xls"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_SUFFIXES = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
_MEMBERS = (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"))


def sniff(path: Path) -> str:
    """Return the suffix or the name of the binary format of a file, "" where it may be text.

    Programs give web pages the names of Office files, so `.html` is told as well.
    """
    with path.open("rb") as file:
        beginning = file.read(1024)
        if beginning.startswith(_OLE):
            return _old_office(beginning + file.read(1 << 24))
    if beginning.startswith(b"PK\x03\x04"):
        return _archive(path)
    if b"%PDF-" in beginning:
        return ".pdf"
    binary = (kind for magic, kind in _BEGINNINGS if beginning.startswith(magic))
    return next(binary, ".html" if _PAGE.search(beginning) else "")


def _old_office(data: bytes) -> str:
    """The kind of an OLE compound file, by the names of the streams in it."""
    named = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data)
    return next(named, "old Office file")


def _archive(path: Path) -> str:
    """The kind of a ZIP archive, by the names of its members."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if names and names[0] == "mimetype":
                with archive.open("mimetype") as file:
                    kind = file.read(100).decode(errors="replace").removeprefix(_OPEN_DOCUMENT)
                return _OPEN_SUFFIXES.get(kind, ".zip")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return "broken ZIP archive"
    if "[Content_Types].xml" in names:
        for folder, suffix in _MEMBERS:
            if any(name.startswith(folder) for name in names):
                return suffix
    return ".zip"
