"""Pronunciations in brackets behind a character: 應(yīng)當簽(qiān)收.

Sites put them there against copying. What stands in the bracket must be a reading of the very
character before it, so that (QC), (shop) and (EMS) stay.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pypinyin.pinyin_dict import pinyin_dict

from ingest.repairs.characters import HAN
from ingest.repairs.draft import Draft
from kb.fold import fold
from kb.records import Edit, Span

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɡ"
SYLLABLE = f"[a-z{TONED}\u0300\u0301\u0304\u0308\u030c]{{1,9}}"

_BRACKETED = re.compile(rf"(?P<char>[{HAN}])(?P<bracket>[(（](?P<reading>{SYLLABLE})[)）])")


def repair(draft: Draft) -> Iterator[Edit]:
    """Drop every bracket that holds a reading of the character before it."""
    for match in _BRACKETED.finditer(draft.text):
        if is_reading(match["reading"], match["char"]):
            yield Edit(Span(*match.span("bracket")), "", "bracketed_pinyin", 0.99)


def is_reading(syllable: str, char: str) -> bool:
    """Whether `syllable` is how `char`, or its Simplified form, may be read; ü may be v.

    The tone must be there unless the reading has none of its own (嗎 ma).
    """
    composed = unicodedata.normalize("NFC", syllable)
    return composed.replace("v", "ü").replace("ɡ", "g") in readings(char)


@lru_cache(maxsize=4096)
def readings(char: str) -> frozenset[str]:
    """Every reading of `char` and of its Simplified form, with tone marks."""
    forms = (pinyin_dict.get(ord(form), "") for form in (char, fold(char)))
    return frozenset(reading for form in forms for reading in form.split(",") if reading)


def by_reading(chars: Iterable[str]) -> dict[str, list[str]]:
    """A syllable with its tone mark to those of the characters that are read so, in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for char in chars:
        for syllable in pinyin_dict.get(ord(char), "").split(","):
            found[syllable].append(char)
    return found
