"""What a question that is still being typed may find: words only, no model.

    typed so far ─spelling, fold─► words ┬─► postings                      ─┐
                                         ├─► words that the last one begins ─┼─► the best passages
                                         └─► other words for them           ─┘

It answers within the time between two keys. It does not decide whether the handbook tells, and its
order is not that of `kb.search`, which is asked when the question is complete.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.edits import apply
from kb.fold import fold
from kb.generation import Generation
from kb.highlights import highlights
from kb.lexical import LexicalIndex
from kb.ranking import highest
from kb.records import Passage, Span
from kb.sameness import same
from kb.search import check_top_k, checked
from kb.spelling import spelling
from kb.terms import terms

SYNONYM, BEGUN = 0.8, 0.5
"""What another word for one typed, and a word that the last one begins, count beside one typed."""

ENDINGS = 8
"""Words, the most usual ones, that a last word is taken to begin."""

SHORTEST = 2
"""Letters of the shortest beginning of an English word that is completed."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage, its words, and where in them (from their first character) those typed stand."""

    passage: Passage
    text: str
    highlights: tuple[Span, ...]


def suggest(generation: Generation, text: str, *, top_k: int = 5) -> tuple[Suggestion, ...]:
    """Return the passages that have the words typed so far, the best first.

    The last word may be half typed, Chinese may be typed as pinyin, and words of one language
    find those of the other by the glossary. Raises InvalidQuery for an unusable text or `top_k`
    outside 1–50.
    """
    check_top_k(top_k)
    # Pinyin and half-typed English want the spelling; Chinese being typed is not yet misspelt.
    words = checked(text)
    latin = any(char.isascii() and char.isalpha() for char in words)
    folded = fold(apply(spelling(generation).correct(words), words) if latin else words)
    typed = terms(folded)
    index, expansions = generation.lexical, generation.glossary.expand(folded)
    begun = list(_begun(index, fold(words), folded))
    scores = _shares(index, typed, begun) + SYNONYM * generation.agreement.of(expansions)
    others = (term for expansion in expansions for other in expansion.others for term in other)
    marked = (*typed, *begun, *others)
    rows = _told_once(generation, scores, top_k)
    return tuple(_suggestion(generation, row, marked) for row in rows)


def _shares(index: LexicalIndex, typed: Sequence[str], begun: Sequence[str]) -> NDArray[np.float32]:
    """The share of the words typed that each passage covers, (passages,), about 0–1."""
    scores, ceiling = index.score(typed)
    return ((scores + BEGUN * index.best(begun)) / (ceiling or 1.0)).astype(np.float32)


def _begun(index: LexicalIndex, *texts: str) -> Iterator[str]:
    """The terms that the last word of the texts, in search form, is the beginning of."""
    for text in dict.fromkeys(texts):
        last = text.rpartition(" ")[2]
        if last.isascii() and last.isalpha() and len(last) >= SHORTEST:
            yield from index.beginning(last, ENDINGS)
        elif last and last[-1] >= "\u3400" and not index.knows([last[-2:]]):
            yield from index.beginning(last[-1], ENDINGS)


def _told_once(generation: Generation, scores: NDArray[np.float32], top_k: int) -> list[int]:
    """Rows of the best scores above 0, the best first; what says the same comes once."""
    found = highest(scores, 2 * top_k)
    rows: list[int] = []
    for row in found[np.argsort(-scores[found], kind="stable")].tolist():
        wording = generation.outline(row).wording
        if not any(same(wording, generation.outline(other).wording) for other in rows):
            rows.append(row)
        if len(rows) == top_k:
            break
    return rows


def _suggestion(generation: Generation, row: int, marked: tuple[str, ...]) -> Suggestion:
    passage = generation.row(row)
    marks = highlights(marked, generation.outline(row).folded)
    return Suggestion(passage, generation.text(passage), marks)
