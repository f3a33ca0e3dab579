from pathlib import Path

import pdfplumber
import pypdf
import pytest
from pdfplumber.utils.exceptions import PdfminerException

from ingest.readers import pdf
from kb.errors import CorruptSource, EmptySource, EncryptedSource, SourceTooLarge
from tests.ingest.readers.reading import FILES, extract, lines


def rewritten(folder: Path, *, title: str = "", password: str = "", owner: str = "") -> Path:
    """A copy of a stored document with other properties or a password."""
    writer = pypdf.PdfWriter(clone_from=FILES / "en_chromium.pdf")
    if title:
        writer.add_metadata({"/Title": title})
    if password or owner:
        writer.encrypt(password, owner or password, algorithm="AES-256")
    path = folder / "a.pdf"
    writer.write(path)
    return path


def blank(folder: Path, pages: int) -> Path:
    """A document of blank pages."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    path = folder / "blank.pdf"
    writer.write(path)
    return path


def test_pages_hold_their_lines_headers_and_footers_too():
    """A document of LibreOffice: a repair removes what repeats on its pages."""
    found = extract(FILES / "hant_libreoffice.pdf")
    first, second = (page.span.of(found.raw).splitlines() for page in found.pages)
    assert first[0] == second[0] == "晴川物業 內部文件"
    assert first[-1] == second[-1] == "第 1 頁"
    assert "日及公眾假期不得施工。" in first
    assert second[1] == "第三章 投訴"


def test_the_outline_names_the_headings():
    """LibreOffice writes one; the title is the line in the largest letters."""
    found = extract(FILES / "hant_libreoffice.pdf")
    assert found.title == "晴川物業管理守則"
    assert lines(found) == [
        ("heading1", "第一章 裝修"),
        ("heading1", "第二章 停車"),
        ("heading1", "第三章 投訴"),
    ]


def test_without_an_outline_larger_letters_make_headings_and_rules_make_tables():
    """Chromium writes no outline; wrapped cells are joined and rows stand in reading order."""
    found = extract(FILES / "en_chromium.pdf")
    assert found.title == "Front desk handbook"
    assert lines(found) == [
        ("heading1", "Front desk handbook"),
        ("heading2", "Lost property"),
        ("table_row*", "Item | Where it is kept"),
        (
            "table_row",
            "Valuables | Safe in the duty manager's office, with two signatures in the book",
        ),
        ("table_row", "Clothes | Housekeeping"),
        ("heading2", "Complaints"),
    ]
    assert found.pages[1].span.of(found.raw).startswith("Complaints")


def test_radicals_are_read_as_the_characters_they_stand_for():
    """Chromium maps 人 and 用 to radicals; they would never be found."""
    found = extract(FILES / "hans_chromium.pdf")
    assert "客人入住用手机来电，一小时内回电。" in found.raw
    assert not any("\u2e80" <= char <= "\u2fdf" for char in found.raw)


def test_a_title_that_the_first_page_does_not_say_is_not_believed(tmp_path):
    """As the name of a template, or of another file."""
    assert extract(rewritten(tmp_path, title="Microsoft Word - neu.doc")).title == (
        "Front desk handbook"
    )
    assert extract(rewritten(tmp_path, title="Lost property")).title == "Lost property"


def test_an_empty_page_keeps_its_number(tmp_path):
    """Among others; where there are only such, the file is empty."""
    writer = pypdf.PdfWriter(clone_from=FILES / "en_chromium.pdf")
    writer.insert_blank_page(index=1)
    path = tmp_path / "a.pdf"
    writer.write(path)
    found = extract(path)
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert found.pages[1].span.of(found.raw) == ""
    assert found.notes == ()
    with pytest.raises(EmptySource, match=r"^blank\.pdf: there is no text in it;"):
        extract(blank(tmp_path, 1))


def test_a_document_that_only_its_owner_may_change_is_read(tmp_path):
    """It opens without a password."""
    path = rewritten(tmp_path, owner="geheim")
    assert extract(path).raw == extract(FILES / "en_chromium.pdf").raw


def test_a_document_with_a_password_is_refused(tmp_path):
    """The error says so and what to do."""
    with pytest.raises(EncryptedSource, match=r"^a\.pdf: the PDF wants a password; save a copy"):
        extract(rewritten(tmp_path, password="geheim"))


def test_a_damaged_document_is_refused_or_read_in_part(tmp_path):
    """A cut file has lost its directory, and may have lost its pages."""
    path = tmp_path / "a.pdf"
    path.write_bytes((FILES / "en_chromium.pdf").read_bytes()[:2000])
    with pytest.raises(CorruptSource, match=r"^a\.pdf: not a PDF that can be opened"):
        extract(path)


def test_a_document_of_too_many_pages_is_refused(tmp_path, monkeypatch):
    """The error says how many there are."""
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    with pytest.raises(SourceTooLarge, match=r"^blank\.pdf: 4 pages, more than 3"):
        extract(blank(tmp_path, 4))


def test_where_tables_cannot_be_told_the_text_is_read_all_the_same(monkeypatch):
    """With a note for each such page."""

    def fail(file):
        raise PdfminerException("damaged")

    monkeypatch.setattr(pdfplumber, "open", fail)
    found = extract(FILES / "en_chromium.pdf")
    assert found.notes == ("page 1: its tables cannot be told (PdfminerException)",)
    assert "Clothes Housekeeping" in found.raw
