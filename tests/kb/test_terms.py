"""The words by which the lexical index knows a text."""

from hypothesis import given
from hypothesis import strategies as st

from kb.terms import terms


def test_a_chinese_run_gives_its_words_and_its_pairs() -> None:
    """A word that the dictionary lacks is still found by its characters."""
    found = terms("工作任务单")
    assert {"工作", "作任", "任务", "务单"} <= set(found)


def test_latin_words_are_stemmed_and_numbers_kept_whole() -> None:
    """An English plural meets its singular; a time stays one term."""
    assert terms("refunds refund 13:30 7") == ["refund", "refund", "13:30", "7"]


def test_words_of_two_scripts_are_apart_without_a_blank() -> None:
    """EMS is found by whoever types it alone."""
    assert {"em", "一般", "3", "天"} <= set(terms("ems一般3天"))
    assert terms("call一下café") == ["call", "一下", "café"]


@given(st.text())
def test_any_text_has_terms_or_none(text: str) -> None:
    """No text breaks it, and no term is empty."""
    assert all(terms(text))
