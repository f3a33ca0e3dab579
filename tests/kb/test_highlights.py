"""The words of a question inside a passage."""

from hypothesis import given
from hypothesis import strategies as st

from kb.fold import fold
from kb.highlights import highlights
from kb.terms import terms


def marked(query: str, passage: str) -> list[str]:
    """The marked words."""
    return [span.of(passage) for span in highlights(tuple(terms(fold(query))), fold(passage))]


def test_a_traditional_question_marks_simplified_words() -> None:
    """Neighbouring matches are one mark."""
    assert marked("電話鈴響幾聲", "电话铃响三声内接听") == ["电话铃响"]


def test_an_english_stem_marks_the_whole_word() -> None:
    """Stop words are not marked."""
    assert marked("the refunds of", "Refunding: the refund is paid") == ["Refunding", "refund"]


@given(st.text("电话abc 1三", max_size=12), st.text("电话abc 1三", max_size=30))
def test_marks_are_sorted_apart_and_inside(query: str, passage: str) -> None:
    """Spans can be cut one after the other."""
    ends = [
        bound for span in highlights(tuple(terms(fold(query))), fold(passage)) for bound in span
    ]
    assert ends == sorted(set(ends))
    assert all(0 <= bound <= len(passage) for bound in ends)
