"""What is plainly damaged and could not be read back with certainty."""

import re
from collections.abc import Iterator

from ingest.repairs.bracketed_pinyin import TONED
from ingest.repairs.characters import HAN
from kb.records import Mark, Span

_HALF_BRACKET = rf"[?\ufffd][a-z]{{0,4}}[{TONED}][a-z]{{0,3}}\)"
_STRAY = rf"(?<=[{HAN}])[\u3105-\u312f\u0391-\u03c9\u2550-\u2573\ue000-\uf8ff]+(?=[{HAN}])"
_PLACES = re.compile(rf"{_HALF_BRACKET}|{_STRAY}|\ufffd+")


def find(text: str) -> Iterator[Mark]:
    """Mark half a pinyin bracket, letters of other scripts in a sentence, and lost characters."""
    for match in _PLACES.finditer(text):
        yield Mark(Span(*match.span()), "damaged")
