"""From a document to its sections: manuals, headings, and how they nest."""

from itertools import pairwise

from ingest.headings import headings
from ingest.members import Member, members
from ingest.outline import outline
from ingest.pieces import Piece, pieces
from kb.records import Document, Section, Span


def section(document: Document) -> tuple[Section, ...]:
    """Return the sections of `document`, in order; between them they hold all of its words.

    Where a subsection has ended and the text of its parent goes on, the path comes once more.
    """
    found = pieces(document)
    if not found:
        return ()
    manuals = members(document, found)
    ends = [*(manual.first for manual in manuals[1:]), len(found)]
    return tuple(
        one
        for manual, end in zip(manuals, ends, strict=True)
        for one in _sections(manual, found[manual.first : end])
    )


def _sections(manual: Member, found: tuple[Piece, ...]) -> list[Section]:
    places = list(outline(found, headings(found, manual.title)))
    borders = [*(place.first for place in places), len(found)]
    return [
        Section(manual.title, place.path, Span(found[first].span.start, found[end - 1].span.end))
        for place, (first, end) in zip(places, pairwise(borders), strict=True)
    ]
