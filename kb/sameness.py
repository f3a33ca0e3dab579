"""Do two passages say the same? Near-duplicates are told once; a different number never is."""

import re
from dataclasses import dataclass
from functools import lru_cache

ALIKE = 0.8
"""Share of common character trigrams from which two passages are near-duplicates."""

_FACTS = re.compile(
    r"[0-9]+(?:[.:][0-9]+)*|[零一二三四五六七八九十百千万两半]+|[不勿别禁忌无未没]|\bnot\b|\bno\b|n't|never"
)

_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of a text: its letters, and its numbers and negations.

    `variety` is how many different trigrams the letters have.
    """

    letters: str
    facts: tuple[str, ...]
    variety: int


def wording(folded: str) -> Wording:
    """Return what is compared of a text in its search form."""
    letters = _NO_LETTER.sub("", folded)
    return Wording(letters, tuple(sorted(_FACTS.findall(folded))), len(_trigrams(letters)))


def same(left: Wording, right: Wording) -> bool:
    """Whether two passages say the same in (nearly) the same words, whatever their script.

    Numbers and negations must agree exactly: passages that differ in them contradict each other
    and are both shown.
    """
    if left.letters == right.letters:
        return True
    fewer, more = sorted((left.variety, right.variety))
    if left.facts != right.facts or fewer < ALIKE * more:
        return False
    ours, theirs = _kept_trigrams(left.letters), _kept_trigrams(right.letters)
    return len(ours & theirs) >= ALIKE * len(ours | theirs)


def _trigrams(letters: str) -> frozenset[str]:
    return frozenset(letters[i : i + 3] for i in range(max(len(letters) - 2, 1)))


_kept_trigrams = lru_cache(2048)(_trigrams)
