"""Scans of pages, read by rapidocr where it is installed."""

import shutil
import zlib

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.isolate import ReaderProcess
from ingest.readers import ocr, picture
from ingest.readers.ocr_layout import Stretch
from ingest.readers.ocr_layout import lines as lines_of
from kb.errors import CorruptSource, EmptySource, SourceError, SourceTooLarge, UnsupportedFormat
from kb.records import Mark
from tests.ingest.readers.reading import FILES, extract, lines, source

installed = pytest.mark.skipif(not ocr.is_installed(), reason="the extra `ocr` is not installed")

PAGE = "一、住戶報修後，須於兩個工作天內派員處理。"


def stretch(text: str, left: float, top: float, *, size: float = 20, slant: float = 0) -> Stretch:
    """Words on a scan that goes down by `slant` for each pixel to the right."""
    width = size * len(text)
    corners = [(x, top + y + slant * x) for x, y in ((left, 0), (left + width, 0))]
    corners += [(x, y + size) for x, y in reversed(corners)]
    return Stretch(text, tuple(corners), 1.0)


def seen_only(page):
    """As `recognise`, but nothing is: the picture is decoded and made ready."""
    return ocr.Reading((("三声", ocr._prepared(page).size[0]),))


def without_ocr(monkeypatch):
    """As where the extra is not installed."""
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


@installed
def test_the_pages_of_a_scan_are_recognised():
    """The second one lies on its side; large letters make the heading and the title."""
    with ReaderProcess() as reader:
        signs = []
        path = FILES / "hans_scanned.pdf"
        found = reader.read(path, source(path.name), lambda *sign: signs.append(sign))
    assert signs == [(0, 2), (1, 2), (2, 2)]
    assert (found.encoding, found.title) == ("ocr", "松涛酒店前台手册")
    assert 0.95 < found.certainty <= 1
    assert found.notes[0].startswith("pages 1-2: recognised in a picture (OCR), certainty ")
    assert found.marks == tuple(Mark(page.span, "ocr") for page in found.pages)
    first, second = (page.span.of(found.raw).splitlines() for page in found.pages)
    assert first[0] == "松涛酒店前台手册"
    assert "须在30分钟内登记" in "".join(first)
    assert [line[:3] for line in second if line.startswith("第")] == ["第五条", "第六条", "第七条"]


@installed
@pytest.mark.parametrize("name", ["hant_scanned.jpg", "hant_scanned.tif"])
def test_a_picture_is_recognised(name):
    """Upside down as well as in black and white; the lines stand in their order."""
    found = extract(FILES / name)
    assert found.encoding == "ocr"
    assert found.marks == (Mark(found.pages[0].span, "ocr"),)
    assert lines(found) == [("heading1", "晴川物業管理守則")]
    assert found.raw.splitlines()[1] == PAGE
    assert [line[0] for line in found.raw.splitlines()[1:]] == ["一", "二", "三"]


@installed
def test_a_page_of_pictures_among_others_is_recognised(tmp_path):
    """The others keep their text; the notes say which is which."""
    writer = pypdf.PdfWriter(clone_from=FILES / "en_chromium.pdf")
    writer.append(FILES / "hans_scanned.pdf", pages=(0, 1))
    writer.write(tmp_path / "a.pdf")
    found = extract(tmp_path / "a.pdf")
    assert found.encoding == "pdf"
    assert found.notes[0].startswith("page 3: recognised in a picture (OCR)")
    assert found.title == "Front desk handbook"
    assert "客人遗失物品" in found.pages[2].span.of(found.raw)
    assert found.marks == (Mark(found.pages[2].span, "ocr"),)


@installed
def test_no_more_pages_are_recognised_than_the_limit(monkeypatch):
    """The notes say which were not."""
    monkeypatch.setattr(ocr, "MOST_PAGES", 1)
    found = extract(FILES / "hans_scanned.pdf")
    assert found.notes[1] == (
        "page 2: not read, beyond the first 1 that are pictures; split the file"
    )
    assert found.pages[1].span.of(found.raw) == ""


