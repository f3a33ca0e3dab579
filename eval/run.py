"""A run: every judged question asked once, and what came back judged.

    questions ─search─► Outcome (one a question) ─measure─► Report (slices, latency)

The outcomes are the run; the rest of a report follows from them. `save` and `load` keep a run
as JSON, so that two of them can be compared later (`eval.compare`).
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.answers import Picked, judge_answer
from eval.judge import rank_of_gold
from eval.measures import Array, Score, mean_score, per_question, separation_score
from eval.questions import Gold, Limit, Question
from kb.errors import HandbookError
from kb.records import Hit, SearchResult, Span

TOP_K = 10
FORMAT = 2

Search = Callable[[str, int], SearchResult]


@dataclass(frozen=True, slots=True)
class Found:
    """A returned passage, as far as a reader of failures needs it. `score` is in 0–1."""

    passage_id: str
    text: str
    score: float
    path: str
    title: str
    heading_path: tuple[str, ...]
    page: int | None
    source_span: Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question got: the rank of its gold from 1, None where no passage holds it.

    A question that is not answerable has rank None. `seconds` is the search call's wall time.
    """

    question: Question
    rank: int | None
    answered: bool
    confidence: float
    seconds: float
    passages: tuple[Found, ...]
    picked: Picked


@dataclass(frozen=True, slots=True)
class Slice:
    """The questions of one kind, as `name` says ("lang=en"; "all").

    Recall, MRR and `answered@1` (answered, and the first passage right) are over the answerable
    ones, as are `sentence`, `deadline`, `say` and `unforbidden` (see `picked_of`); `auc` is there
    where the slice has both sorts. `answered` counts the answerable ones
    that were answered, `refused` the others that were refused.
    """

    name: str
    answerable: int
    answered: int
    unanswerable: int
    refused: int
    scores: tuple[Score, ...]

    def score(self, measure: str) -> Score | None:
        """Return the score of `measure`, or None where the slice has no question for it."""
        return next((score for score in self.scores if score.measure == measure), None)


@dataclass(frozen=True, slots=True)
class Latency:
    """Wall time of the search calls, in milliseconds."""

    median: float
    p95: float
    p99: float
    slowest: float


@dataclass(frozen=True, slots=True)
class Report:
    """A run over a library's generation, and what it amounts to. `slices[0]` is all of it."""

    generation: str
    outcomes: tuple[Outcome, ...]
    slices: tuple[Slice, ...]
    latency: Latency


