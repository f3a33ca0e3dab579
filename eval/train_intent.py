"""Fits the model of what a question wants: `kb/intent_model.py`.

    python -m eval.train_intent --out FOLDER [--hold TRADE …]

Multinomial logistic regression with a ridge, over the vectors that the bundled encoder makes of
the questions in `eval/training/`, answered and unanswered, each written down with its kind. Trades
named by `--hold` are left out, and judged: how many questions of a kind are known for it, and how
many that are taken for it are, by the words alone, and by the words and the model.
"""

import argparse
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.train import DATA, read_rows
from eval.train_verifier import encoded
from kb.encoder import Encoder, load_encoder
from kb.fold import fold
from kb.intent import intent
from kb.intent_model import ALL, FILE, IntentModel
from kb.records import KINDS, Kind

RIDGE = 0.01
STEPS = 150

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worded:
    """A question in its search form, the trade that it is of, and the kind of answer it wants.

    The kind is None where it wants another, such as a price or an address.
    """

    trade: str
    folded: str
    kind: Kind | None


def load_worded(folder: Path) -> list[Worded]:
    """Read the questions of `eval/training/`, each once."""
    found: dict[str, Worded] = {}
    for path in sorted(folder.glob("*.jsonl")):
        unanswered = folder / "unanswered" / path.name
        asked = [each for row in read_rows(path) for each in row["questions"]]
        for row in [*asked, *(read_rows(unanswered) if unanswered.is_file() else ())]:
            folded, kind = fold(row["query"]), row["type"]
            known = kind if kind in KINDS else None
            found.setdefault(folded, Worded(path.stem, folded, known))
    return list(found.values())


def vectors(encoder: Encoder, worded: Sequence[Worded]) -> Matrix:
    """The pooled vectors of questions: (n, dim)."""
    found = encoded(encoder, [each.folded for each in worded])
    return np.stack([encoding.pooled for encoding in found]).astype(np.float64)


def train(rows: Matrix, kinds: Sequence[Kind | None]) -> IntentModel:
    """Fit the weights on vectors (n, dim) of questions that want answers of these kinds."""
    wanted = np.eye(len(ALL))[[ALL.index(kind) for kind in kinds]]
    means, scale = rows.mean(axis=0), rows.std()
    design = np.column_stack([(rows - means) / scale, np.ones(len(rows))])

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(design.shape[1], len(ALL))
        logits = design @ weights
        logits -= logits.max(axis=1, keepdims=True)
        chances = np.exp(logits)
        chances /= chances.sum(axis=1, keepdims=True)
        penalised = weights.copy()
        penalised[-1] = 0
        likelihood = (wanted * np.log(chances + 1e-12)).sum() / len(rows)
        slope = design.T @ (chances - wanted) / len(rows) + RIDGE * penalised
        return RIDGE * (penalised**2).sum() / 2 - likelihood, slope.ravel()

    start = np.zeros(design.shape[1] * len(ALL))
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    *weights, bias = fitted.x.reshape(design.shape[1], len(ALL))
    unscaled = np.array(weights) / scale
    return IntentModel(unscaled.astype(np.float32), (bias - means @ unscaled).astype(np.float32))


def table(told: Sequence[Kind | None], kinds: Sequence[Kind | None]) -> str:
    """Recall and precision of each kind, a line each."""
    lines = []
    for kind in KINDS:
        right = sum(a == b == kind for a, b in zip(told, kinds, strict=True))
        recall, precision = right / max(kinds.count(kind), 1), right / max(told.count(kind), 1)
        lines.append(f"  {kind:12} recall {recall:.2f}  precision {precision:.2f}")
    return "\n".join(lines)


def write(model: IntentModel, folder: Path) -> None:
    """Write the file that ships."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file({"weights": model.weights, "bias": model.bias}, folder / FILE.name)


def _judge(model: IntentModel, rows: Matrix, held: Sequence[Worded]) -> str:
    words = [intent(each.folded) for each in held]
    both = [
        model.refine(told, row.astype(np.float32)) for told, row in zip(words, rows, strict=True)
    ]
    kinds = [each.kind for each in held]
    return f"by words\n{table(words, kinds)}\nby words and model\n{table(both, kinds)}\n"


def _split(worded: Sequence[Worded], hold: Collection[str]) -> tuple[list[int], list[int]]:
    held = [number for number, each in enumerate(worded) if each.trade in hold]
    return sorted({*range(len(worded))} - {*held}), held


def main() -> None:
    """Fit, tell how the trades held out do, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold", nargs="*", default=())
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    asked = parser.parse_args()
    worded = load_worded(DATA)
    rows = vectors(load_encoder(cache=asked.cache), worded)
    rest, held = _split(worded, asked.hold)
    model = train(rows[rest], [worded[number].kind for number in rest])
    if held:
        sys.stdout.write(_judge(model, rows[held], [worded[number] for number in held]))
    write(model, asked.out)


if __name__ == "__main__":
    main()
