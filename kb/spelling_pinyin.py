"""Chinese typed as pinyin: tuikuan, tui kuan, and at the end of a question tuiku."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import product

import rjieba

from kb.pinyin import readings, sound, syllables
from kb.records import Edit, Span

LONGEST = 24
"""Letters of the longest word that is looked for."""

UNFINISHED = 4
"""Letters of the shortest beginning of a last word that is completed."""

CUT_SHORT = 2.0
"""How much likelier, in nats, a word that was cut short must be than one typed to its end."""

USUAL, CHOICES = 100, 20
"""How often the dictionary's source had a word that the library need not have, and how many
characters of a syllable such words are made of.
"""

_RUN = re.compile(r"(?<![a-z0-9@./_'-])[a-z]+(?: [a-z]+)*(?![@./_'-]?[a-z0-9])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z]+")


class PinyinSpelling:
    """Spells pinyin out in words of a library."""

    def __init__(
        self,
        words: Callable[[], Iterable[str]],
        rarity: Callable[[str], float],
        is_english: Callable[[str], bool],
    ) -> None:
        """`words` lists the library's words, `rarity` is minus the logarithm of a probability."""
        self._list = words
        self._rarity = rarity
        self._is_english = is_english

    @cached_property
    def _words(self) -> dict[str, str]:
        """Of every sound the likeliest word."""
        found: dict[str, str] = {}
        for word in sorted(self._list(), key=self._rarity):
            found.setdefault(sound(word), word)
        found.pop("", None)
        return found

    @cached_property
    def _typed(self) -> list[str]:
        return sorted(self._words)

    def correct(self, folded: str) -> Iterator[Edit]:
        """The pinyin of a question in its search form, with the words that it stands for."""
        runs = list(self._runs(folded))
        typed_out = sum(end - start for start, end in runs) >= len(folded.strip(" ?!."))
        if not typed_out and not _HAN.search(folded):
            return
        for run in runs:
            yield from self._edits(folded, [run]) or self._edits(folded, _words(folded, run))

    def _edits(self, folded: str, spans: Iterable[tuple[int, int]]) -> list[Edit]:
        edits = []
        for start, end in spans:
            typed = folded[start:end].replace(" ", "")
            rule, found = "pinyin", self._spell(typed)
            if end == len(folded):
                cut = self._spell_unfinished(typed)
                if cut and (not found or cut[0] + CUT_SHORT < found[0]):
                    rule, found = "unfinished", cut
            if found:
                edits.append(Edit(Span(start, end), found[1], rule, 0.9))
        return edits

    def _runs(self, folded: str) -> Iterator[tuple[int, int]]:
        """Neighbouring Latin words none of which is English."""
        for run in _RUN.finditer(folded):
            span: tuple[int, int] | None = None
            for start, end in _words(folded, run.span()):
                if self._is_english(folded[start:end]):
                    if span:
                        yield span
                    span = None
                else:
                    span = (span[0] if span else start, end)
            if span:
                yield span

    def _spell(self, typed: str) -> tuple[float, str] | None:
        """The likeliest words that sound like `typed` as a whole, after their joint rarity."""
        best: list[tuple[float, str] | None] = [(0.0, "")] + [None] * len(typed)
        for end in range(2, len(typed) + 1):
            for start in range(max(0, end - LONGEST), end - 1):
                before, word = best[start], self._word(typed[start:end])
                if before and word:
                    found = (before[0] + self._rarity(word), before[1] + word)
                    best[end] = min(best[end] or found, found)
        return best[-1]

    def _word(self, typed: str) -> str:
        """The likeliest word of that sound, in the library or in the dictionary."""
        known = {self._words.get(typed, ""), _dictionary_word(typed)} - {""}
        return min(known, key=self._rarity, default="")

    def _spell_unfinished(self, typed: str) -> tuple[float, str] | None:
        """The same where the last word is cut short."""
        found = []
        for start in range(len(typed) - UNFINISHED + 1):
            before, rest = self._spell(typed[:start]), typed[start:]
            first, last = (bisect_left(self._typed, rest + end) for end in ("", "~"))
            known = {self._words[each] for each in self._typed[first:last]}
            if before and known:
                word = min(known, key=self._rarity)
                found.append((before[0] + self._rarity(word), before[1] + word))
        return min(found, default=None)


def _words(folded: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    return [word.span() for word in _WORD.finditer(folded, *span)]


@lru_cache(10_000)
def _dictionary_word(typed: str) -> str:
    """The most usual dictionary word of two syllables that sounds like `typed`; "" for none."""
    jieba = _jieba()
    usual = {
        first + second: jieba.suggest_freq(first + second)
        for i in range(1, min(len(typed), 7))
        for first, second in product(_characters(typed[:i]), _characters(typed[i:]))
        if jieba.has_word(first + second)
    }
    best = max(usual, key=usual.__getitem__, default="")
    return best if usual.get(best, 0) >= USUAL else ""


def _characters(syllable: str) -> tuple[str, ...]:
    return _by_sound().get(syllable, ()) if syllable in syllables() else ()


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    """Of every syllable its most usual characters."""
    found: dict[str, list[str]] = {}
    for char in map(chr, range(0x4E00, 0x9FA6)):
        for syllable in readings(char)[:1]:
            found.setdefault(syllable, []).append(char)
    frequency = _jieba().suggest_freq
    return {
        syllable: tuple(sorted(chars, key=frequency, reverse=True)[:CHOICES])
        for syllable, chars in found.items()
    }


@cache
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()
