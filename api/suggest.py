"""Suggestions while a question is typed: words only, and back before the next key."""

from typing import Annotated, Self

from fastapi import APIRouter
from fastapi import Query as Parameter
from pydantic import Field

from api.routes import ASKED, Script
from api.schemas import EXPECTED, Citation, Name, Range, Wire
from api.service import Live
from kb.generation import Generation
from kb.records import Rendering
from kb.rendering import render
from kb.search import MAX_QUERY, MAX_TOP_K
from kb.suggest import Suggestion as Found
from kb.suggest import suggest as find

Typed = Annotated[
    str,
    Parameter(
        min_length=1,
        max_length=MAX_QUERY,
        pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$",
        description=f"What is typed so far: {EXPECTED['query']}.",
        examples=["退款几"],
    ),
]
TopK = Annotated[
    int,
    Parameter(ge=1, le=MAX_TOP_K, description=f"How many passages to return: {EXPECTED['top_k']}."),
]


class Suggestion(Wire):
    """A passage that has the words typed so far."""

    passage_id: str = Field(description="The passage.", examples=["p4be0c6f1a2d97358"])
    title: Name = Field(description="The manual's title.", examples=["客诉处理手册"])
    heading_path: list[str] = Field(
        description="Headings above the passage, the outermost first.",
        examples=[["第二章 投诉", "一、时限"]],
    )
    text: str = Field(
        description="The cleaned words, in the script asked for.",
        examples=["退款须在 3 个工作日内到账。"],
    )
    highlights: list[Range] = Field(
        description="The words typed, or others for them, as spans of `text`.", examples=[[[0, 2]]]
    )
    url: str = Field(
        description="The place in the viewer, a path on this server.",
        examples=["/documents/d0c9f2a4b1e86d35?version=3f2a9c81d0b4&start=120&end=152#mark"],
    )

    @classmethod
    def from_record(cls, generation: Generation, found: Found, script: Rendering) -> Self:
        """A suggestion with its text in `script`."""
        passage = found.passage
        return cls(
            passage_id=passage.id,
            title=passage.title,
            heading_path=list(passage.heading_path),
            text=render(found.text, script),
            highlights=list(found.highlights),
            url=Citation.from_record(generation.cite(passage)).url,
        )


class Suggestions(Wire):
    """Passages to show while a question is typed."""

    query: str = Field(description="What was typed.", examples=["退款几"])
    results: list[Suggestion] = Field(description="The best first; none where no word is known.")
    generation: str = Field(
        description="State of the library that answered.", examples=["20261121T101500000000"]
    )


router = APIRouter()


@router.get(
    "/v1/suggest",
    tags=["search"],
    operation_id="suggest",
    summary="Passages with the words typed so far",
    response_description="The passages.",
    responses=ASKED,
)
def suggest(
    query: Typed, generation: Live, top_k: TopK = 5, script: Script = "original"
) -> Suggestions:
    """What to show while a question is typed; ask `POST /v1/search` when it is complete.

    The last word may be half typed, Chinese may be typed as pinyin, and English finds Chinese by
    the glossary. Whether the handbook tells is not decided here.
    """
    found = find(generation, query, top_k=top_k)
    results = [Suggestion.from_record(generation, each, script) for each in found]
    return Suggestions(query=query, results=results, generation=generation.name)
