"""Pages of lines, of which only the size of the letters tells which ones are headings."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.readers.lines import Lines
from kb.records import BlockKind, Extract

Place = tuple[int, int]
"""A page and a line on it, both from 0."""
DEEPEST = 6
"""The lowest level of headings that is told apart."""

_LARGER = 1.15  # times the size of most of the text: a heading
_LONGEST_HEADING = 60  # characters
_STOPS = tuple("。，；,;.")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, or a row of a table in it.

    `size` is the height of its letters, `columns` are the left edges of its table's; in points.
    """

    text: str
    size: int = 0
    kind: BlockKind | None = None
    header: bool = False
    columns: tuple[int, ...] = ()


Pages = Sequence[Sequence[Line]]


def bare(text: str) -> str:
    """Words without blanks, width and form told apart no more, to compare them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def put_together(
    pages: Pages, *, outline: Mapping[Place, int] | None = None, title: str = ""
) -> Extract:
    """The extract of the pages' lines.

    `outline` has the levels of the lines that the format itself calls headings; without it,
    those in larger letters are. `title` is what the format says it is: believed if the first
    page says it too, and otherwise the one line there that is in larger letters than all others.
    """
    larger = dict(_enlarged(pages))
    headings = outline or larger
    lines = Lines()
    for number, page in enumerate(pages):
        for position, line in enumerate(page):
            level = headings.get((number, position), 0)
            lines.add(line.text, "heading" if level else line.kind, level=level, header=line.header)
        lines.turn()
    return replace(lines.extract(), title=_title(title, pages, larger))


def _title(stated: str, pages: Pages, levels: Mapping[Place, int]) -> str:
    first = pages[0] if pages else ()
    if stated and bare(stated) in bare("".join(line.text for line in first)):
        return stated
    largest = [place for place, level in levels.items() if level == 1]
    return first[largest[0][1]].text if len(largest) == 1 and largest[0][0] == 0 else ""


def _enlarged(pages: Pages) -> Iterator[tuple[Place, int]]:
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
        yield place, min(sizes.index(size) + 1, DEEPEST)
