"""The words of a question inside a passage."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.records import Span
from kb.terms import terms

_WORD = re.compile(r"(?<![a-z])[a-z]+|(?<![0-9])(?<![0-9][.:])[0-9]+(?:[.:][0-9]+)*")
# fmt: off
_STOP = frozenset((
    "the", "a", "an", "of", "to", "in", "on", "for", "is", "are", "do", "doe", "i", "my", "we",
    "what", "how", "when", "who", "which",
))
# fmt: on


def highlights(wanted: tuple[str, ...], passage: str) -> tuple[Span, ...]:
    """Spans of `passage` that hold one of the `wanted` terms (`kb.terms`), joined where they touch.

    The passage is in its search form, so the spans hold in the shown text as well. Single Chinese
    characters are not marked: they match everywhere and say little.
    """
    latin, beginnings, chinese = _told_apart(wanted)
    found = []
    # Looked for by their beginnings: to stem every word of a passage takes longer.
    for beginning in beginnings:
        start = passage.find(beginning)
        while start >= 0:
            word = _WORD.match(passage, start)
            if word and not latin.isdisjoint(_terms(word.group())):
                found.append(word.span())
            start = passage.find(beginning, start + 1)
    for term in chinese:
        start = passage.find(term)
        while start >= 0:
            found.append((start, start + len(term)))
            start = passage.find(term, start + 1)
    return tuple(_joined(sorted(found)))


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Spans in the order of their beginnings, those that touch as one."""
    if not spans:
        return
    start, end = spans[0]
    for first, last in spans:
        if first > end:
            yield Span(start, end)
            start = first
        end = max(end, last)
    yield Span(start, end)


@lru_cache(1024)
def _told_apart(
    wanted: tuple[str, ...],
) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """The terms that are marked: those in Latin letters or digits, how words with them begin, and
    the others."""
    telling = frozenset(wanted) - _STOP
    latin = frozenset(filter(str.isascii, telling))
    chinese = tuple(term for term in telling - latin if len(term) > 1)
    return latin, frozenset(map(_beginning, latin)), chinese


def _beginning(stem: str) -> str:
    """What every word of an English stem begins with: happy, happi; dying, die."""
    if len(stem) < 3:
        return stem
    return stem[0] if len(stem) == 3 and stem.endswith("ie") else stem[:-1]


@lru_cache(20_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(terms(word))
