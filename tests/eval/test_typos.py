"""Typing mistakes put into questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.typos import KINDS, evaluate_typos, mistype, typo_table
from kb.pinyin import readings
from tests.eval.shelf import QUESTIONS, question, shelf

CHINESE = "客户投诉以后几天之内要回复"
ENGLISH = "How long may refunds take"


def changed(text: str, kind: str, seed: int = 0) -> tuple[str, str]:
    """The characters that differ, right and wrong, of a mistake that keeps the length."""
    wrong = mistype(text, kind, seed)
    assert wrong is not None
    assert len(wrong) == len(text)
    ((a, b),) = [(a, b) for a, b in zip(text, wrong, strict=True) if a != b]
    return a, b


@pytest.mark.parametrize("seed", range(5))
def test_a_homophone_sounds_the_same(seed: int) -> None:
    """One character is exchanged for another of its sound."""
    right, wrong = changed(CHINESE, "sound", seed)
    assert readings(right)[0] == readings(wrong)[0]


def test_a_homophone_is_of_the_script() -> None:
    """A Traditional question gets a character that Big5 users type."""
    for seed in range(20):
        wrong = mistype("客戶投訴以後幾天之內要回覆", "sound", seed)
        assert (wrong or "").encode("big5")


@pytest.mark.parametrize("seed", range(5))
def test_a_lookalike_is_another_character(seed: int) -> None:
    """One character is exchanged in its place."""
    right, wrong = changed(CHINESE, "shape", seed)
    assert right != wrong


def test_pinyin_takes_the_place_of_words() -> None:
    """The rest of the question stays."""
    wrong = {mistype(CHINESE, "pinyin", seed) for seed in range(30)}
    assert "kehu投诉以后几天之内要回复" in wrong
    assert "kehutousu以后几天之内要回复" in wrong


@given(st.integers(0, 1000))
def test_one_letter_is_wrong(seed: int) -> None:
    """An English word changes by one slip of the fingers, its first letter never."""
    wrong = mistype(ENGLISH, "letters", seed)
    assert wrong
    assert wrong != ENGLISH
    assert abs(len(wrong) - len(ENGLISH)) <= 1
    assert [word[0] for word in wrong.split()] == [word[0] for word in ENGLISH.split()]


@given(st.integers(0, 1000))
def test_the_last_word_is_cut_short(seed: int) -> None:
    """English stops in the word, Chinese in its pinyin; what stands before stays."""
    wrong = mistype("When do we pay refunds?", "unfinished", seed)
    assert wrong
    assert "refunds".startswith(wrong.removeprefix("When do we pay "))
    wrong = mistype(CHINESE, "unfinished", seed)
    assert wrong
    assert "huifu".startswith(wrong.removeprefix(CHINESE[:-2]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_mistake(kind: str) -> None:
    """A question without a place for a mistake gets none."""
    mixed = f"{CHINESE} {ENGLISH}"
    assert mistype(mixed, kind, 7) == mistype(mixed, kind, 7) != mixed
    assert mistype("?", kind) is None


def test_the_loss_is_told_by_kind() -> None:
    """Each kind counts the questions that can have it, and all of them come last."""
    done: list[int] = []
    losses = evaluate_typos(shelf(), QUESTIONS, progress=done.append)
    by_kind = {loss.kind: loss for loss in losses}
    assert losses[-1].kind == "all"
    assert by_kind["letters"].questions == 1
    assert by_kind["all"].questions == sum(loss.questions for loss in losses[:-1])
    assert done == [1, 2, 3, 4]
    assert "letters" in typo_table(losses)


def test_a_search_that_forgives_all_loses_nothing() -> None:
    """One that returns every passage finds the gold in any case."""
    losses = evaluate_typos(shelf(), [question(1, "电话响几声接听", "接听")])
    assert [loss.lost for loss in losses] == [0] * len(losses)


def test_no_question_to_mistype_is_an_error() -> None:
    """Rather than a table without figures."""
    with pytest.raises(ValueError, match="no question to mistype"):
        evaluate_typos(shelf(), [question(1, "?", "接听")])
