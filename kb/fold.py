"""The search form of a text: same length, script, width and case taken out.

One code point stays one code point, so a match in the folded text is a highlight in the shown
text. Vocabulary (軟體 / 软件) is not touched: that is a matter of synonyms of the query.
"""

import unicodedata
from functools import cache

import opencc

_LAST = 0x30000
"""The planes above hold no character that has another width, case or script."""


@cache
def _table() -> dict[int, str]:
    """Code point to its search form, where that is another single code point."""
    to_simplified = opencc.OpenCC("t2s")
    table: dict[int, str] = {}
    for char in map(chr, range(_LAST)):
        folded = unicodedata.normalize("NFKC", char)
        folded = folded if len(folded) == 1 else char
        lower = folded.lower()
        folded = lower if len(lower) == 1 else folded
        if folded != char:
            table[ord(char)] = folded
    han = [
        chr(c) for c in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0))
    ]
    base = [table.get(ord(char), char) for char in han]
    for char, simplified in zip(
        han, to_simplified.convert("\n".join(base)).split("\n"), strict=True
    ):
        if len(simplified) == 1 and simplified != char:
            table[ord(char)] = simplified
    return table


def fold(text: str) -> str:
    """Return the search form of `text`: half width, lower case, Simplified; `len` is kept."""
    return text.translate(_table())
