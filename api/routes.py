"""The routes of the API. Each is a few lines: ask the library, put the answer on the wire."""

import time
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse

from api.schemas import (
    Alive,
    Annotations,
    CleaningReport,
    Document,
    Documents,
    ErrorResponse,
    Passage,
    Ready,
    SearchRequest,
    SearchResponse,
    Summary,
    Text,
)
from api.service import Live, Shared
from api.source import source_response
from kb.generation import Generation
from kb.records import Rendering
from kb.report import cleaning_report

TAGS = [
    {"name": "search", "description": "Questions in, cited passages out."},
    {"name": "documents", "description": "The manuals, their text, and what was done to it."},
    {"name": "health", "description": "For whatever watches over the service."},
]

Responses = dict[int | str, dict[str, Any]]


def _error(description: str) -> dict[str, Any]:
    return {"model": ErrorResponse, "description": description}


UNAVAILABLE: Responses = {
    503: _error("There is no library to answer from; the message has the command to run.")
}
ONE: Responses = {
    404: _error("There is no such document or passage."),
    422: _error("A parameter is invalid: which one, its value, and what is expected."),
    **UNAVAILABLE,
}
ASKED: Responses = {
    400: _error("The body is not UTF-8."),
    413: {"description": "The body is too long.", "content": {"text/plain": {}}},
    422: _error("The request is invalid: which field, its value, and what is expected."),
    **UNAVAILABLE,
}

Script = Annotated[
    Rendering,
    Query(description="Script of the text: as written, Simplified, or Traditional."),
]

router = APIRouter()


@router.post(
    "/v1/search",
    tags=["search"],
    operation_id="search",
    summary="Find the passages that answer a question",
    response_description="The passages, with their sources.",
    responses=ASKED,
)
def search(asked: SearchRequest, service: Shared, generation: Live) -> SearchResponse:
    """The best passages first, each with its source.

    Each result's `answer` is the sentence that answers, with the limit or the words to say in it.
    `answered` is false where the handbook does not say: the results are then only the nearest.
    """
    start = time.perf_counter()
    _require_known(generation, asked.documents)
    result = service.search(
        generation,
        asked.query,
        top_k=asked.top_k,
        kinds=asked.kinds,
        documents=asked.documents,
        exact=asked.exact,
    )
    took_ms = round((time.perf_counter() - start) * 1000, 2)
    return SearchResponse.from_record(result, asked.script, took_ms)


def _require_known(generation: Generation, documents: Sequence[str]) -> None:
    """Refuse a search in documents that the library does not have."""
    known = {summary.id for summary in generation.documents()} if documents else set()
    problems = [
        {
            "type": "unknown_document",
            "loc": ("body", "documents", place),
            "msg": "Input should be the id of a document",
            "input": document,
        }
        for place, document in enumerate(documents)
        if document not in known
    ]
    if problems:
        raise RequestValidationError(problems)


@router.get(
    "/v1/passages/{passage_id}",
    tags=["search"],
    operation_id="passage",
    summary="A passage with its source",
    response_description="The passage.",
    responses=ONE,
)
def passage(passage_id: str, generation: Live, script: Script = "original") -> Passage:
    """The passage of this id, as a search would return it."""
    found = generation.passage(passage_id)
    return Passage.from_record(found, generation.text(found), generation.cite(found), script)


@router.get(
    "/v1/documents",
    tags=["documents"],
    operation_id="documents",
    summary="All documents",
    response_description="The documents.",
    responses=UNAVAILABLE,
)
def documents(generation: Live) -> Documents:
    """The documents of the library, without their text."""
    found = [Summary.from_record(summary) for summary in generation.documents()]
    return Documents(generation=generation.name, documents=found)


@router.get(
    "/v1/documents/{document_id}",
    tags=["documents"],
    operation_id="document",
    summary="A document",
    response_description="The document.",
    responses=ONE,
)
def document(document_id: str, generation: Live) -> Document:
    """Where a document comes from, how it was read, and its sections."""
    found = generation.document(document_id)
    summary = next(each for each in generation.documents() if each.id == found.id)
    return Document.from_generation(generation, summary)


@router.get(
    "/v1/documents/{document_id}/text",
    tags=["documents"],
    operation_id="document_text",
    summary="A document's text and what was done to it",
    response_description="The text.",
    responses=ONE,
)
def document_text(document_id: str, generation: Live, script: Script = "original") -> Text:
    """Cleaned and raw text, and the edits between them: making them in `raw` gives `text`."""
    found = generation.document(document_id)
    return Text.from_record(found, generation.sections(document_id), script)


@router.get(
    "/v1/documents/{document_id}/annotations",
    tags=["documents"],
    operation_id="document_annotations",
    summary="A document's deadlines and scripts",
    response_description="What was found.",
    responses=ONE,
)
def document_annotations(document_id: str, generation: Live) -> Annotations:
    """Time limits, and words to say or never to say, in the order of the text."""
    return Annotations.from_records(generation.passages(document_id))


@router.get(
    "/v1/documents/{document_id}/report",
    tags=["documents"],
    operation_id="document_report",
    summary="A document's cleaning report",
    response_description="The report.",
    responses=ONE,
)
def document_report(document_id: str, generation: Live) -> CleaningReport:
    """What cleaning changed, dropped and left damaged, place by place, and figures to sort by."""
    return CleaningReport.from_record(cleaning_report(generation, document_id))


@router.get(
    "/v1/documents/{document_id}/source",
    tags=["documents"],
    operation_id="document_source",
    summary="The file itself",
    response_class=FileResponse,
    responses={200: {"description": "The file, byte for byte.", "content": {"*/*": {}}}, **ONE},
)
def document_source(document_id: str, generation: Live) -> FileResponse:
    """The file that the document was read from, unchanged."""
    return source_response(generation.source(document_id), generation.document(document_id))


@router.get(
    "/healthz",
    tags=["health"],
    operation_id="healthz",
    summary="Is the process alive?",
    response_description="It is.",
)
def healthz() -> Alive:
    """Fine as long as the process answers at all."""
    return Alive()


@router.get(
    "/readyz",
    tags=["health"],
    operation_id="readyz",
    summary="Can questions be answered?",
    response_description="They can.",
    responses=UNAVAILABLE,
)
def readyz(service: Shared, generation: Live) -> Ready:
    """What the service answers from; 503 while there is no library."""
    return Ready(
        generation=generation.name,
        documents=generation.manifest.documents,
        passages=generation.manifest.passages,
        encoder=service.encoder.spec.name,
    )
