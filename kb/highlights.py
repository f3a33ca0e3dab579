"""The words of a question inside a passage."""

import re
from collections.abc import Iterator

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
    wanted = set(terms(query)) - _STOP
    found = [
        Span(*match.span())
        for match in _WORD.finditer(passage)
        if not wanted.isdisjoint(terms(match.group()))
    ]
    for term in wanted:
        if not term.isascii() and len(term) > 1:
            found += _places(term, passage)
    return _joined(sorted(found))


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
