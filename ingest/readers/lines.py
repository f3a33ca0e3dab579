"""Putting a raw text together, one block a line, with the spans of what went in."""

import re
from collections.abc import Sequence

from kb.records import Block, BlockKind, Extract, Page, Span

COLUMN = " | "  # stands between the cells of a table row

# Han, kana and their punctuation: words that are written without blanks.
_DENSE = (
    "“”‘’…—\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_BREAK = re.compile(rf"(?<=[{_DENSE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_DENSE}])")
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\xa0\u2028\u2029]+")
_TALKING = re.compile(r"[0-9０-９。；！？;!?]")
_LONGEST_HEAD = 20  # characters of a cell that names a column


def flowed(text: str) -> str:
    """`text` as one line: a line break between two Chinese characters is no blank, others are."""
    return _BLANKS.sub(" ", _BREAK.sub("", text)).strip()


def row(cells: Sequence[str]) -> str:
    """The line of a table row; empty cells keep their place but for those at the end."""
    return COLUMN.join(map(flowed, cells)).rstrip(" |")


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a table's first row looks like its head: short words in every column, no figures."""
    return all(
        0 < len(cell) <= _LONGEST_HEAD and not _TALKING.search(cell) for cell in map(flowed, cells)
    )


class Lines:
    """A raw text that grows line by line, and its pages, blocks and furniture so far."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._page_start = 0
        self._pages: list[Page] = []
        self._blocks: list[Block] = []
        self._furniture: list[Span] = []

    def add(
        self,
        text: str,
        kind: BlockKind | None = "paragraph",
        *,
        level: int = 0,
        header: bool = False,
        furniture: bool = False,
    ) -> None:
        """Add `text`, which has no line break, as a line; a blank one adds nothing.

        `kind` None is a line of which the format does not say what it is: it has no block.
        """
        if not text.strip():
            return
        span = Span(self._length, self._length + len(text))
        self._parts += (text, "\n")
        self._length += len(text) + 1
        if furniture:
            self._drop(span)
        elif kind:
            self._blocks.append(Block(kind, level, span, header))

    def _drop(self, span: Span) -> None:
        """Note a place as furniture; neighbours become one."""
        if self._furniture and self._furniture[-1].end == span.start - 1:
            span = Span(self._furniture.pop().start, span.end)
        self._furniture.append(span)

    def turn(self) -> None:
        """Close a page: all lines since the one before it stand on this one."""
        span = Span(self._page_start, max(self._page_start, self._length - 1))
        self._pages.append(Page(len(self._pages) + 1, span))
        self._page_start = self._length

    def extract(self) -> Extract:
        """Everything so far; what is known of the file as a whole is left to the reader."""
        raw = "".join(self._parts)
        return Extract(
            raw,
            pages=tuple(self._pages),
            blocks=tuple(self._blocks),
            furniture=tuple(self._furniture),
        )
