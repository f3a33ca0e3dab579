"""Markdown: exactly the decoded file; the blocks are whole lines, their markup included.

A repair removes markup characters later, so that a citation still points into the file itself.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.encoding import decode
from kb.records import Block, BlockKind, Extract, SourceFile, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_TITLE = re.compile(r"^title:[ \t]*(['\"]?)(.+?)\1[ \t]*\r?$", re.MULTILINE)
_CLOSING = re.compile(r"\s#+\s*$")


def read(path: Path, source: SourceFile) -> Extract:
    """Return the whole decoded file with its headings, list items, paragraphs and table rows.

    Front matter is furniture, but for the title that it states. Raises CorruptSource.
    """
    decoded = decode(path.read_bytes(), name=source.path)
    raw = decoded.text
    front = _FRONT_MATTER.match(raw)
    start = front.end() if front else 0
    blocks = tuple(_blocks(raw, start))
    return Extract(
        raw,
        blocks=blocks,
        encoding=decoded.encoding,
        certainty=decoded.certainty,
        title=_title(raw, front.group() if front else "", blocks),
        notes=decoded.notes,
        furniture=(Span(0, start),) if front else (),
    )


def _blocks(raw: str, start: int) -> Iterator[Block]:
    """The blocks of `raw[start:]`, in order."""
    body = raw[start:]
    lines = [start, *accumulate((len(m.group()) for m in _LINE.finditer(body)), initial=start)][1:]
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for token, kind, level, header in _kinds(tokens):
        first, last = token.map or (0, 0)
        span = _trimmed(raw, Span(lines[first], lines[last]))
        if span.start < span.end:
            yield Block(kind, level, span, header)


def _kinds(tokens: Sequence[Token]) -> Iterator[tuple[Token, BlockKind, int, bool]]:
    """The tokens that hold lines, each with what it is, its heading level and whether it heads."""
    header = False
    for before, token in pairwise((Token("", "", 0), *tokens)):
        match token.type:
            case "heading_open":
                yield token, "heading", int(token.tag[1:]), False
            case "paragraph_open":
                item = before.type == "list_item_open"
                yield token, "list_item" if item else "paragraph", 0, False
            case "thead_open" | "tbody_open":
                header = token.type == "thead_open"
            case "tr_open":
                yield token, "table_row", 0, header
            case "fence" | "code_block" | "html_block":
                yield token, "paragraph", 0, False


def _trimmed(raw: str, span: Span) -> Span:
    """The span without blank characters at its borders."""
    words = span.of(raw)
    return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))


def _title(raw: str, front: str, blocks: Sequence[Block]) -> str:
    """The title of the front matter, else of the first heading where it is the only level 1."""
    if stated := _TITLE.search(front):
        return stated.group(2).strip()
    tops = [block for block in blocks if block.kind == "heading" and block.level == 1]
    if len(tops) != 1 or tops[0] != blocks[0]:
        return ""
    first_line = tops[0].span.of(raw).splitlines()[0]
    return _CLOSING.sub("", first_line.lstrip("# \t")).strip()
