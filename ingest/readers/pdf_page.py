"""The characters of a PDF page, with their places, put together to lines and table rows."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2
from pypdfium2 import raw as pdfium

from ingest.readers.lines import flowed, names_columns, row
from ingest.readers.pages import Line
from ingest.readers.pdf_tables import Box, Table, TableFinder

Grid = list[list[str]]

_HYPHENS = "\x02\ufffe"  # how PDFium tells a hyphen at which a word was broken
_SAMPLE = 8  # characters whose height tells that of a line


@dataclass(frozen=True, slots=True)
class Character:
    """One character; `box` is None for a blank or line break that PDFium made up."""

    char: str
    box: Box | None


def read_page(number: int, page: pypdfium2.PdfPage, finder: TableFinder) -> tuple[Line, ...]:
    """Return the lines of page `number`, from 0, in reading order; none where it has no text.

    The rows of a ruled table stand where its first character stood.
    """
    text_page = page.get_textpage()
    try:
        characters = tuple(_characters(text_page))
    finally:
        text_page.close()
    tables = finder.find(number, page) if characters else ()
    grids = ((table, _grid(characters, table)) for table in tables)
    return tuple(_lines(characters, [(table, grid) for table, grid in grids if _is_table(grid)]))


def _characters(text_page: pypdfium2.PdfTextPage) -> Iterator[Character]:
    rectangle = pdfium.FS_RECTF()
    high = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = (0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD), 0
        char = chr(code) if code <= 0x10FFFF else "\ufffd"
        if char in _HYPHENS:
            yield Character("-", _box(text_page, index, rectangle))
            yield Character("\n", None)
        elif pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            yield Character(char, None)
        elif char in "\t\r\n" or unicodedata.category(char) not in ("Cc", "Cn", "Cs"):
            yield Character(char, _box(text_page, index, rectangle))


def _box(text_page: pypdfium2.PdfTextPage, index: int, rectangle: pdfium.FS_RECTF) -> Box:
    pdfium.FPDFText_GetLooseCharBox(text_page, index, rectangle)
    return Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _grid(characters: Sequence[Character], table: Table) -> Grid:
    """The words of each cell; those of a merged one stand in its first row and column."""
    parts: dict[Box, list[str]] = {cell: [] for cells in table.rows for cell in cells if cell}
    ends: dict[Box, int] = {}  # where the last character of each cell stands
    here: Box | None = None
    for position, character in enumerate(characters):
        if character.box is None:
            continue
        if here is None or not here.holds(character.box):
            here = next((cell for cell in parts if cell.holds(character.box)), None)
        if here is not None:
            between = characters[ends.get(here, position - 1) + 1 : position]
            parts[here] += (_gap(between), character.char)
            ends[here] = position
    return [[flowed("".join(parts[cell])) if cell else "" for cell in row] for row in table.rows]


def _gap(between: Sequence[Character]) -> str:
    """What stands between two characters of a cell; words of other cells are a line break."""
    if any(character.box for character in between):
        return "\n"
    return "".join(character.char for character in between)


def _is_table(grid: Grid) -> bool:
    """Whether rules enclose a table, and not a frame or the columns of a page."""
    filled = [sum(map(bool, words)) for words in grid]
    return sum(count > 1 for count in filled) > 1


def _lines(characters: Sequence[Character], tables: Sequence[tuple[Table, Grid]]) -> Iterator[Line]:
    """Lines of what stands in no table, and each table's rows at its first character."""
    ahead = dict(tables)
    line: list[Character] = []
    for character in characters:
        box = character.box
        table = next((t for t, _ in tables if box and t.box.holds(box)), None)
        if table is None and character.char not in "\r\n":
            line.append(character)
            continue
        yield from _line(line)
        line.clear()
        if table in ahead:
            yield from _rows(table, ahead.pop(table))
    yield from _line(line)


def _rows(table: Table, grid: Grid) -> Iterator[Line]:
    for number, words in enumerate(grid):
        header = number == 0 and names_columns(words)
        yield Line(row(words), kind="table_row", header=header, columns=table.columns)


def _line(characters: Sequence[Character]) -> Iterator[Line]:
    """The line that the characters make; none where they are all blank."""
    text = "".join(character.char for character in characters).strip()
    if text:
        heights = [c.box.top - c.box.bottom for c in characters if c.box and not c.char.isspace()]
        yield Line(text, round(median(heights[:_SAMPLE])) if heights else 0)
