"""What a mistyped question meant, as edits of its search form; a question spelt right gets none.

    Latin run ─ pinyin of words the library has? ─ an English word one letter off? ─► Edit
    Chinese run ─ a lone character that with its neighbours would be a word? ─► Edit

A correction is always to words of the library or to common words of questions. Which of two
spellings is likelier follows the noisy channel (Kernighan, Church and Gale 1990, "A spelling
correction program based on a noisy channel model"): how usual the words are in the library and
in general, less a toll for the mistake. A wrong correction is worse than none, so the likelier
one has to win clearly.
"""

import re
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from kb.fold import fold
from kb.generation import Generation
from kb.lexical import LexicalIndex
from kb.records import Edit
from kb.spelling_chinese import ChineseSpelling
from kb.spelling_english import EnglishSpelling
from kb.spelling_pinyin import PinyinSpelling

_LATIN = re.compile("[a-z]")

LONGEST = 200
"""Characters of the longest question that is corrected: a longer one can do with a wrong word."""


class Spelling:
    """Corrects questions to the words of one library. Safe to use from several threads."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many passages each term (see `kb.terms`) stands.

        What only a mistyped question needs is worked out when the first one comes.
        """
        chinese = {term: count for term, count in counts.items() if term[0] >= "\u3400"}
        latin = {term: count for term, count in counts.items() if term.isascii()}
        self._english = EnglishSpelling(latin)
        self._chinese = ChineseSpelling(chinese)
        self._pinyin = PinyinSpelling(
            lambda: self._chinese.words, self._chinese.rarity, self._english.uses
        )

    def correct(self, text: str) -> tuple[Edit, ...]:
        """Return the edits that make a question what was meant, for `kb.edits.apply`.

        Their spans hold in the question as typed and in its search form; the replacements are in
        search form. Each edit's rule names the mistake: "pinyin", "letters", "unfinished",
        "sound" or "shape". A question of over 200 characters is left as it is.
        """
        if len(text) > LONGEST:
            return ()
        folded = fold(text)
        latin = self._latin(text, folded) if _LATIN.search(folded) else ()
        return tuple(sorted([*latin, *self._chinese.correct(folded)], key=_place))

    def _latin(self, text: str, folded: str) -> list[Edit]:
        pinyin = list(self._pinyin.correct(folded))
        spelt_out = {place for edit in pinyin for place in range(*edit.span)}
        letters = self._english.correct(text, folded)
        return [*pinyin, *(edit for edit in letters if edit.span.start not in spelt_out)]


def learn(index: LexicalIndex) -> Spelling:
    """Return the spelling of an index's vocabulary."""
    counts = (index.bounds[1:] - index.bounds[:-1]).tolist()
    return Spelling(dict(zip(index.vocabulary, counts, strict=True)))


_LEARNT: WeakKeyDictionary[Generation, Spelling] = WeakKeyDictionary()


def spelling(generation: Generation) -> Spelling:
    """Return the spelling of a generation, learnt at the first call and kept as long as it is."""
    if generation not in _LEARNT:
        _LEARNT[generation] = learn(generation.lexical)
    return _LEARNT[generation]


def _place(edit: Edit) -> int:
    return edit.span.start
