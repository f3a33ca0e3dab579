"""The lines of a page that was recognised: those of a table are its rows."""

from collections.abc import Iterator
from itertools import groupby

from ingest.readers.lines import COLUMN, names_columns
from ingest.readers.ocr import Reading
from ingest.readers.pages import Line

_FEWEST_ROWS = 2


def recognised_lines(reading: Reading, scale: float = 1.0) -> Iterator[Line]:
    """The lines of a page that was drawn with `scale` pixels a point.

    Neighbours in as many columns are the rows of a table, the first one its head where it looks
    like one.
    """
    for columns, group in groupby(reading.lines, key=lambda line: line[0].count(COLUMN)):
        found = list(group)
        is_table = columns > 0 and len(found) >= _FEWEST_ROWS
        for number, (text, size) in enumerate(found):
            if is_table:
                header = number == 0 and names_columns(text.split(COLUMN))
                yield Line(text, kind="table_row", header=header)
            else:
                yield Line(text, round(size / scale))
