"""Ways to put a text through a repair, for the tests of all of them."""

from collections.abc import Callable, Iterable

from ingest.repair import clean
from ingest.repairs.draft import Draft
from kb.edits import Edited
from kb.records import Block, Edit, Extract, Page, SourceFile, Span


def draft(
    text: str,
    *,
    pages: tuple[Span, ...] = (),
    blocks: tuple[Block, ...] = (),
    furniture: tuple[Span, ...] = (),
    media_type: str = "text/plain",
) -> Draft:
    """A draft of `text` with what its format knows."""
    extract = Extract(
        text,
        pages=tuple(Page(number, span) for number, span in enumerate(pages, start=1)),
        blocks=blocks,
        furniture=furniture,
    )
    return Draft(SourceFile("manual.txt", media_type, "", 0), extract, Edited(text))


def repaired(propose: Callable[[Draft], Iterable[Edit]], text: str) -> str:
    """`text` after one repair alone."""
    start = draft(text)
    return start.revise(propose(start)).text


def cleaned(text: str) -> str:
    """`text` after the whole recipe."""
    return clean(draft(text)).text
