"""Which characters are what: the classes that several repairs ask for."""

import re
import unicodedata
from functools import cache, lru_cache

from ingest.kept import kept

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The inside of a regular expression's class of Chinese characters."""

OPENING = "（【《〈「『〔“‘([{"
CLOSING = "）】》〉」』〕”’)]}"
TERMINAL = "。！？!?；;：:…"
"""Marks that end a sentence, or announce what follows on a line of its own."""

MARKS = "。、，！？：；（）《》“”「」『』…—·【】％～"
"""The ordinary marks of Chinese text."""

_HAN = re.compile(f"[{HAN}]")


@lru_cache(maxsize=1 << 16)
def is_han(char: str) -> bool:
    """Whether `char` is a single Chinese character."""
    return _HAN.fullmatch(char) is not None


@cache
def columns(char: str) -> int:
    """How many columns of a fixed-width line `char` takes: 0, 1 or 2."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


@kept
def width(text: str) -> int:
    """Columns that `text` takes on a fixed-width line; kept, as lines are asked about again."""
    return sum(map(columns, text))
