"""The real manuals, the whole path: what was promised of them holds.

They lie beside the project, not in it; on a clone without them these tests are skipped.
"""

from pathlib import Path

import pytest

from eval.ingestion import evaluate_ingestion
from eval.ingestion_rows import load_rows
from eval.questions import load_questions
from eval.run import evaluate
from ingest.build import build
from kb.encoder import Encoder
from kb.generation import Generation
from kb.library import Library
from kb.search import search
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Generation:
    """A library of the real manuals, with the encoder that ships."""
    library = Library(tmp_path_factory.mktemp("real"), "manuals")
    report = build(library, [SHARED / "manuals"], encoder)
    assert report.failures == ()
    return library.open()


def test_every_passage_is_cited_by_the_characters_of_its_file(generation: Generation) -> None:
    """The file itself, decoded as a user would, has the quoted words at the cited place."""
    for row in range(len(generation)):
        passage = generation.row(row)
        citation = generation.cite(passage)
        text = Path(SHARED / "manuals" / citation.path).read_bytes().decode("utf8")
        assert citation.source_span.of(text) == citation.quote != ""
        assert generation.text(passage).strip()


def test_the_judged_questions_find_their_passages(generation: Generation, encoder: Encoder) -> None:
    """At least what the first whole version was to reach, over the development sample."""
    questions = load_questions(SHARED / "questions" / "questions.jsonl")
    report = evaluate(lambda q, k: search(generation, encoder, q, top_k=k), questions)
    scores = {score.measure: score.value for score in report.slices[0].scores}
    assert scores["recall@1"] >= 0.55
    assert scores["recall@5"] >= 0.80


def test_cleaning_keeps_what_counts_and_invents_nothing(generation: Generation) -> None:
    """No furniture comes back, nothing wanted is lost, no lost number is filled in."""
    report = evaluate_ingestion(generation, load_rows(SHARED / "questions"))
    missed = {check.name: check.failures for check in report.checks if check.share < check.needed}
    assert missed == {}
