"""The words of a question inside a passage."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kb.records import Span
from kb.terms import terms

_WORD = re.compile(r"[a-z]+|[0-9]+(?:[.:][0-9]+)*")
# fmt: off
_STOP = frozenset((
    "the", "a", "an", "of", "to", "in", "on", "for", "is", "are", "do", "doe", "i", "my", "we",
    "what", "how", "when", "who", "which",
))
# fmt: on


def highlights(query: str, passage: str) -> tuple[Span, ...]:
    """Spans of `passage` that hold terms of `query`, joined where they touch.

    Both are in their search form, so the spans hold in the shown text as well. Single Chinese
    characters are not marked: they match everywhere and say little.
    """
    latin, chinese = _wanted(query)
    found = [
        Span(*word.span())
        for word in _WORD.finditer(passage if latin else "")
        if not latin.isdisjoint(_terms(word.group()))
    ]
    for term in chinese:
        if term in passage:
            found += _places(term, passage)
    return _joined(sorted(found))


@lru_cache(1024)
def _wanted(query: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The terms of a query that are marked: those in Latin letters or digits, and the others."""
    wanted = frozenset(terms(query)) - _STOP
    chinese = (term for term in wanted if not term.isascii() and len(term) > 1)
    return frozenset(filter(str.isascii, wanted)), tuple(chinese)


@lru_cache(20_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(terms(word))


def _places(term: str, passage: str) -> Iterator[Span]:
    start = passage.find(term)
    while start >= 0:
        yield Span(start, start + len(term))
        start = passage.find(term, start + 1)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
