"""Writing a sheet of cells: rows of a table, and the single cells that stand between them."""

from collections.abc import Iterable, Sequence

from ingest.readers.lines import Lines, flowed, names_columns, row


def add_sheet(lines: Lines, rows: Iterable[Sequence[str]]) -> None:
    """Add the rows that are not blank, one a line.

    The first row with more than one cell filled is the head where it looks like one. A row with
    one cell filled is a paragraph until then: the sheet's title, or a remark.
    """
    begun = False
    for cells in rows:
        filled = [cell for cell in map(flowed, cells) if cell]
        if len(filled) == 1 and not begun:
            lines.add(filled[0], "paragraph")
        elif filled:
            lines.add(row(cells), "table_row", header=not begun and names_columns(filled))
            begun = True
