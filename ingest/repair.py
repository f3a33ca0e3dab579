"""The recipe of cleaning: from an extract to a document whose every change is on record.

A repair proposes edits; it never guesses. What is damaged and cannot be repaired with certainty
stays as the source has it, and is marked. The recipe runs until it finds nothing more to do, so
repairing a clean text, or a repaired one, changes nothing.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ingest.repairs import (
    bracketed_pinyin,
    cut_off,
    duplicate_titles,
    hard_wraps,
    html_remnants,
    interleaved_columns,
    letter_spacing,
    lost_numbering,
    lost_punctuation,
    markup,
    missing_values,
    mojibake,
    page_furniture,
    radicals,
    shifted_bytes,
    site_furniture,
    spaces,
    unrepaired,
)
from ingest.repairs.draft import Draft, Finder, Repair
from kb.edits import Edited
from kb.records import Block, Document, Extract, Mark, Page, SourceFile, Span

REPAIRS: tuple[Repair, ...] = (
    site_furniture.given,
    mojibake.repair,
    markup.line_ends,
    markup.invisible,
    radicals.repair,
    bracketed_pinyin.repair,
    shifted_bytes.repair,
    html_remnants.repair,
    letter_spacing.repair,
    lost_punctuation.repair,
    lost_numbering.repair,
    site_furniture.notices,
    hard_wraps.join_blanks,
    page_furniture.headers_and_footers,
    page_furniture.running_headers,
    duplicate_titles.repair,
    hard_wraps.join_lines,
    spaces.repair,
)
"""In this order: bytes first, then characters, then whole lines, then what holds lines apart."""

FINDERS: tuple[Finder, ...] = (
    missing_values.find,
    lost_numbering.find,
    unrepaired.find,
    interleaved_columns.find,
    cut_off.find,
)

MAX_ROUNDS = 4
"""A repair may uncover work for one before it; more rounds than this have not been seen."""


def repair(source: SourceFile, extract: Extract, *, document_id: str, version: str) -> Document:
    """Return the cleaned document of `extract`, with its edits, and marks where it is damaged."""
    draft = clean(Draft(source, extract, Edited(extract.raw)))
    return Document(
        id=document_id,
        source=source,
        title=title(draft),
        version=version,
        raw=extract.raw,
        text=draft.text,
        edits=draft.edited.edits,
        pages=_pages(draft),
        blocks=_blocks(draft),
        marks=_all_marks(draft),
        encoding=extract.encoding,
        certainty=extract.certainty,
        notes=extract.notes,
    )


def clean(draft: Draft) -> Draft:
    """Return `draft` with all repairs made, again and again until nothing changes."""
    draft = markup.markdown(draft)
    idle = 0  # repairs in a row that have seen this very text and found nothing to do
    for propose in REPAIRS * MAX_ROUNDS:
        before, draft = draft, draft.revise(propose(draft))
        idle = idle + 1 if draft is before else 0
        if idle == len(REPAIRS):
            break
    return draft


def marks(text: str) -> tuple[Mark, ...]:
    """The places of a cleaned text that are damaged and stay so, in the order of the text."""
    return tuple(sorted((mark for find in FINDERS for mark in find(text)), key=lambda m: m.span))


def _all_marks(draft: Draft) -> tuple[Mark, ...]:
    found = {*marks(draft.text), *_given(draft), *_unread(draft)}
    return tuple(sorted(found, key=lambda mark: (mark.span, mark.kind)))


def _unread(draft: Draft) -> Iterator[Mark]:
    """The question marks behind restored runs: each stands for a character that nobody can tell."""
    for edit in draft.edited.edits:
        if shifted_bytes.RULE in edit.rule:
            end = draft.edited.to_text(edit.span).end
            if draft.text[end : end + 1] in ("?", "\ufffd"):
                yield Mark(Span(end, end + 1), "damaged")


_TITLE_LENGTH = 60
_HASH = re.compile(r"(?:^|(?<=[_\W]))(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}(?=$|[_\W])")


def title(draft: Draft) -> str:
    """The format's own title, else the first line that looks like one, else the file's name."""
    if own := draft.extract.title.strip():
        return own
    for line in draft.text.split("\n"):
        if stripped := line.strip():
            if len(stripped) <= _TITLE_LENGTH and stripped[-1] not in "。！？!?；;，,":
                return stripped
            break
    return _name(draft.source.path)


def _name(path: str) -> str:
    stem = PurePosixPath(path).stem
    return re.sub(r"[\s_-]+", " ", _HASH.sub("", stem)).strip() or stem


def _pages(draft: Draft) -> tuple[Page, ...]:
    spans = ((page.number, draft.edited.to_text(page.span)) for page in draft.extract.pages)
    return tuple(Page(number, span) for number, span in spans if span.of(draft.text).strip())


def _given(draft: Draft) -> Iterator[Mark]:
    """The places that the reader marked, as far as there are words left."""
    for mark in draft.extract.marks:
        span = draft.edited.to_text(mark.span)
        if span.of(draft.text).strip():
            yield Mark(span, mark.kind)


def _blocks(draft: Draft) -> tuple[Block, ...]:
    spans = ((block, draft.edited.to_text(block.span)) for block in draft.extract.blocks)
    return tuple(
        Block(block.kind, block.level, span, block.header)
        for block, span in spans
        if span.of(draft.text).strip()
    )
