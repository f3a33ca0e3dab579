"""Tells the manuals of a compilation apart.

One file often holds several manuals. Each begins with a title line of its own, which is known
by what it is: 第一篇 with a name, a title that stands twice in a row, 范本(一) and 范本(二), or the
first line of the file once more.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from ingest.kept import kept
from ingest.numbering import follows
from ingest.pieces import Piece, squeeze, width
from kb.records import Document

_ENDING = re.compile(r"[。．！!？?；;，,、：:…]$")
_COPY = re.compile(
    r"^(.{3,40}?)[ \t]*[(（]?[ \t]*([一二三四五六七八九十]{1,2}|\d{1,2})[ \t]*[)）]?$"
)
_NUMBER = 20  # code points that a number and blanks may add to a title
_WIDEST = 40  # a title is no wider, in Chinese characters
_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Member:
    """A manual of a file: its title, and the index of its first piece."""

    title: str
    first: int


def members(document: Document, pieces: Sequence[Piece]) -> tuple[Member, ...]:
    """Return the manuals of a document, in order; the first begins with its first piece.

    A file that is no compilation has one, with the document's title.
    """
    ways = (_numbered(pieces), _doubled(pieces), _copies(pieces))
    found = next((way for way in ways if len(way) > 1), [])
    found = _with_first_line_again(found, pieces) if found else []
    if found and found[0].first == 0:
        return tuple(found)
    return (Member(_title(document, pieces), 0), *found)


def is_title(piece: Piece, title: str) -> bool:
    """Whether this line is the title itself, with or without a number before it."""
    if len(piece.words) > 2 * len(title) + _NUMBER:
        return False
    return _bare(title) != "" and _bare(title) in (_bare(piece.words), _bare(piece.title))


def says_title(piece: Piece, title: str) -> bool:
    """Whether this line is the title, or little more or less, as sharing sites have it."""
    said, whole = _bare(piece.title), _bare(title)
    near = whole != "" and len(whole) <= 2 * len(said) <= 4 * len(whole)
    alike = near and piece.marker is None and (said in whole or whole in said)
    return is_title(piece, title) or alike


@kept
def _bare(words: str) -> str:
    """The words without what a title may be wrapped in; kept, because each line is asked often."""
    return squeeze(words).strip("《》#")


def _title(document: Document, pieces: Sequence[Piece]) -> str:
    if document.title.strip():
        return document.title.strip()
    if pieces[0].marker is None and _may_be_title(pieces[0]):
        return pieces[0].title.strip("《》") or pieces[0].words
    return PurePosixPath(document.source.path).stem


def _may_be_title(piece: Piece) -> bool:
    return (
        piece.leads
        and "\n" not in piece.words
        and 2 <= width(piece.words) <= _WIDEST
        and not _ENDING.search(piece.words)
        and (piece.block is None or piece.block.kind == "heading")
    )


def _numbered(pieces: Sequence[Piece]) -> list[Member]:
    """第一篇 …, 第二篇 …, each with a name, unless their chapters are counted through."""
    found = [
        Member(piece.title, i)
        for i, piece in enumerate(pieces)
        if piece.marker and piece.marker.kind == "篇" and piece.title and _may_be_title(piece)
    ]
    return [] if _chapters_go_on(found, pieces) else found


def _chapters_go_on(found: Sequence[Member], pieces: Sequence[Piece]) -> bool:
    starts = {member.first for member in found[1:]}
    fresh = False
    for i, piece in enumerate(pieces):
        fresh = fresh or i in starts
        if fresh and piece.marker and piece.marker.kind in ("章", "chapter"):
            if piece.marker.number[0] > 1:
                return True
            fresh = False
    return False


def _doubled(pieces: Sequence[Piece]) -> list[Member]:
    """Titles that stand twice in a row, each on a line of its own."""
    found: list[Member] = []
    for i, (piece, after) in enumerate(pairwise(pieces)):
        again = found and is_title(piece, found[-1].title) and found[-1].first == i - 1
        if again or not (_may_be_title(piece) and _may_be_title(after)) or piece.marker:
            continue
        if squeeze(piece.words) == squeeze(after.words):
            found.append(Member(piece.words.strip("#《》 "), i))
    return found


def _copies(pieces: Sequence[Piece]) -> list[Member]:
    """范本(一), 范本(二) …: lines with the same words and numbers that follow one another."""
    families: defaultdict[str, list[tuple[int, Member]]] = defaultdict(list)
    for i, piece in enumerate(pieces):
        match = _COPY.match(piece.words) if not piece.marker and _may_be_title(piece) else None
        if match:
            families[squeeze(match[1])].append((_value(match[2]), Member(piece.words, i)))
    found = [member for family in families.values() for member in _in_sequence(family)]
    return sorted(found, key=lambda member: member.first)


def _in_sequence(family: Sequence[tuple[int, Member]]) -> list[Member]:
    """One family from number 1 on; nothing where there is but one, or a contents list."""
    found: list[Member] = []
    last = 0
    for value, member in family:
        if follows((value,), (last,)) and (not found or member.first > found[-1].first + 1):
            found.append(member)
            last = value
    return found if len(found) > 1 else []


def _value(words: str) -> int:
    if words.isdecimal():
        return int(words)
    tens, _, ones = words.rpartition("十")
    ten = 10 * (_DIGITS.index(tens) + 1 if tens else 1) if "十" in words else 0
    return ten + (_DIGITS.index(ones) + 1 if ones else 0)


def _with_first_line_again(found: Sequence[Member], pieces: Sequence[Piece]) -> list[Member]:
    """In a compilation the file's first line, alone on a line further on, begins a member too."""
    first = pieces[0]
    taken = {member.first for member in found} | {member.first + 1 for member in found} | {0}
    again: Iterator[Member] = (
        Member(first.words, i)
        for i, piece in enumerate(pieces)
        if i not in taken and _may_be_title(piece) and piece.words == first.words
    )
    return sorted([*found, *again], key=lambda member: member.first)
