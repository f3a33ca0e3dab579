"""Fits the weights of `kb/confidence.py` on judged questions, and says how well they hold.

    python -m eval.calibrate QUESTIONS.jsonl [--home indexes] [--library samples]

Logistic regression with a small ridge, the answerable questions weighing a little more. Beside the
judged questions, those of `eval/trades.py`, whose library has to be there, count a little: they are
by other writers, and many, so that the weights do not follow the ways of one. The area under the
curve is that of five-fold cross-validation over the judged questions.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from eval import trades
from eval.judge import is_right
from eval.measures import separation
from eval.questions import Question, load_questions
from kb.answer import Sought
from kb.confidence import ALONE, NAMES, PLAIN, Calibration
from kb.encoder import Encoder, load_encoder
from kb.generation import Generation
from kb.library import Library
from kb.ranking import weigh
from kb.search import gather, look_for, rank, signs, understand
from kb.spelling import spelling

RIDGE = 0.01

ANSWERED = 0.55
"""What the answerable questions count of all: who asks a handbook mostly asks what it tells."""

SHARE, EVERY = 0.3, 3
"""What the questions beside the judged ones count in all, and of how many one is asked."""

FOLDS = 5
BESIDE = 2
"""Other manuals in a small library."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Features (n, shelves, names) of n questions, and whether each is `answerable` (n,)."""

    rows: Matrix
    answerable: NDArray[np.bool_]

    def told(self, columns: Sequence[int]) -> "Sample":
        """Only some of the features."""
        return Sample(self.rows[..., columns], self.answerable)

    def take(self, numbers: NDArray[np.int64]) -> "Sample":
        """Only some of the questions."""
        return Sample(self.rows[numbers], self.answerable[numbers])


@dataclass(frozen=True, slots=True)
class Fitted:
    """Constants of `kb/confidence.py`; `area` is the cross-validated one under the curve."""

    calibration: Calibration
    area: float


def collect(generation: Generation, encoder: Encoder, questions: Sequence[Question]) -> Sample:
    """The features, `NAMES`, of judged questions.

    A question is asked of the whole library, of the manual alone that answers it or comes nearest,
    and of that one with a few others: a small library has to know its answers too. The library is
    one of the bundled encoder, for which there is a verifier.
    """
    draw = np.random.default_rng(1)
    rows = []
    for question in questions:
        sought = sought_for(generation, encoder, question.query)
        shelves = _shelves(generation, sought, question, draw)
        found = [_features(generation, sought, shelf)[0] for shelf in shelves]
        rows.append(np.stack(found))
    return Sample(np.stack(rows), np.array([question.answerable for question in questions]))


def collect_trades(
    generation: Generation, encoder: Encoder, shelves: Iterable[trades.Shelf]
) -> Sample:
    """The features of questions of `eval/trades.py`, each on one shelf.

    One whose passage does not come first is left out: nothing answers it there, yet it is
    answerable.
    """
    rows, answerable = [], []
    for shelf in shelves:
        for question in shelf.questions:
            sought = sought_for(generation, encoder, question.query)
            found, first = _features(generation, sought, shelf.documents)
            if not question.answerable or is_right(first, question.gold):
                rows.append(found[None])
                answerable.append(question.answerable)
    return Sample(np.stack(rows), np.array(answerable))


def sought_for(generation: Generation, encoder: Encoder, text: str) -> Sought:
    """What a question looks for, its mistakes mended as in a search."""
    query = understand(text, spelling(generation))
    return look_for(generation, encoder.encode_query(query.folded), query)


def _shelves(
    generation: Generation, sought: Sought, question: Question, draw: np.random.Generator
) -> tuple[Sequence[str], ...]:
    """The documents (ids) of each library that a question is asked of; none means all."""
    files = {gold.file for gold in question.gold}
    every = generation.documents()
    own = [each.id for each in every if each.source.path in files]
    if not own:
        evidence = gather(generation, sought)
        own = [generation.row(int(evidence.rows[weigh(evidence).argmax()])).document_id]
    others = [each.id for each in every if each.id not in own]
    return (), own, [*own, *draw.choice(others, min(BESIDE, len(others)), replace=False).tolist()]


