"""What goes over the wire. Each model is made from a record by `from_record`.

Spans are `[start, end]`, half-open, in Unicode code points (in JavaScript: of `Array.from(text)`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal, Self
from urllib.parse import quote

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from kb import records
from kb.generation import Generation
from kb.records import KINDS, Comparator, Kind, Language, Level, Rendering
from kb.rendering import render
from kb.report import CleaningReport as CleaningRecord
from kb.search import MAX_QUERY, MAX_TOP_K
from kb.store import DocumentSummary

Range = tuple[int, int]
Shown = str | int | float | bool | None
Name = Annotated[str, PlainSerializer(lambda name: name.encode("utf8", "replace").decode())]
"""A file's path, or a title made from it: names that are no Unicode lose what cannot be written."""

EXPECTED = {
    "query": f"a question of 1 to {MAX_QUERY:,} characters, without NUL or half a surrogate pair",
    "top_k": f"a whole number from 1 to {MAX_TOP_K}",
    "kinds": f"a list of {', '.join(KINDS)}",
    "documents": "a list of ids of documents, as GET /v1/documents lists them",
    "script": "original, hans or hant",
    "exact": "true or false",
}
"""What the fields of a search have to be, for its description and its errors."""

_UNUSABLE = re.compile("[\0\ud800-\udfff]")


def _question(text: str) -> str:
    words = text.strip()
    if not 1 <= len(words) <= MAX_QUERY or _UNUSABLE.search(words):
        raise PydanticCustomError("question", "Input should be a question")
    return words


def _whole(value: object) -> object:
    """To JSON, 5.0 is a whole number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class Wire(BaseModel):
    """Base of all: no field but those named."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class SearchRequest(Wire):
    """A question, and what to look at."""

    model_config = ConfigDict(extra="forbid", strict=True)

    query: Annotated[str, AfterValidator(_question)] = Field(
        description=f"In any of the languages: {EXPECTED['query']}.",
        examples=["客人投诉后几天内要答复?"],
        json_schema_extra={
            "minLength": 1,
            "maxLength": MAX_QUERY,
            "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$",
        },
    )
    top_k: Annotated[int, BeforeValidator(_whole)] = Field(
        default=5,
        ge=1,
        le=MAX_TOP_K,
        description=f"How many passages to return: {EXPECTED['top_k']}.",
        examples=[5],
    )
    kinds: list[Kind] = Field(
        default=[],
        description=f"Only passages of one of these kinds; empty: all. {EXPECTED['kinds']}.",
        examples=[["deadline"]],
    )
    documents: list[str] = Field(
        default=[],
        description=f"Only passages of these documents; empty: all. {EXPECTED['documents']}.",
        examples=[[]],
    )
    script: Rendering = Field(
        default="original",
        description="Script of the passages' text: as written, Simplified, or Traditional.",
        examples=["hans"],
    )
    exact: bool = Field(
        default=False,
        description="Search the words as they were typed: mistakes are not corrected.",
        examples=[False],
    )


class Correction(Wire):
    """Words of the question that were taken for others."""

    span: Range = Field(description="Their place in the question's `text`.", examples=[[4, 9]])
    words: str = Field(description="The words typed.", examples=["tuikuan"])
    meant: str = Field(description="What was searched instead.", examples=["退款"])

    @classmethod
    def from_query(cls, query: records.Query) -> list[Self]:
        """All of a question, in the order of its text and in its script."""
        script: Rendering = "hant" if query.language == "zh-Hant" else "original"
        return [
            cls(
                span=edit.span,
                words=edit.span.of(query.text),
                meant=render(edit.replacement, script),
            )
            for edit in query.corrections
        ]


class Understood(Wire):
    """The question as it was understood."""

    text: str = Field(description="The question.", examples=["客人投诉后几天内要答复?"])
    language: Language = Field(description="Its language.", examples=["zh-Hans"])
    intent: Kind | None = Field(
        description="The kind of answer that it asks for, where it shows.", examples=["deadline"]
    )
    corrections: list[Correction] = Field(
        description="What was taken for mistyped; `exact` searches the words as they are.",
        examples=[[]],
    )

    @classmethod
    def from_record(cls, query: records.Query) -> Self:
        """The record with the words that were corrected."""
        return cls(
            text=query.text,
            language=query.language,
            intent=query.intent,
            corrections=Correction.from_query(query),
        )


