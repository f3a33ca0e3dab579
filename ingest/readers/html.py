"""HTML: a walk over the document tree that writes one block a line, in reading order.

What no reader of the page sees (scripts, hidden places, the readings of ruby) is left out. What
belongs to the site rather than to the manual stays in the raw text and is named as furniture.
Line breaks within a line are spaces, or nothing between two Chinese characters, as in a browser;
a numbered list keeps its numbers; the cells of a data table's row stand on one line.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
from lxml import etree

from ingest.readers import furniture
from ingest.readers.encoding import decode
from ingest.readers.lines import Lines, flowed, row
from kb.errors import CorruptSource
from kb.records import BlockKind, Extract, SourceFile

_UNSEEN = re.compile(
    "script|style|template|noscript|head|rt|rp|rtc|svg|iframe|object|embed|canvas|audio|video|map|"
    "datalist"
)
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|button|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|label|"
    "mark|nobr|q|rb|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|.*:.*"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PRE = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SUBSET = re.compile(
    r"\A(\s*(?:<\?xml[^>]*>\s*)?<!doctype[^\[>]*)\[.*?\]\s*>", re.IGNORECASE | re.DOTALL
)
"""The declarations inside a DOCTYPE, which an HTML parser takes for text."""
_SITE = re.compile(r"\s*[-_|–—·»]+\s*")
_NUMBERED = re.compile(r"[(（\[【]?[\d①-⒛一二三四五六七八九十]")
_LONG_CELL = 1500  # characters: a cell that holds more is there for the layout


def read(path: Path, source: SourceFile) -> Extract:
    """Return what a browser would show; raises CorruptSource where there is no page in the file."""
    return read_page(path.read_bytes(), source.path)


def read_page(data: bytes, name: str, *, declared: str = "") -> Extract:
    """Return what a browser would show of the page `data`, from the file `name`.

    `declared` is the encoding that is stated outside of the page, if any. Raises CorruptSource.
    """
    stated = _DECLARED.search(data[:4096])
    decoded = decode(data, name=name, declared=declared or (stated[1].decode() if stated else ""))
    tree = _parse(decoded.text, name)
    title = _title(tree)
    _prune(tree)
    return replace(
        _Page(furniture.elements(tree)).write(tree),
        encoding=decoded.encoding,
        certainty=decoded.certainty,
        title=title,
        notes=decoded.notes,
    )


def _parse(text: str, name: str) -> etree._Element:
    """The tree of the page; no file and no address that it names is opened."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    text = _SUBSET.sub(r"\1>", text, count=1)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise CorruptSource(
            f"{name}: there is no HTML page in it ({error}); open it in a browser and save it again"
        ) from error
    for fatal in parser.error_log.filter_from_fatals():
        raise CorruptSource(
            f"{name}: the page cannot be read to its end ({fatal.message}); "
            "open it in a browser and save it again"
        )
    return tree


def _title(tree: etree._Element) -> str:
    """The page's title; without the site's name where a main heading agrees with its beginning."""
    title = flowed(tree.findtext(".//title") or "")
    headings = [flowed("".join(h1.itertext())) for h1 in tree.iter("h1")]
    if not title:
        return headings[0] if len(headings) == 1 else ""
    parts = _SITE.split(title)
    return next((h for h in headings if h and (h == parts[0] or title.startswith(h))), title)


def _prune(tree: etree._Element) -> None:
    """Take out of `tree` what a browser does not show; the words that follow it stay."""
    for element in [element for element in tree.iter() if _is_unseen(element)]:
        if element.getparent() is not None:
            element.drop_tree()


def _is_unseen(element: etree._Element) -> bool:
    return (
        bool(_UNSEEN.fullmatch(element.tag))
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
    )


