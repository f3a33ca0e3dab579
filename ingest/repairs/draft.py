"""The text on its way from raw to clean, with what the format knows about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from kb.edits import Edited
from kb.records import Edit, Extract, Mark, SourceFile, Span


@dataclass(frozen=True)
class Draft:
    """A text under repair. Every span that it gives counts code points of `text`."""

    source: SourceFile
    extract: Extract
    edited: Edited

    @property
    def text(self) -> str:
        """The text as repaired so far."""
        return self.edited.text

    @cached_property
    def pages(self) -> tuple[Span, ...]:
        """The pages, slides or sheets, in the order of the text; empty where there are none."""
        return tuple(self.edited.to_text(page.span) for page in self.extract.pages)

    @cached_property
    def rows(self) -> tuple[Span, ...]:
        """The table rows that the format knows of."""
        return tuple(
            self.edited.to_text(block.span)
            for block in self.extract.blocks
            if block.kind == "table_row"
        )

    @cached_property
    def borders(self) -> frozenset[int]:
        """Positions where a block of the format starts or ends: no line is joined across one."""
        spans = (self.edited.to_text(block.span) for block in self.extract.blocks)
        return frozenset(position for span in spans for position in span)

    def revise(self, edits: Iterable[Edit]) -> "Draft":
        """Return the draft with `edits` made; they must be apart from one another."""
        changes = [edit for edit in edits if edit.span.of(self.text) != edit.replacement]
        if not changes:
            return self
        return Draft(self.source, self.extract, self.edited.revise(changes))


Repair = Callable[[Draft], Iterable[Edit]]
"""Proposes edits in the coordinates of the draft's text; changes nothing itself."""

Finder = Callable[[str], Iterable[Mark]]
"""Finds the places of a clean text that are damaged and stay so."""
