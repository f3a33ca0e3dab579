"""From sections to passages: whole thoughts, by structure first.

A passage is one or more whole thoughts of one section. Small sections side by side under one
heading become one passage under that heading; a heading with nothing of its own goes with the
first passage below it. Every non-blank character of the text is in exactly one passage.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ingest.members import says_title
from ingest.pieces import Piece, pieces, squeeze
from ingest.sizes import Sizes, sizes_of
from ingest.thoughts import Thought, joined, thoughts
from kb.records import Document, Passage, Section, Span


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage in the making. `whole` says that it holds all of its section."""

    title: str
    path: tuple[str, ...]
    thought: Thought
    sizes: Sizes
    whole: bool
    heading_only: bool = False


def split(document: Document, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Return the passages of `document`, in order. Time is linear in its length."""
    drafts = _merged(_drafts(document, sections))
    return tuple(_passages(document, drafts))


def _drafts(document: Document, sections: Sequence[Section]) -> Iterator[_Draft]:
    found = pieces(document)
    starts = [piece.span.start for piece in found]
    for section in sections:
        first, end = (bisect_left(starts, border) for border in section.span)
        own, path = found[first:end], section.heading_path
        sizes = sizes_of(section.span.of(document.text))
        lines = _heading_lines(own, section)
        packed = _pack(thoughts(document.text, own, sizes, heading_lines=lines), sizes)
        for thought in packed:
            whole = len(packed) == 1
            yield _Draft(section.title, path, thought, sizes, whole, lines == len(own))


def _heading_lines(own: Sequence[Piece], section: Section) -> int:
    """How many pieces at the head of a section are nothing but its heading, or the title."""
    if not section.heading_path:
        titles = takewhile(lambda piece: says_title(piece, section.title), own)
        return len(list(titles))
    return int(squeeze(own[0].words).strip("#:") == squeeze(section.heading_path[-1]))


def _pack(found: Sequence[Thought], sizes: Sizes) -> list[Thought]:
    """Join thoughts up to the target."""
    packed: list[Thought] = []
    for thought in found:
        if packed and _fits(packed[-1], thought, sizes):
            thought = joined(packed.pop(), thought)
        packed.append(thought)
    if len(packed) > 1 and _is_short_tail(packed[-2], packed[-1], sizes):
        packed[-2:] = [joined(*packed[-2:])]
    return packed


def _fits(one: Thought, after: Thought, sizes: Sizes) -> bool:
    both = len(joined(one, after))
    if after.opens or one.columns != after.columns:
        return False
    if one.row or after.row:  # a row is a thought for itself, unless it is a few words
        return one.row == after.row and len(one) < sizes.least / 2 and both <= sizes.target
    return both <= sizes.target or (len(one) < sizes.least and both <= sizes.room)


def _is_short_tail(one: Thought, tail: Thought, sizes: Sizes) -> bool:
    if tail.row or tail.opens or one.columns != tail.columns:
        return False
    return len(tail) < sizes.least and len(joined(one, tail)) <= sizes.room


def _merged(drafts: Iterable[_Draft]) -> list[_Draft]:
    """The drafts, but a heading goes with what is below it, and small neighbours are one."""
    merged: list[_Draft] = []
    for draft in drafts:
        while merged and (path := _common_path(merged[-1], draft)) is not None:
            thought = joined(merged.pop().thought, draft.thought)
            draft = replace(draft, path=path, thought=thought)
        merged.append(draft)
    return merged


def _common_path(one: _Draft, after: _Draft) -> tuple[str, ...] | None:
    """The path that two neighbours of different sections can stand under as one, or None."""
    both, sizes = len(joined(one.thought, after.thought)), after.sizes
    alike = one.thought.columns == after.thought.columns or one.heading_only
    if one.title != after.title or not one.whole or not alike:
        return None
    below = len(after.path) > len(one.path) and after.path[: len(one.path)] == one.path
    if one.heading_only or (below and len(one.thought) < sizes.least / 2):
        return after.path if both <= sizes.most else None
    small = after.whole and len(one.thought) < sizes.least and len(after.thought) < 2 * sizes.least
    siblings = one.path[:-1] == after.path[:-1] and len(one.path) > 1
    if small and siblings and both <= sizes.target and not after.heading_only:
        return one.path[:-1]
    return None


def _passages(document: Document, drafts: Iterable[_Draft]) -> Iterator[Passage]:
    seen: Counter[str] = Counter()
    starts = [page.span.start for page in document.pages]
    ends = [page.span.end for page in document.pages]
    marked = _marked(document)
    for draft in drafts:
        span, columns = draft.thought.span, draft.thought.columns
        words = span.of(document.text)
        key = _key(document, draft, words)
        touched = document.pages[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
        yield Passage(
            id=_identity(key, seen[key]),
            document_id=document.id,
            title=draft.title,
            heading_path=draft.path,
            span=span,
            pages=tuple(page.number for page in touched),
            columns="" if columns and squeeze(columns) in squeeze(words) else columns,
            marks=tuple(kind for kind, places in marked.items() if _touch(places, span)),
        )
        seen[key] += 1


def _marked(document: Document) -> dict[str, tuple[list[int], list[int]]]:
    """Where the places of each kind of mark begin, and where they end."""
    marked: dict[str, tuple[list[int], list[int]]] = {}
    for mark in document.marks:
        starts, ends = marked.setdefault(mark.kind, ([], []))
        starts.append(mark.span.start)
        ends.append(mark.span.end)
    return {kind: (sorted(starts), sorted(ends)) for kind, (starts, ends) in marked.items()}


def _touch(places: tuple[list[int], list[int]], span: Span) -> bool:
    """Whether any of the places shares a character with `span`."""
    starts, ends = places
    return bisect_left(starts, span.end) > bisect_right(ends, span.start)


def _key(document: Document, draft: _Draft, words: str) -> str:
    """What a passage is: its place by name, and its words. Where it stands is left out."""
    return "\0".join((document.source.path, draft.title, *draft.path, "", squeeze(words)))


def _identity(key: str, ordinal: int) -> str:
    numbered = f"{key}\0\0{ordinal}" if ordinal else key
    return hashlib.blake2b(numbered.encode("utf8", "surrogatepass"), digest_size=10).hexdigest()
