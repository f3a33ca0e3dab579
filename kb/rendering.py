"""A passage in the reader's script.

The character map keeps every length, so spans stay right; phrases are looked up first, since
one Simplified character may stand for several Traditional ones.
"""

from functools import cache

import opencc

from kb.records import Rendering

_CONFIGS: dict[Rendering, str] = {"hans": "t2s", "hant": "s2tw"}


@cache
def _converter(script: Rendering) -> opencc.OpenCC:
    return opencc.OpenCC(_CONFIGS[script])


def render(text: str, script: Rendering) -> str:
    """Return `text` in `script`, with the same number of code points.

    A line whose length would change is converted character by character.
    """
    if script == "original":
        return text
    return "".join(_line(line, script) for line in text.splitlines(keepends=True))


def _line(line: str, script: Rendering) -> str:
    converter = _converter(script)
    whole: str = converter.convert(line)
    if len(whole) == len(line):
        return whole
    letters = (converter.convert(char) for char in line)
    return "".join(new if len(new) == 1 else old for old, new in zip(line, letters, strict=True))
