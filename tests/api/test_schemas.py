"""What goes over the wire."""

from api.schemas import Summary, Text
from kb.records import SourceFile
from kb.store import DocumentSummary
from tests.library import document


def test_a_name_that_is_no_unicode_can_be_written() -> None:
    """What cannot be said in UTF-8 becomes a question mark."""
    source = SourceFile("a/\udcff.txt", "text/plain", "0" * 64, 1)
    summary = Summary.from_record(DocumentSummary("d", "\udcff", "v", source, 1, 1))
    written = summary.model_dump(mode="json")
    assert (written["path"], written["title"]) == ("a/?.txt", "?")


def test_the_place_of_an_edit_follows_those_before_it() -> None:
    """Each replacement stands in the text where the edit says."""
    made, sections, _ = document("d", "一!二!!三")
    text = Text.from_record(made, sections, "original")
    assert [edit.after for edit in text.edits] == ["。"] * 3
    assert all(text.text[slice(*edit.span)] == edit.after for edit in text.edits)
