from pathlib import Path

import pptx
from pptx.util import Cm

from tests.ingest.readers.reading import FILES, extract, lines


def test_slides_of_libreoffice_are_pages_with_their_notes():
    """Title, points, table, notes; a hidden slide is only noted."""
    found = extract(FILES / "hans_libreoffice.pptx")
    assert found.title == "电话礼仪培训"
    assert found.notes == ("slide 3 is hidden and was left out",)
    assert found.pages[1].span.of(found.raw).startswith("用语")
    assert lines(found) == [
        ("heading1", "电话礼仪培训"),
        ("list_item", "铃响三声之内接听"),
        ("list_item", "先报公司名称"),
        ("paragraph", "讲师：请两人一组练习。"),
        ("heading1", "用语"),
        ("table_row*", "不要说 | 应该说"),
        ("table_row", "你等一下 | 请您稍等"),
        ("table_row", "不知道 | 我马上为您查询"),
    ]


def test_shapes_are_read_from_the_top_and_from_the_left(tmp_path: Path):
    """Whatever the order in which they were drawn; two columns are not mixed."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for text, left, top in (("丙", 1, 9), ("乙\n续", 12, 2), ("甲\n续", 1, 2)):
        box = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(9), Cm(3))
        box.text_frame.text = text
    path = tmp_path / "a.pptx"
    deck.save(path)
    assert extract(path).raw.split() == ["甲", "续", "乙", "续", "丙"]
