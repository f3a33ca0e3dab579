"""A passage in the reader's script."""

from hypothesis import given
from hypothesis import strategies as st

from kb.rendering import render


@given(st.text(), st.sampled_from(["original", "hans", "hant"]))
def test_rendering_keeps_the_length(text: str, script: str) -> None:
    """Spans of a passage hold in every script."""
    assert len(render(text, script)) == len(text)  # type: ignore[arg-type]


def test_rendering_follows_the_phrase() -> None:
    """A Simplified character that stands for several is told apart by its word."""
    assert render("头发 发货", "hant") == "頭髮 發貨"
    assert render("電話鈴響", "hans") == "电话铃响"
    assert render("電話铃响", "original") == "電話铃响"
