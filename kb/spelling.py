"""What a mistyped question meant, as edits of its search form; a question spelt right gets none.

    Latin run ─ pinyin of words the library has? ─ an English word one letter off? ─► Edit
    Chinese run ─ a lone character that with its neighbours would be a word? ─► Edit

A correction is always to words of the library or to common words of questions. Which of two
spellings is likelier follows the noisy channel (Kernighan, Church and Gale 1990, "A spelling
correction program based on a noisy channel model"): how usual the words are in the library and
in general, less a toll for the mistake. A wrong correction is worse than none, so the likelier
one has to win clearly.
"""

from collections.abc import Mapping

from kb.lexical import LexicalIndex
from kb.records import Edit
from kb.spelling_chinese import ChineseSpelling
from kb.spelling_english import EnglishSpelling
from kb.spelling_pinyin import PinyinSpelling


class Spelling:
    """Corrects questions to the words of one library. Safe to use from several threads."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` says in how many passages each term (see `kb.terms`) stands."""
        chinese = {term: count for term, count in counts.items() if term[0] >= "\u3400"}
        latin = {term: count for term, count in counts.items() if term.isascii()}
        self._english = EnglishSpelling(latin)
        self._chinese = ChineseSpelling(chinese)
        self._pinyin = PinyinSpelling(self._chinese.words, self._english.knows)

    def correct(self, folded: str) -> tuple[Edit, ...]:
        """Return the edits of a question in its search form, for `kb.edits.apply`.

        Each edit's rule names the mistake: "pinyin", "letters", "unfinished", "sound" or "shape".
        """
        edits = list(self._pinyin.correct(folded))
        spelt_out = [edit.span for edit in edits]
        letters = [
            edit
            for edit in self._english.correct(folded)
            if not any(edit.span.start < end and start < edit.span.end for start, end in spelt_out)
        ]
        return tuple(sorted([*edits, *letters, *self._chinese.correct(folded)], key=_place))


def learn(index: LexicalIndex) -> Spelling:
    """Return the spelling of an index's vocabulary. Takes well under a second for 100,000 terms."""
    counts = (index.bounds[1:] - index.bounds[:-1]).tolist()
    return Spelling(dict(zip(index.vocabulary, counts, strict=True)))


def _place(edit: Edit) -> int:
    return edit.span.start
