"""PDF: the text layer page by page, tables row by row, headings by outline or by size.

pypdf opens the document and knows its outline, title and encryption; PDFium reads the pages,
because it is fast and maps radicals to the characters they stand for; pdfplumber finds the cells
of ruled tables. Lines stay as they are on the page: a repair joins what was wrapped.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from ingest.readers.lines import Lines
from ingest.readers.pdf_page import Line, read_page
from ingest.readers.pdf_tables import TableFinder
from kb.errors import CorruptSource, EncryptedSource, SourceTooLarge
from kb.records import Extract, SourceFile

MAX_PAGES = 5000
Place = tuple[int, int]
"""A page and a line on it, both from 0."""

_LARGER = 1.15  # times the size of most of the text: a heading
_LONGEST_HEADING = 60  # characters
_STOPS = tuple("。，；,;.")
_DEEPEST = 6
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


def read(path: Path, source: SourceFile) -> Extract:
    """Return all pages; one without text is in the notes.

    Raises EncryptedSource, CorruptSource, and SourceTooLarge beyond `MAX_PAGES` pages.
    """
    outline = _outline(path, source.path)
    document = _open(path, source.path)
    notes = [*outline.notes]
    try:
        with TableFinder(path) as tables:
            pages = [_page(document, number, tables, notes) for number in range(len(document))]
            notes += tables.notes
    finally:
        document.close()
    enlarged = dict(_enlarged(pages))
    headings = dict(_outlined(pages, outline.entries)) or enlarged
    lines = Lines()
    for number, page in enumerate(pages):
        for position, line in enumerate(page):
            level = headings.get((number, position), 0)
            lines.add(line.text, "heading" if level else line.kind, level=level, header=line.header)
        lines.turn()
    title = _title(outline.title, pages, enlarged)
    return replace(lines.extract(), encoding="pdf", title=title, notes=tuple(notes))


def _page(
    document: pypdfium2.PdfDocument, number: int, tables: TableFinder, notes: list[str]
) -> tuple[Line, ...]:
    """The lines of a page; a note is added where there are none."""
    try:
        page = read_page(number, document[number], tables)
    except pypdfium2.PdfiumError as error:
        notes.append(f"page {number + 1} cannot be read ({error})")
        return ()
    if not page:
        notes.append(f"page {number + 1} has no text layer")
    return page


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
            if page is not None and (words := _bare(entry.title or "")):
                yield _Entry(words, page, min(level, _DEEPEST))


def _bare(text: str) -> str:
    """Words without blanks, width and form told apart no more, to compare them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _title(stated: str, pages: Sequence[Sequence[Line]], levels: Mapping[Place, int]) -> str:
    """The title among the document's properties if its first page says it too.

    Otherwise the one line of the first page that is in larger letters than all others.
    """
    first = pages[0] if pages else ()
    if stated and _bare(stated) in _bare("".join(line.text for line in first)):
        return stated
    largest = [place for place, level in levels.items() if level == 1]
    return first[largest[0][1]].text if len(largest) == 1 and largest[0][0] == 0 else ""


def _outlined(
    pages: Sequence[Sequence[Line]], entries: Sequence[_Entry]
) -> Iterator[tuple[Place, int]]:
    """The lines that the outline names: the first on its page that says the same."""
    for entry in entries:
        lines = pages[entry.page] if entry.page < len(pages) else ()
        for position, line in enumerate(lines):
            if line.kind is None and _bare(line.text) == entry.words:
                yield (entry.page, position), entry.level
                break


def _enlarged(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[Place, int]]:
    """Short lines in larger letters than most; the largest are of level 1."""
    weights = Counter[int]()
    for page in pages:
        for line in page:
            weights[line.size] += len(line.text) if line.kind is None else 0
    body = max(weights, key=weights.__getitem__, default=0)
    larger = {
        (number, position): line.size
        for number, page in enumerate(pages)
        for position, line in enumerate(page)
        if line.kind is None
        and line.size >= _LARGER * body
        and len(line.text) <= _LONGEST_HEADING
        and not line.text.endswith(_STOPS)
        and any(char.isalpha() for char in line.text)
    }
    sizes = sorted(set(larger.values()), reverse=True)
    for place, size in larger.items():
        yield place, min(sizes.index(size) + 1, _DEEPEST)
