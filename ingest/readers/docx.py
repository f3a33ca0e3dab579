"""Word documents: paragraphs, lists with the numbers that Word shows, tables row by row.

A heading is told by its outline level, its style or the name of its style; automatic numbers are
computed; a merged cell stands once; text boxes and notes follow the paragraph that they hang on.
Page headers, comments, and deleted or hidden text are left out. A table of contents is furniture.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from ingest.readers.archive import check_archive
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_xml import FALLBACK, is_on, notes, text_boxes, value, words
from ingest.readers.lines import Lines, flowed, names_columns, row
from kb.errors import CorruptSource
from kb.records import BlockKind, Extract, SourceFile

_LEVELED = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_CLAUSE = re.compile(r"([一二三四五])级(?:条标题|标题)")
_TOP = re.compile(r"title|标题|標題|章标题|(?:前言|引言|附录).*标[题识].*", re.IGNORECASE)
_TITLE = re.compile(r"title|标题|標題|文档标题|封面.*(?:名称|标题)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc\s*\d|目录\s*\d|目次\s*\d?", re.IGNORECASE)
_DEEPEST = 6
_LONG_CELL = 1500  # characters: a cell that holds more is there for the layout


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says of its paragraphs.

    `owner` is the id of the style whose list it uses, `level` that of a heading, from 1, else 0.
    """

    owner: str = ""
    name: str = ""
    level: int = 0
    list: str = ""
    depth: str = ""


def read(path: Path, source: SourceFile) -> Extract:
    """Return the body of the document; raises CorruptSource and SourceTooLarge."""
    check_archive(path, source.path)
    try:
        with path.open("rb") as file:
            document = docx.Document(file)
    except (OpcError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise CorruptSource(
            f"{source.path}: not a Word document that can be opened ({error}); save it again"
        ) from error
    story = _Story(document)
    story.write(document.element.body)
    title = story.title or _property_title(document)
    return replace(story.lines.extract(), encoding="docx", title=title)


def _property_title(document: Document) -> str:
    """The title among the document's properties, if the document itself begins by saying so."""
    title = flowed(document.core_properties.title or "")
    beginning = flowed("".join(words(p) for p in document.element.body[:20]))
    return title if title and title in beginning else ""


class _Story:
    """Writes the body of a document; holds its styles, numbers and notes."""

    def __init__(self, document: Document) -> None:
        self.lines = Lines()
        self.title = ""
        self._numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING))
        self._styles = _Styles(document.styles.element)
        self._notes = dict(_notes(document))
        self._furniture = False

    def write(self, element: etree._Element) -> None:
        """Write the paragraphs and tables in `element`, in order."""
        for child in element:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag == qn("w:sdt"):
                self._control(child)
            elif child.tag not in (qn("w:del"), qn("w:moveFrom"), FALLBACK):
                self.write(child)

    def _control(self, control: etree._Element) -> None:
        """Write a content control; a table of contents is one."""
        gallery = value(control, "w:sdtPr/w:docPartObj/w:docPartGallery")
        content = control.find(qn("w:sdtContent"))
        if content is None:
            return
        before, self._furniture = self._furniture, gallery == "Table of Contents"
        self.write(content)
        self._furniture = before

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = self._styles.of(paragraph)
        number = self._number(paragraph, style)
        level = _outline_level(paragraph, style)
        text = words(paragraph)
        furniture = self._furniture or bool(_CONTENTS.match(style.name))
        if level:
            text = " ".join(text.split("\n"))
            if not self.title and _TITLE.fullmatch(style.name):
                self.title = flowed(text)
        kind: BlockKind = "heading" if level else "list_item" if number else "paragraph"
        for line in (number + text if text.strip() else "").split("\n"):
            self.lines.add(flowed(line), kind, level=level, furniture=furniture)
            kind = "paragraph"
        self._attached(paragraph)

    def _attached(self, element: etree._Element) -> None:
        """Write the text boxes and notes that hang on a paragraph or table."""
        for box in text_boxes(element):
            self.write(box)
        for reference in notes(element):
            if reference in self._notes:
                self.write(self._notes.pop(reference))

    def _number(self, paragraph: etree._Element, style: _Style) -> str:
        """What Word shows before the paragraph; counts it."""
        number = value(paragraph, "w:pPr/w:numPr/w:numId")
        depth = value(paragraph, "w:pPr/w:numPr/w:ilvl") or style.depth
        if number is None:
            number = style.list
        level = _integer(depth, self._numbering.level(number, style.owner))
        return self._numbering.next(number, level)

    def _table(self, table: etree._Element) -> None:
        rows = list(_inside(table, qn("w:tr")))
        cells = [list(_inside(tr, qn("w:tc"))) for tr in rows]
        if max(map(len, cells), default=0) < 2 or any(
            len(words(cell)) > _LONG_CELL for row_ in cells for cell in row_
        ):
            for cell in (cell for row_ in cells for cell in row_):
                self.write(cell)
            return
        for position, (tr, row_) in enumerate(zip(rows, cells, strict=True)):
            columns = list(self._columns(tr, row_))
            header = is_on(tr, "w:trPr/w:tblHeader") or (
                position == 0
                and names_columns(columns)
                and (len(columns) > 2 or all(map(_is_bold, row_)))
            )
            self.lines.add(row(columns), "table_row", header=header, furniture=self._furniture)
        self._attached(table)

    def _columns(self, tr: etree._Element, cells: list[etree._Element]) -> Iterator[str]:
        """The words in each column of a row; a merged cell has them in its first row and column."""
        yield from [""] * _integer(value(tr, "w:trPr/w:gridBefore"), 0)
        for cell in cells:
            yield "" if _continues(cell) else self._cell(cell)
            yield from [""] * (_integer(value(cell, "w:tcPr/w:gridSpan"), 1) - 1)

    def _cell(self, cell: etree._Element) -> str:
        parts = []
        for paragraph in cell.iter(qn("w:p")):
            number = self._number(paragraph, self._styles.of(paragraph))
            text = words(paragraph)
            parts.append(number + text if text.strip() else "")
        return " ".join(filter(None, map(flowed, parts)))