class Citation(Wire):
    """The place that a passage comes from, for checking."""

    document_id: str = Field(description="The document.", examples=["d0c9f2a4b1e86d35"])
    title: Name = Field(description="The manual's title.", examples=["客诉处理手册"])
    version: str = Field(description="Version of the document.", examples=["3f2a9c81d0b4"])
    heading_path: list[str] = Field(
        description="Headings above the passage, the outermost first.",
        examples=[["第二章 投诉", "一、时限"]],
    )
    page: int | None = Field(
        description="Page, slide or sheet, from 1; null where the format has none.", examples=[3]
    )
    span: Range = Field(description="The passage in the cleaned text.", examples=[[120, 152]])
    source_span: Range = Field(description="The same in the raw text.", examples=[[131, 166]])
    quote: str = Field(
        description="The words there, exactly as the source has them.",
        examples=["投诉须在 3 个工作日内答复。"],
    )
    url: str = Field(
        description="The place in the viewer, a path on this server.",
        examples=["/documents/d0c9f2a4b1e86d35?version=3f2a9c81d0b4&start=120&end=152#mark"],
    )

    @classmethod
    def from_record(cls, citation: records.Citation) -> Self:
        """The record with the address of its place."""
        start, end = citation.span
        return cls(
            document_id=citation.document_id,
            title=citation.title,
            version=citation.version,
            heading_path=list(citation.heading_path),
            page=citation.page,
            span=citation.span,
            source_span=citation.source_span,
            quote=citation.quote,
            url=f"/documents/{quote(citation.document_id)}?version={quote(citation.version)}"
            f"&start={start}&end={end}#mark",
        )


class Quote(Wire):
    """Words of a document and where they stand in its cleaned text."""

    quote: str = Field(description="The words.", examples=["非常抱歉给您带来不便。"])
    span: Range = Field(description="Their place.", examples=[[140, 151]])


class Deadline(Wire):
    """A time limit, count, frequency or retention period, as the text states it."""

    quote: str = Field(description="The words that state it.", examples=["3 个工作日内"])
    span: Range = Field(description="Their place in the cleaned text.", examples=[[124, 132]])
    value: float | None = Field(description="The number; null where it is lost.", examples=[3])
    unit: str = Field(description="What is counted.", examples=["day"])
    comparator: Comparator = Field(description="How it binds.", examples=["within"])
    iso8601: str | None = Field(
        description="As an ISO 8601 duration or time, where it has one.", examples=["P3D"]
    )
    business_days: bool = Field(description="Working days only.", examples=[True])
    recurrence: str | None = Field(description="How often it comes back.", examples=[None])
    value_missing: bool = Field(
        description="The source has lost the number: nobody can tell it.", examples=[False]
    )
    actor: str | None = Field(description="Who must act.", examples=["客服专员"])
    trigger: str | None = Field(description="What starts the clock.", examples=["接到投诉"])

    @classmethod
    def from_record(cls, deadline: records.Deadline, script: Rendering = "original") -> Self:
        """A deadline with who and what in `script`; its quote stays as the source has it."""
        actor, trigger = deadline.actor, deadline.trigger
        return cls.model_validate(
            replace(
                deadline,
                actor=actor and render(actor, script),
                trigger=trigger and render(trigger, script),
            )
        )


class Script(Wire):
    """Words to say in a situation, and words never to say in it."""

    situation: str = Field(description="When.", examples=["客人等候过久"])
    say: list[Quote] = Field(
        description="Words to say.",
        examples=[[{"quote": "非常抱歉给您带来不便。", "span": [140, 151]}]],
    )
    never_say: list[Quote] = Field(
        description="Words that must not be said: never offer them as an answer.",
        examples=[[{"quote": "这不归我管。", "span": [152, 158]}]],
    )

    @classmethod
    def from_record(cls, words: records.Script, script: Rendering = "original") -> Self:
        """A script with its situation in `script`; quotes stay as the source has them."""
        return cls.model_validate(replace(words, situation=render(words.situation, script)))


