"""Measures of a run of judged questions, and how sure one can be of them.

Everything here is an array in the order of the questions. A question without a hit has rank
None and counts as a failure; none is ever dropped. Higher is better throughout, ranks start at 1.

Intervals are percentile bootstraps over questions (Efron 1979, "Bootstrap methods: another look
at the jackknife"); two runs are compared on the same questions by Fisher's randomisation test
(Smucker, Allan and Carterette 2007, "A comparison of statistical significance tests for
information retrieval evaluation"). Both are seeded, so the same run prints the same figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RANKED = {
    "recall@1": ir_measures.Success @ 1,
    "recall@3": ir_measures.Success @ 3,
    "recall@5": ir_measures.Success @ 5,
    "recall@10": ir_measures.Success @ 10,
    "mrr@10": ir_measures.RR @ 10,
}
RESAMPLES = 2000
FLIPS = 10_000
SEED = 20_261_121
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """A measure's value and the ends of its 95 % interval."""

    measure: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better `right` is than `left` on the same questions.

    `low` and `high` end the 95 % interval of `right - left`; `p` is the two-sided probability
    of a difference at least as large if the two runs were exchangeable. `won` and `lost` count
    the questions that `right` does better and worse on.
    """

    measure: str
    left: float
    right: float
    low: float
    high: float
    p: float
    won: int
    lost: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence: their number, mean confidence, and share that came true."""

    count: int
    confidence: float
    share: float


def per_question(ranks: Sequence[int | None]) -> dict[str, Array]:
    """Return each ranked measure's values, (n,) in 0–1: `recall@k` is 1 with the gold in k."""
    qrels = [ir_measures.Qrel(str(i), "gold", 1) for i in range(len(ranks))]
    run = [
        ir_measures.ScoredDoc(str(i), "gold" if place == rank else f"other {place}", -place)
        for i, rank in enumerate(ranks)
        for place in range(1, (rank or 0) + 1)
    ]
    values = {name: np.zeros(len(ranks)) for name in RANKED}
    names = {measure: name for name, measure in RANKED.items()}
    for found in ir_measures.iter_calc(list(names), qrels, run):
        values[names[found.measure]][int(found.query_id)] = found.value
    return values


def separation(positive: Array, negative: Array) -> float:
    """Area under the ROC curve: how often a positive is above a negative, a tie being half.

    Mann and Whitney 1947. Takes (p,) and (n,) confidences, both at least one long.
    """
    return float(_wins(positive, negative).mean())


def mean_score(measure: str, values: Array) -> Score:
    """Return the mean of (n,) values in 0–1, n at least 1, with its interval."""
    low, high = _interval(_weights(len(values)) @ values / len(values))
    if values.min() == values.max():
        low, high = _interval_of_equals(float(values[0]), len(values))
    return Score(measure, float(values.mean()), low, high)


def separation_score(positive: Array, negative: Array) -> Score:
    """Return the area under the curve with its interval."""
    value = separation(positive, negative)
    resampled = _resampled_separation(positive, negative)
    low, high = _interval(resampled)
    if resampled.min() == resampled.max():
        low, high = _interval_of_equals(value, min(len(positive), len(negative)))
    return Score("auc", value, low, high)


def mean_difference(measure: str, left: Array, right: Array) -> Difference:
    """Compare two runs' (n,) values on the same questions."""
    gain = right - left
    low, high = _interval(_weights(len(gain)) @ gain / len(gain))
    return Difference(
        measure,
        float(left.mean()),
        float(right.mean()),
        low,
        high,
        randomisation_test(gain),
        int((gain > 0).sum()),
        int((gain < 0).sum()),
    )


def separation_difference(left: tuple[Array, Array], right: tuple[Array, Array]) -> Difference:
    """Compare two runs' areas under the curve, each given as (p,) and (n,) confidences.

    p is twice the share of the paired resamples on the wrong side of no difference. A question
    is won where it is above (positive) or below (negative) more of the other class than before.
    """
    moved = _placements(*right) - _placements(*left)
    resampled = _resampled_separation(*right) - _resampled_separation(*left)
    low, high = _interval(resampled)
    wrong = min((resampled <= 0).mean(), (resampled >= 0).mean())
    return Difference(
        "auc",
        separation(*left),
        separation(*right),
        low,
        high,
        min(1.0, 2 * float(wrong)),
        int((moved > 1e-9).sum()),
        int((moved < -1e-9).sum()),
    )


def randomisation_test(gain: Array) -> float:
    """Two-sided p of (n,) paired differences: how often random signs give as large a sum."""
    moved = gain[gain != 0]
    if not len(moved):
        return 1.0
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), size=(FLIPS, len(moved)))
    as_large = np.abs(signs @ moved) >= abs(moved.sum()) - 1e-9
    return float((as_large.sum() + 1) / (FLIPS + 1))


def reliability(confidence: Array, true: NDArray[np.bool_], *, bins: int = 10) -> tuple[Bin, ...]:
    """Sort (n,) confidences into equal stretches of 0–1; empty ones are left out."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return tuple(
        Bin(int(inside.sum()), float(confidence[inside].mean()), float(true[inside].mean()))
        for inside in (place == number for number in range(bins))
        if inside.any()
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of confidence and share, weighted by count."""
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.confidence - each.share) for each in bins) / total


def _wins(positive: Array, negative: Array) -> Array:
    """(p, n) matrix: 1 where the positive is above the negative, ½ where they tie."""
    above = positive[:, None] > negative[None, :]
    level = positive[:, None] == negative[None, :]
    wins: Array = above + 0.5 * level
    return wins


def _placements(positive: Array, negative: Array) -> Array:
    """(p + n,): the share of the other class that each question is on the right side of."""
    wins = _wins(positive, negative)
    return np.concatenate([wins.mean(axis=1), wins.mean(axis=0)])


def _weights(n: int, seed: int = SEED) -> Array:
    """(RESAMPLES, n): how often each question is drawn when n are drawn with replacement."""
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return draws.astype(np.float64)


def _resampled_separation(positive: Array, negative: Array) -> Array:
    """(RESAMPLES,) areas, both classes drawn anew."""
    left, right = _weights(len(positive)), _weights(len(negative), SEED + 1)
    total = np.einsum("bp,pn,bn->b", left, _wins(positive, negative), right, optimize=True)
    resampled: Array = total / (len(positive) * len(negative))
    return resampled


def _interval(resampled: Array) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(resampled, (tail, 1 - tail))
    return float(low), float(high)


def _interval_of_equals(value: float, n: int) -> tuple[float, float]:
    """The interval where all n values are equal, and a bootstrap would claim to be certain.

    Other values may exist with the probability that n draws miss at 95 % (Clopper and Pearson
    1934); they are taken to be as low, and as high, as can be.
    """
    seen = ((1 - LEVEL) / 2) ** (1 / n)
    return value * seen, value * seen + 1 - seen
