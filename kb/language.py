"""Which language and script a question is asked in."""

import re
from functools import cache

import opencc

from kb.records import Language

_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]+")


@cache
def _only() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that are written in Simplified only, and in Traditional only."""
    han = [chr(code) for code in range(0x4E00, 0x9FA6)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    traditional = opencc.OpenCC("s2t").convert("\n".join(han)).split("\n")
    only_traditional = {c for c, s in zip(han, simplified, strict=True) if c != s}
    only_simplified = {c for c, t in zip(han, traditional, strict=True) if c != t}
    return frozenset(only_simplified - only_traditional), frozenset(only_traditional)


def language(text: str) -> Language:
    """Return the language of a question.

    "mixed" where English words stand among Chinese ones; a lone abbreviation (VIP, QC) does not
    make a question mixed. Chinese whose characters are the same in both scripts is "zh-Hans".
    """
    han = _han(text)
    words = _WORD.findall(text)
    if not han:
        return "en" if words else "zh-Hans"
    if any(len(word) > 2 and not word.isupper() for word in words):
        return "mixed"
    simplified, traditional = _only()
    hant = sum(c in traditional for c in text)
    hans = sum(c in simplified for c in text)
    return "zh-Hant" if hant > hans else "zh-Hans"


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese rather than English: a word of it counts as much as a character.

    A text without either is taken for Chinese.
    """
    letters = sum(map(len, _WORD.findall(text)))
    return _han(text) >= letters / 4


def _han(text: str) -> int:
    """Number of Chinese characters."""
    return len(_HAN.findall(text))