class Annotations(Wire):
    """What was found in a text: both lists in its order."""

    deadlines: list[Deadline] = Field(description="Time limits and the like.", examples=[[]])
    scripts: list[Script] = Field(description="Words to say, and never to say.", examples=[[]])

    @classmethod
    def from_records(cls, passages: Sequence[records.Passage]) -> Self:
        """What several passages carry, each thing once."""
        deadlines = dict.fromkeys(each for passage in passages for each in passage.deadlines)
        scripts = dict.fromkeys(each for passage in passages for each in passage.scripts)
        return cls(
            deadlines=[Deadline.from_record(each) for each in deadlines],
            scripts=[Script.from_record(each) for each in scripts],
        )


class Passage(Wire):
    """A whole thought of a manual, with its source."""

    passage_id: str = Field(description="Survives a rebuild.", examples=["p4be0c6f1a2d97358"])
    text: str = Field(
        description="The cleaned words, in the script asked for.",
        examples=["投诉须在 3 个工作日内答复。"],
    )
    columns: str = Field(
        description="Column heads that a table row needs to be understood; else empty.",
        examples=[""],
    )
    kinds: list[Kind] = Field(description="What it is; several may hold.", examples=[["deadline"]])
    deadlines: list[Deadline] = Field(description="Time limits in it.", examples=[[]])
    scripts: list[Script] = Field(description="Words to say in it.", examples=[[]])
    marks: list[str] = Field(
        description="Why its words are to be trusted less than others: ocr (read in a picture), "
        "value_missing, damaged, columns, cut_off; else empty.",
        examples=[["ocr"]],
    )
    citation: Citation = Field(description="Where it comes from.")

    @classmethod
    def from_record(
        cls, passage: records.Passage, text: str, citation: records.Citation, script: Rendering
    ) -> Self:
        """A passage with its text in `script`; quotes stay as the source has them."""
        return cls(
            passage_id=passage.id,
            text=render(text, script),
            columns=render(passage.columns, script),
            kinds=list(passage.kinds),
            deadlines=[Deadline.from_record(each, script) for each in passage.deadlines],
            scripts=[Script.from_record(each, script) for each in passage.scripts],
            marks=list(passage.marks),
            citation=Citation.from_record(citation),
        )


class Excerpt(Wire):
    """Words of a result, and where they stand."""

    span: Range = Field(description="Their place in this result's `text`.", examples=[[0, 15]])
    source_span: Range = Field(description="Their place in the raw text.", examples=[[131, 148]])
    quote: str = Field(
        description="The words there, exactly as the source has them.",
        examples=["投诉须在 3 个工作日内答复。"],
    )


class Answer(Excerpt):
    """What of a result answers: the sentence, and what it holds of the kind asked for."""

    deadlines: list[Deadline] = Field(
        description="Time limits in it that fit the question, the best first.", examples=[[]]
    )
    situation: str = Field(description="When the words are to be said; else empty.", examples=[""])
    say: list[Excerpt] = Field(description="Words to say, the best first.", examples=[[]])
    never_say: list[Excerpt] = Field(
        description="Words that must not be said there: never offer them as an answer.",
        examples=[[]],
    )

    @classmethod
    def from_record(cls, answer: records.Answer, script: Rendering) -> Self:
        """An answer with who, what and when in `script`; its quotes stay as the source has them."""
        return cls(
            span=answer.sentence.span,
            source_span=answer.sentence.source_span,
            quote=answer.sentence.quote,
            deadlines=[Deadline.from_record(each, script) for each in answer.deadlines],
            situation=render(answer.situation, script),
            say=[Excerpt.model_validate(each) for each in answer.say],
            never_say=[Excerpt.model_validate(each) for each in answer.never_say],
        )


class Result(Passage):
    """A passage found for a question."""

    answer: Answer | None = Field(
        description="What of it answers; null where it has no words of its own."
    )

    highlights: list[Range] = Field(
        description="Words of the question, as spans of this result's `text`.", examples=[[[0, 2]]]
    )
    score: float = Field(
        ge=0, le=1, description="How well it answers, higher is better.", examples=[0.87]
    )
    also_in: list[Citation] = Field(description="Other places that say the same.", examples=[[]])

    @classmethod
    def from_hit(cls, hit: records.Hit, script: Rendering) -> Self:
        """A hit with its text in `script`."""
        passage = Passage.from_record(hit.passage, hit.text, hit.citation, script)
        return cls(
            **dict(passage),
            answer=Answer.from_record(hit.answer, script) if hit.answer else None,
            highlights=list(hit.highlights),
            score=hit.score,
            also_in=[Citation.from_record(each) for each in hit.also_in],
        )


