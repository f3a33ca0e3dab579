"""What all are asked: judged questions over files, and public tasks over paragraphs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from eval.benchmarks import load_task
from eval.judge import is_right
from eval.peers.contestants import digest
from eval.peers.serve import Found
from eval.questions import Gold, Question, load_questions

PUBLIC = {
    "xquad_zh_zh": "XQuAD zh→zh",
    "xquad_en_zh": "XQuAD en→zh",
    "cmrc_dev": "CMRC",
    "cmrc_dev_hantq": "CMRC, Traditional",
}
QUERIES = 300
"""Queries of a public task that are asked, spread evenly over it."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is ingested: files, or texts that are a passage each."""

    files: tuple[Path, ...] = ()
    texts: Mapping[str, str] | None = None

    def digest(self) -> str:
        """Return what changes when it does."""
        named = chain.from_iterable((path.name.encode(), path.read_bytes()) for path in self.files)
        texts = chain.from_iterable((self.texts or {}).items())
        return digest(chain(named, (text.encode() for text in texts)))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what answers it: words, or the paragraphs that hold the answer by id."""

    query: str
    lang: str
    words: tuple[Gold, ...] = ()
    paragraphs: Mapping[str, str] | None = None

    def rank(self, hits: Sequence[Found]) -> int | None:
        """Return the rank of the first right passage, from 1."""
        return next((i for i, hit in enumerate(hits, 1) if self._is_right(hit)), None)

    def _is_right(self, hit: Found) -> bool:
        if self.paragraphs is None:
            return is_right(hit.text, self.words)
        return hit.source in self.paragraphs or hit.text in self.paragraphs.values()


@dataclass(frozen=True, slots=True)
class PeerTask:
    """A corpus and the questions over it."""

    name: str
    title: str
    corpus: Corpus
    questions: tuple[Asked, ...]

    def digest(self) -> str:
        """Return what changes when the corpus or a query does."""
        return digest([self.corpus.digest().encode(), *(q.query.encode() for q in self.questions)])


def load_tasks(root: Path) -> tuple[PeerTask, ...]:
    """Return the tasks: of the shared ones, beside the project, those that are there."""
    return tuple(chain(_judged(root), _public(root.parent / "shared" / "benchmarks")))


def _judged(root: Path) -> Iterator[PeerTask]:
    shared = root.parent / "shared"
    yield _over_files("handbooks", "sample handbooks", root / "eval" / "handbooks", root / "eval")
    if (shared / "manuals").is_dir():
        yield _over_files("manuals", "development sample", shared / "manuals", shared / "questions")


def _over_files(name: str, title: str, files: Path, questions: Path) -> PeerTask:
    rows = load_questions(questions / "questions.jsonl")
    asked = tuple(_asked(question) for question in rows if question.answerable)
    return PeerTask(name, title, Corpus(files=tuple(sorted(files.iterdir()))), asked)


def _asked(question: Question) -> Asked:
    """Who repairs nothing may hold the words as the source has them."""
    raw = (Gold(gold.file, gold.quote) for gold in question.gold if gold.clean)
    return Asked(question.query, question.lang, (*question.gold, *raw))


def _public(benchmarks: Path) -> Iterator[PeerTask]:
    for name, title in PUBLIC.items():
        if (benchmarks / name).is_dir():
            task = load_task(benchmarks / name)
            asked = tuple(
                Asked(query, "", paragraphs={key: task.paragraphs[key] for key in task.gold[which]})
                for which, query in _spread(list(task.queries.items()))
            )
            yield PeerTask(name, title, Corpus(texts=task.paragraphs), asked)


def _spread(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    step = max(1, len(rows) / QUERIES)
    return [rows[int(step * i)] for i in range(min(QUERIES, len(rows)))]