def evaluate(
    search: Search,
    questions: Sequence[Question],
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Ask every question for ten passages, one after the other in this process, and judge them.

    `progress` is told the number of questions asked so far. Raises ValueError without a
    question, and whatever `search` raises: a run that misses a question is no run.
    """
    if not questions:
        raise ValueError("no question to ask; expected at least one")
    outcomes, generation = [], ""
    for done, question in enumerate(questions, 1):
        outcome, generation = _ask(search, question)
        outcomes.append(outcome)
        if progress:
            progress(done)
    return measure(generation, outcomes)


def measure(generation: str, outcomes: Sequence[Outcome]) -> Report:
    """Return the report that follows from the outcomes of a run."""
    slices = tuple(_slice(name, group) for name, group in _groups(outcomes))
    return Report(generation, tuple(outcomes), slices, _latency(outcomes))


def save(report: Report, path: Path) -> None:
    """Write a report as JSON: the run itself, and the figures for whoever reads the file."""
    fields = {"format": FORMAT, **asdict(report)}
    path.write_text(json.dumps(fields, ensure_ascii=False, indent=1) + "\n", "utf-8")


def load(path: Path) -> Report:
    """Return the report of a saved run, its figures taken anew from the outcomes.

    Raises HandbookError where the file is missing or is not a saved run.
    """
    try:
        fields = json.loads(path.read_text("utf-8"))
        if fields["format"] != FORMAT:
            raise ValueError(f"format is {fields['format']}")
        return measure(fields["generation"], [_outcome(each) for each in fields["outcomes"]])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HandbookError(
            f"{path}: not a saved run ({type(error).__name__}: {error}); expected the JSON "
            f"report, format {FORMAT}, of an earlier evaluation: run it again"
        ) from error


def right_first(outcome: Outcome) -> bool:
    """Say whether the first passage answers the question."""
    return outcome.rank == 1


def decided_right(outcome: Outcome) -> bool:
    """Say whether the question was answered if it can be, and refused if it cannot."""
    return outcome.answered == outcome.question.answerable


def values_of(outcomes: Sequence[Outcome]) -> dict[str, Array]:
    """Return each measure's values, (n,) in 0–1, over n answerable outcomes."""
    values = per_question([outcome.rank for outcome in outcomes])
    told = [outcome.answered and right_first(outcome) for outcome in outcomes]
    return {**values, "answered@1": np.array(told, dtype=np.float64)}


def picked_of(outcomes: Sequence[Outcome]) -> dict[str, Array]:
    """Return how right the first passage's answers are, (n,) each: 1 right, 0 wrong.

    `sentence` is over all answerable questions, `deadline` and `say` over those that tell what is
    right, `unforbidden` over the same as `say`; a measure without a question is left out.
    """
    picked = [outcome.picked for outcome in outcomes]
    values = {
        "sentence": [each.sentence for each in picked if each.sentence is not None],
        "deadline": [each.deadline for each in picked if each.deadline is not None],
        "say": [each.say for each in picked if each.say is not None],
        "unforbidden": [not each.forbidden for each in picked if each.say is not None],
    }
    return {name: np.array(told, np.float64) for name, told in values.items() if told}


def confidences(outcomes: Sequence[Outcome]) -> tuple[Array, Array]:
    """Return the confidences of the answerable outcomes and of the others."""
    answerable, others = _split(outcomes)
    return (
        np.array([outcome.confidence for outcome in answerable]),
        np.array([outcome.confidence for outcome in others]),
    )


def _ask(search: Search, question: Question) -> tuple[Outcome, str]:
    start = time.perf_counter()
    result = search(question.query, TOP_K)
    seconds = time.perf_counter() - start
    passages = tuple(_found(hit) for hit in result.hits[:TOP_K])
    rank = rank_of_gold([passage.text for passage in passages], question.gold)
    picked = judge_answer(question, result.hits)
    outcome = Outcome(question, rank, result.answered, result.confidence, seconds, passages, picked)
    return outcome, result.generation


def _found(hit: Hit) -> Found:
    place = hit.citation
    return Found(
        passage_id=hit.passage.id,
        text=hit.text,
        score=hit.score,
        path=place.path,
        title=place.title,
        heading_path=place.heading_path,
        page=place.page,
        source_span=place.source_span,
    )


def _groups(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Sequence[Outcome]]]:
    """The slices to look at; a note counts up to its colon ("near-miss: the title only")."""
    yield "all", outcomes
    for name, label in _LABELS.items():
        labels = [label(outcome.question) for outcome in outcomes]
        for wanted in sorted(set(labels)):
            group = [o for o, each in zip(outcomes, labels, strict=True) if each == wanted]
            yield f"{name}={wanted or '-'}", group


_LABELS: dict[str, Callable[[Question], str]] = {
    "lang": lambda question: question.lang,
    "type": lambda question: question.type,
    "style": lambda question: question.style,
    "note": lambda question: question.note.split(":")[0].strip(),
}


def _slice(name: str, outcomes: Sequence[Outcome]) -> Slice:
    answerable, others = _split(outcomes)
    return Slice(
        name=name,
        answerable=len(answerable),
        answered=sum(outcome.answered for outcome in answerable),
        unanswerable=len(others),
        refused=sum(not outcome.answered for outcome in others),
        scores=tuple(_scores(answerable, others)),
    )


def _scores(answerable: Sequence[Outcome], others: Sequence[Outcome]) -> Iterator[Score]:
    if answerable:
        for name, values in values_of(answerable).items():
            yield mean_score(name, values)
    for name, values in picked_of(answerable).items():
        yield mean_score(name, values)
    if answerable and others:
        yield separation_score(*confidences([*answerable, *others]))


def _split(outcomes: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    return answerable, [outcome for outcome in outcomes if not outcome.question.answerable]


def _latency(outcomes: Sequence[Outcome]) -> Latency:
    milliseconds = np.array([1000 * outcome.seconds for outcome in outcomes])
    return Latency(*(float(each) for each in np.percentile(milliseconds, (50, 95, 99, 100))))


def _outcome(fields: dict[str, Any]) -> Outcome:
    question = fields["question"]
    gold = tuple(_gold(each) for each in question["gold"])
    passages = tuple(
        Found(
            **{
                **each,
                "heading_path": tuple(each["heading_path"]),
                "source_span": Span(*each["source_span"]),
            }
        )
        for each in fields["passages"]
    )
    told = {
        "question": Question(**{**question, "gold": gold}),
        "passages": passages,
        "picked": Picked(**fields["picked"]),
    }
    return Outcome(**{**fields, **told})


def _gold(fields: dict[str, Any]) -> Gold:
    limit = fields["deadline"]
    told = {
        "deadline": limit and Limit(**{**limit, "comparators": tuple(limit["comparators"])}),
        "say": tuple(fields["say"]),
        "never_say": tuple(fields["never_say"]),
    }
    return Gold(**{**fields, **told})
