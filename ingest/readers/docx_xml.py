"""The words in a piece of WordprocessingML, as Word shows them."""

from collections.abc import Iterator

from docx.oxml.ns import nsmap, qn
from lxml import etree

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FALLBACK = f"{_COMPATIBILITY}Fallback"  # the same once more for old programs
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
TEXT_BOX = qn("w:txbxContent")
_SKIPPED = frozenset(
    (
        *map(qn, ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:instrText", "w:delInstrText")),
        qn("w:rt"),  # the reading over a ruby
        FALLBACK,
        TEXT_BOX,
    )
)
_LITERAL = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_OFF = ("0", "false", "off")


def value(element: etree._Element, path: str) -> str | None:
    """The `w:val` of the first element at `path` below, None where it has none."""
    found = element.find(path, nsmap)
    return None if found is None else found.get(qn("w:val"))


def is_on(element: etree._Element, path: str) -> bool:
    """Whether a switch is set: the element at `path` is there and not "0"."""
    found = element.find(path, nsmap)
    return found is not None and found.get(qn("w:val"), "1") not in _OFF


def words(element: etree._Element) -> str:
    """The text in `element`, soft line breaks as line feeds, without deleted and hidden text."""
    return "".join(_words(element))


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in (qn("w:t"), _MATH_TEXT):
            yield child.text or ""
        elif child.tag == qn("w:br"):
            yield "\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
        elif child.tag == qn("w:sym"):
            yield chr(int(child.get(qn("w:char"), "20"), 16))
        elif child.tag in _LITERAL:
            yield _LITERAL[child.tag]
        elif child.tag not in _SKIPPED and not _is_hidden(child):
            yield from _words(child)


def _is_hidden(element: etree._Element) -> bool:
    return element.tag == qn("w:r") and is_on(element, "w:rPr/w:vanish")


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes anchored in `element`, outermost only."""
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag != FALLBACK:
            yield from text_boxes(child)


def notes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The footnotes ("footnote", id) and endnotes ("endnote", id) that `element` refers to."""
    for reference in element.iter(qn("w:footnoteReference"), qn("w:endnoteReference")):
        kind = etree.QName(reference).localname.removesuffix("Reference")
        yield kind, reference.get(qn("w:id"), "")
