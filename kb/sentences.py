"""Where the sentences of a passage begin and end."""

import re
from collections.abc import Iterator

from kb.records import Span

_BORDER = re.compile(
    r"(?P<open>[“「『])|(?P<close>[”」』])|(?P<either>\")|(?P<line>\n+)"
    r"|(?P<end>(?:[。!?;！？；]|(?<![\d.])\.(?=[\s”\"')]|$))+)['’)）]*(?![”」』\"])"
)
_GOES_ON = re.compile(r"[ ]*(?:[|、,，/“「『\"]|[或和及与]|or\b|and\b)")
_LOST = re.compile(r"(?<=[\u4e00-\u9fff》])[?？](?=[\u4e00-\u9fff《]|\(?\d)")
_ASKS = re.compile(
    r"[吗嗎呢么麼吧啊呀哪谁誰几幾何否怎嘛咩]|什么|甚麼|多少|多久|好不|是不|能不|可不|有没|有沒|没有$|还是|還是|[贵貴]姓"
    r"|[您你]|请问|請問|行$|对$|對$|好$"
)
"""What a question has, of whatever kind, in its last clause."""
_CLAUSE_END = re.compile(r"[^,，。;；:：!！?？\n“”「」]*$")
_ENDS = ("。", "!", "?", "！", "？", ".")
_LONGEST_QUOTE = 120


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, in its order and without the blanks around them.

    A line end is a border, a semicolon too; what is quoted is not cut, unless the quotation mark
    seems to have lost its partner, and neither is a table row. A question mark where nothing asks
    and the words go on is what a converter left of a comma, and none.
    """
    return tuple(_trimmed(text, _borders(text)))


def _borders(text: str) -> Iterator[int]:
    opened = -1
    for match in _BORDER.finditer(text):
        if match["open"] or (match["either"] and opened < 0):
            opened = match.start() if opened < 0 else opened
        elif match["close"] or match["either"]:
            opened = -1
            ended = text[match.start() - 1 : match.start()] in _ENDS
            goes_on = _GOES_ON.match(text, match.end()) or _in_row(text, match.start())
            if ended and not goes_on:
                yield match.end()
        elif _is_lost(text, match) or (match["line"] is None and _in_row(text, match.start())):
            continue
        elif match["line"] or opened < 0 or match.start() - opened > _LONGEST_QUOTE:
            opened = -1
            yield match.end()
    yield len(text)


def _is_lost(text: str, mark: re.Match[str]) -> bool:
    """Whether a question mark stands where a comma was lost: nothing before it asks."""
    if not _LOST.match(text, mark.start()) or mark.end() - mark.start() > 1:
        return False
    clause = _CLAUSE_END.search(text, max(0, mark.start() - 40), mark.start())
    return not (clause and _ASKS.search(clause.group()))


def _trimmed(text: str, borders: Iterator[int]) -> Iterator[Span]:
    start = 0
    for end in borders:
        words = text[start:end]
        if any(char.isalnum() for char in words):
            left = len(words) - len(words.lstrip())
            yield Span(start + left, start + len(words.rstrip()))
        start = end


def _in_row(text: str, place: int) -> bool:
    """Whether the line at `place` is a table row: it is one sentence, whatever its cells hold."""
    if "|" not in text:
        return False
    end = text.find("\n", place)
    return "|" in text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]
