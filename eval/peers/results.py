"""The figures of a comparison, and the file that keeps them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.measures import per_question
from eval.peers.contestants import Contestant, Model
from eval.peers.rankings import Ranking
from eval.peers.tasks import PeerTask
from kb.errors import HandbookError

FORMAT = 1
ALL = "all"


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of questions with a right passage first, and among the first five, in 0–1."""

    questions: int
    at_1: float
    at_5: float


@dataclass(frozen=True, slots=True)
class Cell:
    """How a contestant did at a task with an encoder, by language and of all.

    `characters` is the mean length of what the first five passages hold together.
    """

    contestant: str
    mode: str
    encoder: str
    task: str
    passages: int
    unreadable: tuple[str, ...]
    characters: float
    recalls: Mapping[str, Recall]


@dataclass(frozen=True, slots=True)
class Pace:
    """Milliseconds a question over the sample handbooks: the encoder alone, and the search."""

    contestant: str
    mode: str
    encoder: float
    search: float
    p95: float


@dataclass(frozen=True, slots=True)
class Results:
    """A whole comparison. `titles` are the tasks' titles by name."""

    titles: Mapping[str, str]
    versions: Mapping[str, str]
    cells: tuple[Cell, ...]
    paces: tuple[Pace, ...]


def judge(
    contestant: Contestant, mode: str, model: Model, task: PeerTask, ranking: Ranking
) -> Cell:
    """Return the figures of a ranking."""
    ranks = [
        question.rank(hits) for question, hits in zip(task.questions, ranking.hits, strict=True)
    ]
    langs = [question.lang for question in task.questions]
    slices = {ALL: ranks} | {
        lang: [rank for rank, each in zip(ranks, langs, strict=True) if each == lang]
        for lang in sorted(set(langs) - {""})
    }
    characters = sum(len(hit.text) for hits in ranking.hits for hit in hits[:5])
    return Cell(
        contestant.name,
        mode,
        model.title,
        task.name,
        ranking.passages,
        ranking.unreadable,
        round(characters / len(ranks)),
        {name: _recall(group) for name, group in slices.items()},
    )


def save(results: Results, path: Path) -> None:
    """Write a comparison as JSON."""
    fields = {"format": FORMAT, **asdict(results)}
    path.write_text(json.dumps(fields, ensure_ascii=False, indent=1) + "\n", "utf-8")


def load(path: Path) -> Results:
    """Return a saved comparison. Raises HandbookError where the file is none."""
    try:
        fields = json.loads(path.read_text("utf-8"))
        if fields.pop("format") != FORMAT:
            raise ValueError("it has another format")
        cells = tuple(_cell(each) for each in fields["cells"])
        paces = tuple(Pace(**each) for each in fields["paces"])
        return Results(fields["titles"], fields["versions"], cells, paces)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HandbookError(
            f"{path}: not a saved comparison ({type(error).__name__}: {error}); expected JSON of "
            f"format {FORMAT}: run the comparison again"
        ) from error


def _recall(ranks: Sequence[int | None]) -> Recall:
    values = per_question(ranks)
    first, five = (round(float(values[name].mean()), 4) for name in ("recall@1", "recall@5"))
    return Recall(len(ranks), first, five)


def _cell(fields: dict[str, object]) -> Cell:
    recalls = fields.pop("recalls")
    unreadable = fields.pop("unreadable")
    if not isinstance(recalls, dict) or not isinstance(unreadable, list):
        raise TypeError("a cell has no recalls, or no list of unreadable files")
    told = {name: Recall(**each) for name, each in recalls.items()}
    return Cell(**fields, unreadable=tuple(unreadable), recalls=told)  # type: ignore[arg-type]
