"""Two runs compared question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures import Difference, mean_difference, separation_difference
from eval.run import Outcome, Report, confidences, decided_right, values_of
from kb.errors import HandbookError


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose gold moved: its rank in either run, None where it was not found."""

    question_id: str
    query: str
    left: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the `right` run does better and worse than the `left` one, and which questions moved."""

    left: str
    right: str
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]


def compare(left: Report, right: Report) -> Comparison:
    """Return how `right` differs from `left`, with intervals and a paired significance test.

    Raises HandbookError where the two runs did not ask the same questions: what one of them
    did not ask would otherwise be dropped.
    """
    pairs = _pairs(left, right)
    answerable = [pair for pair in pairs if pair[0].question.answerable]
    changes = tuple(
        Change(a.question.id, a.question.query, a.rank, b.rank)
        for a, b in answerable
        if a.rank != b.rank
    )
    differences = (*_ranked(answerable), *_decided(pairs))
    return Comparison(left.generation, right.generation, differences, changes)


def _ranked(pairs: Sequence[tuple[Outcome, Outcome]]) -> tuple[Difference, ...]:
    if not pairs:
        return ()
    before, after = (values_of(side) for side in zip(*pairs, strict=True))
    return tuple(mean_difference(name, before[name], after[name]) for name in before)


def _decided(pairs: Sequence[tuple[Outcome, Outcome]]) -> tuple[Difference, ...]:
    before, after = zip(*pairs, strict=True)
    decided = mean_difference(
        "decided right",
        np.array([decided_right(outcome) for outcome in before], dtype=np.float64),
        np.array([decided_right(outcome) for outcome in after], dtype=np.float64),
    )
    left, right = confidences(before), confidences(after)
    if not (len(left[0]) and len(left[1])):
        return (decided,)
    return separation_difference(left, right), decided


def _pairs(left: Report, right: Report) -> list[tuple[Outcome, Outcome]]:
    after = {outcome.question: outcome for outcome in right.outcomes}
    before = {outcome.question: outcome for outcome in left.outcomes}
    if before.keys() != after.keys():
        apart = sorted(question.id for question in before.keys() ^ after.keys())
        raise HandbookError(
            f"the runs differ in {len(apart)} questions or their judgement ({', '.join(apart[:5])}"
            f"{' …' if len(apart) > 5 else ''}); expected two runs over the same file: "
            "run the older one again"
        )
    return [(outcome, after[question]) for question, outcome in before.items()]
