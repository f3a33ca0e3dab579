from pathlib import Path

from kb.records import Extract, Span
from tests.ingest.readers.reading import extract, lines

TEXT = """\
# 退货规则 #

顾客应在七天内
申请。

适用范围
--------

- 网店
  - 门店
* 电话

1. 填表

   附照片
2. 寄回

> 引用

| 情形 | 时限 |
|------|------|
| 破损 | 24 小时 |

```
# 不是标题
```
"""


def read(folder: Path, text: str) -> Extract:
    """What a file with this text is read as."""
    path = folder / "a.md"
    path.write_bytes(text.encode())
    return extract(path)


def test_blocks_are_whole_lines_with_their_markup(tmp_path):
    """Headings with level, list items, paragraphs, table rows, in order."""
    assert lines(read(tmp_path, TEXT)) == [
        ("heading1", "# 退货规则 #"),
        ("paragraph", "顾客应在七天内\n申请。"),
        ("heading2", "适用范围\n--------"),
        ("list_item", "- 网店"),
        ("list_item", "- 门店"),
        ("list_item", "* 电话"),
        ("list_item", "1. 填表"),
        ("paragraph", "附照片"),
        ("list_item", "2. 寄回"),
        ("paragraph", "> 引用"),
        ("table_row*", "| 情形 | 时限 |"),
        ("table_row", "| 破损 | 24 小时 |"),
        ("paragraph", "```\n# 不是标题\n```"),
    ]


def test_raw_is_exactly_the_file_whatever_its_line_ends(tmp_path):
    """Spans count carriage returns."""
    text = TEXT.replace("\n", "\r\n")
    found = read(tmp_path, text)
    assert found.raw == text
    assert lines(found)[3] == ("list_item", "- 网店")


def test_the_only_heading_of_the_first_level_is_the_title(tmp_path):
    """Without its markup; two such headings are chapters."""
    assert read(tmp_path, TEXT).title == "退货规则"
    assert read(tmp_path, "# 一\n\n# 二\n").title == ""


def test_front_matter_is_furniture_and_states_the_title(tmp_path):
    """What generators of sites keep at the head of a page."""
    found = read(tmp_path, '---\ntitle: "Front desk"\ndate: 2024-01-01\n---\n# Rings\n\nThree.\n')
    assert found.title == "Front desk"
    assert found.furniture == (Span(0, found.raw.index("# Rings")),)
    assert lines(found) == [("heading1", "# Rings"), ("paragraph", "Three.")]
