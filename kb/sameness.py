"""Do two passages say the same? Near-duplicates are told once; a different number never is."""

import re
from functools import lru_cache

from kb.fold import fold

ALIKE = 0.8
"""Share of common character trigrams from which two passages are near-duplicates."""

_FACTS = re.compile(
    r"[0-9]+(?:[.:][0-9]+)*|[零一二三四五六七八九十百千万两半]+|[不勿别禁忌无未没]|\bnot\b|\bno\b|n't|never"
)


@lru_cache(2048)
def _features(text: str) -> tuple[str, frozenset[str], tuple[str, ...]]:
    folded = fold(text)
    letters = "".join(char for char in folded if char.isalnum())
    grams = frozenset(letters[i : i + 3] for i in range(max(len(letters) - 2, 1)))
    return letters, grams, tuple(sorted(_FACTS.findall(folded)))


def same(left: str, right: str) -> bool:
    """Whether two passages say the same in (nearly) the same words, whatever their script.

    Numbers and negations must agree exactly: passages that differ in them contradict each other
    and are both shown.
    """
    letters, grams, facts = _features(left)
    other_letters, other_grams, other_facts = _features(right)
    if letters == other_letters:
        return True
    if facts != other_facts:
        return False
    return len(grams & other_grams) >= ALIKE * len(grams | other_grams)
