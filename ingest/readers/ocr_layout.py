"""Putting what was recognised on a page in lines, by where it stands, in the order of reading.

The slant of the scan is taken out. What stands side by side is one line, its parts the columns of
a table where they are far apart; where both sides of a gutter are running text, the left one is
read to its end before the right one, down to the next line that goes across.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean, median
from unicodedata import east_asian_width

from ingest.readers.lines import COLUMN, row

_LARGER = 1.2  # times the size of most: larger letters, and not a looser line
_APART = 2  # characters wide is a gap between columns
_FEWEST_LINES = 4  # on each side of a gutter
_LONG = 12  # characters wide: the least that a column of running text is
_FULL = 0.9  # of a column's width: a line that is not the last one of its paragraph
_OFTEN = 0.3
_MOST_ACROSS = 0.4  # of all lines: headings and what is set across both columns
_STRIP = 1.3  # times the distance of two lines
_FEWEST_STRIPS = 2
_TALLEST = 6  # lines of a cell
_DEEPEST = 3

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that the recogniser saw in one piece.

    The four `corners` are in pixels, from the upper left one clockwise; `score` is in 0–1.
    """

    text: str
    corners: tuple[Point, ...]
    score: float

    @property
    def width(self) -> float:
        """Length of the upper edge."""
        return _distance(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        """Length of the left edge."""
        return _distance(self.corners[0], self.corners[3])

    @property
    def size(self) -> float:
        """Width of a Chinese character, twice that of a letter: steadier than the height."""
        return self.width / sum(1 if east_asian_width(c) in "WF" else 0.5 for c in self.text)

    @property
    def centre(self) -> Point:
        """The middle."""
        return fmean(x for x, _ in self.corners), fmean(y for _, y in self.corners)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A stretch as it would stand on a straight page: its sides and its level, in pixels."""

    stretch: Stretch
    left: float
    right: float
    level: float


def lines(stretches: Sequence[Stretch]) -> Iterator[tuple[str, float]]:
    """The lines in the order of reading, each with the size of its letters in pixels.

    Those in letters of about the usual size have the same size. A row of a table whose cells are
    of several lines is one line.
    """
    usual = median(s.size for s in stretches) if stretches else 0.0
    slope = median(map(_slope, stretches)) if stretches else 0.0
    for text, found in _read([_placed(each, slope) for each in stretches], usual, _DEEPEST):
        size = min(each.stretch.size for each in found)
        yield text, size if size > _LARGER * usual else usual


def _placed(stretch: Stretch, slope: float) -> _Placed:
    x, y = stretch.centre
    middle, half = x + slope * y, stretch.width / 2
    return _Placed(stretch, middle - half, middle + half, y - slope * x)


def _read(
    found: Sequence[_Placed], usual: float, depth: int
) -> Iterator[tuple[str, Sequence[_Placed]]]:
    """The lines of a page, or of a column of it, with what each was made of."""
    gutter = _gutter(found, usual) if depth else None
    if gutter is None:
        yield from ((_joined(row, usual), row) for row in _rows(found))
        return
    in_order = sorted(found, key=lambda each: each.level)
    for across, group in groupby(in_order, key=lambda each: _crosses(each, gutter)):
        band = list(group)
        if across:
            yield from ((_joined(row, usual), row) for row in _rows(band))
            continue
        for part in _parts(band, gutter):
            left = [each for each in part if each.left < gutter]
            right = [each for each in part if each.left >= gutter]
            if len(part) < len(band) and _is_row(left, right):
                yield _row(left, right), part
            else:
                yield from _read(left, usual, depth - 1)
                yield from _read(right, usual, depth - 1)


def _parts(band: Sequence[_Placed], gutter: float) -> Iterator[Sequence[_Placed]]:
    """The band, cut at its white strips, if it has some."""
    strips = _strips([e for e in band if e.left < gutter], [e for e in band if e.left >= gutter])
    if len(strips) < _FEWEST_STRIPS:
        yield band
        return
    for _, part in groupby(band, key=lambda each: bisect_left(strips, each.level)):
        yield list(part)


def _is_row(left: Sequence[_Placed], right: Sequence[_Placed]) -> bool:
    """Whether what stands side by side between two strips is short enough for two cells."""
    return 0 < len(left) <= _TALLEST and 0 < len(right) <= _TALLEST


def _row(left: Sequence[_Placed], right: Sequence[_Placed]) -> str:
    """The row of a table, each cell's lines joined."""
    cells = ("\n".join(_joined(line, 0.0, " ") for line in _rows(cell)) for cell in (left, right))
    return row(tuple(cells))


def _gutter(found: Sequence[_Placed], usual: float) -> float | None:
    """Where a white strip parts two columns of running text, None where there is none."""
    best, fewest = None, _MOST_ACROSS * len(found)
    for x in sorted({each.right + usual / 2 for each in found}):
        left = [each for each in found if each.right <= x]
        right = [each for each in found if each.left >= x]
        across = len(found) - len(left) - len(right)
        if across < fewest and all(_is_running_text(side, usual) for side in (left, right)):
            best, fewest = x, across
    return best


def _is_running_text(side: Sequence[_Placed], usual: float) -> bool:
    """Whether lines go from one edge to the other; the cells of a table are of all widths."""
    widest = max((e.right for e in side), default=0) - min((e.left for e in side), default=0)
    full = sum(each.right - each.left >= _FULL * widest for each in side)
    return len(side) >= _FEWEST_LINES and widest >= _LONG * usual and full >= _OFTEN * len(side)


def _strips(left: Sequence[_Placed], right: Sequence[_Placed]) -> list[float]:
    """The levels of white strips across both columns, as between the rows of a table.

    None where they are few, or each column has more of its own: then they stand side by side.
    """
    sides = [sorted(each.level for each in side) for side in (left, right)]
    steps = sorted(below - above for side in sides for above, below in pairwise(side))
    if not all(sides) or not steps:
        return []
    wide = _STRIP * steps[len(steps) // 4]  # most lines of a small table are the first of a cell
    top, bottom = max(side[0] for side in sides) - wide, min(side[-1] for side in sides) + wide

    def gaps(levels: Sequence[float]) -> list[float]:
        within = [level for level in levels if top <= level <= bottom]
        return [(a + b) / 2 for a, b in pairwise(within) if b - a > wide]

    common = gaps(sorted(sides[0] + sides[1]))
    return common if len(common) >= min(len(gaps(side)) for side in sides) / 2 else []


def _crosses(each: _Placed, gutter: float) -> bool:
    return each.left < gutter < each.right


def _joined(row: Sequence[_Placed], usual: float, gap: str = COLUMN) -> str:
    """The words of a line; what stands far apart are columns, with `gap` between them."""
    parts = [row[0].stretch.text]
    for left, right in pairwise(row):
        apart = right.left - left.right > _APART * usual
        parts += (gap if apart else " ", right.stretch.text)
    return "".join(parts)


def _rows(found: Sequence[_Placed]) -> list[list[_Placed]]:
    """The stretches of each line from left to right."""
    rows: list[list[_Placed]] = []
    level = 0.0
    for each in sorted(found, key=lambda each: each.level):
        if not rows or each.level - level > each.stretch.height / 2:
            rows.append([])
            level = each.level
        rows[-1].append(each)
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _slope(stretch: Stretch) -> float:
    """How far the upper edge goes down for each pixel to the right."""
    (left, start), (right, end) = stretch.corners[:2]
    return (end - start) / max(1.0, right - left)


def _distance(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
