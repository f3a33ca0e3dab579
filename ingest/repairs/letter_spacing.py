"""Headings whose characters typesetting drew apart: 投 诉 处 理 for 投诉处理.

A run of single characters with a blank between all of them is one where, closed up, most of them
are in words: 退 费 管 理 is 退费 and 管理. A row of marks or days (周 一 二 三) is not.
"""

import re
from collections.abc import Iterator

from ingest.repairs.characters import HAN
from ingest.repairs.draft import Draft
from ingest.repairs.words import words
from kb.records import Edit, Span

_RUN = re.compile(rf"(?<![{HAN}])(?<![{HAN}][ ])[{HAN}](?:[ ][{HAN}]){{2,15}}(?![ ]?[{HAN}])")
_COLUMNS = re.compile(r"\t|\||\S {2,}\S.*\S {2,}\S")
_NUMBERS = re.compile(r"[一二三四五六七八九十].?[一二三四五六七八九十]|甲乙")
_LEAST_SHARE = 0.5
"""Of the characters, in words of two or more."""


def repair(draft: Draft) -> Iterator[Edit]:
    """Drop the blanks between the characters of words that were drawn apart."""
    start = 0
    for line in draft.text.split("\n"):
        if not _COLUMNS.search(line):
            for run in _RUN.finditer(line):
                if _is_drawn_apart(run.group()):
                    for at in range(start + run.start() + 1, start + run.end(), 2):
                        yield Edit(Span(at, at + 1), "", "space", 0.9)
        start += len(line) + 1


def _is_drawn_apart(run: str) -> bool:
    closed = run.replace(" ", "")
    if _NUMBERS.search(closed):
        return False
    cuts = words(closed)
    joined = sum(len(word) for word in cuts if len(word) > 1)
    return joined >= _LEAST_SHARE * sum(map(len, cuts))