class _Styles:
    """The paragraph styles of a document, each with what it takes over from others."""

    def __init__(self, root: etree._Element) -> None:
        found = {style.get(qn("w:styleId"), ""): style for style in root.iter(qn("w:style"))}
        self._styles = {key: _style(key, found) for key in found}
        self._default = next(
            (
                self._styles[key]
                for key, style in found.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1"
            ),
            _Style(),
        )

    def of(self, paragraph: etree._Element) -> _Style:
        """The style of a paragraph."""
        return self._styles.get(value(paragraph, "w:pPr/w:pStyle") or "", self._default)


def _style(key: str, styles: Mapping[str, etree._Element]) -> _Style:
    """A style with what it inherits: the nearest style that says something is right."""
    name, level, number, depth = value(styles[key], "w:name") or "", "", "", ""
    chain, owner = [], key
    while key in styles and key not in chain:
        chain.append(key)
        level = level or value(styles[key], "w:pPr/w:outlineLvl") or ""
        if not number and (number := value(styles[key], "w:pPr/w:numPr/w:numId") or ""):
            owner = key
        depth = depth or value(styles[key], "w:pPr/w:numPr/w:ilvl") or ""
        key = value(styles[key], "w:basedOn") or ""
    outline = _integer(level, 9) + 1 if level else _named_level(name)
    return _Style(owner, name, outline if outline <= _DEEPEST + 3 else 0, number, depth)


def _named_level(name: str) -> int:
    """The level of heading that a style's name says, 0 where it says none."""
    if match := _LEVELED.match(name):
        return int(match[1])
    if match := _CLAUSE.match(name):
        return "一二三四五".index(match[1]) + 2
    return 1 if _TOP.fullmatch(name) else 0


def _outline_level(paragraph: etree._Element, style: _Style) -> int:
    """The level of the heading that a paragraph is, 0 for none: its own, else its style's."""
    own = value(paragraph, "w:pPr/w:outlineLvl")
    level = style.level if own is None else _integer(own, 9) + 1
    return min(level, _DEEPEST) if level < 10 else 0


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a kind, those within content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from _inside(child, tag)


def _continues(cell: etree._Element) -> bool:
    """Whether a cell is merged into the one above it or before it."""
    merges = (cell.find(f"w:tcPr/w:{kind}", nsmap) for kind in ("vMerge", "hMerge"))
    return any(m is not None and m.get(qn("w:val"), "continue") == "continue" for m in merges)


def _is_bold(cell: etree._Element) -> bool:
    runs = [run for run in cell.iter(qn("w:r")) if words(run).strip()]
    return bool(runs) and all(is_on(run, "w:rPr/w:b") for run in runs)


def _part(document: Document, kind: str) -> etree._Element | None:
    """The XML of a part of the document, None where it has no such part."""
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _notes(document: Document) -> Iterator[tuple[tuple[str, str], etree._Element]]:
    """Every footnote and endnote by kind and id."""
    for kind, relation in (
        ("footnote", RELATIONSHIP_TYPE.FOOTNOTES),
        ("endnote", RELATIONSHIP_TYPE.ENDNOTES),
    ):
        root = _part(document, relation)
        for note in root if root is not None else ():
            yield (kind, note.get(qn("w:id"), "")), note


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else default
