import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.docx_numbering import Numbering, chinese


def level(index: int, form: str, text: str, extra: str = "") -> str:
    """The XML of one level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, numbers: str = "") -> Numbering:
    """A document's numbering with one abstract list, which list 1 uses."""
    return Numbering(
        parse_xml(
            f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{"".join(levels)}'
            '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            f"{numbers}</w:numbering>"
        )
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (2024, "二千零二十四"),
    ],
)
def test_numbers_in_words(number, said):
    """As chapters are numbered."""
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "3"),
        ("decimalZero", "03"),
        ("upperRoman", "III"),
        ("lowerLetter", "c"),
        ("chineseCountingThousand", "三"),
        ("taiwaneseCountingThousand", "三"),
        ("chineseLegalSimplified", "叁"),
        ("ideographLegalTraditional", "參"),
        ("ideographTraditional", "丙"),
        ("ideographZodiac", "寅"),
        ("decimalEnclosedCircleChinese", "③"),
        ("decimalFullWidth", "３"),
        ("of a later Word", "3"),
    ],
)
def test_the_third_number_of_every_format(form, shown):
    """What Word shows."""
    lists = numbering(level(0, form, "（%1）"))
    assert [lists.next("1", 0) for _ in range(3)][-1] == f"（{shown}） "


def test_a_new_number_sets_back_those_below():
    """Unless the level says that it goes on."""
    lists = numbering(
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "(%3)", '<w:lvlRestart w:val="0"/>'),
    )
    shown = [lists.next("1", depth).strip() for depth in (0, 1, 1, 2, 0, 1, 2)]
    assert shown == ["第一章", "1.1", "1.2", "(a)", "第二章", "2.1", "(b)"]


def test_lists_share_counters_unless_they_start_anew():
    """Two lists of one abstract list go on; a start override begins again, once."""
    again = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = numbering(
        level(0, "decimal", "%1."), numbers=again.format(2, "") + again.format(3, start)
    )
    assert [lists.next(number, 0) for number in "1233"] == ["1. ", "2. ", "1. ", "2. "]


def test_bullets_of_symbol_fonts_are_shown_as_bullets():
    """Their characters are letters of another font; a real mark stays."""
    assert numbering(level(0, "bullet", "\uf0b7")).next("1", 0) == "• "
    assert numbering(level(0, "bullet", "l")).next("1", 0) == "• "
    assert numbering(level(0, "bullet", "★")).next("1", 0) == "★ "


def test_what_is_no_list_has_no_number():
    """List 0 takes a paragraph out of its style's list."""
    assert numbering(level(0, "decimal", "%1.")).next("0", 0) == ""
    assert Numbering(None).next("1", 0) == ""
