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
    """What is compared of a text: its letters, and its numbers and negations."""

    letters: str
    facts: tuple[str, ...]


def wording(folded: str) -> Wording:
    """Return what is compared of a text in its search form."""
    return Wording(_NO_LETTER.sub("", folded), tuple(sorted(_FACTS.findall(folded))))


def same(left: Wording, right: Wording) -> bool:
    """Whether two passages say the same in (nearly) the same words, whatever their script.

    Numbers and negations must agree exactly: passages that differ in them contradict each other
    and are both shown.
    """
    if left.letters == right.letters:
        return True
    if left.facts != right.facts or _apart(left.letters, right.letters):
        return False
    ours, theirs = _trigrams(left.letters), _trigrams(right.letters)
    return len(ours & theirs) >= ALIKE * len(ours | theirs)


def _apart(letters: str, others: str) -> bool:
    """Whether more trigrams of one text are missing in the other than near-duplicates may lack.

    Told after a glance at most pairs, which takes a third of the time of comparing them all.
    """
    most = (1 / ALIKE - 1) * len(letters)
    missing = set()
    for trigram in (letters[i : i + 3] for i in range(len(letters) - 2)):
        if trigram not in others:
            missing.add(trigram)
            if len(missing) > most:
                return True
    return False


@lru_cache(2048)
def _trigrams(letters: str) -> frozenset[str]:
    return frozenset(letters[i : i + 3] for i in range(max(len(letters) - 2, 1)))
