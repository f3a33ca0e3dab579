from dataclasses import replace

from ingest.readers.pages import Line
from ingest.readers.pdf_carry import carried
from tests.ingest.readers.reading import FILES, extract, lines

HEAD = Line("情况 | 负责人", 12, "table_row", header=True, columns=(40, 200))
ROW = Line("停电 | 工程部", 12, "table_row", columns=(40, 200))
OTHER = Line("停水 | 工程部", 12, "table_row", header=True, columns=(40, 202))


def heads(*pages):
    """The lines that are heads of tables, page by page."""
    return [[line.text for line in page if line.header] for page in carried(pages)]


def test_a_table_that_goes_on_has_no_second_head():
    """A document of Chromium: short words without figures, yet no head."""
    found = extract(FILES / "en_chromium_table.pdf")
    assert len(found.pages) > 1
    assert [words for kind, words in lines(found) if kind == "table_row*"] == [
        "What happens | What to do | Who"
    ]
    assert len(lines(found)) == 8


def test_a_head_that_is_repeated_is_one():
    """As programs repeat it that know of it."""
    assert heads((HEAD, ROW), (HEAD, ROW)) == [[HEAD.text], [HEAD.text]]


def test_running_headers_and_footers_do_not_end_a_table():
    """They are what both pages have, figures apart."""
    first, second = (
        (Line("前台手册"), *rows, Line(f"第 {number} 页"))
        for number, rows in ((1, (HEAD, ROW)), (2, (OTHER, ROW)))
    )
    assert heads(first, second) == [[HEAD.text], []]


def test_words_between_two_tables_divide_them():
    """So do other columns, and a page without a table."""
    assert heads((HEAD, ROW), (Line("二、停水"), OTHER)) == [[HEAD.text], [OTHER.text]]
    assert heads((HEAD, ROW, Line("以上为急件")), (OTHER,)) == [[HEAD.text], [OTHER.text]]
    assert heads((HEAD, ROW), (replace(OTHER, columns=(40, 120)),)) == [[HEAD.text], [OTHER.text]]
    assert heads((HEAD, ROW), (Line("说明"),), (OTHER,)) == [[HEAD.text], [], [OTHER.text]]
