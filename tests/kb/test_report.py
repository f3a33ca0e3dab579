"""The cleaning report."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.edits import Edited
from kb.errors import UnknownDocument
from kb.generation import Generation, GenerationWriter
from kb.library import Library
from kb.records import Document, Edit, Mark, Page, Span
from kb.report import CleaningReport, cleaning_report, is_furniture
from tests import library as small

RAW = "首页 下载\n服务(wù)手册!\n保存期 年。\n第 2 页\n完"
EDITS = (
    Edit(Span(0, 6), "", "site_furniture", 0.85),
    Edit(Span(8, 12), "", "bracketed_pinyin", 0.99),
    Edit(Span(14, 15), "。", "calm+tidy", 0.95),
    Edit(Span(23, 29), "", "page_furniture", 0.9),
)


def made() -> Document:
    """A document of two pages with every sort of change, a lost number, and an early end."""
    text = Edited(RAW, EDITS).text
    assert text == "服务手册。\n保存期 年。\n完"
    marks = (Mark(Span(9, 10), "value_missing"), Mark(Span(13, 14), "cut_off"))
    pages = (Page(1, Span(0, 13)), Page(2, Span(13, 14)))
    document, _, _ = small.document("manual", RAW)
    return replace(document, text=text, edits=EDITS, marks=marks, pages=pages, notes=("two pages",))


def generation_of(document: Document, library: Library) -> Generation:
    """A library that holds one document."""
    _, sections, passages = small.document(document.id, document.raw)
    with library.writing(), library.building() as folder:
        with GenerationWriter(folder, small.SPEC, small.MEANS, recipe="test") as writer:
            writer.add(document, sections, passages[:1], [small.embedding(0)])
            writer.finish()
        library.publish(folder)
    return library.open()


@pytest.fixture
def report(tmp_path: Path) -> Iterator[CleaningReport]:
    """The report of that document."""
    generation = generation_of(made(), Library(tmp_path, "one"))
    yield cleaning_report(generation, "manual")
    generation.close()


def test_the_places_hold_what_the_report_says(report: CleaningReport) -> None:
    """Before in the raw text, after in the cleaned one, damage in both."""
    text = made().text
    for change in (*report.changes, *report.dropped):
        assert change.place.source_span.of(RAW) == change.before
        assert change.place.span.of(text) == change.after
    for damage in report.damages:
        assert damage.place.span.of(text) == damage.words


def test_a_place_is_shown_with_the_line_around_it(report: CleaningReport) -> None:
    """The cleaned words of its own line, without those of the next."""
    pinyin, calm = (change.place for change in report.changes)
    assert (pinyin.lead, pinyin.tail) == ("服务", "手册。")
    assert (calm.lead, calm.tail) == ("服务手册", "")


def test_furniture_is_told_apart_from_repairs(report: CleaningReport) -> None:
    """By the rule, also where several rules made one edit."""
    assert [change.rule for change in report.dropped] == ["site_furniture", "page_furniture"]
    assert [change.rule for change in report.changes] == ["bracketed_pinyin", "calm+tidy"]
    assert is_furniture("bracketed_pinyin+site_furniture")


def test_what_was_dropped_between_two_pages_names_both(report: CleaningReport) -> None:
    """Nobody can tell on which of them it stood."""
    assert report.dropped[1].place.pages == (1, 2)
    assert report.changes[0].place.pages == (1,)


def test_what_was_read_in_a_picture_is_no_damage(tmp_path: Path) -> None:
    """It has a share of its own."""
    document = replace(made(), marks=(Mark(Span(0, 7), "ocr"), Mark(Span(9, 10), "value_missing")))
    generation = generation_of(document, Library(tmp_path, "one"))
    found = cleaning_report(generation, "manual")
    generation.close()
    assert (found.quality.recognised, found.quality.marked) == (7 / 14, 1 / 14)
    assert [damage.kind for damage in found.damages] == ["value_missing"]


def test_the_figures_are_shares_of_the_text(report: CleaningReport) -> None:
    """An editor sorts by them."""
    quality = report.quality
    assert quality.raw_characters == len(RAW)
    assert quality.changed == pytest.approx(5 / len(RAW))
    assert quality.dropped == pytest.approx(12 / len(RAW))
    assert quality.marked == pytest.approx(2 / quality.characters)
    assert quality.edits["calm"] == quality.edits["tidy"] == 1
    assert (quality.doubtful, quality.cut_off, quality.passages) == (1, True, 1)


def test_how_it_was_read_is_told(report: CleaningReport) -> None:
    """Encoding, certainty and the reader's notes."""
    assert (report.encoding, report.certainty) == ("utf-8", 1.0)
    assert report.notes == ("two pages",)


def test_a_document_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """The library's own."""
    generation = generation_of(made(), Library(tmp_path, "one"))
    with pytest.raises(UnknownDocument, match="'other'"):
        cleaning_report(generation, "other")
    generation.close()


@settings(max_examples=30)
@given(st.text("客服!电话\n", min_size=1, max_size=60))
def test_the_changes_are_the_whole_difference(
    tmp_path_factory: pytest.TempPathFactory, raw: str
) -> None:
    """Putting each one's words back in place of what replaced them gives the raw text."""
    library = Library(tmp_path_factory.mktemp("any"), "one")
    document, _, _ = small.document("any", raw)
    generation = generation_of(document, library)
    report = cleaning_report(generation, "any")
    text = document.text
    for change in reversed(report.changes):
        start, end = change.place.span
        text = text[:start] + change.before + text[end:]
    assert text == raw
    generation.close()
