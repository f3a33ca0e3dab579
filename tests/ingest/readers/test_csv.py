import pytest

from tests.ingest.readers.reading import extract, lines

ROWS = [
    ("table_row*", "问题 | 回答 | 时限"),
    ("table_row", "多久退货？ | 七天, 完好 | 7 天"),
    ("table_row", "怎样开发票？ | 点“申请”"),
]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_rows_are_read_whatever_the_delimiter_and_the_encoding(tmp_path, delimiter, encoding):
    """Quoted cells may hold line breaks and delimiters."""
    text = '问题,回答,时限\r\n"多久\r\n退货？","七天, 完好",7 天\r\n怎样开发票？,点“申请”,\r\n'
    text = text.replace(",", delimiter).replace(f"七天{delimiter} ", "七天, ")
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert lines(extract(path)) == ROWS
