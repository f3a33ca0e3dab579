"""PDF: the text layer page by page, tables row by row, headings by outline or by size.

pypdf opens the document and knows its outline, title and encryption; PDFium reads the pages,
because it is fast and maps radicals to the characters they stand for; pdfplumber finds the cells
of ruled tables; pages that are pictures, or whose text says nothing, are recognised. Lines stay
as they are on the page: a repair joins what was wrapped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from ingest.readers.pages import DEEPEST, Line, Place, bare, put_together
from ingest.readers.pdf_carry import carried
from ingest.readers.pdf_page import read_page
from ingest.readers.pdf_scan import Scans, is_read_by_others, is_scan, recognise
from ingest.readers.pdf_tables import TableFinder
from ingest.readers.plausible import is_plausible
from kb.errors import CorruptSource, EncryptedSource, SourceTooLarge
from kb.records import RECOGNISED, Extract, Mark, SourceFile

MAX_PAGES = 5000
# What pypdf is known to raise on damaged documents beside its own errors.
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the outline: its words without blanks, the page's number from 0, its level."""

    words: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class _Outline:
    """What pypdf knows of the document."""

    title: str = ""
    entries: tuple[_Entry, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Beside:
    """What comes to light while pages are read, of which `scans` and the others are from 0.

    `scans` are pages that are pictures, `garbled` those whose text layer says nothing, and
    `recognised` those whose text layer was recognised in their picture by another program.
    """

    notes: list[str]
    scans: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)


def read(path: Path, source: SourceFile) -> Extract:
    """Return all pages; those that are pictures are recognised, or in the notes.

    Raises EncryptedSource, CorruptSource, and SourceTooLarge beyond `MAX_PAGES` pages.
    """
    outline = _outline(path, source.path)
    document = _open(path, source.path)
    beside = _Beside([*outline.notes])
    try:
        with TableFinder(path) as tables:
            pages = [_page(document, number, tables, beside) for number in range(len(document))]
            beside.notes.extend(tables.notes)
        scans = recognise(document, beside.scans, beside.garbled)
    finally:
        document.close()
    pages = [scans.pages.get(number, page) for number, page in enumerate(carried(pages))]
    headings = dict(_outlined(pages, outline.entries))
    extract = put_together(pages, outline=headings, title=outline.title)
    return replace(
        extract,
        encoding="ocr" if len(scans.pages) == len(pages) else "pdf",
        certainty=scans.certainty,
        notes=(*beside.notes, *scans.notes),
        marks=tuple(_marks(extract, scans, beside)),
    )


def _marks(extract: Extract, scans: Scans, beside: _Beside) -> Iterator[Mark]:
    """The pages that were read in a picture, and those that could be read in no way."""
    for number, page in enumerate(extract.pages):
        if number in scans.pages or number in beside.recognised:
            yield Mark(page.span, RECOGNISED)
        elif number in beside.garbled:
            yield Mark(page.span, "damaged")


def _page(
    document: pypdfium2.PdfDocument, number: int, tables: TableFinder, beside: _Beside
) -> tuple[Line, ...]:
    """The lines of a page; none, and a note, where it is damaged."""
    try:
        page = document[number]
        lines = read_page(number, page, tables)
        if is_scan(page, lines):
            beside.scans.append(number)
        elif not is_plausible("".join(line.text for line in lines)):
            beside.garbled.append(number)
        elif is_read_by_others(page):
            beside.recognised.append(number)
    except pypdfium2.PdfiumError as error:
        beside.notes.append(f"page {number + 1} cannot be read ({error})")
        return ()
    return lines


def _open(path: Path, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _locked(name) from error
        raise CorruptSource(
            f"{name}: not a PDF that can be opened ({error}); print it to PDF again"
        ) from error
    if len(document) > MAX_PAGES:
        raise SourceTooLarge(
            f"{name}: {len(document)} pages, more than {MAX_PAGES}, which are read; split the file"
        )
    return document


def _locked(name: str) -> EncryptedSource:
    return EncryptedSource(f"{name}: the PDF wants a password; save a copy without one")


def _outline(path: Path, name: str) -> _Outline:
    """Title and outline; a damaged one is a note, since the pages may still be sound."""
    try:
        with pypdf.PdfReader(path) as reader:
            if reader.is_encrypted and not reader.decrypt(""):
                raise _locked(name)
            title = (reader.metadata.title or "") if reader.metadata else ""
            entries = tuple(_entries(reader, reader.outline, 1))
    except _DAMAGE as error:
        return _Outline(notes=(f"the outline cannot be read ({type(error).__name__}: {error})",))
    return _Outline(title.strip(), entries)


def _entries(reader: pypdf.PdfReader, outline: Sequence[object], level: int) -> Iterator[_Entry]:
    """The outline's entries in order; a list within holds those below the entry before it."""
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(reader, entry, level + 1)
        elif isinstance(entry, pypdf.generic.Destination):
            page = reader.get_destination_page_number(entry)
            if page is not None and (words := bare(entry.title or "")):
                yield _Entry(words, page, min(level, DEEPEST))


def _outlined(
    pages: Sequence[Sequence[Line]], entries: Sequence[_Entry]
) -> Iterator[tuple[Place, int]]:
    """The lines that the outline names: the first on its page that says the same."""
    for entry in entries:
        lines = pages[entry.page] if entry.page < len(pages) else ()
        for position, line in enumerate(lines):
            if line.kind is None and bare(line.text) == entry.words:
                yield (entry.page, position), entry.level
                break
