"""How Chinese is pronounced, in pinyin without tones: what people type, and what they confuse."""

import unicodedata
from functools import cache, lru_cache


@cache
def _single() -> dict[int, str]:
    # The tables take a quarter of a second to import: only who needs them waits.
    from pypinyin.constants import PINYIN_DICT

    return dict(PINYIN_DICT)


@cache
def _phrases() -> dict[str, list[list[str]]]:
    from pypinyin.constants import PHRASES_DICT

    return dict(PHRASES_DICT)


@lru_cache(4096)
def _toneless(syllable: str) -> str:
    """`lǜ` as it is typed: `lv`."""
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(char for char in bare if char.isascii())


@lru_cache(20_000)
def readings(char: str) -> tuple[str, ...]:
    """Return the syllables that a character may have, the usual one first; () for no character."""
    known = _single().get(ord(char), "")
    return tuple(dict.fromkeys(map(_toneless, known.split(",")))) if known else ()


def sound(word: str) -> str:
    """Return a word in pinyin: 银行 is `yinhang`. Empty where a character has no reading."""
    phrase = _phrases().get(word)
    if phrase:
        return "".join(_toneless(options[0]) for options in phrase)
    usual = [readings(char)[:1] for char in word]
    return "".join(first for (first,) in usual) if all(usual) else ""


@cache
def syllables() -> frozenset[str]:
    """All syllables, as typed."""
    return frozenset(each for code in range(0x4E00, 0x9FA6) for each in readings(chr(code)))
