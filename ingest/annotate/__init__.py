"""What a passage holds for those who ask: its kinds, its deadlines, and the words to say.

Everything is read off the words themselves; nothing is completed or guessed.
"""

from dataclasses import replace

from ingest.annotate.deadlines import find_deadlines
from ingest.annotate.headed_limits import bind_by_heads
from ingest.annotate.kinds import kinds_of
from ingest.annotate.scripts import find_scripts
from kb.records import Deadline, Document, Passage, Quote, Script, Span


def annotate(document: Document, passage: Passage) -> Passage:
    """Return `passage` with its kinds, deadlines and scripts; spans are of `document.text`."""
    text, shift = passage.span.of(document.text), passage.span.start
    lost = [
        Span(max(mark.span.start, shift) - shift, min(mark.span.end, passage.span.end) - shift)
        for mark in document.marks
        if mark.kind == "value_missing"
        and mark.span.start < passage.span.end
        and mark.span.end > shift
    ]
    titles = (passage.title, *passage.heading_path)
    columns = _columns(document, passage)
    deadlines = tuple(bind_by_heads(find_deadlines(text, lost), text, columns))
    scripts = find_scripts(text, titles, columns)
    return replace(
        passage,
        kinds=kinds_of(text, titles, deadlines, scripts),
        deadlines=tuple(_moved_deadline(deadline, shift) for deadline in deadlines),
        scripts=tuple(_moved_script(script, shift) for script in scripts),
    )


def _columns(document: Document, passage: Passage) -> str:
    """The heads of the columns that the passage's rows stand under, "" where it has none."""
    if passage.columns:
        return passage.columns
    for block in document.blocks:
        if block.header and passage.span.start <= block.span.start < passage.span.end:
            return block.span.of(document.text)
    return ""


def _moved_deadline(deadline: Deadline, by: int) -> Deadline:
    return replace(deadline, span=_moved(deadline.span, by))


def _moved_script(script: Script, by: int) -> Script:
    return replace(
        script,
        say=tuple(Quote(quote.quote, _moved(quote.span, by)) for quote in script.say),
        never_say=tuple(Quote(quote.quote, _moved(quote.span, by)) for quote in script.never_say),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
