"""The map between a raw text and its cleaned form.

`Edited` holds a raw text and the edits made to it so far. A repair proposes edits in the
coordinates of the current text; `revise` composes them with the earlier ones, so the result is
again one list of edits over the raw text, sorted and apart from one another. Two equalities
always hold: `apply(edits, raw) == text`, and a span carried back covers the words it came from.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.records import Edit, Span


def apply(edits: Sequence[Edit], raw: str) -> str:
    """Return `raw` with every edit made.

    Raises ValueError where two edits overlap, are out of order or leave the text.
    """
    parts, cursor = [], 0
    for edit in edits:
        start, end = edit.span
        if not cursor <= start <= end <= len(raw):
            raise ValueError(
                f"edit {edit.rule!r} at {start}:{end} is outside {cursor}:{len(raw)}: "
                "edits must be sorted, apart from one another and inside the text"
            )
        parts += [raw[cursor:start], edit.replacement]
        cursor = end
    return "".join(parts) + raw[cursor:]


@dataclass(frozen=True)
class Edited:
    """A raw text with the edits made to it, and both directions of the map between the two."""

    raw: str
    edits: tuple[Edit, ...] = ()
    text: str = field(init=False, compare=False)
    _starts: list[int] = field(init=False, repr=False, compare=False)
    _ends: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", apply(self.edits, self.raw))
        starts, ends, shift = [], [], 0
        for edit in self.edits:
            starts.append(edit.span.start + shift)
            ends.append(starts[-1] + len(edit.replacement))
            shift = ends[-1] - edit.span.end
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_ends", ends)

    def revise(self, changes: Iterable[Edit]) -> "Edited":
        """Return this text with `changes` made too; their spans count code points of `text`.

        Changes and earlier edits that share a character of `text` become one edit of the raw
        text. Raises ValueError where two changes overlap.
        """
        new = sorted(changes, key=lambda change: change.span)
        apply(new, self.text)
        merged: list[Edit] = []
        i = j = 0
        while j < len(new):
            start = new[j].span.start
            while i < len(self.edits) and self._ends[i] <= start:
                merged.append(self.edits[i])
                i += 1
            first, group = i, [new[j]]
            end, j = new[j].span.end, j + 1
            while True:  # grow the group until nothing else reaches into it
                if i < len(self.edits) and self._starts[i] < end:
                    end, i = max(end, self._ends[i]), i + 1
                elif j < len(new) and new[j].span.start < end:
                    group.append(new[j])
                    end, j = max(end, new[j].span.end), j + 1
                else:
                    break
            if first < i:
                start = min(start, self._starts[first])
            merged.append(self._merge(Span(start, end), self.edits[first:i], group, first, i))
        return Edited(self.raw, (*merged, *self.edits[i:]))

    def _merge(
        self, span: Span, old: Sequence[Edit], new: Sequence[Edit], first: int, last: int
    ) -> Edit:
        """One edit for a stretch of text that the earlier edits first:last and `new` share."""
        stretch = Span(span.start + self._shift(first), span.end + self._shift(last))
        if not old and len(new) == 1:  # as nearly all are
            return Edit(stretch, new[0].replacement, new[0].rule, new[0].certainty)
        within = [
            Edit(Span(e.span.start - span.start, e.span.end - span.start), e.replacement, "", 1.0)
            for e in new
        ]
        rules = [rule for edit in (*old, *new) for rule in edit.rule.split("+")]
        return Edit(
            stretch,
            apply(within, span.of(self.text)),
            "+".join(dict.fromkeys(rules)),
            min(edit.certainty for edit in (*old, *new)),
        )

    def _shift(self, index: int) -> int:
        """What to add to a position of `text` after `index` edits to have one of the raw text."""
        return self.edits[index - 1].span.end - self._ends[index - 1] if index else 0

    def to_raw(self, span: Span) -> Span:
        """Smallest raw span holding every character that `span` of the text came from.

        A span that touches a replacement covers the whole of what was replaced; words dropped
        at its borders stay outside, words dropped within are inside.
        """
        before = bisect_right(self._ends, span.start)
        start = span.start + self._shift(before)
        if before < len(self.edits) and self._starts[before] < span.start:
            start = self.edits[before].span.start
        if span.end <= span.start:
            return Span(start, start)
        upto = bisect_left(self._starts, span.end)
        end = span.end + self._shift(upto)
        if upto and self._ends[upto - 1] > span.end:
            end = self.edits[upto - 1].span.end
        return Span(start, end)

    def to_text(self, raw_span: Span) -> Span:
        """The span of the text that `raw_span` became; empty where its words were dropped."""
        start, end = (self._to_text(position) for position in raw_span)
        return Span(start, max(start, end))

    def _to_text(self, position: int) -> int:
        upto = bisect_right(self.edits, position, key=lambda edit: edit.span.start)
        if not upto:
            return position
        edit = self.edits[upto - 1]
        if position == edit.span.start:
            return self._starts[upto - 1]
        return max(self._ends[upto - 1], position - self._shift(upto))
