"""Public retrieval tasks through the product's own indexes and search, one passage a paragraph.

A task is a folder in the layout of BEIR (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl`,
`qrels.tsv`. A paragraph becomes a document with one passage. Its title is left out: that of
XQuAD and CMRC nearly names the answer, and published figures do without it.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.measures import Difference, Score, mean_difference, mean_score, per_question
from eval.report import align, interval
from eval.run import TOP_K, Search
from kb.centring import measure
from kb.embedding_cache import EmbeddingCache, embed
from kb.encoder import Encoder
from kb.errors import HandbookError
from kb.generation import Generation, GenerationWriter, encoder_text
from kb.records import Document, Hit, Passage, SourceFile, Span
from kb.search import search

FILES = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")
HITS = {"hit@1": "recall@1", "hit@5": "recall@5", "mrr@10": "mrr@10"}

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Task:
    """Paragraphs and queries by id, and the ids of the paragraphs that answer a query."""

    name: str
    paragraphs: Mapping[str, str]
    queries: Mapping[str, str]
    gold: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TaskResult:
    """How a task went. `ranks` are those of the gold in the order of the queries, from 1."""

    name: str
    paragraphs: int
    ranks: tuple[int | None, ...]
    scores: tuple[Score, ...]


def load_task(folder: Path) -> Task:
    """Read a task. Raises HandbookError where a file is missing, malformed or at odds."""
    try:
        task = Task(
            folder.name, _texts(folder / FILES[0]), _texts(folder / FILES[1]), _gold(folder)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HandbookError(
            f"{folder}: not a retrieval task ({type(error).__name__}: {error}); "
            f"expected a folder with {', '.join(FILES)}"
        ) from error
    unjudged = [query for query in task.queries if not task.gold.get(query)]
    if unjudged or not task.queries:
        raise HandbookError(
            f"{folder}: {len(unjudged)} of {len(task.queries)} queries have no paragraph in "
            f"{FILES[2]} ({', '.join(unjudged[:3])}); expected one or more for each"
        )
    return task


def run_task(
    task: Task, encoder: Encoder, cache: Path, progress: Progress = lambda step, done, total: None
) -> TaskResult:
    """Index a task's paragraphs as a generation, ask its queries, and measure.

    `cache` is the file that keeps the paragraphs' embeddings for the next time.
    """
    with TemporaryDirectory() as folder:
        generation = index(task, Path(folder), encoder, cache, progress)
        try:
            return ask(
                task,
                lambda text, top_k: search(generation, encoder, text, top_k=top_k),
                lambda done: progress("queries", done, len(task.queries)),
            )
        finally:
            generation.close()


def index(
    task: Task,
    folder: Path,
    encoder: Encoder,
    cache: Path,
    progress: Progress = lambda step, done, total: None,
) -> Generation:
    """Write a task's paragraphs as a generation into an empty folder, and open it."""
    documents = [_document(name, text) for name, text in task.paragraphs.items()]
    passages = [_passage(document) for document in documents]
    texts = [
        encoder_text(passage, document.text)
        for document, passage in zip(documents, passages, strict=True)
    ]
    with closing(EmbeddingCache(cache, encoder.spec)) as known:
        embeddings, _ = embed(
            texts, encoder, known, lambda done, total: progress("paragraphs", done, total)
        )
    with GenerationWriter(folder, encoder.spec, measure(encoder), recipe="benchmark") as writer:
        for document, passage, embedding in zip(documents, passages, embeddings, strict=True):
            writer.add(document, (), (passage,), (embedding,))
        writer.finish()
    return Generation(folder, folder)


def ask(
    task: Task, find: Search, progress: Callable[[int], None] = lambda done: None
) -> TaskResult:
    """Ask every query of a task and measure: a query whose paragraph is not found counts as 0."""
    ranks: list[int | None] = []
    for query, text in task.queries.items():
        hits = find(text, TOP_K).hits
        ranks.append(_rank(hits, task.gold[query]))
        progress(len(ranks))
    values = per_question(ranks)
    scores = tuple(mean_score(name, values[measure]) for name, measure in HITS.items())
    return TaskResult(task.name, len(task.paragraphs), tuple(ranks), scores)


def gap(left: TaskResult, right: TaskResult) -> Difference:
    """Compare hit@1 of two tasks that ask the same questions, as in another script.

    Raises ValueError where they have different numbers of queries.
    """
    if len(left.ranks) != len(right.ranks):
        raise ValueError(
            f"{left.name} has {len(left.ranks)} queries, {right.name} has {len(right.ranks)}; "
            "expected the same questions in both"
        )
    first, second = (per_question(each.ranks)["recall@1"] for each in (left, right))
    return mean_difference("hit@1", first, second)


def benchmark_table(results: Sequence[TaskResult]) -> str:
    """Return a line a task, with 95 % intervals."""
    head = ["", "paragraphs", "queries", *HITS]
    rows = [
        [each.name, str(each.paragraphs), str(len(each.ranks))]
        + [interval(score, digits=3) for score in each.scores]
        for each in results
    ]
    return align([head, *rows])


def _rank(hits: Sequence[Hit], gold: frozenset[str]) -> int | None:
    """Rank of the first hit that is a gold paragraph, or says the same as one."""
    for rank, hit in enumerate(hits, 1):
        places = {hit.passage.document_id, *(twin.document_id for twin in hit.also_in)}
        if places & gold:
            return rank
    return None


def _texts(path: Path) -> dict[str, str]:
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()
    ]
    return {row["_id"]: row["text"] for row in rows}


def _gold(folder: Path) -> dict[str, frozenset[str]]:
    gold: dict[str, frozenset[str]] = {}
    with (folder / FILES[2]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                query = row["query-id"]
                gold[query] = gold.get(query, frozenset()) | {row["corpus-id"]}
    return gold


def _document(name: str, text: str) -> Document:
    words = text.encode("utf-8")
    sha256 = hashlib.sha256(words).hexdigest()
    return Document(
        id=name,
        source=SourceFile(f"{name}.txt", "text/plain", sha256, len(words)),
        title="",
        version=sha256[:12],
        raw=text,
        text=text,
        edits=(),
        pages=(),
        blocks=(),
        marks=(),
        encoding="utf-8",
        certainty=1.0,
        notes=(),
    )


def _passage(document: Document) -> Passage:
    return Passage(document.id, document.id, "", (), Span(0, len(document.text)))