class SearchResponse(Wire):
    """The passages that answer a question, or the nearest ones where none does."""

    query: Understood = Field(description="The question as it was understood.")
    answered: bool = Field(
        description="False: the handbook does not say; the results are only the nearest passages.",
        examples=[True],
    )
    level: Level = Field(
        description="The same in three: found; perhaps, where it is worth a second look; "
        "not_in_handbook, where `answered` is false.",
        examples=["found"],
    )
    confidence: float = Field(
        ge=0, le=1, description="That the best result answers the question.", examples=[0.87]
    )
    results: list[Result] = Field(description="The best first.")
    generation: str = Field(
        description="State of the library that answered.", examples=["20261121T101500000000"]
    )
    took_ms: float = Field(
        ge=0, description="Time the search took, in milliseconds.", examples=[12.4]
    )

    @classmethod
    def from_record(
        cls, result: records.SearchResult, script: Rendering = "original", took_ms: float = 0.0
    ) -> Self:
        """A search result with its passages in `script`."""
        return cls(
            query=Understood.from_record(result.query),
            answered=result.answered,
            level=result.level,
            confidence=result.confidence,
            results=[Result.from_hit(hit, script) for hit in result.hits],
            generation=result.generation,
            took_ms=took_ms,
        )


class Summary(Wire):
    """A document without its text."""

    id: str = Field(description="Stays the same for new versions.", examples=["d0c9f2a4b1e86d35"])
    title: Name = Field(description="Its title.", examples=["客诉处理手册"])
    version: str = Field(description="Changes with the file.", examples=["3f2a9c81d0b4"])
    path: Name = Field(description="The file, as it came in.", examples=["hotel/complaints.docx"])
    media_type: str = Field(description="The file's media type.", examples=["text/plain"])
    sha256: str = Field(
        description="The file's checksum.",
        examples=["3f2a9c81d0b4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e"],
    )
    size: int = Field(description="Bytes of the file.", examples=[18_432])
    characters: int = Field(description="Length of the cleaned text.", examples=[9_120])
    passages: int = Field(description="How many passages it has.", examples=[41])

    @classmethod
    def from_record(cls, summary: DocumentSummary) -> Self:
        """A document and its file, side by side."""
        return cls(
            id=summary.id,
            title=summary.title,
            version=summary.version,
            path=summary.source.path,
            media_type=summary.source.media_type,
            sha256=summary.source.sha256,
            size=summary.source.size,
            characters=summary.characters,
            passages=summary.passages,
        )


class Documents(Wire):
    """All documents of the library."""

    generation: str = Field(description="State of the library.", examples=["20261121T101500000000"])
    documents: list[Summary] = Field(description="In the order in which they came in.")


class Section(Wire):
    """A stretch of a document under one heading."""

    title: Name = Field(description="The manual it belongs to.", examples=["客诉处理手册"])
    heading_path: list[str] = Field(
        description="Headings, the outermost first; its own is the last.",
        examples=[["第二章 投诉", "一、时限"]],
    )
    span: Range = Field(description="Its own words in the cleaned text.", examples=[[110, 240]])


class Document(Summary):
    """A document: where it comes from, how it was read, and what it holds."""

    encoding: str = Field(description="Text encoding, or the format.", examples=["gb18030"])
    certainty: float = Field(description="How sure the encoding is, 0 to 1.", examples=[0.98])
    notes: list[str] = Field(description="Remarks of the reader.", examples=[[]])
    pages: int = Field(description="How many pages; 0 where it has none.", examples=[12])
    sections: list[Section] = Field(description="Its sections in the order of the text.")
    edits: dict[str, int] = Field(
        description="How often each rule changed the text.", examples=[{"pinyin": 12}]
    )
    marks: dict[str, int] = Field(
        description="Damaged places left alone, and pages read in a picture (ocr), by kind.",
        examples=[{"value_missing": 2}],
    )
    source_url: str = Field(
        description="The file itself.", examples=["/v1/documents/d0c9f2a4b1e86d35/source"]
    )

    @classmethod
    def from_generation(cls, generation: Generation, summary: DocumentSummary) -> Self:
        """A document of an open generation."""
        document = generation.document(summary.id)
        return cls(
            **dict(Summary.from_record(summary)),
            encoding=document.encoding,
            certainty=document.certainty,
            notes=list(document.notes),
            pages=len(document.pages),
            sections=[Section.model_validate(each) for each in generation.sections(summary.id)],
            edits=Counter(edit.rule for edit in document.edits),
            marks=Counter(mark.kind for mark in document.marks),
            source_url=f"/v1/documents/{quote(summary.id)}/source",
        )