@installed
def test_a_picture_without_words_is_empty(tmp_path):
    """As a logo."""
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(tmp_path / "a.png")
    with pytest.raises(EmptySource, match=r"^a\.png: there is no text in it"):
        extract(tmp_path / "a.png")


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 10_000)])
def test_a_picture_that_is_too_large_is_not_decoded(tmp_path, monkeypatch, size):
    """Its first bytes say how large it is."""
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    path = tmp_path / "a.png"
    Image.new("1", (8, 8)).save(path)
    data = bytearray(path.read_bytes())
    data[16:24] = b"".join(side.to_bytes(4, "big") for side in size)
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)
    with pytest.raises(SourceTooLarge, match=r"^a\.png: .*more than the 90000000 pixels"):
        picture.read(path, source("a.png"))


def test_a_page_with_a_picture_that_is_too_large_is_not_drawn(tmp_path, monkeypatch):
    """The rest of the document is read."""
    monkeypatch.setattr(ocr, "MOST_PIXELS", 1000)
    writer = pypdf.PdfWriter(clone_from=FILES / "en_chromium.pdf")
    writer.append(FILES / "hans_scanned.pdf", pages=(0, 1))
    writer.write(tmp_path / "a.pdf")
    found = extract(tmp_path / "a.pdf")
    assert found.notes == ("page 3: not read, a picture of more than 1000 pixels",)


def test_without_the_extra_the_error_says_how_to_get_it(monkeypatch):
    """For a document without any text, and for a picture."""
    without_ocr(monkeypatch)
    with pytest.raises(
        EmptySource, match=r"\(pages 1-2: no text layer; `pip install 'handbook-kb\[ocr\]'`"
    ):
        extract(FILES / "hans_scanned.pdf")
    with pytest.raises(UnsupportedFormat, match=r"`pip install 'handbook-kb\[ocr\]'`"):
        extract(FILES / "hant_scanned.jpg")


def test_without_the_extra_the_notes_name_the_pages(tmp_path, monkeypatch):
    """Those with text are read."""
    without_ocr(monkeypatch)
    writer = pypdf.PdfWriter(clone_from=FILES / "en_chromium.pdf")
    writer.append(FILES / "hans_scanned.pdf")
    writer.write(tmp_path / "a.pdf")
    assert extract(tmp_path / "a.pdf").notes == (
        "pages 3-4: no text layer; `pip install 'handbook-kb[ocr]'` installs what reads pictures",
    )


def test_a_damaged_picture_is_refused(tmp_path, monkeypatch):
    """Or read as far as it goes."""
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(CorruptSource, match=r"^a\.png: not a picture that can be opened"):
        extract(tmp_path / "a.png")


@pytest.mark.parametrize("name", ["hant_scanned.jpg", "hant_scanned.tif"])
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_picture_with_changed_bytes_is_decoded_or_refused(tmp_path, monkeypatch, name, data):
    """Nothing else comes of it; what is recognised is of no matter here."""
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(
        ocr, "recognise", lambda page: ocr.Reading((("三声", ocr._prepared(page).size[0]),))
    )
    damaged = bytearray((FILES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / name
    path.write_bytes(damaged[: data.draw(st.sampled_from([len(damaged)] * 3 + [2000]))])
    try:
        assert picture.read(path, source(name)).raw
    except SourceError as error:
        assert str(error).startswith(name)  # noqa: PT017


def test_the_name_decides_nothing_among_pictures(tmp_path, monkeypatch):
    """A JPEG called PNG is read without a note."""
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "recognise", lambda picture: ocr.Reading((("三声", 20.0),), 1.0))
    shutil.copy(FILES / "hant_scanned.jpg", tmp_path / "a.png")
    assert extract(tmp_path / "a.png").notes == ("recognised in a picture (OCR), certainty 1.00",)


@pytest.mark.parametrize("slant", [0, 0.04, -0.04])
def test_what_stands_side_by_side_is_a_line_however_the_page_slants(slant):
    """From left to right, and from the top down."""
    found = [
        stretch("五天", 600, 100, slant=slant),
        stretch("普通投诉", 100, 150, slant=slant),
        stretch("紧急投诉", 100, 100, slant=slant),
        stretch("十天", 600, 150, slant=slant),
    ]
    assert [line for line, _ in lines_of(found)] == ["紧急投诉 | 五天", "普通投诉 | 十天"]


def test_a_line_seen_in_two_pieces_is_no_table():
    """A gap of a character or two stands after the number of an article."""
    found = [stretch("电话铃响", 90, 0), stretch("第一条", 0, 2)]
    assert [line for line, _ in lines_of(found)] == ["第一条 电话铃响"]


def column(words: str, left: float, levels: list[float]) -> list[Stretch]:
    """Lines of running text; the last of every three is a short one."""
    lengths = (14, 14, 6)
    return [stretch(words * lengths[i % 3], left, y) for i, y in enumerate(levels)]


def test_columns_of_running_text_are_read_one_after_the_other():
    """Below the heading that goes across them, whose words are first."""
    levels = [100.0 + 30 * line for line in range(9)]
    found = [*column("右", 400, levels), *column("左", 80, levels)]
    found.append(stretch("横贯两栏的标题" * 3, 160, 40))
    read = [line for line, _ in lines_of(found)]
    assert [line[0] for line in read] == ["横", *"左" * 9, *"右" * 9]


def test_rows_whose_cells_are_of_several_lines_are_put_together():
    """White strips across both columns part them."""
    levels = [100.0 + 30 * line + 25 * (line // 3) for line in range(9)]
    read = [line for line, _ in lines_of([*column("右", 400, levels), *column("左", 80, levels)])]
    assert read == ["左" * 34 + " | " + "右" * 34] * 3


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 900), st.integers(0, 1200)), max_size=25)
)
def test_every_word_of_a_scan_is_in_one_line(places):
    """Wherever it stands."""
    found = [stretch("字" * n, left, top) for n, left, top in places]
    read = list(lines_of(found))
    assert sum(line.count("字") for line, _ in read) == sum(n for n, _, _ in places)
    assert all(size > 0 for _, size in read)


