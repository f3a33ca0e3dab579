"""Sections: which headings a manual has, and how they nest."""

import pytest

from ingest.section import section
from kb.records import Block, Span
from tests.ingest.documents import document


def paths(text: str, **more: object) -> list[tuple[str, ...]]:
    """The heading paths of the sections of `text`, in order."""
    return [one.heading_path for one in section(document(text, title="手册", **more))]


def test_kinds_of_numbers_nest_in_the_order_in_which_they_appear():
    """章, 一、 and （一） are three levels here."""
    text = (
        "第一章 收件\n一、核对\n（一）单号\n单号须与运单一致。\n（二）姓名\n姓名须与证件一致。\n"
        "二、登记\n登记后请客人签字。\n第二章 退件\n一、期限\n两天内退回。\n"
    )
    assert paths(text) == [
        ("第一章 收件",),
        ("第一章 收件", "一、核对"),
        ("第一章 收件", "一、核对", "（一）单号"),
        ("第一章 收件", "一、核对", "（二）姓名"),
        ("第一章 收件", "二、登记"),
        ("第二章 退件",),
        ("第二章 退件", "一、期限"),
    ]


def test_english_headings_nest():
    """Chapters in capitals above decimal numbers."""
    text = (
        "CHAPTER 1 DELIVERY\n1.1 Pick-up\nCheck the label first.\n1.2 Labels\n"
        "Print two labels for each box.\nCHAPTER 2 RETURNS\nReturns are free for thirty days.\n"
    )
    assert paths(text) == [
        ("CHAPTER 1 DELIVERY",),
        ("CHAPTER 1 DELIVERY", "1.1 Pick-up"),
        ("CHAPTER 1 DELIVERY", "1.2 Labels"),
        ("CHAPTER 2 RETURNS",),
    ]


def test_headings_glued_into_a_flattened_line_are_found():
    """The line breaks were lost, the numbers were not."""
    text = "一、收件要求1.当面核对单号。2.请客人签字。二、退件要求1.两天内退回。2.通知寄件人。"
    assert paths(text) == [("一、收件要求",), ("二、退件要求",)]


@pytest.mark.parametrize(
    "clauses",
    [
        "1、收件时须当面核对单号,不得代签。\n2、退件须在两天内登记。\n3、节日照常营业。",
        "1. Greet the caller\n2. State your name\n3. Ask how you can help\n\nThen write it down.",
        "第一条 收件时须当面核对单号。\n第二条 退件须在两天内登记。",
    ],
)
def test_numbered_clauses_are_list_items_and_no_headings(clauses):
    """Whole sentences, or lines beside one another."""
    assert paths(clauses) == [()]


def test_a_short_line_over_a_text_is_a_heading():
    """In both scripts, without any number."""
    text = "退件期限\n退件须在两天内登记,并且通知寄件人,逾期由经办人负责。\n"
    assert paths(text) == [("退件期限",)]
    assert paths("Late returns\nA late return needs the approval of the manager on duty.\n") == [
        ("Late returns",)
    ]


def test_many_short_lines_in_a_row_are_the_remains_of_a_table():
    """None of them heads the text below."""
    text = "序号\n名称\n部门\n流程\n退件须在两天内登记,并且通知寄件人,逾期由经办人负责。\n"
    assert paths(text) == [()]


def test_a_list_behind_its_label_is_no_heading():
    """禁语:没空、下班了 holds the words itself."""
    text = "禁语:没空、下班了\n退件须在两天内登记,并且通知寄件人,逾期由经办人负责。\n"
    assert paths(text) == [()]


def test_a_lead_in_is_no_heading():
    """It stays with its list."""
    assert paths("退件流程如下:\n1.登记。\n2.通知寄件人。\n") == [()]


def test_the_text_of_a_parent_goes_on_after_its_subsection():
    """Clause 3 goes on with 2, which was a heading."""
    text = "收件:\n1.当面核对。\n2.常用语\n(1)您好。\n(2)请签字。\n3.轻拿轻放。\n4.道谢。\n"
    assert paths(text) == [("收件",), ("收件", "2.常用语"), ("收件",)]


def test_a_list_numbered_like_the_heading_above_it_stays_below_it():
    """The (2) of the list is not the (2) of the outline."""
    text = "三、投诉\n(1)态度\n要说的话(1)谢谢您(2)我们明白\n(3)马上改\n(2)记录\n当场记下。\n"
    assert paths(text)[-2:] == [("三、投诉", "(1)态度"), ("三、投诉", "(2)记录")]


def test_a_contents_list_has_no_sections():
    """Its lines come again as headings."""
    body = "收件\n收件时当面核对单号和姓名,缺一不可。\n退件\n退件须在两天内登记。\n"
    text = f"目录\n收件\n退件\n\n{body}"
    assert paths(text) == [(), ("收件",), ("退件",)]


def test_levels_that_the_format_states_are_kept():
    """Blocks know better than any rule."""
    text = "Returns\nFree for thirty days.\nFees\nTwo dollars a box.\n"
    blocks = (Block("heading", 1, Span(0, 7)), Block("heading", 2, Span(30, 34)))
    assert paths(text, blocks=blocks) == [("Returns",), ("Returns", "Fees")]


def test_a_title_that_runs_into_its_text_is_cut_off():
    """Where its neighbour shows that it is a heading."""
    text = "一、目的与意义为了规范退件工作,特制定本制度。\n二、基本原则\n当日事当日毕。\n"
    assert paths(text) == [("一、目的与意义",), ("二、基本原则",)]


def test_an_empty_document_has_no_sections():
    """White space only."""
    assert section(document(" \n\n")) == ()
