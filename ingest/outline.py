"""Nests headings: which path of headings each part of a manual stands under.

The level of a kind of number is the order in which the kinds first appear. Three things are
known better than that: the levels that the format states, the order of part, chapter and
section, and 1.1 below 1. A heading whose own sequence goes on later cannot have ended yet, so
what comes in between lies below it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.headings import PLAIN, TIERS, Heading
from ingest.numbering import follows
from ingest.pieces import Piece

Rank = tuple[int, ...]
_FARTHEST = 3  # numbers that a sequence may skip and still go on


@dataclass(frozen=True, slots=True)
class Place:
    """From piece `first` on, and up to the next place, the text stands under the headings `path`.

    `heading` says that the first piece is the last heading of the path.
    """

    first: int
    path: tuple[str, ...]
    heading: bool


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that has not ended. `goes_on` is the piece at which its sequence continues."""

    heading: Heading
    rank: Rank
    goes_on: int


def outline(pieces: Sequence[Piece], headings: Sequence[Heading]) -> Iterator[Place]:
    """Yield the places of a manual, in order, the first at piece 0."""
    at, ranks, goes_on = {h.piece: h for h in headings}, _ranks(headings), _continuations(pieces)
    stack: list[_Open] = []
    inner: dict[str, tuple[int, ...]] = {}  # last number of a list below a heading of its kind
    if 0 not in at:
        yield Place(0, (), heading=False)
    for i, piece in enumerate(pieces):
        if heading := at.get(i):
            rank = _make_room(stack, heading, ranks[heading.kind])
            stack.append(_Open(heading, rank, goes_on[i]))
            inner.pop(heading.kind, None)
            yield Place(i, _path(stack), heading=True)
        elif _close(stack, piece, inner):
            yield Place(i, _path(stack), heading=False)


def _path(stack: Sequence[_Open]) -> tuple[str, ...]:
    return tuple(entry.heading.title for entry in stack)


def _ranks(headings: Sequence[Heading]) -> dict[str, Rank]:
    """How deep each kind of heading lies: compared as tuples, the larger the deeper."""
    kinds = list(dict.fromkeys(heading.kind for heading in headings))
    decimals = [kind for kind in kinds if kind == "1." or kind.startswith("1.1/")]
    return {kind: _rank(kind, kinds, decimals) for kind in kinds}


def _rank(kind: str, kinds: Sequence[str], decimals: Sequence[str]) -> Rank:
    if kind[0] == "h" and kind[1:].isdigit():
        return (0, int(kind[1:]))
    if kind in TIERS:
        return (1, TIERS.index(kind))
    if kind in decimals and decimals[0] != kind and (kind != "1."):
        return (2, kinds.index(decimals[0]), int(kind[4:]))
    return (2, kinds.index(kind), 1)


def _continuations(pieces: Sequence[Piece]) -> list[int]:
    """For each piece with a number, the piece with the next number of its kind; else 0.

    Only the nearest piece of the kind counts: where that one begins anew, the sequence has ended.
    """
    found, ahead = [0] * len(pieces), dict[str, int]()
    for i in range(len(pieces) - 1, -1, -1):
        if marker := pieces[i].marker:
            after = ahead.get(marker.kind)
            other = pieces[after].marker if after is not None else None
            if after is not None and other and follows(other.number, marker.number):
                found[i] = after
            ahead[marker.kind] = i
    return found


def _make_room(stack: list[_Open], heading: Heading, rank: Rank) -> Rank:
    """End the headings that this one ends, and return how deep it lies."""
    same = next((e for e in reversed(stack) if e.heading.kind == heading.kind), None)
    if same and heading.number > same.heading.number:
        del stack[stack.index(same) :]
        return same.rank
    shelter = None
    if heading.kind == PLAIN or same:
        shelter = next((e for e in reversed(stack) if e.goes_on > heading.piece), None)
    while stack and stack[-1] is not shelter and stack[-1].rank >= rank:
        stack.pop()
    if stack and stack[-1] is shelter and shelter.rank >= rank:
        return (*shelter.rank, 0)
    return rank


def _close(stack: list[_Open], piece: Piece, inner: dict[str, tuple[int, ...]]) -> bool:
    """End the headings whose sequence a clause goes on with; return whether there were any."""
    if piece.marker is None or not piece.marker.number:
        return False
    kind, number = piece.marker.kind, piece.marker.number
    if number[-1] == 1 or follows(number, inner.get(kind, ())):
        inner[kind] = number
        return False
    for i, entry in reversed(list(enumerate(stack))):
        its = entry.heading.number
        if entry.heading.kind == kind and its and its[:-1] == number[:-1]:
            if its[-1] < number[-1] <= its[-1] + _FARTHEST:
                del stack[i:]
                return True
            return False
    return False