@installed
def test_a_scan_in_columns_with_a_table_below_is_read_in_order():
    """A tilted page of a browser: the sentences are whole when their lines are joined."""
    found = extract(FILES / "hant_columns_scanned.jpg")
    words = "".join(found.raw.split())
    assert "住戶說明。第三條收費公共設施" in words
    assert "去找別的部門問一問。|非常抱歉，我馬上為您" in words
    assert [kind for kind, _ in lines(found)] == [
        "heading1",
        "table_row*",
        "table_row",
        "table_row",
    ]


@installed
def test_a_page_whose_text_layer_makes_no_sense_is_recognised():
    """Its font lost its map to Unicode; the notes say so."""
    found = extract(FILES / "hans_garbled.pdf")
    assert "客人投诉须在二十四小时内答复" in found.raw
    assert found.marks == (Mark(found.pages[0].span, "ocr"),)
    assert found.notes[0] == "page 1: a text layer that makes no sense"


def test_without_the_extra_a_page_that_makes_no_sense_is_marked(monkeypatch):
    """Nobody takes it for what the manual says."""
    without_ocr(monkeypatch)
    found = extract(FILES / "hans_garbled.pdf")
    assert found.marks == (Mark(found.pages[0].span, "damaged"),)
    assert found.notes == (
        "page 1: a text layer that makes no sense; `pip install 'handbook-kb[ocr]'` installs what "
        "reads pictures",
    )


def test_a_text_that_a_scanner_laid_over_its_picture_is_marked(tmp_path):
    """Its letters are invisible: another program recognised them."""
    writer = pypdf.PdfWriter(clone_from=FILES / "en_chromium.pdf")
    page = writer.pages[0]
    contents = page.get_contents()
    contents.set_data(contents.get_data().replace(b"BT", b"BT 3 Tr"))
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(contents)
    writer.write(tmp_path / "a.pdf")
    found = extract(tmp_path / "a.pdf")
    assert found.marks == (Mark(found.pages[0].span, "ocr"),)
    assert "Front desk handbook" in found.raw


def test_larger_letters_are_told_from_looser_lines():
    """Those of about the usual size are all of the same."""
    found = [
        stretch("前台手册", 0, 0, size=30),
        stretch("第一条电话", 0, 50),
        stretch("第二条", 0, 80),
    ]
    found.append(stretch("第三条退房", 0, 110, size=21))
    assert [round(size) for _, size in lines_of(found)] == [30, 20, 20, 20]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([3], "page 3"), ([1, 2, 3], "pages 1-3"), ([1, 4, 5, 9], "pages 1, 4-5, 9")],
)
def test_pages_are_named_in_few_words(numbers, words):
    """As an editor would."""
    assert ocr.pages(numbers) == words
