"""Wraps go, borders stay."""

import pytest

from ingest.repairs.hard_wraps import join_blanks, join_lines, wrap_width
from kb.records import Block, Span
from tests.ingest.repairs.drafts import draft, repaired

PARAGRAPH = (
    "客服人员在接到客人的来电以后应当首先向客人问好并且报出自己的部门和姓名然后仔细地听取客人的要求并且"
    "做好记录对于不能当场回答的问题应当告诉客人回复的时间并且在约定的时间以内主动地给客人回复电话不得让"
    "客人再次来电询问处理的结果以免引起客人的不满影响公司的形象和声誉每一位员工都应当自觉地遵守本条规定"
)


def wrapped(text: str, width: int, line_end: str) -> str:
    return line_end.join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize("line_end", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [20, 31, 40])
def test_a_wrapped_paragraph_becomes_one_line_again(width, line_end):
    text = wrapped(PARAGRAPH * 2, width, line_end) + "。"
    assert repaired(join_lines, text) == PARAGRAPH * 2 + "。"


def test_english_lines_are_joined_with_a_blank():
    text = "\n".join(
        [
            "The agent must pick up the telephone before it has rung for",
            "the third time, and say the name of the hotel and their own",
            "first name. A caller who has to wait for longer than twenty",
            "seconds is asked whether they would like to be called back,",
            "and the number is written down and read out to them before",
            "hanging up.",
        ]
    )
    assert repaired(join_lines, text) == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "客服中心岗位职责\n一、客服主管的岗位职责\n1.注重礼貌\n2.维持秩序",
        "姓名\n电话\n地址\n备注",
        "客服主管负责处理重大的投诉事件。\n客服专员负责记录日常的来电内容。",
        "接待流程如下:\n问好\n登记\n引导",
    ],
)
def test_headings_lists_and_whole_sentences_stay_apart(text):
    assert repaired(join_lines, text) == text


def test_a_line_that_cannot_begin_so_is_joined():
    assert repaired(join_lines, "客人不满意\n,我们应当道歉。") == "客人不满意,我们应当道歉。"


def test_a_closing_quote_goes_back_to_its_sentence():
    assert repaired(join_lines, "请说“欢迎光临。\n”2. 送客") == "请说“欢迎光临。”\n2. 送客"


def test_a_word_across_the_break_joins_the_lines_even_where_no_width_is_known():
    text = "客人离店以后服务员应当马上打\n扫房间并更换全部的床单。"
    assert repaired(join_lines, text) == text.replace("\n", "")


def test_no_line_is_joined_across_a_block_of_the_format():
    text = "\n".join(PARAGRAPH[at : at + 30] for at in range(0, 120, 30))
    blocks = tuple(Block("paragraph", 0, Span(at, at + 30)) for at in range(0, 124, 31))
    start = draft(text, blocks=blocks)
    assert start.revise(join_lines(start)).text == text


def test_blanks_that_stand_for_line_ends_are_dropped():
    text = wrapped(PARAGRAPH * 4, 36, " ")
    assert repaired(join_blanks, text) == PARAGRAPH * 4


def test_a_blank_in_a_word_is_dropped_and_one_between_columns_stays():
    assert (
        repaired(join_blanks, "客人的行李要放在大 厅的寄存处里") == "客人的行李要放在大厅的寄存处里"
    )
    assert repaired(join_blanks, "姓名 性别 年龄 电话") == "姓名 性别 年龄 电话"


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("稍后我们会把结果通知 您。", "稍后我们会把结果通知您。"),
        ("客人 的行李请放在柜台", "客人的行李请放在柜台"),
        ("如果前台已经关门 了，请按铃", "如果前台已经关门了，请按铃"),
        ("退货的订单， 占本月的一成", "退货的订单，占本月的一成"),
        ("應說：「 感謝您的來電」", "應說：「感謝您的來電」"),
    ],
)
def test_a_blank_before_a_particle_or_beside_a_mark_is_dropped(damaged, clean):
    assert repaired(join_blanks, f"{damaged}\n{PARAGRAPH}") == f"{clean}\n{PARAGRAPH}"


@pytest.mark.parametrize("text", ["客房部 了解情况", "早班 的士登记", "欢迎光临 您好"])
def test_a_blank_before_a_word_that_begins_like_a_particle_stays(text):
    assert repaired(join_blanks, f"{text}\n{PARAGRAPH}") == f"{text}\n{PARAGRAPH}"


def test_particles_in_columns_stay():
    text = "问好 的 礼貌 了 电话 吗 姓名"
    assert repaired(join_blanks, text) == text


def test_blanks_that_stand_for_line_ends_go_beside_numbering_and_table_borders():
    lines = [wrapped(PARAGRAPH, 36, " ") for _ in range(4)]
    text = "\n".join(f"{n}.1 前台 | {line}" for n, line in enumerate(lines, 1))
    assert repaired(join_blanks, text).count(PARAGRAPH[-60:]) == 4


def test_a_blank_where_a_number_was_lost_stays():
    assert (
        repaired(join_blanks, "所有的服务记录应当保存期 年以上")
        == "所有的服务记录应当保存期 年以上"
    )


def test_lines_of_all_lengths_have_no_width():
    assert wrap_width(["短" * n for n in range(15, 60, 3)]) == 0


@pytest.mark.parametrize("goes_on", ["得推托。", "得说：“没空。”"])
def test_a_line_that_ends_with_a_not_goes_on(goes_on):
    """However short it is, and though what follows looks like a label: it has not said to what."""
    assert repaired(join_lines, f"先道歉。不\n{goes_on}") == f"先道歉。不{goes_on}"
