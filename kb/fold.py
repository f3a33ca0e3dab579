"""The search form of a text: same length, script, width and case taken out.

One code point stays one code point, so a match in the folded text is a highlight in the shown
text. Vocabulary (軟體 / 软件) is not touched: that is a matter of synonyms of the query.
"""

import sys
import unicodedata
from functools import cache

import numpy as np
import opencc
from numpy.typing import NDArray

_LAST = 0x30000
"""The planes above hold no character that has another width, case or script."""


@cache
def _table() -> NDArray[np.uint32]:
    """The search form of every code point, (code points,)."""
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    forms = _forms()
    table[list(forms)] = list(map(ord, forms.values()))
    return table


def _forms() -> dict[int, str]:
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
    # What another form stands for may be Traditional itself: ㊬ is 監.
    chars = list(dict.fromkeys([*han, *map(chr, table)]))
    base = [table.get(ord(char), char) for char in chars]
    for char, simplified in zip(
        chars, to_simplified.convert("\n".join(base)).split("\n"), strict=True
    ):
        if len(simplified) == 1 and simplified != char:
            table[ord(char)] = simplified
    # 薴 is 苧 in Simplified, where 苧 is Traditional for 苎.
    return {code: table.get(ord(folded), folded) for code, folded in table.items()}


def fold(text: str) -> str:
    """Return the search form of `text`: half width, lower case, Simplified; `len` is kept."""
    # Looked up all at once: `str.translate` asks a dictionary for each character.
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table()[codes].tobytes().decode("utf-32-le", "surrogatepass")
