"""Do two passages say the same? Near-duplicates are told once; a different number never is."""

import re
from functools import lru_cache

from kb.fold import fold

ALIKE = 0.8
"""Share of common character trigrams from which two passages are near-duplicates."""

_FACTS = re.compile(
    r"[0-9]+(?:[.:][0-9]+)*|[零一二三四五六七八九十百千万两半]+|[不勿别禁忌无未没]|\bnot\b|\bno\b|n't|never"
)

_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(2048)
def _told(text: str) -> tuple[str, tuple[str, ...]]:
    """The letters of a text, and its numbers and negations."""
    folded = fold(text)
    return _NO_LETTER.sub("", folded), tuple(sorted(_FACTS.findall(folded)))


@lru_cache(2048)
def _trigrams(letters: str) -> frozenset[str]:
    return frozenset(letters[i : i + 3] for i in range(max(len(letters) - 2, 1)))


def same(left: str, right: str) -> bool:
    """Whether two passages say the same in (nearly) the same words, whatever their script.

    Numbers and negations must agree exactly: passages that differ in them contradict each other
    and are both shown.
    """
    letters, facts = _told(left)
    others, other_facts = _told(right)
    if letters == others:
        return True
    if facts != other_facts:
        return False
    ours, theirs = _trigrams(letters), _trigrams(others)
    return len(ours & theirs) >= ALIKE * len(ours | theirs)
