"""Tables as text: each record a row on one line, the first one its head where it names columns."""

import csv
from dataclasses import replace
from pathlib import Path

from ingest.readers.encoding import decode
from ingest.readers.lines import Lines
from ingest.readers.sheet import add_sheet
from kb.errors import CorruptSource
from kb.records import Extract, SourceFile

_DELIMITERS = "\t,;|，"
_SAMPLE = 20  # lines


def read(path: Path, source: SourceFile) -> Extract:
    """Return the table's rows; raises CorruptSource."""
    decoded = decode(path.read_bytes(), name=source.path)
    records = decoded.text.splitlines(keepends=True)
    csv.field_size_limit(len(decoded.text) + 1)
    lines = Lines()
    try:
        add_sheet(lines, csv.reader(records, delimiter=_delimiter(records[:_SAMPLE])))
    except csv.Error as error:
        raise CorruptSource(
            f"{source.path}: not a table that can be read ({error}); save it again as CSV"
        ) from error
    return replace(
        lines.extract(),
        encoding=decoded.encoding,
        certainty=decoded.certainty,
        notes=decoded.notes,
    )


def _delimiter(sample: list[str]) -> str:
    """The delimiter that most lines of the sample have, the more of it the better."""
    return max(_DELIMITERS, key=lambda char: sum(min(line.count(char), 20) for line in sample))
