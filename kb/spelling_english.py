"""A wrong letter in an English word, or a last word that is half typed."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, takewhile
from math import log
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

_WORD = re.compile(rf"(?<![a-z0-9@./_'])[a-z]{{{SHORTEST},}}(?![@./_']?[a-z0-9])")
_ENGLISH = Path(__file__).with_name("english.txt")


class EnglishSpelling:
    """Corrects words to those of a library."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many passages each Latin term, a stem, stands."""
        self._counts = counts
        self._own = sorted(filter(_is_name, counts))

    def knows(self, word: str) -> bool:
        """Whether a word is common English or stands in the library."""
        return word in _english() or _stem(word) in self._counts

    def correct(self, folded: str) -> Iterator[Edit]:
        """The words of a question in its search form that were meant to be others."""
        for match in _WORD.finditer(folded):
            word = match.group()
            if not self.knows(word):
                rule, right = "unfinished", None
                if match.end() == len(folded):
                    right = self._finished(word)
                if right is None:
                    rule, right = "letters", self._right(word)
                if right:
                    yield Edit(Span(*match.span()), right, rule, 0.9)

    def _right(self, word: str) -> str | None:
        near = {other for other in _one_off(word) if other in _english() or _is_name(other)}
        near = {other for other in near if _is_slip(word, other)}
        found = self._clearest(word, near)
        if found is None and len(word) >= LONG:
            near = {other for other in self._starting(word[:3]) if _distance(word, other) == 2}
            found = self._clearest(word, near)
        return found

    def _finished(self, word: str) -> str | None:
        known = [each for each in self._starting(word) if self._count(each)]
        return max(known, key=lambda each: (self._count(each), -len(each)), default=None)

    def _starting(self, beginning: str) -> Iterator[str]:
        for words in (_sorted_english(), self._own):
            rest = islice(words, bisect_left(words, beginning), None)
            yield from takewhile(lambda word: word.startswith(beginning), rest)

    def _count(self, word: str) -> int:
        return self._counts.get(_stem(word), 0)

    def _clearest(self, word: str, near: set[str]) -> str | None:
        """The likeliest of words that the library has, where it is clearly so."""
        ranked = sorted(
            ((self._likelihood(word, each), each) for each in near if self._count(each)),
            reverse=True,
        )
        if not ranked:
            return None
        others = [score for score, each in ranked[1:] if _stem(each) != _stem(ranked[0][1])]
        return ranked[0][1] if not others or ranked[0][0] - others[0] >= MARGIN else None

    def _likelihood(self, word: str, right: str) -> float:
        """Logarithm of how likely `right` was meant, up to a constant."""
        slip = sorted(word) == sorted(right) or _undoubled(word) == _undoubled(right)
        usual = -0.3 * log(1 + _english().get(right, len(_english())))
        return log(self._count(right)) + usual + 2.0 * slip


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


def _is_slip(word: str, right: str) -> bool:
    """Whether `right` may be meant: the first letter is hardly ever wrong, and a short word
    has too many neighbours to guess more than a transposed or a lost letter.
    """
    swapped = sorted(word) == sorted(right)
    return swapped or (word[0] == right[0] and (len(word) > SHORTEST or len(right) > len(word)))


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
    before, row = [], list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                row[-1] = min(row[-1], last[j - 2] + 1)
        if min(row) > 2:
            return 3
    return min(row[-1], 3)
