"""The records that travel through the service, in the order in which they are made.

    SourceFile ─read─► Extract ─repair─► Document ─section─► Section ─split─► Passage
    query ─► Query ─search─► Hit (Passage + Citation) ─► SearchResult

Every record is frozen and passed one way. Spans are half-open and count code points: of
`Document.text` unless a field says "raw", of `Document.raw` then. A `Document` is the only
owner of text; everything else points into it.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "list_item", "table_row"]
Kind = Literal["rule", "deadline", "script", "procedure", "definition"]
Comparator = Literal["within", "at_least", "every", "at", "before", "after"]
Language = Literal["zh-Hans", "zh-Hant", "en", "mixed"]
Rendering = Literal["original", "hans", "hant"]
Level = Literal["found", "perhaps", "not_in_handbook"]

KINDS: tuple[Kind, ...] = ("rule", "deadline", "script", "procedure", "definition")
RECOGNISED = "ocr"
"""The kind of the marks on words that were read in a picture."""


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that this span covers in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came in. `path` is relative to what was ingested, with `/` between its parts."""

    path: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or sheet. `number` starts at 1."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """What a file's format knows of its structure. `level` is a heading's, from 1; 0 elsewhere.

    A table row's span covers the cells of one row; `header` says that it names the columns.
    """

    kind: BlockKind
    level: int
    span: Span
    header: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """One change from the raw text to the text: the words of `raw[span]` became `replacement`.

    `rule` names the repair (joined by "+" where several touched the same place), `certainty`
    is in 0–1. A dropped place has an empty replacement.
    """

    span: Span
    replacement: str
    rule: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A place whose words are to be trusted less than others, and why.

    `kind` is "value_missing", "damaged", "columns" or "cut_off" where the source is damaged and
    was left alone, because nobody can tell what it said, and `RECOGNISED` where the words were
    read in a picture.
    """

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader got out of a file: all spans count code points of `raw`.

    `encoding` is the text encoding or the format's name; `certainty` (0–1) says how sure the
    reader is of it; `notes` are sentences for the cleaning report. `title` is what the format
    itself says the document is called ("" where it does not). `furniture` are the places that
    the format itself says are not the manual (navigation, footers, comments). `marks` are the
    places of which the reader knows that they are to be trusted less.
    """

    raw: str
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    encoding: str = ""
    certainty: float = 1.0
    title: str = ""
    notes: tuple[str, ...] = ()
    furniture: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source file's text: as extracted (`raw`) and cleaned (`text`), and the edits between them.

    `apply(edits, raw) == text` always holds. `version` changes when the file's bytes change.
    """

    id: str
    source: SourceFile
    title: str
    version: str
    raw: str
    text: str
    edits: tuple[Edit, ...]
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    encoding: str
    certainty: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading.

    `title` is that of the manual it belongs to: a compilation holds several. `heading_path`
    goes from the outermost heading below that title to the section's own, each as written.
    `span` covers the section's own words, its heading included, without its subsections.
    """

    title: str
    heading_path: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document and where they stand in its text."""

    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit, count, frequency or retention period, as the text states it.

    `value` and `unit` are those of the words ("3", "ring"); `iso8601` is set where the standard
    has a form for it ("PT30M", "P5D"). `value_missing` says that the source lost the number:
    `value` and `iso8601` are then empty, whatever the rest of the sentence suggests.
    """

    quote: str
    span: Span
    value: float | None
    unit: str
    comparator: Comparator
    iso8601: str | None = None
    business_days: bool = False
    recurrence: str | None = None
    value_missing: bool = False
    actor: str | None = None
    trigger: str | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """Words to say in a situation, and words never to say in it."""

    situation: str
    say: tuple[Quote, ...]
    never_say: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole thought of a document: the unit that is indexed and returned.

    `id` survives a rebuild and edits elsewhere in the manual. `pages` are the numbers of the
    pages it stands on, empty where the format has none. `columns` are the column heads that a
    table row's passage needs to be understood; they belong to its meaning, not to its span.
    `marks` are the kinds of the document's marks that it touches, each once.
    """

    id: str
    document_id: str
    title: str
    heading_path: tuple[str, ...]
    span: Span
    pages: tuple[int, ...] = ()
    columns: str = ""
    kinds: tuple[Kind, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    scripts: tuple[Script, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as asked, its search form, its language, and the kind of answer it wants.

    `corrections` are the edits that turned the words typed into those that were meant and
    searched: spans of `text`, replacements in search form. Empty where nothing was mistyped.
    """

    text: str
    folded: str
    language: Language
    intent: Kind | None
    corrections: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a passage comes from. `raw[source_span] == quote`, in the source as extracted.

    `page` is None where the format has no pages: it is never guessed.
    """

    passage_id: str
    document_id: str
    path: str
    title: str
    version: str
    heading_path: tuple[str, ...]
    page: int | None
    span: Span
    source_span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a hit, traceable: `span` counts from the first character of the hit's `text`.

    `raw[source_span] == quote`, in the source as extracted.
    """

    span: Span
    source_span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What of a hit answers the query: a sentence, and by the kind asked for what it holds.

    `deadlines` are those of the sentence, or right beside it, that fit the question, the best
    first; one whose number the source lost says so. `say` are the words to say, the best first,
    and `never_say` those of the same situation that must not be said; `situation` tells when.
    """

    sentence: Excerpt
    deadlines: tuple[Deadline, ...] = ()
    situation: str = ""
    say: tuple[Excerpt, ...] = ()
    never_say: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    `score` is in 0–1, higher is better. `highlights` are spans of the passage's own `text`,
    from its first character. `also_in` cites the other places that say the same. `answer` is
    None where the passage has no words of its own.
    """

    passage: Passage
    text: str
    score: float
    highlights: tuple[Span, ...]
    citation: Citation
    also_in: tuple[Citation, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query gives back. `confidence` (0–1) is that of the best hit answering it.

    `level` says the same in words: with "not_in_handbook", `answered` is False and the hits are
    only the nearest passages.
    """

    query: Query
    level: Level
    confidence: float
    hits: tuple[Hit, ...]
    generation: str

    @property
    def answered(self) -> bool:
        """Whether the evidence is enough for an answer."""
        return self.level != "not_in_handbook"
