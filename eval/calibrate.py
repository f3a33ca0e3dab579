"""Fits the weights of `kb/confidence.py` on judged questions, and says how well they hold.

    python -m eval.calibrate QUESTIONS.jsonl=LIBRARY_FOLDER [...]

Logistic regression with a small ridge, both classes weighing the same; the area under the curve
is that of five-fold cross-validation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.measures import separation
from eval.questions import Question
from kb.confidence import NAMES, features
from kb.encoder import Encoder
from kb.generation import Generation
from kb.ranking import weigh
from kb.search import gather, understand

RIDGE = 0.01
FOLDS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The constants of `kb/confidence.py`; `area` is the cross-validated one under the curve."""

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    area: float


def collect(
    generation: Generation, encoder: Encoder, questions: Sequence[Question]
) -> tuple[Matrix, NDArray[np.bool_]]:
    """The features (n, len(NAMES)) of each question, and whether it is answerable (n,)."""
    rows = []
    for question in questions:
        query = understand(question.query)
        evidence = gather(generation, encoder.encode_query(query.folded), query, (), ())
        strengths = weigh(evidence)
        found = features(query, evidence, strengths, np.argsort(-strengths, kind="stable"))
        rows.append(np.zeros(len(NAMES)) if found is None else found)
    return np.stack(rows), np.array([question.answerable for question in questions])


def calibrate(rows: Matrix, answerable: NDArray[np.bool_]) -> Calibration:
    """Fit all, and judge by cross-validation."""
    order = np.random.default_rng(0).permutation(len(rows))
    held = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        rest = np.setdiff1d(order, out)
        means, scales, weights = _fit(rows[rest], answerable[rest])
        held[out] = _design(rows[out], means, scales) @ weights
    means, scales, weights = _fit(rows, answerable)
    return Calibration(
        tuple(means.tolist()),
        tuple(scales.tolist()),
        tuple(weights[:-1].tolist()),
        float(weights[-1]),
        separation(held[answerable], held[~answerable]),
    )


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
