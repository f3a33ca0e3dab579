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
from kb.confidence import NAMES, PLAIN, Calibration, features
from kb.encoder import Encoder, load_encoder
from kb.generation import Generation
from kb.library import Library
from kb.ranking import weigh
from kb.search import gather, look_for, understand, verify
from kb.spelling import spelling

RIDGE = 0.01
FOLDS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Constants of `kb/confidence.py`; `area` is the cross-validated one under the curve."""

    calibration: Calibration
    area: float


def collect(
    generation: Generation, encoder: Encoder, questions: Sequence[Question]
) -> tuple[Matrix, NDArray[np.bool_]]:
    """The features (n, len(NAMES)) of each question, and whether it is answerable (n,).

    The library is one of the bundled encoder, for which there is a verifier.
    """
    rows = []
    for question in questions:
        query = understand(question.query, spelling(generation))
        encoding = encoder.encode_query(query.folded)
        evidence = gather(generation, encoding, query, (), ())
        strengths = weigh(evidence)
        order = np.argsort(-strengths, kind="stable")
        sought = look_for(generation, encoding, query)
        verdicts = verify(generation, sought, evidence.rows[order])
        found = features(query, evidence, strengths, order, verdicts)
        rows.append(np.zeros(len(NAMES)) if found is None else found)
    return np.stack(rows), np.array([question.answerable for question in questions])


def calibrate(rows: Matrix, answerable: NDArray[np.bool_]) -> Fitted:
    """Fit all, and judge by cross-validation."""
    order = np.random.default_rng(0).permutation(len(rows))
    held = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        rest = np.setdiff1d(order, out)
        means, scales, weights = _fit(rows[rest], answerable[rest])
        held[out] = _design(rows[out], means, scales) @ weights
    means, scales, weights = _fit(rows, answerable)
    fitted = Calibration(
        tuple(means.tolist()),
        tuple(scales.tolist()),
        tuple(weights[:-1].tolist()),
        float(weights[-1]),
    )
    return Fitted(fitted, separation(held[answerable], held[~answerable]))


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
    for name, width in (("WITHOUT_VERDICTS", PLAIN), ("WITH_VERDICTS", len(NAMES))):
        fitted = calibrate(rows[:, :width], answerable)
        sys.stdout.write(f"{name} = Calibration(\n")
        for part in ("means", "scales", "weights"):
            values = ", ".join(f"{value:.4f}" for value in getattr(fitted.calibration, part))
            sys.stdout.write(f"    ({values}),\n")
        bias = fitted.calibration.bias
        sys.stdout.write(f"    {bias:.4f},\n)\n# area under the curve {fitted.area:.3f}\n")


if __name__ == "__main__":
    main()
