"""A wrong Chinese character: one that sounds or looks like the right one.

A mistyped word falls apart: 退宽 is no word, so its two characters stand alone where 退款 would
have been one word. Only such lone characters are doubted, and only where the library has
neither of the pairs that they make with their neighbours.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

import rjieba

from kb.pinyin import readings
from kb.records import Edit, Span

TOTAL = 60_100_000
"""Words that jieba's dictionary was counted over."""

SHARE = 0.3
"""How much of the likelihood of a word is what the library says of it; the rest is the language."""

WORDS_A_PASSAGE = 100

TOLL = {"sound": 9.0, "shape": 11.0}
"""How much likelier (in nats) the corrected words must be, by the mistake."""

MARGIN = 1.5
"""How much likelier the best correction must be than the next."""

LONGEST = 4
"""Characters of the longest word that is looked for."""

# fmt: off
ASKING = (
    "多久", "多少", "多长", "多快", "多早", "怎么", "怎样", "怎么办", "怎么说", "如何", "什么", "为什么", "为何",
    "什么时候", "哪里", "哪个", "哪些", "哪儿", "几天", "几次", "几个", "几点", "几号", "几声", "几年", "几分钟",
    "几小时", "几秒", "几个月", "可以", "能不能", "可不可以", "是不是", "要不要", "会不会", "有没有", "是否", "能否",
    "需要", "必须", "应该", "能够", "多少钱", "时候", "时间", "最多", "最少", "最晚", "最迟", "最长", "以内", "之内",
    "以后", "之后", "以前", "之前", "谁", "客户", "客人", "顾客", "对方", "我们", "他们", "办理", "处理", "申请",
)
# fmt: on
"""Words of questions, which a handbook need not have."""

SPOKEN = frozenset("佢唔冇畀俾嘅咗喺嚟哋噉咁啱嗰乜嘢搵揾攞睇瞓攰啲咩咪嘥諗谂嬲喐郁笪啖靓靚")
"""Characters of written Cantonese, which no dictionary has and which are no mistakes."""

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_LOOKALIKES = Path(__file__).with_name("lookalikes.txt")


class _Change(NamedTuple):
    gain: float
    place: int
    char: str
    rule: str


class ChineseSpelling:
    """Corrects characters to make words of a library. `words` counts its passages by word."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many passages each Chinese term stands, pairs included."""
        has_word = _jieba().has_word
        self._counts = counts
        self._passages = max(counts.values(), default=0) + 1
        self.words = dict.fromkeys(ASKING, 1)
        self.words |= {
            word: count
            for word, count in counts.items()
            if 1 < len(word) <= LONGEST and (len(word) > 2 or has_word(word))
        }
        self._alike = _alike(frozenset("".join(self.words)))

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
        """Places of the characters that stand alone and make no pair that the library knows."""
        for start, end in zip(bounds, bounds[1:], strict=False):
            before, after = run[max(start - 1, 0) : start + 1], run[start : start + 2]
            known = before in self._counts or after in self._counts or run[start] in SPOKEN
            if end - start == 1 and not known:
                yield start

    def _candidates(self, run: str, place: int, bounds: list[int]) -> Iterator[_Change]:
        first, last = max(place - LONGEST + 1, 0), min(place + LONGEST, len(run))
        for char, rule in self._alike.get(run[place], {}).items():
            for start in range(first, place + 1):
                for end in range(max(place + 1, start + 2), min(start + LONGEST, last) + 1):
                    word = run[start:place] + char + run[place + 1 : end]
                    if word in self.words:
                        gain = self._gain(run, start, end, word, bounds) - TOLL[rule]
                        yield _Change(gain, place, char, rule)

    def _gain(self, run: str, start: int, end: int, word: str, bounds: list[int]) -> float:
        """How much likelier the run becomes with `word` in place of `run[start:end]`."""
        left = max(bound for bound in bounds if bound <= start)
        right = min(bound for bound in bounds if bound >= end)
        corrected = self._cost(run[left:start]) + self._rarity(word) + self._cost(run[end:right])
        return self._cost(run[left:right]) - corrected

    def _cost(self, text: str) -> float:
        return sum(map(self._rarity, _jieba().cut(text, False))) if text else 0.0

    def _rarity(self, word: str) -> float:
        """Minus the logarithm of a word's probability, in the language and in the library."""
        usual = _jieba().suggest_freq(word) / TOTAL
        here = self.words.get(word, 0) / (self._passages * WORDS_A_PASSAGE)
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


def _alike(chars: frozenset[str]) -> dict[str, dict[str, str]]:
    """Of every character, those of `chars` that it may be a mistake for, and the mistake."""
    by_sound: dict[str, list[str]] = {}
    for char in sorted(chars):
        for syllable in readings(char)[:1]:
            by_sound.setdefault(syllable, []).append(char)
    alike: dict[str, dict[str, str]] = {}
    for char in map(chr, range(0x4E00, 0x9FA6)):
        found = {other: "shape" for other in _lookalikes().get(char, "") if other in chars}
        for syllable in readings(char)[:1]:
            found |= dict.fromkeys(by_sound.get(syllable, ()), "sound")
        found.pop(char, None)
        if found:
            alike[char] = found
    return alike


@cache
def _lookalikes() -> dict[str, str]:
    """Of every character, those that look like it."""
    found: dict[str, str] = {}
    for line in _LOOKALIKES.read_text("utf8").split("\n"):
        for first, *others in () if line.startswith("#") else line.split():
            for other in others:
                found[first] = found.get(first, "") + other
                found[other] = found.get(other, "") + first
    return found
