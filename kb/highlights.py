"""The words of a question inside a passage."""

import re
from functools import lru_cache

from kb.records import Span
from kb.terms import terms

_MARK = b"#"
_MARKED = re.compile(b"#+")
_WORD = re.compile(r"[a-z]+|[0-9]+(?:[.:][0-9]+)*")
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
    latin, chinese = _told_apart(wanted)
    marked = bytearray(len(passage))
    for word in _WORD.finditer(passage if latin else ""):
        if not latin.isdisjoint(_terms(word.group())):
            marked[word.start() : word.end()] = _MARK * (word.end() - word.start())
    for term in chinese:
        start = passage.find(term)
        while start >= 0:
            marked[start : start + len(term)] = _MARK * len(term)
            start = passage.find(term, start + 1)
    return tuple(Span(*run.span()) for run in _MARKED.finditer(marked))


@lru_cache(1024)
def _told_apart(wanted: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The terms that are marked: those in Latin letters or digits, and the others."""
    telling = frozenset(wanted) - _STOP
    latin = frozenset(filter(str.isascii, telling))
    return latin, tuple(term for term in telling - latin if len(term) > 1)


@lru_cache(20_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(terms(word))