class Page(Wire):
    """A page, slide or sheet."""

    number: int = Field(description="From 1.", examples=[1])
    span: Range = Field(description="Its place in the cleaned text.", examples=[[0, 980]])


class Mark(Wire):
    """A place whose words are to be trusted less: damaged and left alone, or read in a picture."""

    span: Range = Field(description="Its place in the cleaned text.", examples=[[301, 304]])
    kind: str = Field(
        description="What is wrong with it; ocr: read in a picture.", examples=["value_missing"]
    )


class Edit(Wire):
    """One change from the raw text to the cleaned text."""

    rule: str = Field(description="The repair; several joined by +.", examples=["pinyin"])
    certainty: float = Field(description="How sure it is, 0 to 1.", examples=[1.0])
    before: str = Field(description="The words in the raw text.", examples=["(xùn)"])
    after: str = Field(description="What replaced them; empty: dropped.", examples=[""])
    source_span: Range = Field(description="Their place in the raw text.", examples=[[12, 17]])
    span: Range = Field(description="The place in the cleaned text.", examples=[[12, 12]])


def _edits(document: records.Document) -> Iterator[Edit]:
    """A document's edits with both places; each shifts the text behind it."""
    shift = 0
    for edit in document.edits:
        start = edit.span.start + shift
        end = start + len(edit.replacement)
        shift = end - edit.span.end
        yield Edit(
            rule=edit.rule,
            certainty=edit.certainty,
            before=edit.span.of(document.raw),
            after=edit.replacement,
            source_span=edit.span,
            span=(start, end),
        )


class Text(Wire):
    """A document's text, raw and cleaned, and everything that was done in between."""

    document_id: str = Field(description="The document.", examples=["d0c9f2a4b1e86d35"])
    title: Name = Field(description="Its title.", examples=["客诉处理手册"])
    version: str = Field(description="Its version.", examples=["3f2a9c81d0b4"])
    text: str = Field(
        description="The cleaned text, in the script asked for.", examples=["员工培訓手册"]
    )
    raw: str = Field(description="As extracted from the file.", examples=["员工培訓(xùn)手册"])
    pages: list[Page] = Field(description="Empty where the format has none.")
    sections: list[Section] = Field(description="In the order of the text.")
    edits: list[Edit] = Field(description="In the order of the text.")
    marks: list[Mark] = Field(
        description="Damaged places that were left alone, and pages read in a picture."
    )

    @classmethod
    def from_record(
        cls, document: records.Document, sections: Sequence[records.Section], script: Rendering
    ) -> Self:
        """A document with its cleaned text in `script`."""
        return cls(
            document_id=document.id,
            title=document.title,
            version=document.version,
            text=render(document.text, script),
            raw=document.raw,
            pages=[Page.model_validate(each) for each in document.pages],
            sections=[Section.model_validate(each) for each in sections],
            edits=list(_edits(document)),
            marks=[Mark.model_validate(each) for each in document.marks],
        )


class Place(Wire):
    """Where cleaning did something."""

    source_span: Range = Field(description="In the raw text.", examples=[[12, 17]])
    span: Range = Field(description="In the cleaned text.", examples=[[12, 12]])
    pages: list[int] = Field(
        description="Page numbers; both where it stood between two; empty without pages.",
        examples=[[3]],
    )
    lead: str = Field(
        description="The cleaned words before it, in its line.", examples=["员工培訓"]
    )
    tail: str = Field(description="The cleaned words behind it.", examples=["手册"])


class Change(Wire):
    """One change, as an editor checks it."""

    rule: str = Field(description="The repair; several joined by +.", examples=["pinyin"])
    certainty: float = Field(description="How sure it is, 0 to 1.", examples=[1.0])
    before: str = Field(description="The words in the raw text.", examples=["(xùn)"])
    after: str = Field(description="What replaced them; empty: dropped.", examples=[""])
    place: Place = Field(description="Where.")


class Damage(Wire):
    """A damaged place that was left alone, because nobody can tell what it said."""

    kind: str = Field(description="What is wrong with it.", examples=["value_missing"])
    words: str = Field(description="Its words as they are.", examples=["保存期 年"])
    place: Place = Field(description="Where.")


