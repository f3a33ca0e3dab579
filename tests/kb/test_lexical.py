"""The lexical index."""

from pathlib import Path

import numpy as np
import pytest

from kb import lexical

TEXTS = [["三声", "接听"], ["退款", "三天"], ["退款", "退款", "原路"], []]


def test_the_passage_with_the_words_scores_best() -> None:
    """A passage that repeats the word beats one that says it once, and silence scores 0."""
    scores, _ = lexical.build(TEXTS).score(["退款"])
    assert scores.argmax() == 2
    assert scores[1] > scores[0] == scores[3] == 0


def test_an_unknown_word_raises_the_ceiling_like_the_rarest_one() -> None:
    """The share of what was asked for fades when the index does not know a word."""
    index = lexical.build(TEXTS)
    _, known = index.score(["接听"])
    _, with_unknown = index.score(["接听", "飞机"])
    assert with_unknown == pytest.approx(2 * known)


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    """Saving and loading changes nothing."""
    index = lexical.build(TEXTS)
    index.save(tmp_path)
    again = lexical.load(tmp_path)
    np.testing.assert_array_equal(
        again.score(["退款", "三天"])[0], index.score(["退款", "三天"])[0]
    )


def test_an_empty_index_answers_with_nothing() -> None:
    """No passages, no scores."""
    scores, _ = lexical.build([]).score(["退款"])
    assert scores.shape == (0,)
