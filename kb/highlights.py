"""The words of a question inside a passage."""

import re

from kb.records import Span
from kb.terms import terms

_STOP = frozenset(
    ("the", "a", "an", "of", "to", "in", "on", "for", "is", "are", "do", "does", "i", "my", "we")
    + ("what", "how", "when", "who", "which")
)


def highlights(query: str, passage: str) -> tuple[Span, ...]:
    """Spans of `passage` that hold terms of `query`, joined where they touch.

    Both are in their search form, so the spans hold in the shown text as well. Single Chinese
    characters are not marked: they match everywhere and say little.
    """
    found = []
    for term in set(terms(query)) - _STOP:
        if term.isascii():
            pattern = rf"(?<![0-9a-z]){re.escape(term)}" + ("" if term.isalpha() else "(?![0-9])")
            found += [
                _to_word_end(passage, *match.span()) for match in re.finditer(pattern, passage)
            ]
        elif len(term) > 1:
            found += [Span(*match.span()) for match in re.finditer(re.escape(term), passage)]
    return _joined(sorted(found))


def _to_word_end(passage: str, start: int, end: int) -> Span:
    """A stem marks the whole word it begins."""
    while end < len(passage) and passage[end].isascii() and passage[end].isalpha():
        end += 1
    return Span(start, end)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
