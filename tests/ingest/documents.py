"""Documents made for tests: the text is the raw text, nothing was repaired."""

from kb.records import Block, Document, Mark, Page, SourceFile


def document(
    text: str,
    *,
    title: str = "",
    path: str = "manual.txt",
    pages: tuple[Page, ...] = (),
    blocks: tuple[Block, ...] = (),
    marks: tuple[Mark, ...] = (),
) -> Document:
    """A document whose raw text is `text`, with nothing repaired."""
    return Document(
        id="d",
        source=SourceFile(path, "text/plain", "0" * 64, len(text)),
        title=title,
        version="v",
        raw=text,
        text=text,
        edits=(),
        pages=pages,
        blocks=blocks,
        marks=marks,
        encoding="utf-8",
        certainty=1.0,
        notes=(),
    )
