"""Chinese typed as pinyin: tuikuan, tui kuan, and at the end of a question tuiku."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping

from kb.pinyin import sound, syllables
from kb.records import Edit, Span

LONGEST = 24
"""Letters of the longest word that is looked for."""

_RUN = re.compile(r"(?<![a-z0-9@./_'-])[a-z]+(?: [a-z]+)*(?![@./_'-]?[a-z0-9])")
_WORD = re.compile(r"[a-z]+")


class PinyinSpelling:
    """Spells pinyin out in words of a library."""

    def __init__(self, counts: Mapping[str, int], is_english: Callable[[str], bool]) -> None:
        """`counts` says in how many passages each word stands."""
        self._is_english = is_english
        self._counts = counts
        self._words: dict[str, str] = {}
        for word, count in counts.items():
            typed = sound(word)
            if typed and count > counts.get(self._words.get(typed, ""), 0):
                self._words[typed] = word
        self._typed = sorted(self._words)

    def correct(self, folded: str) -> Iterator[Edit]:
        """The pinyin of a question in its search form, with the words that it stands for."""
        for start, end in self._runs(folded):
            typed = folded[start:end].replace(" ", "")
            words = self._spell(typed)
            rule = "pinyin"
            if words is None and not folded[end:].strip(" ?!.。?!"):
                words, rule = self._spell_unfinished(typed), "unfinished"
            if words:
                yield Edit(Span(start, end), words, rule, 0.9)

    def _runs(self, folded: str) -> Iterator[tuple[int, int]]:
        """Neighbouring Latin words none of which is English."""
        for run in _RUN.finditer(folded):
            span: tuple[int, int] | None = None
            for word in _WORD.finditer(folded, *run.span()):
                if self._is_english(word.group()):
                    if span:
                        yield span
                    span = None
                else:
                    span = (span[0] if span else word.start(), word.end())
            if span:
                yield span

    def _spell(self, typed: str) -> str | None:
        """The likeliest words that sound like `typed` as a whole: the fewest, then most usual."""
        best: list[tuple[int, int, str] | None] = [(0, 0, "")] + [None] * len(typed)
        for end in range(2, len(typed) + 1):
            for start in range(max(0, end - LONGEST), end - 1):
                before, word = best[start], self._words.get(typed[start:end])
                if before and word:
                    found = (before[0] + 1, before[1] - self._counts[word], before[2] + word)
                    known = best[end]
                    best[end] = min(known, found) if known else found
        whole = best[-1]
        return whole[2] if whole else None

    def _spell_unfinished(self, typed: str) -> str | None:
        """The same where the last word is cut short: at least three letters of it are there."""
        for start in range(len(typed) - 2):
            before = self._spell(typed[:start])
            rest = typed[start:]
            if before is not None and rest not in syllables():
                following = self._typed[bisect_left(self._typed, rest) :][:200]
                known = [self._words[each] for each in following if each.startswith(rest)]
                if known:
                    return before + max(known, key=self._counts.__getitem__)
        return None
