"""The words of a question inside a passage."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.fold import fold
from kb.highlights import highlights
from kb.records import Span
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


def test_every_form_of_a_common_word_is_marked_by_its_stem() -> None:
    """Words are looked for by how their stem begins, which no form may lack: dying, of die."""
    lines = (Path(kb.__path__[0]) / "english.txt").read_text("utf8").splitlines()
    common = {word for line in lines if not line.startswith("#") for word in line.split()}
    stems = {word: (terms(word)[0],) for word in common}
    telling = {word: stem for word, stem in stems.items() if highlights(stem, stem[0])}
    assert len(telling) > 45_000
    assert not {w for w, stem in telling.items() if highlights(stem, w) != (Span(0, len(w)),)}
    assert marked("die tie lie", "dying, tying, lies") == ["dying", "tying", "lies"]


def test_a_number_is_not_marked_inside_another() -> None:
    """Neither where that goes on, nor behind its decimal point."""
    assert marked("5 24", "24 hours, 2024, 24.5, 1.5, 5") == ["24", "5"]


@given(st.text("电话abc 1三", max_size=12), st.text("电话abc 1三", max_size=30))
def test_marks_are_sorted_apart_and_inside(query: str, passage: str) -> None:
    """Spans can be cut one after the other."""
    ends = [
        bound for span in highlights(tuple(terms(fold(query))), fold(passage)) for bound in span
    ]
    assert ends == sorted(set(ends))
    assert all(0 <= bound <= len(passage) for bound in ends)
