"""Finding the ruled tables of a PDF page with pdfplumber, which is slow, only where lines are."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import pdfplumber
import pypdfium2
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pypdfium2 import raw as pdfium

# What pdfplumber and the pdfminer below it are known to raise on damaged pages.
_DAMAGE = (
    *(PdfminerException, MalformedPDFException),
    *(ValueError, KeyError, TypeError, AttributeError, IndexError),
)
_FEWEST_PATHS = 3  # a table with two rows has three rules
_MOST_PATHS = 4000  # beyond it the page is a drawing


class Box(NamedTuple):
    """A rectangle on a page in points, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: "Box") -> bool:
        """Whether the middle of `other` lies inside."""
        x, y = (other.left + other.right) / 2, (other.bottom + other.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Table:
    """A table's place and its cells by row; None where a merged cell has covered the place."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """Where the columns begin, from the left."""
        return tuple(sorted({round(cell.left) for row in self.rows for cell in row if cell}))


class TableFinder:
    """Finds tables on the pages of one document; a context manager.

    `notes` tell of pages where it could not: their text is read as it stands.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._document: pdfplumber.pdf.PDF | None = None
        self.notes: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def find(self, number: int, page: pypdfium2.PdfPage) -> tuple[Table, ...]:
        """Return the ruled tables of page `number`, from 0, outer ones only."""
        paths = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4))
        if not _FEWEST_PATHS <= paths <= _MOST_PATHS or page.get_rotation():
            return ()
        try:
            return self._search(number)
        except _DAMAGE as error:
            self.notes.append(
                f"page {number + 1}: its tables cannot be told ({type(error).__name__})"
            )
            return ()

    def _search(self, number: int) -> tuple[Table, ...]:
        if self._document is None:
            self._document = pdfplumber.open(self._file)
        page = self._document.pages[number]
        try:
            return tuple(_tables(page))
        finally:
            page.close()


def _tables(page: Any) -> Iterator[Table]:  # noqa: ANN401 - a page of pdfplumber, which is untyped
    """The tables of more than one row and column that lie in no other one."""
    boxes: list[Box] = []
    found = sorted(page.find_tables(), key=lambda table: -_area(table.bbox))
    for table in found:
        box = _turned(table.bbox, page.height)
        rows = [
            tuple(cell and _turned(cell, page.height) for cell in row.cells) for row in table.rows
        ]
        if len(rows) > 1 and len(rows[0]) > 1 and not any(outer.holds(box) for outer in boxes):
            boxes.append(box)
            yield Table(box, tuple(rows))


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _turned(box: tuple[float, float, float, float], height: float) -> Box:
    """A box that pdfplumber counts from the top of the page, counted from its bottom."""
    left, top, right, bottom = box
    return Box(left, height - bottom, right, height - top)
