"""What each part of the ranking is worth: the same questions with one part left out after another.

Parts of the search are left out while it runs. What the index itself is made with (the languages'
means, the trained change) is compared by building the library twice: `KB_ENCODER=…` and `kb eval
--against`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval.measures import Difference, mean_difference
from eval.questions import Question
from eval.report import align, share
from eval.run import TOP_K, Outcome, Report, evaluate, values_of
from kb.encoder import Encoder
from kb.generation import Generation
from kb.ranking import USUAL, Evidence
from kb.records import SearchResult
from kb.search import conclude, gather, look_for, understand
from kb.spelling import spelling

Change = Callable[[Evidence], Evidence]

WITHOUT: dict[str, Change] = {
    "late interaction": lambda e: replace(e, late=e.dense),
    "words": lambda e: replace(e, lexical=np.full_like(e.lexical, USUAL)),
    "glossary, dictionary": lambda e: replace(e, synonyms=np.zeros_like(e.synonyms)),
    "kind asked for": lambda e: replace(e, right_kind=np.zeros_like(e.right_kind)),
}
"""The evidence without a part; the candidates stay those of the whole."""

SPELLING = "spelling"
MEASURES = ("recall@1", "recall@5")


@dataclass(frozen=True, slots=True)
class Ablation:
    """A part, and what recall is with it (`left`) and without it (`right`): all and English.

    `all` and `english` hold one difference for each of MEASURES; English ones are missing where
    no answerable question is in English.
    """

    part: str
    all: tuple[Difference, ...]
    english: tuple[Difference, ...]


def ablate(
    generation: Generation,
    encoder: Encoder,
    questions: Sequence[Question],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Ablation, ...]:
    """Ask the answerable questions with everything, then without each part.

    `progress` is told how many runs are done, and how many there are. Raises ValueError without
    an answerable question.
    """
    asked = [question for question in questions if question.answerable]
    changes: dict[str, Change] = {"": lambda e: e, **WITHOUT, SPELLING: lambda e: e}
    reports: dict[str, Report] = {}
    for done, (part, change) in enumerate(changes.items(), 1):
        search = _search(generation, encoder, change, spelt=part != SPELLING)
        reports[part] = evaluate(search, asked)
        progress(done, len(changes))
    whole = reports.pop("").outcomes
    return tuple(_ablation(part, whole, report.outcomes) for part, report in reports.items())


def ablation_table(ablations: Sequence[Ablation]) -> str:
    """Return the recall without each part as a table for a terminal, the dearest part first."""
    whole = ablations[0]
    english = [f"{each.measure} English" for each in whole.english]
    rows = [["without", *MEASURES, *english, "p (recall@1)"]]
    rows.append(["nothing", *(share(each.left) for each in (*whole.all, *whole.english)), ""])
    for each in sorted(ablations, key=lambda each: each.all[0].right):
        both = (*each.all, *each.english)
        figures = [f"{share(d.right)} ({d.right - d.left:+.3f})" for d in both]
        rows.append([each.part, *figures, f"{each.all[0].p:.3f}"])
    return align(rows)


def _search(
    generation: Generation, encoder: Encoder, change: Change, *, spelt: bool
) -> Callable[[str, int], SearchResult]:
    def search(text: str, top_k: int = TOP_K) -> SearchResult:
        query = understand(text, spelling(generation) if spelt else None)
        sought = look_for(generation, encoder.encode_query(query.folded), query)
        evidence = change(gather(generation, sought))
        return conclude(generation, sought, evidence, top_k=top_k)

    return search


def _ablation(part: str, left: Sequence[Outcome], right: Sequence[Outcome]) -> Ablation:
    english = [i for i, outcome in enumerate(left) if outcome.question.lang == "en"]
    return Ablation(
        part,
        _differences(left, right),
        _differences([left[i] for i in english], [right[i] for i in english]) if english else (),
    )


def _differences(left: Sequence[Outcome], right: Sequence[Outcome]) -> tuple[Difference, ...]:
    before, after = values_of(left), values_of(right)
    return tuple(mean_difference(name, before[name], after[name]) for name in MEASURES)
