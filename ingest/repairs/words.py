"""How plausible a string is as Chinese, judged by the words in it.

A unigram word model over the dictionary of jieba (frequencies from its own file), searched as
in Viterbi (1967): the best way to cut a string into words gives its log probability. Strings
are folded first, because the dictionary is Simplified.
"""

from functools import cache, lru_cache
from math import log

import rjieba

from ingest.repairs.characters import is_han
from kb.fold import fold

LONGEST = 4
"""Characters of the longest word that is looked up."""

_TOTAL = log(60_101_967)
_UNKNOWN = log(0.05) - _TOTAL
_PLAIN = log(0.006)
_ODD = log(1e-6)
_MARKS = {
    mark: log(share)
    for marks, share in (
        ("，,", 0.06),
        ("。", 0.03),
        ("、“”：:", 0.01),
        ("；;！!？?（）()《》…—", 0.004),
        ("·【】「」『』‘’％￥～", 0.0008),
    )
    for mark in marks
}


@cache
def _dictionary() -> rjieba.Jieba:
    return rjieba.Jieba()


@lru_cache(maxsize=1 << 18)
def word_score(word: str) -> float | None:
    """Log probability of a folded string as one word, or None where it is no word.

    A single character always has one: a Chinese character that the dictionary does not know is
    very improbable, and so is a symbol or a letter of another script; a digit, a Latin letter or
    an ordinary mark is neither here nor there.
    """
    if _dictionary().has_word(word):
        return log(max(_dictionary().suggest_freq(word), 1)) - _TOTAL
    if len(word) > 1:
        return None
    if is_han(word):
        return _UNKNOWN
    return _MARKS.get(word, _PLAIN if word.isascii() else _ODD)


def plausibility(text: str) -> float:
    """Log probability (natural) of the most probable way to cut `text` into words; 0 for ""."""
    folded = fold(text)
    best = [0.0]
    for end in range(1, len(folded) + 1):
        best.append(
            max(
                best[start] + score
                for start in range(max(0, end - LONGEST), end)
                if (score := word_score(folded[start:end])) is not None
            )
        )
    return best[-1]


def words(text: str) -> list[str]:
    """Cut `text` into words: those of its folded form, which has the same length."""
    cuts: list[str] = _dictionary().cut(fold(text), False)
    return cuts
