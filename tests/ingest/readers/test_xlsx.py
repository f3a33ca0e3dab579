from datetime import datetime
from pathlib import Path

import openpyxl

from kb.records import Extract
from tests.ingest.readers.reading import FILES, extract, lines


def saved(book: openpyxl.Workbook, folder: Path) -> Extract:
    """What the workbook is read as once it is saved."""
    path = folder / "a.xlsx"
    book.save(path)
    return extract(path)


def test_a_workbook_of_libreoffice_is_read_sheet_by_sheet():
    """Each sheet a page with its name and its rows; a hidden one is only noted."""
    found = extract(FILES / "hans_libreoffice.xlsx")
    assert found.notes == ("sheet 隐藏 is hidden and was left out",)
    assert [page.span.of(found.raw).splitlines()[0] for page in found.pages] == ["常见问题", "联系"]
    assert lines(found) == [
        ("heading1", "常见问题"),
        ("table_row*", "问题 | 回答 | 时限"),
        ("table_row", "多久可以退货？ | 收货后可以申请退货，商品须完好。 | 7 天"),
        ("table_row", "怎样开发票？ | 在订单页面点“申请发票”。"),
        ("table_row", "退款多久到账？ | 原路退回。 | 5"),
        ("heading1", "联系"),
        ("table_row*", "部门 | 分机"),
        ("table_row", "客服部 | 8001"),
        ("table_row", "维修部 | 8002"),
        ("table_row", "夜间请拨总机"),
    ]


def test_cells_are_read_as_they_are_shown(tmp_path):
    """Per cents, whole numbers, dates and times; a sheet without a name has no heading."""
    book = openpyxl.Workbook()
    book.active.append([0.05, 3.0, 2.5, True, datetime(2026, 3, 1), datetime(2026, 3, 1, 9, 30)])
    book.active["A1"].number_format = "0%"
    assert saved(book, tmp_path).raw == "5% | 3 | 2.5 | TRUE | 2026-03-01 | 2026-03-01 09:30\n"


def test_a_line_over_the_table_is_its_title_and_no_head(tmp_path):
    """The head is the first row with several cells."""
    book = openpyxl.Workbook()
    for cells in (["退货时限表"], [], ["类别", "时限"], ["生鲜", "24 小时"]):
        book.active.append(cells)
    assert lines(saved(book, tmp_path)) == [
        ("paragraph", "退货时限表"),
        ("table_row*", "类别 | 时限"),
        ("table_row", "生鲜 | 24 小时"),
    ]


def test_a_cell_at_the_end_of_the_sheet_costs_no_million_rows(tmp_path):
    """Blank rows are not written."""
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.active["B1048576"] = "乙"
    assert len(saved(book, tmp_path).raw) < 20
