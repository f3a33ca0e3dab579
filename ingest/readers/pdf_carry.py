"""Tables that go on over the page: they stand under the head that they have on their first page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.pages import Line, bare

_SLACK = 3  # points by which the columns of one table may differ between pages
_DIGITS = re.compile(r"\d+")


def carried(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[Line, ...]]:
    """The pages; the first row of a table that goes on is no head, unless it repeats the head.

    A table goes on where its columns agree, and between its two parts stands nothing but what
    both pages have, figures apart: their running headers and footers.
    """
    before: Sequence[Line] = ()
    heads: set[str] = set()
    for page in pages:
        first = next((i for i, line in enumerate(page) if line.kind == "table_row"), None)
        if first is not None and _goes_on(before, page, first) and page[first].text not in heads:
            page = (*page[:first], replace(page[first], header=False), *page[first + 1 :])
        else:
            heads = set()
        heads |= {line.text for line in page if line.header}
        yield tuple(page)
        before = page


def _goes_on(before: Sequence[Line], page: Sequence[Line], first: int) -> bool:
    """Whether row `first` of a page belongs to the table that the page before ends with."""
    last = max((i for i, line in enumerate(before) if line.kind == "table_row"), default=None)
    return (
        last is not None
        and _agree(before[last].columns, page[first].columns)
        and _masked(before[last + 1 :]) <= _masked(page)
        and _masked(page[:first]) <= _masked(before)
    )


def _agree(columns: Sequence[int], others: Sequence[int]) -> bool:
    return len(columns) == len(others) and all(
        abs(one - other) <= _SLACK for one, other in zip(columns, others, strict=True)
    )


def _masked(lines: Sequence[Line]) -> set[str]:
    """What lines say, apart from figures."""
    return {_DIGITS.sub("0", bare(line.text)) for line in lines}
