"""The search form of a text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.fold import fold


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    """One code point stays one code point."""
    assert len(fold(text)) == len(text)


@example("㊬薴")
@given(st.text(st.characters(min_codepoint=0x3000, max_codepoint=0xFFEF)))
def test_folding_twice_is_folding_once(text: str) -> None:
    """The search form is its own search form."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("電話鈴響", "电话铃响"),
        ("ＡＢＣ，１２", "abc,12"),
        ("說說裏裡", "说说里里"),
        ("⼿⽤", "手用"),
    ],
)
def test_script_width_and_case_are_taken_out(text: str, folded: str) -> None:
    """Both scripts, full width and radicals lead to the same form."""
    assert fold(text) == folded
