"""Characters that steer a machine and say nothing to a reader.

Line ends become LF, control and zero-width characters go, and in a Markdown source the marks of
headings, emphasis, links and tables go too.
"""

import re
from collections.abc import Iterator

from ingest.repairs.draft import Draft
from kb.records import Edit, Span

_LINE_END = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)
_HARD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")

_MARKDOWN = tuple(
    (re.compile(pattern, re.MULTILINE), keep)
    for pattern, keep in (
        (r"^ {0,3}#{1,6}[ \t]+(?P<kept>.*?)(?:[ \t]+#+)?[ \t]*$", "kept"),
        (r"^ {0,3}\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?[ \t]*\n", ""),
        (r"^ {0,3}(?:```|~~~).*\n?", ""),
        (r"^ {0,3}(?:[-*_][ \t]*){3,}$", ""),
        (r"^ {0,3}(?:>[ \t]?)+", ""),
        (r"!\[(?P<kept>[^\]\n]*)\]\([^)\n]*\)", "kept"),
        (r"(?<!!)\[(?P<kept>[^\]\n]+)\]\((?:https?:|mailto:|[#./])[^)\n]*\)", "kept"),
        (r"(?<![A-Za-z0-9_*])(\*\*|__)(?=\S)(?P<kept>[^\n]+?)(?<=\S)\1(?![A-Za-z0-9_*])", "kept"),
        (
            r"(?<![A-Za-z0-9_*\\])\*(?=[^\s*])(?P<kept>[^*\n]+)(?<=[^\s*])\*(?![A-Za-z0-9_*])",
            "kept",
        ),
        (r"`(?P<kept>[^`\n]+)`", "kept"),
        (r"\\(?P<kept>[\\`*_{}\[\]()#+.!|>~-])", "kept"),
        (r"<br[ \t]*/?>", ""),
    )
)
_TABLE_LINE = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_TABLE_EDGE = re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$")


def line_ends(draft: Draft) -> Iterator[Edit]:
    """Every line end becomes one LF."""
    for match in _LINE_END.finditer(draft.text):
        yield Edit(Span(*match.span()), "\n", "line_end", 1.0)


def invisible(draft: Draft) -> Iterator[Edit]:
    """Control and zero-width characters go; a blank of unusual width becomes an ordinary one."""
    for match in _INVISIBLE.finditer(draft.text):
        yield Edit(Span(*match.span()), "", "control_character", 1.0)
    for match in _HARD_SPACE.finditer(draft.text):
        yield Edit(Span(*match.span()), " ", "hard_space", 1.0)


def markdown(draft: Draft) -> Draft:
    """Return the draft of a Markdown source without its markup; any other as it is."""
    if draft.source.media_type != "text/markdown":
        return draft
    draft = draft.revise(_table_edges(draft))
    for pattern, kept in _MARKDOWN:
        draft = draft.revise(_unmarked(draft, pattern, kept))
    return draft


def _unmarked(draft: Draft, pattern: re.Pattern[str], kept: str) -> Iterator[Edit]:
    """Drop what `pattern` matches, around its group `kept` where it has one."""
    for match in pattern.finditer(draft.text):
        inside = match.span(kept) if kept else (match.end(), match.end())
        yield from _dropped(match.start(), inside[0])
        yield from _dropped(inside[1], match.end())


def _table_edges(draft: Draft) -> Iterator[Edit]:
    """The outer bars of a table's line go; those between its cells stay as column borders."""
    for line in _TABLE_LINE.finditer(draft.text):
        for edge in _TABLE_EDGE.finditer(line.group()):
            yield from _dropped(line.start() + edge.start(), line.start() + edge.end())


def _dropped(start: int, end: int) -> Iterator[Edit]:
    if start < end:
        yield Edit(Span(start, end), "", "markup", 0.98)
