"""Whether a text layer says anything: fonts without a map to Unicode leave one that does not.

Such a page looks right and reads as private characters, as letters moved by a constant, or as
characters from all over Unicode.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from ingest.readers.encoding import is_strange

_FEWEST = 30  # characters that say anything of a page
_MOST_STRANGE = 0.2  # of a page's characters; real pages have a few per cent
_ONE_SCRIPT = 0.8  # of the strange ones: then they are not strange, but Korean, or Thai
_MIXTURES = ("CJK", "LATIN", "")
_FEWEST_LETTERS = 150
_COMMON = frozenset(
    "aehinorst"
)  # two thirds of the letters of English, of its neighbours, of pinyin
_FEWEST_COMMON = 0.5


def is_plausible(text: str) -> bool:
    """Whether `text` may be of some language; what is too short to tell may be."""
    characters = [char for char in text if not char.isspace()]
    if len(characters) < _FEWEST:
        return True
    strange = [char for char in characters if is_strange(char)]
    if len(strange) > _MOST_STRANGE * len(characters) and not _is_one_script(strange):
        return False
    letters = [char for char in text.lower() if "a" <= char <= "z"]
    few = len(letters) < max(_FEWEST_LETTERS, len(characters) / 2)
    return few or sum(char in _COMMON for char in letters) >= _FEWEST_COMMON * len(letters)


def _is_one_script(characters: Iterable[str]) -> bool:
    """Whether nearly all are letters of one script that is neither Chinese nor Latin."""
    scripts = Counter(
        unicodedata.name(char, "").split(" ")[0] if char.isalpha() else "" for char in characters
    )
    script, most = scripts.most_common(1)[0]
    return script not in _MIXTURES and most >= _ONE_SCRIPT * scripts.total()
