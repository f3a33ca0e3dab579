"""A title that stands twice in a row, as pages of sharing sites print it."""

import re
from collections.abc import Iterator

from ingest.repairs.draft import Draft
from kb.records import Edit, Span

LONGEST = 50
"""Characters of the longest line that is taken for a title."""

_DOUBLED = re.compile(
    rf"(?<![^\n])(?P<title>[^\n]{{2,{LONGEST}}})(?P<again>(?:\s*\n\s*(?P=title))+)(?![^\n])"
)
_SENTENCE = re.compile(r"[。！？!?；;,，]\s*$")


def repair(draft: Draft) -> Iterator[Edit]:
    """Keep the first of two equal title lines that have nothing but blank lines between them.

    Several doubled titles in one text are the borders of a compilation's manuals: they stay,
    because that is how these are told apart.
    """
    doubled = [match for match in _DOUBLED.finditer(draft.text) if _is_title(match["title"])]
    if len(doubled) == 1:
        yield Edit(Span(*doubled[0].span("again")), "", "duplicate_title", 0.9)


def _is_title(line: str) -> bool:
    words = line.strip()
    return len(words) > 1 and not words.isdigit() and not _SENTENCE.search(words)
