"""Tags and character references that a conversion left behind: </p>, /p>, &nbsp;."""

import html
import re
from collections.abc import Iterator

from ingest.repairs.draft import Draft
from kb.records import Edit, Span

_NAMES = (
    "p|br|div|span|td|tr|th|table|tbody|thead|li|ul|ol|b|i|u|strong|em|font|a|img|h[1-6]|o:p|"
    "center|hr|sup|sub|script|style|section|article|blockquote|input"
)
_TAG = re.compile(
    rf"<(?:{_NAMES})(?:\s[^<>\n]{{0,300}})?/?>|</(?:{_NAMES})\s*>|<br\s*/?>", re.IGNORECASE
)
_HALF_TAG = re.compile(rf"(?<![A-Za-z0-9_<./:])/(?:{_NAMES})>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_BREAKING = re.compile(r"<?/?(?:p|br|div|tr|li|h[1-6]|ul|ol|table)\b", re.IGNORECASE)


def repair(draft: Draft) -> Iterator[Edit]:
    """Drop tags, whole or without their "<", and resolve character references.

    Where a tag ends a paragraph inside a line, a line break takes its place.
    """
    text = draft.text
    for pattern, certainty in ((_TAG, 0.97), (_HALF_TAG, 0.97)):
        for match in pattern.finditer(text):
            yield Edit(Span(*match.span()), _break(text, match), "html_remnant", certainty)
    for match in _REFERENCE.finditer(text):
        if (resolved := html.unescape(match.group())) != match.group():
            yield Edit(Span(*match.span()), resolved.replace("\xa0", " "), "html_remnant", 0.97)


def _break(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - 1) : match.start()]
    after = text[match.end() : match.end() + 1]
    inside = before not in ("", "\n") and after not in ("", "\n", "<")
    return "\n" if inside and _BREAKING.match(match.group()) else ""
