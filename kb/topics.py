"""A question that is only a topic: a word or two, as an agent types them mid-call.

It asks nothing in particular, so that nothing in it can be answered or not; and an encoder makes
little of a lone word. What counts is whether the handbook treats of it: whether the word, or
another one for the same, stands in the passage that was found, and in the heading above it.
"""

import re
from collections.abc import Iterator, Sequence

from kb.confidence import SURE, THRESHOLD
from kb.glossary import Expansion
from kb.language import is_chinese
from kb.outline import Outline, padded, piece
from kb.terms import terms, words

MOST = 4
"""Chinese characters of the longest topic, in which an English word counts as two."""

HEADED, NAMED = SURE, THRESHOLD
"""The least confidence in a passage whose heading names the topic, and in one that names it."""

UNKNOWN, UNNAMED = 0.99 * SURE, 0.9 * THRESHOLD
"""The most in one that does not: where nothing tells how its language calls the topic, and else."""

_RUN = re.compile("[\u3400-\u9fff]+|[a-z]+")


def is_topic(folded: str) -> bool:
    """Whether a question in its search form, one that asks for no kind of answer, is a topic."""
    size = sum(2 if run.isascii() else len(run) for run in _RUN.findall(folded))
    return 0 < size <= MOST


def weighed(
    sure: float, folded: str, expansions: Sequence[Expansion], outline: Outline, heading: str
) -> float:
    """The confidence that a passage is what a topic wants.

    Takes the confidence by all other evidence, the topic and the other words for it, and the
    passage with the lowest heading above it, all in their search form.
    """
    parts = list(_parts(folded))
    if _named(parts, expansions, padded(heading)):
        return max(sure, HEADED)
    if _named(parts, expansions, outline.words):
        return max(sure, NAMED)
    known = expansions or is_chinese(folded) == is_chinese(outline.folded)
    return min(sure, UNNAMED if known else UNKNOWN)


def _parts(folded: str) -> Iterator[str]:
    for run in _RUN.findall(folded):
        yield from terms(run) if run.isascii() else words(run)


def _named(parts: Sequence[str], expansions: Sequence[Expansion], text: str) -> bool:
    """Whether each part of a topic stands in a padded text, or another word for it does."""
    known = [each.words for each in expansions if any(_stand(other, text) for other in each.others)]
    return all(_stand((part,), text) or any(part in words for words in known) for part in parts)


def _stand(terms: Sequence[str], text: str) -> bool:
    return all(piece(term) in text for term in terms)
