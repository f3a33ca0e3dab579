"""Reading files: one file a format, all of them returning an `Extract`.

`READERS` is the list of what can be read. A file is read by what it is, not by what its name
says: a Word file named `.pdf` is read as Word, with a note.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ingest.readers import (
    converted,
    csv,
    docx,
    html,
    markdown,
    mhtml,
    pdf,
    picture,
    pptx,
    text,
    xlsx,
)
from ingest.readers.sniff import sniff
from kb.errors import CorruptSource, EmptySource, EncryptedSource, UnsupportedFormat
from kb.records import Extract, SourceFile

Reader = Callable[[Path, SourceFile], Extract]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".mht": mhtml.read,
    ".mhtml": mhtml.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".xlsx": xlsx.read,
    ".pptx": pptx.read,
    ".csv": csv.read,
    ".tsv": csv.read,
    ".doc": converted.read,
    ".rtf": converted.read,
    ".odt": converted.read,
    ".xls": converted.read,
    ".ods": converted.read,
    ".ppt": converted.read,
    ".odp": converted.read,
    ".png": picture.read,
    ".jpg": picture.read,
    ".jpeg": picture.read,
    ".tif": picture.read,
    ".tiff": picture.read,
}
# Formats that are read alike, or that bytes do not tell apart: the name decides among them.
TEXT = frozenset(
    (
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".mht",
        ".mhtml",
        ".csv",
        ".tsv",
    )
)
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff"))


def read(path: Path, source: SourceFile) -> Extract:
    """Read the file at `path`, which came in as `source`; its name counts, not that of `path`.

    Raises UnsupportedFormat, EmptySource, EncryptedSource, CorruptSource and SourceTooLarge.
    """
    named = PurePosixPath(source.path).suffix.lower()
    _check(path, source, named)
    kind = _kind(path, source, named)
    extract = READERS[kind](path, source)
    if not extract.raw.strip():
        raise EmptySource(_without_text(source, extract))
    if kind == named:
        return extract
    return replace(
        extract, notes=(f"named {named}, but read as the {kind} file that it is", *extract.notes)
    )


def _check(path: Path, source: SourceFile, named: str) -> None:
    """Refuse a file that no reader knows by its name, and one without a byte."""
    if named not in READERS:
        known = ", ".join(READERS)
        raise UnsupportedFormat(
            f"{source.path}: no reader for {named or 'a name without a suffix'}; known are {known}"
        )
    if path.stat().st_size == 0:
        raise EmptySource(f"{source.path}: the file has no bytes; save it again or take it out")


def _kind(path: Path, source: SourceFile, named: str) -> str:
    """The key of `READERS` for what the file is."""
    found = sniff(path)
    if any(named in alike and found in alike for alike in (TEXT, PICTURES)):
        return named
    if found == "encrypted Office file":
        raise EncryptedSource(
            f"{source.path}: the file wants a password; open it in its program and save it without"
        )
    if found in READERS:
        return found
    if found or named not in TEXT:
        raise CorruptSource(
            f"{source.path}: named {named}, but it is {_a(found)}; save it as its name says"
        )
    return named


def _a(found: str) -> str:
    return f"a {found}".replace("a .", "a file of kind .") if found else "something else"


def _without_text(source: SourceFile, extract: Extract) -> str:
    notes = "".join(f" ({note})" for note in extract.notes[:3])
    return f"{source.path}: there is no text in it{notes}; save it with its text, or take it out"
