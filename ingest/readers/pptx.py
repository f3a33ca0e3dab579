"""Slides: each a page, its title a heading, its shapes from top to bottom, then its notes.

Hidden slides are left out, with a note; the date, the footer and the number are furniture.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from ingest.readers.archive import check_archive
from ingest.readers.lines import Lines, flowed, names_columns, row
from kb.errors import CorruptSource
from kb.records import BlockKind, Extract, SourceFile

_MARGINS = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_BODIES = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)
_BAND = 360000  # a centimetre in English Metric Units: shapes within it stand side by side


def read(path: Path, source: SourceFile) -> Extract:
    """Return all slides that are shown; raises CorruptSource and SourceTooLarge."""
    check_archive(path, source.path)
    try:
        with path.open("rb") as file:
            slides = pptx.Presentation(file).slides
    except (PythonPptxError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise CorruptSource(
            f"{source.path}: not a presentation that can be opened ({error}); save it again"
        ) from error
    lines = Lines()
    hidden = []
    for number, slide in enumerate(slides, 1):
        if slide.element.get("show") == "0":
            hidden.append(f"slide {number} is hidden and was left out")
        else:
            _add_slide(lines, slide)
        lines.turn()
    title = slides[0].shapes.title if len(slides) else None
    return replace(
        lines.extract(),
        encoding="pptx",
        title=flowed(title.text_frame.text) if title is not None else "",
        notes=tuple(hidden),
    )


def _add_slide(lines: Lines, slide: Any) -> None:  # noqa: ANN401 - python-pptx is untyped
    title = slide.shapes.title
    if title is not None:
        lines.add(flowed(title.text_frame.text), "heading", level=1)
    for shape in _ordered(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _add_shape(lines, shape)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
        for paragraph in notes.paragraphs:
            lines.add(flowed(paragraph.text))


def _ordered(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes as they are read: in bands from the top, from left to right; groups opened."""
    for shape in sorted(shapes, key=lambda s: ((s.top or 0) // _BAND, s.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _ordered(shape.shapes)
        else:
            yield shape


def _add_shape(lines: Lines, shape: Any) -> None:  # noqa: ANN401
    if getattr(shape, "has_table", False):
        for position, cells in enumerate(shape.table.rows):
            words = ["" if cell.is_spanned else cell.text for cell in cells.cells]
            lines.add(row(words), "table_row", header=position == 0 and names_columns(words))
    elif shape.has_text_frame:
        place = shape.placeholder_format.type if shape.is_placeholder else None
        kind: BlockKind = "list_item" if place in _BODIES else "paragraph"
        for paragraph in shape.text_frame.paragraphs:
            for line in paragraph.text.split("\v"):
                lines.add(flowed(line), kind, furniture=place in _MARGINS)
