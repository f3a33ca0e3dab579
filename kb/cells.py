"""The cells of a row of a table that is written as text, and the head above one of them."""

import re
from itertools import pairwise

from kb.records import Span

_BORDER = re.compile(r"[ ]*[|\t][ ]*|[ ]{2,}")
_MOST_ROWS, _LONGEST = 24, 400


def head_above(folded: str, span: Span, columns: str = "") -> str:
    """Return the head of the column that words of a table stand in; "" where there is none.

    `columns` are heads that stand above the text, where its own rows have none.
    """
    start = folded.rfind("\n", 0, span.start) + 1
    row = _cells(folded, start)
    number = next((n for n, cell in enumerate(row) if cell.start <= span.start < cell.end), None)
    if number is None or len(row) < 2:
        return ""
    head = ""
    for _ in range(_MOST_ROWS):
        start = folded.rfind("\n", 0, max(start - 1, 0)) + 1 if start else -1
        above = _cells(folded, start) if start >= 0 else []
        if len(above) != len(row):
            break
        head = above[number].of(folded)
    if not head or any(map(str.isdigit, head)):
        outside = _cells(columns, 0)
        head = outside[number].of(columns) if len(outside) == len(row) else ""
    return head.strip()


def _cells(text: str, start: int) -> list[Span]:
    """The cells of the line that begins at a place; the borders at its ends bound none."""
    end = text.find("\n", start)
    end = min(end if end >= 0 else len(text), start + _LONGEST)
    line = text[start:end]
    left, right = start + len(line) - len(line.lstrip(" |\t")), start + len(line.rstrip(" |\t"))
    borders = [m.span() for m in _BORDER.finditer(text, left, right)]
    ends = [(left, left), *borders, (right, right)]
    return [Span(a[1], b[0]) for a, b in pairwise(ends) if b[0] > a[1]]
