"""The cleaning report: what was done to a document, place by place, and figures to sort by.

An editor reads it before she trusts a manual: what was read and how, what each rule changed, what
was dropped because it is not the manual, and what is damaged and was left alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.edits import Edited
from kb.generation import Generation
from kb.records import RECOGNISED, Document, Edit, Mark, Page, Passage, SourceFile, Span

AROUND = 40
"""How many characters of the line before and behind a place are shown."""

DOUBTFUL = 0.9
"""An edit that is less sure than this is worth an editor's look."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was done: in the raw text, in the cleaned text, and on which pages.

    `lead` and `tail` are the cleaned words before and behind it, up to the ends of its line or
    `AROUND` characters. A place that was dropped between two pages has the numbers of both.
    """

    source_span: Span
    span: Span
    pages: tuple[int, ...]
    lead: str
    tail: str


@dataclass(frozen=True, slots=True)
class Change:
    """An edit as a reader checks it: `before` stands in the raw text, `after` in the cleaned."""

    rule: str
    certainty: float
    before: str
    after: str
    place: Place


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged place that was left alone, with its words as they are."""

    kind: str
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of one document, to compare documents by.

    `changed` and `dropped` are shares (0–1) of the raw text's characters: those that repairs
    replaced or took away, and those that were furniture. `marked` is the share of the cleaned
    text's characters that are damaged and left, `recognised` that of those read in a picture
    (OCR). `edits` counts by rule, `marks` by kind; `doubtful` edits are less sure than
    `DOUBTFUL`. `cut_off` says that the manual ends too early.
    """

    raw_characters: int
    characters: int
    changed: float
    dropped: float
    marked: float
    recognised: float
    edits: dict[str, int]
    marks: dict[str, int]
    doubtful: int
    sections: int
    passages: int
    deadlines: int
    scripts: int
    cut_off: bool


@dataclass(frozen=True, slots=True)
class CleaningReport:
    """All that cleaning did to one document, each list in the order of the text.

    `encoding` is the text encoding or the format's name, and `certainty` (0–1) how sure it is.
    `dropped` are the changes that took furniture away, `changes` all others.
    """

    document_id: str
    title: str
    version: str
    source: SourceFile
    encoding: str
    certainty: float
    notes: tuple[str, ...]
    quality: Quality
    changes: tuple[Change, ...]
    dropped: tuple[Change, ...]
    damages: tuple[Damage, ...]


def cleaning_report(generation: Generation, document_id: str) -> CleaningReport:
    """Return the report of a document. Raises UnknownDocument."""
    document = generation.document(document_id)
    changes = tuple(_changes(document))
    sections = len(generation.sections(document_id))
    return CleaningReport(
        document_id=document.id,
        title=document.title,
        version=document.version,
        source=document.source,
        encoding=document.encoding,
        certainty=document.certainty,
        notes=document.notes,
        quality=_quality(document, sections, generation.passages(document_id)),
        changes=tuple(each for each in changes if not is_furniture(each.rule)),
        dropped=tuple(each for each in changes if is_furniture(each.rule)),
        damages=tuple(_damages(document)),
    )


def rules(rule: str) -> list[str]:
    """The repairs that made an edit: several where they touched the same place."""
    return rule.split("+")


def is_furniture(rule: str) -> bool:
    """Whether an edit of this rule took furniture away: what a site or a page put around words."""
    return any(each.endswith("_furniture") for each in rules(rule))


def _quality(document: Document, sections: int, passages: Sequence[Passage]) -> Quality:
    furniture = [edit for edit in document.edits if is_furniture(edit.rule)]
    repairs = [edit for edit in document.edits if not is_furniture(edit.rule)]
    kinds = Counter(mark.kind for mark in document.marks)
    return Quality(
        raw_characters=len(document.raw),
        characters=len(document.text),
        changed=_share(repairs, document.raw),
        dropped=_share(furniture, document.raw),
        marked=_share(_left(document), document.text),
        recognised=_share((m for m in document.marks if m.kind == RECOGNISED), document.text),
        edits=_by_rule(document.edits),
        marks=dict(kinds.most_common()),
        doubtful=sum(edit.certainty < DOUBTFUL for edit in document.edits),
        sections=sections,
        passages=len(passages),
        deadlines=len({each for passage in passages for each in passage.deadlines}),
        scripts=len({each for passage in passages for each in passage.scripts}),
        cut_off="cut_off" in kinds,
    )


def _share(places: Iterable[Edit | Mark], text: str) -> float:
    covered = sum(place.span.end - place.span.start for place in places)
    return covered / len(text) if text else 0.0


def _by_rule(edits: Iterable[Edit]) -> dict[str, int]:
    return dict(Counter(rule for edit in edits for rule in rules(edit.rule)).most_common())


def _changes(document: Document) -> Iterator[Change]:
    """Every edit with its place in both texts; each shifts the text behind it."""
    shift = 0
    for edit in document.edits:
        start = edit.span.start + shift
        span = Span(start, start + len(edit.replacement))
        shift = span.end - edit.span.end
        yield Change(
            rule=edit.rule,
            certainty=edit.certainty,
            before=edit.span.of(document.raw),
            after=edit.replacement,
            place=_place(document, edit.span, span),
        )


def _left(document: Document) -> list[Mark]:
    """The damaged places."""
    return [mark for mark in document.marks if mark.kind != RECOGNISED]


def _damages(document: Document) -> Iterator[Damage]:
    edited = Edited(document.raw, document.edits)
    for mark in _left(document):
        place = _place(document, edited.to_raw(mark.span), mark.span)
        yield Damage(mark.kind, mark.span.of(document.text), place)


def _place(document: Document, source_span: Span, span: Span) -> Place:
    text = document.text
    line_end = text.find("\n", span.end)
    return Place(
        source_span=source_span,
        span=span,
        pages=tuple(page.number for page in document.pages if _touches(page, span)),
        lead=text[max(text.rfind("\n", 0, span.start) + 1, span.start - AROUND) : span.start],
        tail=text[span.end : min(line_end if line_end >= 0 else len(text), span.end + AROUND)],
    )


def _touches(page: Page, span: Span) -> bool:
    """Whether a place is on a page; one without words of its own is also on it at its borders."""
    if span.start == span.end:
        return page.span.start <= span.start <= page.span.end
    return page.span.start < span.end and span.start < page.span.end