class _Page:
    """Writes a page line by line; holds the line being written and what it stands in."""

    def __init__(self, dropped: frozenset[etree._Element]) -> None:
        self._dropped = dropped
        self._lines = Lines()
        self._words: list[str] = []
        self._above: list[etree._Element] = []
        self._numbers: dict[etree._Element, int] = {}  # of the items so far, by list
        self._number = ""  # of a list item that has no words yet
        self._begun: set[etree._Element] = set()

    def write(self, tree: etree._Element) -> Extract:
        """Write all of `tree`."""
        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif element.tag == "table" and _is_data(element):
                self._enter(element)
                self._table(element)
                walker.skip_subtree()
            else:
                self._enter(element)
                self._words.append(element.text or "")
        self._end_line()
        return self._lines.extract()

    def _enter(self, element: etree._Element) -> None:
        if not _is_inline(element):
            self._end_line()
        self._above.append(element)
        if element.tag == "li":
            self._number = self._count(element.getparent())

    def _count(self, items: etree._Element) -> str:
        """The number that a browser shows before the next item of a list, "" where none."""
        if items.tag != "ol" or "none" in items.get("style", ""):
            return ""
        start = items.get("start", "1")
        first = int(start) if start.isdecimal() else 1
        self._numbers[items] = self._numbers.get(items, first - 1) + 1
        return f"{self._numbers[items]}. "

    def _leave(self, element: etree._Element) -> None:
        if not _is_inline(element):
            self._end_line()
        self._above.pop()
        self._words.append(element.tail or "")

    def _end_line(self) -> None:
        """Write the words since the last line; preformatted ones keep their lines."""
        words = "".join(self._words)
        self._words.clear()
        if not words.strip():
            return
        if any(map(_is_pre, self._above)):
            for line in words.splitlines():
                self._add(line.rstrip(), None)
            return
        kind, level = self._kind()
        line = flowed(words)
        if kind == "list_item" and not _NUMBERED.match(line):
            line = self._number + line
        self._add(line, kind, level)

    def _kind(self) -> tuple[BlockKind, int]:
        """What the line is, by the innermost heading or list item that it stands in."""
        for element in reversed(self._above):
            if element.tag in _HEADINGS:
                return "heading", _HEADINGS[element.tag]
            if element.get("role") == "heading":
                level = element.get("aria-level", "2")
                return "heading", int(level) if level in "123456789" else 2
            if element.tag == "li" and element not in self._begun:
                self._begun.add(element)
                return "list_item", 0
        return "paragraph", 0

    def _table(self, table: etree._Element) -> None:
        """Write a data table: its caption, then a line for each row."""
        for caption in table.iter("caption"):
            self._add(_visible(caption), "paragraph")
        for line, header in _rows(table):
            self._add(line, "table_row", header=header)

    def _add(
        self, line: str, kind: BlockKind | None, level: int = 0, *, header: bool = False
    ) -> None:
        dropped = not self._dropped.isdisjoint(self._above)
        self._lines.add(line, kind, level=level, header=header, furniture=dropped)


def _is_inline(element: etree._Element) -> bool:
    """Whether words before and after the element stand on the same line; Word's own tags do."""
    return bool(_INLINE.fullmatch(element.tag))


def _is_pre(element: etree._Element) -> bool:
    return element.tag == "pre" or bool(_PRE.search(element.get("style", "")))


def _is_data(table: etree._Element) -> bool:
    """Whether a table states facts in columns; others are there for the layout of a page."""
    rows = [_cells(tr) for tr in table.iter("tr")]
    return (
        max(map(len, rows), default=0) > 1
        and table.get("role") != "presentation"
        and next(table.iter(*_HEADINGS), None) is None
        and not any(inner is not table for inner in table.iter("table"))
        and all(len(_visible(cell)) <= _LONG_CELL for cells in rows for cell in cells)
    )


def _cells(tr: etree._Element) -> list[etree._Element]:
    return [cell for cell in tr if cell.tag in ("td", "th")]


def _rows(table: etree._Element) -> Iterator[tuple[str, bool]]:
    """Each row's line and whether it names the columns; a merged cell's words stand once."""
    merged: dict[int, int] = {}  # column -> rows below that a cell of it still covers
    for tr in table.iter("tr"):
        words: list[str] = []
        cells = _cells(tr)
        for cell in cells:
            while merged.get(len(words), 0):
                merged[len(words)] -= 1
                words.append("")
            for offset in range(_span(cell, "colspan")):
                merged[len(words)] = _span(cell, "rowspan") - 1
                words.append("" if offset else _visible(cell))
        for column in [column for column in merged if column >= len(words)]:
            merged[column] = max(0, merged[column] - 1)
        heads = all(cell.tag == "th" for cell in cells) or tr.getparent().tag == "thead"
        yield row(words), heads


def _span(cell: etree._Element, name: str) -> int:
    """How many columns or rows a cell covers, in 1–99."""
    value = cell.get(name, "1").strip()
    return min(99, int(value)) or 1 if value.isdecimal() and len(value) < 9 else 1


def _visible(element: etree._Element) -> str:
    """All words of an element on one line."""
    words: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if not _is_inline(inner):
            words.append("\0")
        words.append(
            (inner.text if event == "start" else inner.tail if inner is not element else "") or ""
        )
    parts = (flowed(part) for part in "".join(words).split("\0"))
    return " ".join(part for part in parts if part)
