"""Columns that were read line by line, so that the words of two stand among one another.

Nobody can tell which belongs to which, so nothing is changed: the place is marked. Three kinds are
certain enough: lines in two halves whose halves go on in the next line's; lines that go on in the
next but one, again and again, and not in the next; and a long run without any mark or blank, short
of the words that hold sentences together, in which terms come again among numbers, or twice in a
row.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.repairs.broken_words import GAIN, word_gain
from ingest.repairs.characters import HAN, TERMINAL, is_han, width
from kb.records import Mark, Span

_HALVES = re.compile(r"^(?P<left>\S[^\n]*?\S)(?P<gap> {2,}|\t| ?\u3000+)(?P<right>\S[^\n]*)$", re.M)
_ALIGNED, _FEWEST, _SHORTEST_HALF, _MOSTLY = 2, 4, 12, 0.7
_EITHER_WIDTH = "“”‘’…—·"
"""Marks that are wide in a Chinese typeface and narrow in a Latin one."""

_BLOCK = re.compile(r"^[^\n]++(?:\n[^\n]++){5,}", re.M)
_WIDEST, _FEWEST_SKIPS, _SKIPS_A_STEP = 80, 2, 4

_ITEM = re.compile(
    rf"\d+[.．、]|[(（]?[一二三四五六七八九十\d]+[)）、]|第[{HAN}\d]{{1,3}}[章节節条條]"
)
_SENTENCE = re.compile(r"[。；！？]")

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
    yield from (Mark(span, "columns") for span in in_lines(text))
    for run in _RUN.finditer(text):
        if _interleaved(run.group()):
            yield Mark(Span(*run.span()), "columns")


def in_lines(text: str) -> Iterator[Span]:
    """The stretches of whole lines that two columns were read into; no line of them is joined."""
    yield from in_halves(text)
    yield from in_turns(text)


def in_turns(text: str) -> Iterator[Span]:
    """The stretches of lines that belong to two columns in turn."""
    for block in _BLOCK.finditer(text):
        lines = list(re.finditer(r"[^\n]+", block.group()))
        words = [line.group().strip() for line in lines]
        skips = [
            at
            for at in range(len(words) - 2)
            if _crosses(words, at, at + 2) or _interrupted(words, at)
        ]
        if len(skips) < _FEWEST_SKIPS or {at % 2 for at in skips} != {0, 1}:
            continue
        first, last = skips[0], skips[-1] + 2
        widest = max(width(words[at]) for at in skips) + _ALIGNED
        while first and width(words[first - 1]) <= widest:
            first -= 1
        while last + 1 < len(words) and width(words[last + 1]) <= widest:
            last += 1
        steps = sum(_crosses(words, at, at + 1) for at in range(first, last))
        if len(skips) >= max(_FEWEST_SKIPS, _SKIPS_A_STEP * steps, (last - first) / 8):
            yield Span(block.start() + lines[first].start(), block.start() + lines[last].end())


def _interrupted(lines: Sequence[str], at: int) -> bool:
    """Whether a numbered line stands between a full line and the end of that one's sentence."""
    line, between, after = lines[at : at + 3]
    return (
        _SHORTEST_HALF <= width(line) <= _WIDEST
        and (is_han(line[-1]) or line[-1] in "，、")
        and _ITEM.match(between) is not None
        and _ITEM.match(after) is None
        and max(width(between), width(after)) <= width(line) + _ALIGNED
        and _SENTENCE.search(after) is not None
    )


def _crosses(lines: Sequence[str], at: int, following: int) -> bool:
    """Whether a full, narrow line ends inside a word that another one goes on with."""
    line, after = lines[at], lines[following]
    if not (line and after and is_han(line[-1]) and is_han(after[0])):
        return False
    return (
        _SHORTEST_HALF <= width(line) <= _WIDEST
        and width(after) <= width(line) + _ALIGNED
        and word_gain(line, after) > GAIN
    )


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
    if following.start() != line.end() + 1:
        return False
    apart, below = (each.string[each.start() : each.start("right")] for each in (line, following))
    unsure = max(sum(map(words.count, _EITHER_WIDTH)) for words in (apart, below))
    return abs(width(apart) - width(below)) <= _ALIGNED + unsure


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
    return long >= _MOSTLY * len(lines) and broken >= max(2, len(lines) / 8)


def _interleaved(run: str) -> bool:
    """Whether a run reads like cells of a table rather than like a sentence."""
    if len(_HOLDING.findall(run)) > _MOST_HOLDING * len(run):
        return False
    terms = [term for at in range(len(run)) if _TERM_ONLY.fullmatch(term := run[at : at + _TERM])]
    listed = len(set(terms)) < len(terms) and len(_NUMBER.findall(run)) >= _FEWEST_NUMBERS
    return listed or _DOUBLED.search(run) is not None
