"""Numbers are believed where they stand well or continue a sequence."""

import pytest

from ingest.numbering import BULLET, follows, markers


def found(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """Kind and number of every marker of `text`."""
    return [(marker.kind, marker.number) for marker in markers(text)]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("第三章 配送", "章", (3,)),
        ("第 十二 条 客人遗失物品", "条", (12,)),
        ("第２节　登记", "节", (2,)),
        ("第一部分 总则", "部分", (1,)),
        ("第二篇:送货手册", "篇", (2,)),
        ("二、登记", "一、", (2,)),
        ("（三）登记", "(一)", (3,)),
        ("(4) 登记", "(1)", (4,)),
        ("5、登记", "1、", (5,)),
        ("６．登记", "1.", (6,)),
        ("7）登记", "1)", (7,)),
        ("2.3 登记", "1.1/2", (2, 3)),
        ("2.3.1 Check-in", "1.1/3", (2, 3, 1)),
        ("②登记", "①", (2,)),
        ("B. Check-in", "a.", (2,)),
        ("Step 3: greet", "step", (3,)),
        ("Chapter IV Delivery", "chapter", (4,)),
        ("SECTION 2.4 Delivery", "section", (2, 4)),
        ("● 登记", BULLET, ()),
        ("- greet", BULLET, ()),
    ],
)
def test_a_number_at_the_head_of_a_line_is_read(line, kind, number):
    """Chinese and English kinds, spaced, in full or half width."""
    assert found(line) == [(kind, number)]


@pytest.mark.parametrize(
    "line",
    [
        "营业时间8:30至17:30,周一、周二休息。",
        "退款需要3、4天,最多1.5小时内回复。",
        "2023年修订",
        "按照第三章办理,参见(2)。",
        "第一、第二联交客人。",
        "3.5 元每公里",
        "It took 3 days and 2.5 hours, e.g. by post.",
        "一旦超时,统一、尽快上报。",
    ],
)
def test_a_number_in_a_sentence_is_no_marker(line):
    """Times, amounts, dates, enumerations and mentions stay words."""
    assert found("说明文字。" + line) == []


def test_numbers_inside_a_flattened_line_are_found_by_their_sequence():
    """Glued to the word before them, too."""
    line = "一、收件 二、取件要點: (1)先核對單號 (2)再核對姓名 三、簽收1.當面點清2.請客人簽字"
    assert found(line) == [
        ("一、", (1,)),
        ("一、", (2,)),
        ("(1)", (1,)),
        ("(1)", (2,)),
        ("一、", (3,)),
        ("1.", (1,)),
        ("1.", (2,)),
    ]


def test_a_list_within_a_list_of_the_same_kind_does_not_end_the_outer_one():
    """The second (3) goes on with the outer (2)."""
    text = "(1)先听。\n(2)要说的话(1)您好(2)请讲(3)谢谢(3)再记录。"
    assert [number for _, number in found(text)] == [(1,), (2,), (1,), (2,), (3,), (3,)]


def test_a_mention_of_a_clause_is_not_its_head():
    """第三条 in the second clause has its own line further on."""
    text = "第一条 总则。\n第二条 依照第三条办理。\n第三条 罚则。"
    assert [marker.leads for marker in markers(text)] == [True, True, True]


def test_lines_of_a_contents_list_are_left_out():
    """A leader of dots gives them away."""
    assert found("一、收件…………………………3\n二、退件 ........ 7") == []


def test_a_missing_dot_is_made_good_by_the_sequence():
    """A bare 2 between 1. and 3. can only be 2."""
    assert found("1.备好纸笔。\n2核对姓名。\n3.道谢。") == [
        ("1.", (1,)),
        ("1.", (2,)),
        ("1.", (3,)),
    ]


def test_follows_looks_at_the_last_part_only():
    """1.3 comes after 1.2; 2.1 does not."""
    assert follows((1, 3), (1, 2))
    assert not follows((2, 1), (1, 2))
    assert not follows((1,), ())
