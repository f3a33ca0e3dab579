"""Excel workbooks: each sheet a page, each row a line; what the cells show, not their formulas.

The name of a sheet is a heading, unless it is the one that programs give. Hidden sheets are left
out, with a note.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.readers.archive import check_archive
from ingest.readers.lines import Lines
from ingest.readers.sheet import add_sheet
from kb.errors import CorruptSource
from kb.records import Extract, SourceFile

# What openpyxl is known to raise on damaged workbooks; its own errors are few.
_DAMAGE = (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, SyntaxError)
_UNNAMED = re.compile(r"(?:sheet|工作表|表|worksheet|tabelle)\s*\d*", re.IGNORECASE)


def read(path: Path, source: SourceFile) -> Extract:
    """Return all sheets that are shown; raises CorruptSource and SourceTooLarge."""
    check_archive(path, source.path)
    lines = Lines()
    hidden = []
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions that change no cell
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    hidden.append(f"sheet {sheet.title} is hidden and was left out")
                    continue
                if not _UNNAMED.fullmatch(sheet.title):
                    lines.add(sheet.title, "heading", level=1)
                sheet.reset_dimensions()  # a file may claim a million empty columns
                add_sheet(lines, _rows(sheet))
                lines.turn()
        except _DAMAGE as error:
            raise CorruptSource(
                f"{source.path}: not a workbook that can be read ({error}); save it again"
            ) from error
    return replace(lines.extract(), encoding="xlsx", notes=tuple(hidden))


def _rows(sheet: Any) -> Iterator[list[str]]:  # noqa: ANN401 - openpyxl is untyped
    for cells in sheet.iter_rows():
        yield [_shown(cell.value, cell.number_format) for cell in cells]


def _shown(value: object, form: str) -> str:
    """What a cell shows, as far as it matters to its meaning."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date() | time():
            return value.isoformat()
        case bool():
            return str(value).upper()
        case int() | float() if "%" in form:
            return f"{value * 100:.10g}%"
        case float():
            return f"{value:.10g}"
        case _:
            return str(value)
