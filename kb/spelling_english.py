"""A wrong letter in an English word, or a last word that is half typed."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from math import inf, log
from pathlib import Path
from string import ascii_lowercase

from kb.records import Edit, Span
from kb.terms import terms

SHORTEST = 4
"""Letters of the shortest word that is corrected."""

LONG = 8
"""Letters from which on two mistakes in a word are looked for."""

MARGIN = 1.0
"""How much likelier, in nats, the best correction must be than the next."""

COMMON, UNHEARD = 10_000, 0.3
"""Rank of the words that may be meant although the library does not have them, and the number
of passages that they count as standing in.
"""

MISHEARD = 0.25
"""How easily a vowel is taken for another, where 1 is a finger's slip."""

_WORD = re.compile(rf"(?<![a-z0-9@./_'])[a-z]{{{SHORTEST},}}(?![@./_']?[a-z0-9])")
_KEYS = {
    key: column + 0.4 * row + 1j * row
    for row, keys in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm"))
    for column, key in enumerate(keys)
}
"""Where the keys of a keyboard are."""

_VOWELS = frozenset("aeiou")

_CALENDAR = frozenset(
    (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "april", "june", "july", "august"),
        *("september", "october", "november", "december", "christmas"),
    )
)
"""Words with a capital that are no names of firms or people."""

_ENGLISH = Path(__file__).with_name("english.txt")


class EnglishSpelling:
    """Corrects words to those of a library."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many passages each Latin term, a stem, stands."""
        self._counts = counts

    @cached_property
    def _names(self) -> dict[str, None]:
        """The library's words that are neither common nor stems of common ones, in order."""
        return dict.fromkeys(sorted(filter(_is_name, self._counts)))

    @cached_property
    def _sorted_names(self) -> list[str]:
        return list(self._names)

    def knows(self, word: str) -> bool:
        """Whether a word is common English or stands in the library."""
        return _stem(word) in self._counts or word in _english()

    def uses(self, word: str) -> bool:
        """Whether a word is so common, in English or here, that it is not pinyin."""
        return _stem(word) in self._counts or _english().get(word, COMMON) < COMMON

    def correct(self, text: str, folded: str) -> Iterator[Edit]:
        """The words of a question, as typed and in its search form, that were meant to be others.

        A word with a capital inside a question is a name, which may only be one of the library's,
        or of the calendar.
        """
        for match in _WORD.finditer(folded):
            word = match.group()
            if not self.knows(word):
                rule, right = "letters", None
                if match.end() == len(folded):
                    rule, right = "unfinished", self._finished(word)
                if right is None:
                    rule, right = "letters", self._right(word)
                named = text[match.start()].isupper() and match.start() and not text.isupper()
                if right and (not named or right in self._names or right in _CALENDAR):
                    yield Edit(Span(*match.span()), right, rule, 0.9)

    def _right(self, word: str) -> str | None:
        near = (
            other
            for other in _one_off(word)
            if (other in _english() or other in self._names)
            and (_slip(word, other) or (word[0] == other[0] and len(word) > SHORTEST))
        )
        found = self._clearest(word, near)
        if found is None and len(word) >= LONG:
            near = (other for other in self._starting(word[:3]) if _distance(word, other) == 2)
            found = self._clearest(word, near)
        return found

    def _finished(self, word: str) -> str | None:
        known = [each for each in self._starting(word) if self._count(each)]
        return max(known, key=lambda each: (self._count(each), -len(each)), default=None)

    def _starting(self, beginning: str) -> Iterator[str]:
        for words in (_sorted_english(), self._sorted_names):
            first, last = (bisect_left(words, beginning + end) for end in ("", "~"))
            yield from words[first:last]

    def _count(self, word: str) -> int:
        return self._counts.get(_stem(word), 0)

    def _clearest(self, word: str, near: Iterable[str]) -> str | None:
        """The likeliest of the words, where it is clearly so."""
        ranked = sorted(((self._likelihood(word, each), each) for each in near), reverse=True)
        if not ranked or ranked[0][0] == -inf:
            return None
        others = [score for score, each in ranked[1:] if _stem(each) != _stem(ranked[0][1])]
        return ranked[0][1] if not others or ranked[0][0] - others[0] >= MARGIN else None

    def _likelihood(self, word: str, right: str) -> float:
        """Logarithm of how likely `right` was meant, up to a constant; minus infinity for never.

        A word that the library does not have must be common, and mistyped in a usual way.
        """
        slip, rank = _slip(word, right), _english().get(right, len(_english()))
        count = self._count(right) + UNHEARD * (slip > 0 and rank < COMMON)
        return log(count) - 0.3 * log(1 + rank) + 2.0 * slip if count else -inf


@cache
def _english() -> dict[str, int]:
    """Common words and their rank, from 0."""
    lines = _ENGLISH.read_text("utf8").split("\n")
    words = " ".join(line for line in lines if not line.startswith("#")).split()
    return {word: rank for rank, word in enumerate(words)}


@cache
def _sorted_english() -> list[str]:
    return sorted(_english())


def _is_name(term: str) -> bool:
    """Whether a term of the library is a word of its own and not the stem of a common one."""
    words = _sorted_english()
    place = bisect_left(words, term)
    return term.isalpha() and not (place < len(words) and words[place].startswith(term))


def _slip(word: str, right: str) -> float:
    """How easily one types `word` for `right`, which is one letter away: from 0, not, to 1.

    Fingers transpose two letters, lose or double one, or hit its neighbour on the keyboard; far
    less easily a vowel is taken for another. The first letter is hardly ever wrong.
    """
    if sorted(word) == sorted(right):
        return 1
    if word[0] != right[0]:
        return 0
    if len(word) == len(right):
        wrong, meant = next((a, b) for a, b in zip(word, right, strict=True) if a != b)
        beside = abs(_KEYS[wrong] - _KEYS[meant]) < 1.5
        return 1 if beside else MISHEARD * ({wrong, meant} <= _VOWELS)
    return float(len(word) < len(right) or _undoubled(word) == _undoubled(right))


def _stem(word: str) -> str:
    return terms(word)[0]


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def _one_off(word: str) -> set[str]:
    """Words one letter away: one dropped, added or exchanged, or two neighbours transposed.

    Norvig 2007, "How to write a spelling corrector".
    """
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in splits if b),
        *(a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1),
        *(a + c + b[1:] for a, b in splits if b for c in ascii_lowercase),
        *(a + c + b for a, b in splits for c in ascii_lowercase),
    }


def _distance(left: str, right: str) -> int:
    """Letters to drop, add, exchange or transpose between two words; 3 where it is over 2."""
    if abs(len(left) - len(right)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                row[-1] = min(row[-1], last[j - 2] + 1)
        if min(row) > 2:
            return 3
    return min(row[-1], 3)
