"""Words that mean the same: synonyms, the vocabulary of Taiwan and Hong Kong, and English.

A glossary is a file of lines, one meaning a line, its terms separated by tabs; `#` begins a
comment. `glossary.tsv` beside this module is the default; a library may add to it with a
`glossary.tsv` of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.errors import InvalidSetting
from kb.fold import fold
from kb.lexical import LexicalIndex
from kb.terms import terms

FILE = "glossary.tsv"

MEANINGS = 2_048
"""Of so many it is kept which passages have a synonym."""

_Key = tuple[str, ...]
"""A text as it is matched: Chinese by the character, English by the stem."""

_DEFAULT = Path(__file__).with_name(FILE)
_RUN = re.compile(r"[\u3400-\U0010ffff]|[^\s\u3400-\U0010ffff]+")


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of a question, in its search form, and the terms of each synonym (`kb.terms`)."""

    words: str
    others: tuple[tuple[str, ...], ...]


class Glossary:
    """Meanings by their terms. Terms are kept in their search form."""

    def __init__(self, meanings: Iterable[Sequence[str]]) -> None:
        """Each meaning is a list of terms; a term may have several meanings."""
        self._synonyms: dict[_Key, dict[_Key, tuple[str, ...]]] = {}
        for meaning in meanings:
            same = {_key(words): tuple(terms(words)) for words in map(fold, meaning)}
            for key in same:
                self._synonyms.setdefault(key, {}).update(same)
        self._lengths: dict[str, list[int]] = {}
        for key in sorted(self._synonyms, key=len, reverse=True):
            if key and len(key) not in self._lengths.setdefault(key[0], []):
                self._lengths[key[0]].append(len(key))
        self._known = lru_cache(1024)(lambda folded: tuple(self._expansions(_key(folded))))

    def expand(self, folded: str) -> tuple[Expansion, ...]:
        """Return the terms of a question in its search form with their synonyms.

        Where terms overlap the longest counts, and the first of equals.
        """
        found: tuple[Expansion, ...] = self._known(folded)
        return found

    def _expansions(self, key: _Key) -> Iterator[Expansion]:
        place = 0
        while place < len(key):
            ends = (place + length for length in self._lengths.get(key[place], ()))
            end = next((end for end in ends if key[place:end] in self._synonyms), None)
            if end:
                yield self._expansion(key[place:end])
            place = end or place + 1

    def _expansion(self, part: _Key) -> Expansion:
        others = tuple(terms for key, terms in self._synonyms[part].items() if key != part)
        return Expansion((" " if part[0].isascii() else "").join(part), others)


class Agreement:
    """How far the passages of an index use other words for what a question names.

    Of every meaning the best synonym counts, by the share of its weight that the passage covers.
    Where rarity counts, a rare one weighs more than a usual one. The same things are asked again
    and again, so what was worked out for a meaning is kept.
    """

    def __init__(self, index: LexicalIndex) -> None:
        self._index = index
        self._best = lru_cache(MEANINGS)(self._work_out)

    def of(
        self, expansions: Sequence[Expansion], *, by_rarity: bool = False
    ) -> NDArray[np.float32]:
        """The mean over the meanings for each passage: (size,) in 0–1 or so, 0 without any."""
        total, most = np.zeros(self._index.size, np.float32), 0.0
        for expansion in expansions:
            rows, weights, weight = self._best(expansion, by_rarity)
            total[rows] += weights
            most += weight
        return total / np.float32(most or 1.0)

    def _work_out(
        self, expansion: Expansion, by_rarity: bool
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], float]:
        """The passages that have a synonym, how far they have the best one, and its weight."""
        index = self._index
        best, most = np.zeros(index.size, np.float32), 0.0
        for other in filter(index.knows, expansion.others):
            rows, shares = index.shares(other)
            weight = index.rarity(other) if by_rarity else 1.0
            best[rows] = np.maximum(best[rows], shares * np.float32(weight))
            most = max(most, weight)
        found = np.flatnonzero(best).astype(np.int32)
        return found, best[found], most if by_rarity else 1.0


def levelled(
    agreement: NDArray[np.float32], same_language: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Take its group's mean off each candidate's agreement, (n,): no language is favoured.

    `same_language` (n,) says which candidates are in the question's language. A synonym then
    helps a passage only as far as the others in its language do not have it as well.
    """
    if not agreement.any():
        return agreement
    level = agreement.copy()
    for group in (same_language, ~same_language):
        if group.any():
            level[group] -= agreement[group].mean()
    return level


def load(library: Path | None = None) -> Glossary:
    """Return the default glossary, with the lines of the one in a library's folder if it has one.

    Raises InvalidSetting where a file is not UTF-8 or a line has a single term.
    """
    meanings = list(_read(_DEFAULT))
    if library and (library / FILE).exists():
        meanings += _read(library / FILE)
    return Glossary(meanings)


def _read(path: Path) -> Iterator[list[str]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InvalidSetting(f"{path}: not UTF-8 ({error}); save it as UTF-8 text") from error
    for number, line in enumerate(lines, 1):
        found = [term.strip() for term in line.split("\t") if term.strip()]
        if not found or found[0].startswith("#"):
            continue
        if len(found) == 1:
            raise InvalidSetting(
                f"{path}, line {number}: {found[0]!r} stands alone; expected two or more terms "
                "that mean the same, separated by tabs"
            )
        yield found


def _key(folded: str) -> _Key:
    return tuple(part for run in _RUN.findall(folded) for part in _parts(run))


@lru_cache(20_000)
def _parts(run: str) -> _Key:
    return tuple(terms(run))
