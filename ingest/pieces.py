"""Cuts a document's text into pieces: a line, a numbered stretch of a line, or a table row.

Pieces are the smallest things that structure is decided on. They are in order, do not overlap,
have no white space at their ends, and hold every non-blank character of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ingest.kept import kept
from ingest.numbering import Marker, markers
from kb.fold import fold
from kb.records import Block, Document, Span

_HAN_LETTER = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_INK = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the number or bullet it begins with, and what the format says of it.

    `words` is the text of `span`; `leads` says that it begins a line.
    """

    span: Span
    words: str
    marker: Marker | None = None
    block: Block | None = None
    leads: bool = True

    @property
    def title(self) -> str:
        """The words after the number, without the colon at their end."""
        skip = self.marker.span.end - self.span.start if self.marker else 0
        return self.words[skip:].strip("#＃: ：\t\u3000")


@lru_cache(maxsize=1)
def pieces(document: Document) -> tuple[Piece, ...]:
    """Return the pieces of `document.text`. Time is linear in its length.

    Sections and passages are both made of them: those of the last document are kept.
    """
    text = document.text
    blocks = [b for b in document.blocks if b.kind != "paragraph" and _ink(b, text)]
    found: list[Piece] = []
    numbers = iter((*markers(text), None))
    ahead = next(numbers)
    for span, block in _stretches(text, blocks):
        inside: list[Marker] = []
        while ahead is not None and ahead.span.start < span.end:
            if ahead.span.start >= span.start:
                inside.append(ahead)
            ahead = next(numbers)
        found += _cut(text, span, block, inside)
    return tuple(_without_strays(found, text))


@kept
def folded(words: str) -> str:
    """The search form of `words`; kept, because a piece is asked about more than once."""
    return fold(words)


def squeeze(words: str) -> str:
    """The search form of `words` without white space: equal for lines that say the same."""
    return "".join(folded(words).split())


def bars(piece: Piece) -> int:
    """How many bars part the cells of a line; 0 where the format knows of its table."""
    return 0 if piece.block or "\n" in piece.words else piece.words.strip("| ").count("|")


def width(words: str) -> float:
    """How long `words` are, in Chinese characters: other characters count for less than half."""
    han = len(_HAN_LETTER.findall(words))
    return han + 0.45 * (len(words) - han)


def is_han(words: str) -> bool:
    """Whether `words` are Chinese rather than in an alphabet."""
    return 4 * len(_HAN_LETTER.findall(words)) >= len(_LETTER.findall(words))


def _ink(block: Block, text: str) -> bool:
    return _INK.search(text, *block.span) is not None


def _stretches(text: str, blocks: list[Block]) -> Iterator[tuple[Span, Block | None]]:
    """What the format knows (headings, list items, table rows), and the lines of all the rest."""
    cursor = 0
    for block in sorted(blocks, key=lambda block: block.span):
        if block.span.start >= cursor:
            yield from ((line, None) for line in _lines(text, cursor, block.span.start))
            yield block.span, block
            cursor = block.span.end
    yield from ((line, None) for line in _lines(text, cursor, len(text)))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Span(start, stop)
        start = stop + 1


def _cut(text: str, span: Span, block: Block | None, inside: list[Marker]) -> Iterator[Piece]:
    """The pieces of a stretch: what the format knows stays whole, a line is cut at its numbers."""
    if block is not None:
        lead = [m for m in inside if m.leads][:1]
        yield from _piece(text, span, lead[0] if lead else None, block, leads=True)
        return
    borders = [*(marker.span.start for marker in inside), span.end]
    if not inside or text[span.start : borders[0]].strip("#> \t\u3000"):
        yield from _piece(text, Span(span.start, borders[0]), None, None, leads=True)
    else:
        borders[0] = span.start
    for marker, (start, stop) in zip(inside, pairwise(borders), strict=True):
        yield from _piece(text, Span(start, stop), marker, None, leads=marker.leads)


def _piece(
    text: str, span: Span, marker: Marker | None, block: Block | None, *, leads: bool
) -> Iterator[Piece]:
    words = span.of(text)
    if words.strip():
        start = span.start + len(words) - len(words.lstrip())
        words = words.strip()
        yield Piece(Span(start, start + len(words)), words, marker, block, leads)


def _without_strays(found: list[Piece], text: str) -> Iterator[Piece]:
    """The same pieces, but one with nothing but punctuation (a lost quote) joins the one before."""
    for piece, strays in _with_strays(found):
        if strays:
            span = Span(piece.span.start, strays[-1].span.end)
            yield replace(piece, span=span, words=span.of(text))
        else:
            yield piece


def _with_strays(found: list[Piece]) -> Iterator[tuple[Piece, list[Piece]]]:
    """Each piece that says something, with the stray punctuation behind it."""
    piece: Piece | None = None
    strays: list[Piece] = []
    for one in found:
        if piece and not piece.block and not one.block and not any(map(str.isalnum, one.words)):
            strays.append(one)
            continue
        if piece:
            yield piece, strays
        piece, strays = one, []
    if piece:
        yield piece, strays
