"""Fits the weights of `kb/confidence.py` on judged questions, and says how well they hold.

    python -m eval.calibrate QUESTIONS.jsonl [--home indexes] [--library samples]

Logistic regression with a small ridge, both classes weighing the same; the area under the curve
is that of five-fold cross-validation.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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
FOLDS = 5
BESIDE = 2
"""Other manuals in a small library."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Constants of `kb/confidence.py`; `area` is the cross-validated one under the curve."""

    calibration: Calibration
    area: float


def collect(
    generation: Generation, encoder: Encoder, questions: Sequence[Question]
) -> tuple[Matrix, NDArray[np.bool_]]:
    """Features (n, shelves, len(NAMES)) of each question, and whether it is answerable (n,).

    A question is asked of the whole library, of the manual alone that answers it or comes nearest,
    and of that one with a few others: a small library has to know its answers too. The library is
    one of the bundled encoder, for which there is a verifier.
    """
    draw = np.random.default_rng(1)
    rows = []
    for question in questions:
        query = understand(question.query, spelling(generation))
        sought = look_for(generation, encoder.encode_query(query.folded), query)
        shelves = _shelves(generation, sought, question, draw)
        rows.append(np.stack([_features(generation, sought, shelf) for shelf in shelves]))
    return np.stack(rows), np.array([question.answerable for question in questions])


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


def _features(generation: Generation, sought: Sought, documents: Sequence[str]) -> Matrix:
    evidence = gather(generation, sought, documents=documents)
    found = signs(generation, sought, evidence, rank(generation, sought, evidence))
    return np.array([found[name] for name in NAMES])


def calibrate(rows: Matrix, answerable: NDArray[np.bool_], names: Sequence[str]) -> Fitted:
    """Fit features (n, shelves, len(names)) of n questions, and judge by cross-validation.

    The area is that over the first shelf; all shelves of a question are held out together.
    """
    order = np.random.default_rng(0).permutation(len(rows))
    held = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        rest = np.setdiff1d(order, out)
        means, scales, weights = _fit(*_flat(rows[rest], answerable[rest]))
        held[out] = _design(rows[out, 0], means, scales) @ weights
    means, scales, weights = _fit(*_flat(rows, answerable))
    fitted = Calibration(
        tuple(names),
        tuple(means.tolist()),
        tuple(scales.tolist()),
        tuple(weights[:-1].tolist()),
        float(weights[-1]),
    )
    return Fitted(fitted, separation(held[answerable], held[~answerable]))


def _flat(rows: Matrix, answerable: NDArray[np.bool_]) -> tuple[Matrix, NDArray[np.bool_]]:
    count, shelves, width = rows.shape
    return rows.reshape(count * shelves, width), np.repeat(answerable, shelves)


def _design(rows: Matrix, means: Matrix, scales: Matrix) -> Matrix:
    return np.column_stack([(rows - means) / scales, np.ones(len(rows))])


def _fit(rows: Matrix, answerable: NDArray[np.bool_]) -> tuple[Matrix, Matrix, Matrix]:
    """Newton's method for the weighted, penalised likelihood."""
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = _design(rows, means, scales)
    share = answerable.mean()
    importance = np.where(answerable, 0.5 / share, 0.5 / (1 - share)) / len(rows)
    penalty = np.diag([*[RIDGE] * len(means), 0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (importance * (chance - answerable)) + penalty @ weights
        curve = (design * (importance * chance * (1 - chance))[:, None]).T @ design + penalty
        weights = weights - np.linalg.solve(curve, slope)
    return means, scales, weights


def main() -> None:
    """Print the constants for `kb/confidence.py`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--home", type=Path, default=Path("indexes"))
    parser.add_argument("--library", default="samples")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    asked = parser.parse_args()
    encoder = load_encoder(cache=asked.cache)
    generation = Library(asked.home, asked.library).open()
    rows, answerable = collect(generation, encoder, load_questions(asked.questions))
    for told in ("NAMES", "PLAIN", "ALONE"):
        names = {"NAMES": NAMES, "PLAIN": PLAIN, "ALONE": ALONE}[told]
        columns = [NAMES.index(name) for name in names]
        fitted = calibrate(rows[..., columns], answerable, names)
        sys.stdout.write(f"    Calibration(\n        {told},\n")
        for part in ("means", "scales", "weights"):
            values = ", ".join(f"{value:.4f}" for value in getattr(fitted.calibration, part))
            sys.stdout.write(f"        ({values}),\n")
        bias = fitted.calibration.bias
        sys.stdout.write(f"        {bias:.4f},\n    ),  # area {fitted.area:.3f}\n")


if __name__ == "__main__":
    main()
