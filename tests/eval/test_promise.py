"""Fitting what first evidence says of a strength."""

from pathlib import Path

import numpy as np
import pytest

from eval.promise import Pool, collect, fit, share_kept
from ingest.build import build
from kb.library import Library

WEIGHTS = np.array([3, 1, 0, 0, 0, 1.0])


def asked(seed: int, noise: float) -> Pool:
    """200 candidates whose strength follows from what is told of them, but for some noise."""
    draw = np.random.default_rng(seed)
    told = draw.normal(size=(6, 200))
    return Pool(told, draw.normal() + WEIGHTS @ told + noise * draw.normal(size=200))


def test_the_weights_are_those_that_made_the_strengths() -> None:
    """Though each question's strengths are from a level of their own."""
    found = [asked(seed, 0.1) for seed in range(30)]
    assert fit(found, 6) == pytest.approx(WEIGHTS, abs=0.1)
    assert share_kept(found, fit(found, 5), fit(found, 6)) == 1


def test_what_is_not_told_is_lost() -> None:
    """Where the strength is mostly noise, the strongest is often left out."""
    found = [asked(seed, 30) for seed in range(40)]
    assert share_kept(found, fit(found, 5), fit(found, 6)) < 0.9


def test_all_candidates_of_a_question_are_collected(tmp_path: Path, encoder) -> None:
    """The sketches come near to the strength that they stand for."""
    manuals = [tmp_path / "退货.txt", tmp_path / "发票.txt"]
    for manual, words in zip(manuals, ("退货运费由买家付。", "发票三日内寄出。"), strict=True):
        manual.write_text(words, "utf8")
    library = Library(tmp_path / "home", "shop")
    build(library, manuals, encoder)
    (found,) = collect(library.open(), encoder, ["退货运费谁出"])
    assert found.told.shape == (6, 2)
    assert found.told[-1].argmax() == found.strengths.argmax()
