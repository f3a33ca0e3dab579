"""Bracketed numbers of a list that lost their digit: (1)… (2)… ?)… (4)….

What is left of the number stands where an item begins. It is put back only where its neighbours
in the sequence leave one possibility; elsewhere the place is marked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.repairs.characters import HAN
from ingest.repairs.draft import Draft
from kb.records import Edit, Mark, Span

_ITEM = re.compile(
    rf"(?<![{HAN}\d])[(（](?P<number>\d{{1,2}})[)）](?=\s?[{HAN}“「《])|"
    rf"(?:^|(?<=[\n。！？!?;；…”」』 ]))[(（]?\?[)）](?=[{HAN}])"
)
_OPENED = {")": "(", "）": "（"}
_BRACKETS = re.compile("[()（）]")


@dataclass(frozen=True, slots=True)
class Item:
    """Where an item of a list begins, and its number; 0 where that is lost."""

    span: Span
    number: int


def repair(draft: Draft) -> Iterator[Edit]:
    """Put back each number that its neighbours leave no choice about."""
    items = _items(draft.text)
    known = [at for at, item in enumerate(items) if item.number]
    for at, before in enumerate(known):
        following = known[at + 1] if at + 1 < len(known) else len(items)
        lost = items[before + 1 : following]
        if _certain(items[before].number, len(lost), items[following : following + 1]):
            for number, item in enumerate(lost, start=items[before].number + 1):
                closing = draft.text[item.span.end - 1]
                numbered = f"{_OPENED[closing]}{number}{closing}"
                yield Edit(item.span, numbered, "lost_numbering", 0.85)


def find(text: str) -> Iterator[Mark]:
    """Mark the items whose number is lost."""
    return (Mark(item.span, "value_missing") for item in _items(text) if not item.number)


def _certain(before: int, lost: int, following: Sequence[Item]) -> bool:
    """Whether so many lost numbers fit between two known ones, or end a list that is under way."""
    if following and following[0].number != 1:
        return following[0].number == before + lost + 1
    return lost == 1 and before > 1


def _items(text: str) -> list[Item]:
    return [
        Item(Span(*match.span()), int(match["number"] or 0))
        for match in _ITEM.finditer(text)
        if match["number"] or not _bracket_open(text, match.start())
    ]


def _bracket_open(text: str, position: int) -> bool:
    """Whether the line has a bracket open at `position`: what is there closes it then."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    depth = 0
    for bracket in _BRACKETS.findall(line):
        depth = depth + 1 if bracket in "(（" else max(0, depth - 1)
    return depth > 0
