"""Fits `PROMISE` and `SKETCHED` of `kb/ranking.py`: what first evidence says of a strength.

    python -m eval.promise QUESTIONS.jsonl [--home indexes] [--library samples]

Least squares over all candidates of each question, those of the judged ones and every tenth of
`eval/trades.py`, asked of its whole library: where manuals are many, most is lost early. What is
fitted is the strength of a candidate once all its vectors were compared, so no judgement is needed;
the strongest weigh most. Below the weights stands how often the strongest of all candidates is
among those that they keep.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval import trades
from eval.calibrate import arguments, sought_for
from eval.questions import load_questions
from kb.encoder import Encoder, load_encoder
from kb.generation import Generation
from kb.library import Library
from kb.ranking import GLANCED, NEAREST, PROMISE, PROMISING, SKETCHED, WORDIEST, weigh
from kb.search import gather

EVERY = 10
"""Of how many questions of the trades one is asked."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The n candidates for a question.

    `told` (6, n) is what is told of each at first, and by its sketches last; `strengths` (n,) are
    those in the end.
    """

    told: Matrix
    strengths: Matrix

    def kept(self, count: int, weights: Sequence[float]) -> "Pool":
        """Only those that the first weights, as many as there are, promise most of."""
        promise = np.dot(weights, self.told[: len(weights)])
        order = np.argsort(-promise, kind="stable")[:count]
        return Pool(self.told[:, order], self.strengths[order])


def collect(generation: Generation, encoder: Encoder, queries: Iterable[str]) -> Iterator[Pool]:
    """All candidates for each question that has any."""
    for text in queries:
        sought = sought_for(generation, encoder, text)
        evidence = gather(generation, sought, count=NEAREST + WORDIEST)
        if len(evidence.rows):
            sketched = generation.late.sketched(sought.tokens, sought.weights, evidence.rows)
            told = np.array([*evidence.told, sketched], np.float64)
            yield Pool(told, weigh(evidence).astype(np.float64))


def fit(asked: Sequence[Pool], columns: int) -> tuple[float, ...]:
    """What each of the first `columns` of what is told counts for the strength."""
    squares, products = np.zeros((columns, columns)), np.zeros(columns)
    for each in asked:
        weights = np.exp(each.strengths - each.strengths.max())
        weights /= weights.sum()
        # Only the order within a question counts, so each is taken from its own mean.
        told = each.told[:columns] - (each.told[:columns] @ weights)[:, None]
        strengths = each.strengths - each.strengths @ weights
        squares += (told * weights) @ told.T
        products += (told * weights) @ strengths
    return tuple(np.linalg.lstsq(squares, products, rcond=None)[0].tolist())


def share_kept(asked: Sequence[Pool], promise: Sequence[float], sketched: Sequence[float]) -> float:
    """How often the strongest is among the `PROMISING` of those that are kept, 0–1."""
    kept = [each.kept(GLANCED, promise).kept(PROMISING, sketched) for each in asked]
    both = zip(kept, asked, strict=True)
    return float(np.mean([few.strengths.max() >= all_.strengths.max() for few, all_ in both]))


def main() -> None:
    """Print the constants for `kb/ranking.py`."""
    given = arguments(__doc__)
    encoder = load_encoder(cache=given.cache)
    queries = [each.query for each in load_questions(given.questions)]
    asked = list(collect(Library(given.home, given.library).open(), encoder, queries))
    theirs = Library(given.home, trades.LIBRARY).open()
    others = [q.query for manual in trades.load_manuals() for q in manual.questions][::EVERY]
    asked += collect(theirs, encoder, others)
    promise, sketched = fit(asked, len(PROMISE)), fit(asked, len(SKETCHED))
    for name, weights in (("PROMISE", promise), ("SKETCHED", sketched)):
        sys.stdout.write(f"{name} = ({', '.join(f'{weight:.2f}' for weight in weights)})\n")
    sys.stdout.write(f"kept: {share_kept(asked, promise, sketched):.3f} of {len(asked)}\n")


if __name__ == "__main__":
    main()
