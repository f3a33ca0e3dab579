"""The words of a question inside a passage."""

import re
from collections.abc import Iterable, Iterator
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


def highlights(wanted: Iterable[str], passage: str) -> tuple[Span, ...]:
    """Spans of `passage` that hold one of the `wanted` terms, joined where they touch.

    The passage is in its search form, so the spans hold in the shown text as well. Single Chinese
    characters are not marked: they match everywhere and say little.
    """
    terms = frozenset(wanted) - _STOP
    latin = set(filter(str.isascii, terms))
    found = [
        Span(*word.span())
        for word in _WORD.finditer(passage if latin else "")
        if not latin.isdisjoint(_terms(word.group()))
    ]
    for term in terms - latin:
        if len(term) > 1 and term in passage:
            found += _places(term, passage)
    return _joined(sorted(found))


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
