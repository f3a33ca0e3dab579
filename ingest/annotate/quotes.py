"""Quoted speech: the words between “ and ”, 「 and 」, " and ", ‘ and ’, behind a colon 【 and 】.

Marks of real manuals do not pair. An opening mark that was typed for a closing one is taken for
that where what follows it tells. What opens without closing ends with its sentence and is said
to be open; what begins where another quote is still open is no quote at all. A closing mark that an
encoding had no place for has become a question mark, which no sentence has behind its full stop; in
the middle of a line that may as well have been the bullet of what follows. Single marks quote where
no other does and where they are no apostrophe; one without its partner is none. A short name in 【
and 】 with words behind it tells who sends them, and quotes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from kb.records import Span

_LOST = "?？"
_MARKS = re.compile(
    rf"[“”「」『』\"\n】]|(?<=[:：])【(?![^】\n,，。!！?？您我]{{1,12}}】[\w\[])"
    rf"|(?<=。)[{_LOST}](?=[ ]*(?:\n|$)|[“「『])"
    r"|(?P<single>(?<![^\s:：,，、;；(（。’])[‘'](?=[^\s’'])"
    r"(?=(?:[^\n“”「」\"]|“[^“”\n]*”){1,300}?[’'](?![A-Za-z\d])))"
    r"|(?<=\S)[’'](?![A-Za-z\d])"
)
_PAIRS = {"“": "”", "「": "」", "『": "』", '"': '"', "【": "】", "‘": "’", "'": "'"}
_SINGLE = "‘’'"
_END = re.compile(
    r"[。！？!?\n]|\.(?= |$)|(?=['’][。！？，,!?\n])|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff\d])"
)
"""Where an open quote ends at the latest: with its sentence, or before a blank in Chinese."""
_LONGEST = 300
_TWO_SIDED = "“「『"
_PUNCTUATION = ",，。、;；:：!！?？)）\n"
"""What no quotation begins with; `in` is true of the end of the text as well."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks. `span` leaves the marks out, `whole` has them in."""

    span: Span
    whole: Span
    closed: bool = True


def find_quotes(text: str) -> list[Quoted]:
    """Return the quotes of `text`, in its order and apart from one another."""
    found: list[Quoted] = []
    start = -1
    marks = list(_MARKS.finditer(text))
    for match, following in zip_longest(marks, marks[1:]):
        mark = match[0]
        if _is_bracket(text, start, mark) or _is_inside(text, start, match):
            continue
        if start < 0:
            start = match.start() if mark in _PAIRS else -1
        elif _closes(text, start, match) or _mistyped(text, start, match, following):
            found += _quoted(text, start, match.start(), closed=True)
            start = -1
        else:
            found += _quoted(text, start, match.start(), closed=False)
            start = match.start() if mark in _PAIRS else -1
    if start >= 0:
        found += _quoted(text, start, len(text), closed=False)
    return found


def _is_bracket(text: str, start: int, mark: str) -> bool:
    """Whether a mark is none: 【】 inside a quote, and quotation marks inside 【】."""
    if start >= 0 and text[start] == "【":
        return mark not in ("】", "\n", *_LOST)
    return mark == "】" or (mark == "【" and start >= 0)


def _is_inside(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a mark stands inside quotation marks of another sort, or a single one closes nothing.

    Inside single marks, others that stand inside them are theirs.
    """
    if match[0] not in _SINGLE:
        return start >= 0 and text[start] in _SINGLE and match[0] in "“”"
    return text[start] not in _SINGLE if start >= 0 else match["single"] is None


def _closes(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether this mark ends the quote; an opening one does right after the end of a sentence."""
    if match.start() - start > _LONGEST:
        return False
    if match[0] == _PAIRS[text[start]] or match[0] in _LOST:
        return True
    return (
        match[0] == text[start]
        and text[match.start() - 1] in "。！？!?"
        and not text.startswith(tuple(_PAIRS), match.end())
    )


def _mistyped(text: str, start: int, match: re.Match[str], following: re.Match[str] | None) -> bool:
    """Whether this opening mark stands for the closing one: “A“, or “A“ and “B”.

    What closes is followed by punctuation, or by the opening of the next quote, and is in one
    sentence with what it closes.
    """
    words = text[start + 1 : match.start()]
    if match[0] != text[start] or match[0] not in _TWO_SIDED or _END.search(words):
        return False
    behind = text[match.end() : match.end() + 1]
    return behind in _PUNCTUATION or (following is not None and following[0] == match[0])


def _quoted(text: str, start: int, end: int, *, closed: bool) -> Iterator[Quoted]:
    """The quote that opens at `start`; an open one is cut at the end of its first sentence."""
    inner, limit = start + 1, min(end, start + _LONGEST)
    if not closed:
        stop = _END.search(text, inner, limit)
        limit = stop.end() if stop else limit
        closed = text[limit : limit + 1] in ("'", "’")
    words = text[inner:limit]
    left = len(words) - len(words.lstrip())
    span = Span(inner + left, inner + left + len(words.strip()))
    if span.end > span.start and any(char.isalnum() for char in span.of(text)):
        yield Quoted(span, Span(start, limit + 1 if closed else limit), closed)