def _features(
    generation: Generation, sought: Sought, documents: Sequence[str]
) -> tuple[Matrix, str]:
    """The features, and the words of the first passage."""
    evidence = gather(generation, sought, documents=documents)
    ranking = rank(generation, sought, evidence)
    found = signs(generation, sought, evidence, ranking)
    first = ranking.read[int(ranking.order[0])].passage
    return np.array([found[name] for name in NAMES]), generation.text(first)


def calibrate(judged: Sample, beside: Sample, names: Sequence[str]) -> Fitted:
    """Fit features of judged questions and of those beside them, and judge by cross-validation.

    The area is that over the first shelf; all shelves of a question are held out together.
    """
    order = np.random.default_rng(0).permutation(len(judged.rows))
    held = np.zeros(len(judged.rows))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        model = _fit(judged.take(np.setdiff1d(order, out)), beside)
        held[out] = model.decision_function(judged.rows[out, 0])
    scaler, regression = (step for _, step in _fit(judged, beside).steps)
    fitted = Calibration(
        tuple(names),
        tuple(scaler.mean_.tolist()),
        tuple(scaler.scale_.tolist()),
        tuple(regression.coef_[0].tolist()),
        float(regression.intercept_[0]),
    )
    return Fitted(fitted, separation(held[judged.answerable], held[~judged.answerable]))


def _fit(judged: Sample, beside: Sample) -> Pipeline:
    rows, answerable, importance = zip(_flat(judged, 1 - SHARE), _flat(beside, SHARE), strict=True)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1 / RIDGE))
    return model.fit(
        np.concatenate(rows),
        np.concatenate(answerable),
        logisticregression__sample_weight=np.concatenate(importance),
    )


def _flat(sample: Sample, share: float) -> tuple[Matrix, NDArray[np.bool_], Matrix]:
    """Features and classes of each question on each shelf, and what it counts: all of them `share`,
    `ANSWERED` of it the answerable ones."""
    count, shelves, width = sample.rows.shape
    answerable = np.repeat(sample.answerable, shelves)
    yes, no = ANSWERED / answerable.sum(), (1 - ANSWERED) / (~answerable).sum()
    importance = share * np.where(answerable, yes, no)
    return sample.rows.reshape(count * shelves, width), answerable, importance


def arguments(description: str | None) -> argparse.Namespace:
    """The command line of what is fitted on judged questions over a library."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--home", type=Path, default=Path("indexes"))
    parser.add_argument("--library", default="samples")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    return parser.parse_args()


def main() -> None:
    """Print the constants for `kb/confidence.py`."""
    asked = arguments(__doc__)
    encoder = load_encoder(cache=asked.cache)
    generation = Library(asked.home, asked.library).open()
    judged = collect(generation, encoder, load_questions(asked.questions))
    manuals = trades.load_manuals()
    theirs = Library(asked.home, trades.LIBRARY).open()
    beside = collect_trades(theirs, encoder, trades.shelves(manuals, theirs, EVERY))
    for told in ("NAMES", "PLAIN", "ALONE"):
        names = {"NAMES": NAMES, "PLAIN": PLAIN, "ALONE": ALONE}[told]
        columns = [NAMES.index(name) for name in names]
        fitted = calibrate(judged.told(columns), beside.told(columns), names)
        sys.stdout.write(f"    Calibration(\n        {told},\n")
        for part in ("means", "scales", "weights"):
            values = ", ".join(f"{value:.4f}" for value in getattr(fitted.calibration, part))
            sys.stdout.write(f"        ({values}),\n")
        bias = fitted.calibration.bias
        sys.stdout.write(f"        {bias:.4f},\n    ),  # area {fitted.area:.3f}\n")


if __name__ == "__main__":
    main()
