"""Columns that were read line by line, so that the words of two stand among one another.

Nobody can tell which belongs to which, so nothing is changed: the place is marked. Two kinds are
certain enough: lines in two halves whose halves go on in the next line's, and a long run without
any mark or blank, short of the words that hold sentences together, in which terms come again among
numbers, or twice in a row.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.repairs.broken_words import GAIN, word_gain
from ingest.repairs.characters import HAN, TERMINAL, width
from kb.records import Mark, Span

_HALVES = re.compile(r"^(?P<left>\S[^\n]*?\S)(?P<gap> {2,}|\t| ?\u3000+)(?P<right>\S[^\n]*)$", re.M)
_ALIGNED, _FEWEST, _SHORTEST_HALF = 2, 4, 12

_RUN = re.compile(rf"[{HAN}\d%％]{{44,}}")
_HOLDING = re.compile(
    "[的了是在和与與及把被将將对對就也都而并並且或以于於为為不会會可要其之这這那从從由向使让讓给給"
    "应應须須请請能]"
)
_TERM = 5
_TERM_ONLY = re.compile(rf"(?!.*{_HOLDING.pattern})[{HAN}]{{{_TERM}}}")
_NUMBER, _FEWEST_NUMBERS = re.compile(r"\d+"), 2
_DOUBLED = re.compile(rf"([{HAN}]{{2,6}})\1")
_MOST_HOLDING = 0.06


def find(text: str) -> Iterator[Mark]:
    """Mark each stretch of interleaved columns, whole lines or a run within one."""
    yield from (Mark(span, "columns") for span in in_halves(text))
    for run in _RUN.finditer(text):
        if _interleaved(run.group()):
            yield Mark(Span(*run.span()), "columns")


def in_halves(text: str) -> Iterator[Span]:
    """The stretches of lines in two halves of which both go on in the next line."""
    group: list[re.Match[str]] = []
    for line in _HALVES.finditer(text):
        if group and not _beside(group[-1], line):
            yield from _whole(group)
            group = []
        group.append(line)
    yield from _whole(group)


def _beside(line: re.Match[str], following: re.Match[str]) -> bool:
    """Whether one line follows the other, and their right halves begin at the same place."""
    apart = width(line.string[line.start() : line.start("right")])
    below = width(line.string[following.start() : following.start("right")])
    return following.start() == line.end() + 1 and abs(apart - below) <= _ALIGNED


def _whole(group: Sequence[re.Match[str]]) -> Iterator[Span]:
    if len(group) >= _FEWEST and _goes_on(group, "left") and _goes_on(group, "right"):
        yield Span(group[0].start(), group[-1].end())


def _goes_on(group: Sequence[re.Match[str]], side: str) -> bool:
    """Whether this side is running text: long lines, some with a word across their end."""
    lines = [line[side] for line in group]
    long = sum(width(line) >= _SHORTEST_HALF for line in lines)
    broken = sum(
        line[-1] not in TERMINAL and word_gain(line, following) > GAIN
        for line, following in pairwise(lines)
    )
    return long >= len(lines) - 1 and broken >= 2


def _interleaved(run: str) -> bool:
    """Whether a run reads like cells of a table rather than like a sentence."""
    if len(_HOLDING.findall(run)) > _MOST_HOLDING * len(run):
        return False
    terms = [term for at in range(len(run)) if _TERM_ONLY.fullmatch(term := run[at : at + _TERM])]
    listed = len(set(terms)) < len(terms) and len(_NUMBER.findall(run)) >= _FEWEST_NUMBERS
    return listed or _DOUBLED.search(run) is not None