class Quality(Wire):
    """Figures of one document, to sort documents by."""

    raw_characters: int = Field(description="Length of the raw text.", examples=[9_480])
    characters: int = Field(description="Length of the cleaned text.", examples=[9_120])
    changed: float = Field(
        description="Share of the raw text that repairs replaced or took away.", examples=[0.02]
    )
    dropped: float = Field(
        description="Share of the raw text that was dropped as furniture.", examples=[0.04]
    )
    marked: float = Field(
        description="Share of the cleaned text that is damaged and left.", examples=[0.001]
    )
    recognised: float = Field(
        description="Share of the cleaned text that was read in a picture (OCR).", examples=[0.0]
    )
    edits: dict[str, int] = Field(description="Edits by rule.", examples=[{"pinyin": 12}])
    marks: dict[str, int] = Field(
        description="Damaged places, and pages read in a picture (ocr), by kind.",
        examples=[{"value_missing": 2}],
    )
    doubtful: int = Field(description="Edits that are worth a look.", examples=[3])
    sections: int = Field(description="How many sections.", examples=[14])
    passages: int = Field(description="How many passages.", examples=[41])
    deadlines: int = Field(description="How many time limits and the like.", examples=[9])
    scripts: int = Field(description="How many situations with words to say.", examples=[6])
    cut_off: bool = Field(description="The manual ends too early.", examples=[False])


class CleaningReport(Wire):
    """All that cleaning did to a document, each list in the order of the text."""

    document_id: str = Field(description="The document.", examples=["d0c9f2a4b1e86d35"])
    title: Name = Field(description="Its title.", examples=["客诉处理手册"])
    version: str = Field(description="Its version.", examples=["3f2a9c81d0b4"])
    path: Name = Field(description="The file, as it came in.", examples=["hotel/complaints.docx"])
    encoding: str = Field(description="Text encoding, or the format.", examples=["gb18030"])
    certainty: float = Field(description="How sure the encoding is, 0 to 1.", examples=[0.98])
    notes: list[str] = Field(description="Remarks of the reader.", examples=[[]])
    quality: Quality = Field(description="Figures.")
    changes: list[Change] = Field(description="Repairs.")
    dropped: list[Change] = Field(description="Furniture that was dropped: not the manual.")
    damages: list[Damage] = Field(description="Damaged places that were left alone.")

    @classmethod
    def from_record(cls, report: CleaningRecord) -> Self:
        """The record with the name of its file beside it."""
        return cls(
            document_id=report.document_id,
            title=report.title,
            version=report.version,
            path=report.source.path,
            encoding=report.encoding,
            certainty=report.certainty,
            notes=list(report.notes),
            quality=Quality.model_validate(report.quality),
            changes=[Change.model_validate(each) for each in report.changes],
            dropped=[Change.model_validate(each) for each in report.dropped],
            damages=[Damage.model_validate(each) for each in report.damages],
        )


class Alive(Wire):
    """The process answers."""

    status: Literal["ok"] = Field(default="ok", description="Always ok.", examples=["ok"])


class Ready(Wire):
    """The service can answer questions."""

    status: Literal["ready"] = Field(
        default="ready", description="Always ready.", examples=["ready"]
    )
    generation: str = Field(
        description="State of the library in use.", examples=["20261121T101500000000"]
    )
    documents: int = Field(description="Documents in it.", examples=[9])
    passages: int = Field(description="Passages in it.", examples=[412])
    encoder: str = Field(description="The encoder in use.", examples=["multilingual-e5-small"])


class Problem(Wire):
    """What went wrong. `field`, `value` and `expected` are null where no field is to blame."""

    type: str = Field(description="Kind of error.", examples=["InvalidRequest"])
    message: str = Field(
        description="The whole of it in a sentence.",
        examples=["top_k is 0: expected greater than or equal to 1"],
    )
    field: str | None = Field(default=None, description="The field.", examples=["top_k"])
    value: Shown = Field(default=None, description="Its value, shortened.", examples=[0])
    expected: str | None = Field(
        default=None, description="What it should be.", examples=["greater than or equal to 1"]
    )


class ErrorResponse(Wire):
    """An error, and the others of the same request if there are several."""

    error: Problem = Field(description="The first.")
    also: list[Problem] = Field(default=[], description="The others.", examples=[[]])
