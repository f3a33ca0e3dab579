"""The judgement: does a returned passage hold the gold words of a question?

Words are judged and not passages, so a new splitter does not spoil a judged question. Both
sides are stripped of what a repair or a rendering may change: script, width, case, pinyin in
brackets, punctuation and white space.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import opencc

from eval.questions import Gold

SHARE_OF_TRIGRAMS = 0.75
SHORTEST_FUZZY = 6

_PINYIN = re.compile(r"[（(][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7}[)）]")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def strip(text: str) -> str:
    """Return what is judged of a text: Simplified letters and digits, half width, lower case."""
    text = _PINYIN.sub("", unicodedata.normalize("NFKC", text))
    return "".join(filter(str.isalnum, _to_simplified().convert(text).lower()))


def holds(passage: str, words: str) -> bool:
    """Say whether `passage` holds `words`, or at least 75 % of their character trigrams.

    The trigrams, which count from six characters on, forgive a repair a few characters.
    """
    text, wanted = strip(passage), strip(words)
    if not wanted or wanted in text:
        return bool(wanted)
    if len(wanted) < SHORTEST_FUZZY:
        return False
    trigrams = [wanted[i : i + 3] for i in range(len(wanted) - 2)]
    return sum(trigram in text for trigram in trigrams) >= SHARE_OF_TRIGRAMS * len(trigrams)


def is_right(passage: str, gold: Sequence[Gold]) -> bool:
    """Say whether `passage` holds any of the gold quotes."""
    return any(holds(passage, quote.words) for quote in gold)


def rank_of_gold(passages: Sequence[str], gold: Sequence[Gold]) -> int | None:
    """Rank, from 1, of the first passage that holds a gold quote; None where none does."""
    return next((i for i, text in enumerate(passages, 1) if is_right(text, gold)), None)
