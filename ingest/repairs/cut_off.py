"""A text that ends in the middle of a sentence, as the free preview of a document does."""

from collections.abc import Iterator

from ingest.repairs.characters import CLOSING, TERMINAL, is_han
from kb.records import Mark, Span

_SHORTEST = 20


def find(text: str) -> Iterator[Mark]:
    """Mark the last line where it is too long for a heading and its sentence has no end."""
    body = text.rstrip()
    line = body[body.rfind("\n") + 1 :].strip()
    if len(line) >= _SHORTEST and line[-1] not in TERMINAL + CLOSING + ".":
        last = line.rstrip()[-1]
        if is_han(last) or last in ",，、" or last.isalpha():
            yield Mark(Span(len(body) - 1, len(body)), "cut_off")
