"""A wrong Chinese character: one that sounds or looks like the right one.

A mistyped word falls apart: 退宽 is no word, so its two characters stand alone where 退款 would
have been one word. Only such lone characters are doubted, and only where the library has
neither of the pairs that they make with their neighbours.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import pairwise
from math import log
from pathlib import Path
from typing import NamedTuple

import rjieba

from kb.pinyin import readings
from kb.records import Edit, Span

TOTAL = 60_100_000
"""Words that jieba's dictionary was counted over."""

SHARE = 0.1
"""How much of the likelihood of a word is what the library says of it; the rest is the language."""

WORDS_A_PASSAGE = 100
"""About how many there are: only their order of magnitude matters."""

TOLL = {"sound": 6.5, "shape": 8.5}
"""How much likelier (in nats) the corrected words must be, by the mistake."""

MARGIN = 1.5
"""How much likelier the best correction must be than the next."""

LONGEST = 4
"""Characters of the longest word that is looked for."""

# fmt: off
ASKING = (
    "多久", "多少", "多长", "多快", "多早", "怎么", "怎样", "怎么办", "怎么说", "如何", "什么",
    "为什么", "为何", "什么时候", "哪里", "哪个", "哪些", "哪儿", "几天", "几次", "几个", "几点",
    "几号", "几声", "几年", "几分钟", "几小时", "几秒", "几个月", "可以", "能不能", "可不可以",
    "是不是", "要不要", "会不会", "有没有", "是否", "能否", "需要", "必须", "应该", "能够",
    "多少钱", "时候", "时间", "最多", "最少", "最晚", "最迟", "最长", "以内", "之内", "以后",
    "之后", "以前", "之前", "谁", "客户", "客人", "顾客", "对方", "我们", "他们", "办理", "处理",
    "申请",
)
# fmt: on
"""Words of questions, which a handbook need not have."""

SPOKEN = frozenset("佢唔冇畀俾嘅咗喺嚟哋噉咁啱嗰乜嘢搵揾攞睇瞓攰啲咩咪嘥諗谂嬲喐郁笪啖靓靚")
"""Characters of written Cantonese, which no dictionary has and which are no mistakes."""

OFTEN = 2
"""Passages that a word must stand in to be taken for what was meant."""

RARE = 10
"""How often the dictionary's source had a word that is doubted all the same."""

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_LOOKALIKES = Path(__file__).with_name("lookalikes.txt")


class _Change(NamedTuple):
    gain: float
    place: int
    char: str
    rule: str


class ChineseSpelling:
    """Corrects characters to make words of a library."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many passages each Chinese term stands, pairs included."""
        self._counts = counts

    @cached_property
    def words(self) -> dict[str, int]:
        """The words that may be meant, with the number of passages that they stand in."""
        has_word = _jieba().has_word
        here = {
            word: count
            for word, count in self._counts.items()
            if 1 < len(word) <= LONGEST and (len(word) > 2 or has_word(word))
        }
        return {**dict.fromkeys(ASKING, OFTEN), **here}

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """All neighbouring characters in those words: what has none of them is in no word."""
        return frozenset(a + b for word in self.words for a, b in pairwise(word))

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        """Of every syllable the characters of the words that usually sound so."""
        found: dict[str, str] = {}
        for char in sorted(set("".join(self.words))):
            for syllable in readings(char)[:1]:
                found[syllable] = found.get(syllable, "") + char
        return found

    @cached_property
    def _size(self) -> float:
        """About how many words the library has."""
        return WORDS_A_PASSAGE * (1 + max(self._counts.values(), default=0))

    def correct(self, folded: str) -> Iterator[Edit]:
        """The characters of a question in its search form that were meant to be others."""
        for run in _HAN.finditer(folded):
            taken = -1
            for change in self._changes(run.group()):
                if change.place > taken:
                    start = run.start() + change.place
                    yield Edit(Span(start, start + 1), change.char, change.rule, 0.9)
                    taken = change.place + 1

    def _changes(self, run: str) -> Iterator[_Change]:
        bounds = _bounds(run)
        for place in self._doubtful(run, bounds):
            ranked = sorted(self._candidates(run, place, bounds), reverse=True)
            if ranked and ranked[0].gain > 0:
                others = [each for each in ranked if each.char != ranked[0].char]
                if not others or ranked[0].gain - others[0].gain >= MARGIN:
                    yield ranked[0]

    def _doubtful(self, run: str, bounds: list[int]) -> Iterator[int]:
        """Places of the characters that make no usual word, and no pair that the library knows."""
        for start, end in pairwise(bounds):
            if end - start == 1 or self._is_odd(run[start:end]):
                for place in range(start, end):
                    before, after = run[max(place - 1, 0) : place + 1], run[place : place + 2]
                    known = before in self._counts or after in self._counts
                    if not known and run[place] not in SPOKEN:
                        yield place

    def _is_odd(self, word: str) -> bool:
        return word not in self._counts and _jieba().suggest_freq(word) <= RARE

    def _candidates(self, run: str, place: int, bounds: list[int]) -> Iterator[_Change]:
        first, last = max(place - LONGEST + 1, 0), min(place + LONGEST, len(run))
        before, after = run[max(place - 1, 0) : place], run[place + 1 : place + 2]
        for char, rule in self._alike(run[place]).items():
            if self._pairs.isdisjoint((before + char, char + after)):
                continue
            for start in range(first, place + 1):
                for end in range(max(place + 1, start + 2), min(start + LONGEST, last) + 1):
                    word = run[start:place] + char + run[place + 1 : end]
                    if self.words.get(word, 0) >= OFTEN:
                        gain = self._gain(run, start, end, word, bounds) - TOLL[rule]
                        yield _Change(gain, place, char, rule)

    def _alike(self, char: str) -> dict[str, str]:
        """The characters that may have been meant by `char`, and the mistake that it would be."""
        found = dict.fromkeys(_lookalikes().get(char, ""), "shape")
        for syllable in readings(char)[:1]:
            found |= dict.fromkeys(self._by_sound.get(syllable, ""), "sound")
        found.pop(char, None)
        return found

    def _gain(self, run: str, start: int, end: int, word: str, bounds: list[int]) -> float:
        """How much likelier the run becomes with `word` in place of `run[start:end]`."""
        left = max(bound for bound in bounds if bound <= start)
        right = min(bound for bound in bounds if bound >= end)
        corrected = self._cost(run[left:start]) + self.rarity(word) + self._cost(run[end:right])
        return self._cost(run[left:right]) - corrected

    def _cost(self, text: str) -> float:
        return sum(map(self.rarity, _jieba().cut(text, False))) if text else 0.0

    def rarity(self, word: str) -> float:
        """Return minus the logarithm of a word's probability, in the language and the library."""
        usual = _jieba().suggest_freq(word) / TOTAL
        here = self.words.get(word, 0) / self._size
        return -log((1 - SHARE) * usual + SHARE * here)


@cache
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()


def _bounds(run: str) -> list[int]:
    """Where the words of a run begin, and where the last one ends."""
    bounds = [0]
    for word in _jieba().cut(run, False):
        bounds.append(bounds[-1] + len(word))
    return bounds


@cache
def _lookalikes() -> dict[str, str]:
    """Of every character, those that look like it."""
    found: dict[str, str] = {}
    for line in _LOOKALIKES.read_text("utf8").split("\n"):
        for group in [] if line.startswith("#") else line.split():
            for other in group[1:]:
                found[group[0]] = found.get(group[0], "") + other
                found[other] = found.get(other, "") + group[0]
    return found
