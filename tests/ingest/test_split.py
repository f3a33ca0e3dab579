"""Passages: whole thoughts, nothing lost, nothing twice."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.section import section
from ingest.sizes import HAN, LATIN
from ingest.split import split
from kb.records import Block, Document, Mark, Page, Passage, Span
from tests.ingest.documents import document
from tests.shared import SHARED, needs_shared

LINES = st.sampled_from(
    [
        "第一章 收件", "第二章 退件", "一、核对", "二、登记", "（一）单号", "1、当面核对单号。",
        "2、请客人签字。", "●轻拿轻放", "", "  ", "问:可以代签吗?", "答:不可以。", "”", "常用语:",
        "“您好,请签字。”", "退件须在两天内登记,并且通知寄件人,逾期由经办人负责。" * 9,
        "Returns are free for thirty days. Then a fee of two dollars applies. " * 12,
        "Step 1: greet. Step 2: ask.", "情况 不应该 应该 遇到催件时 “等着” “马上为您查询”",
        "無標點的長文字" * 80, "REFUNDS", "# Fees", "目录", "手册", "手册", "...", "①收②退",
    ]
)  # fmt: skip


def passages(doc: Document) -> tuple[Passage, ...]:
    """The passages of a document."""
    return split(doc, section(doc))


def words(text: str, **more: object) -> list[str]:
    """The words of the passages of `text`."""
    doc = document(text, **more)
    return [one.span.of(text) for one in passages(doc)]


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join) | st.text(max_size=300))
def test_every_character_that_is_not_blank_is_in_exactly_one_passage(text):
    """In order, apart from one another, and trimmed."""
    found = passages(document(text))
    cursor, outside = 0, ""
    for one in found:
        assert cursor <= one.span.start < one.span.end
        assert one.span.of(text) == one.span.of(text).strip()
        outside, cursor = outside + text[cursor : one.span.start], one.span.end
    assert not (outside + text[cursor:]).strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_no_passage_is_longer_than_the_most(text):
    """Whatever the text."""
    assert all(len(one) <= LATIN.most for one in words(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_ids_are_unique_and_come_out_the_same_again(text):
    """Also where the same words stand twice."""
    found = passages(document(text))
    assert len({one.id for one in found}) == len(found)
    assert passages(document(text)) == found


def test_ids_survive_edits_elsewhere():
    """Only the passage that changed has a new id."""
    clause = "退件须在两天内登记,并且通知寄件人,逾期由经办人负责。" * 4
    text = f"第一章 收件\n当面核对。\n第二章 退件\n{clause}\n"
    changed = text.replace("当面核对。", "收件时须当面核对单号,再请客人签字。")
    before, after = passages(document(text)), passages(document(changed))
    assert before[-1].id == after[-1].id
    assert before[0].id != after[0].id


def test_a_passage_never_crosses_the_border_of_a_large_section():
    """Each clause stays under its own heading."""
    clause = "退件须在两天内登记,并且通知寄件人,逾期由经办人负责。" * 5
    found = passages(document(f"一、收件\n{clause}\n二、退件\n{clause}\n", title="手册"))
    assert [one.heading_path for one in found] == [("一、收件",), ("二、退件",)]


def test_small_sections_side_by_side_become_one_passage_of_their_parent():
    """Two lines each are no thought."""
    text = "第一章 收件\n一、核对\n核对单号。\n二、登记\n请客人签字。\n"
    found = passages(document(text, title="手册"))
    assert [one.heading_path for one in found] == [("第一章 收件",)]


def test_a_heading_goes_with_the_first_passage_below_it():
    """A chapter with nothing of its own is no passage."""
    clause = "退件须在两天内登记,并且通知寄件人,逾期由经办人负责。" * 5
    found = words(f"第一章 退件\n一、期限\n{clause}\n二、费用\n{clause}\n", title="手册")
    assert [one[:5] for one in found] == ["第一章 退", "二、费用\n"]


def test_long_text_is_cut_at_sentences_only():
    """In Chinese and in English, with abbreviations."""
    sentence = "退件须在两天内登记,并且通知寄件人,逾期由经办人负责。"
    found = words(sentence * 40)
    assert len(found) > 3
    assert all(one.endswith("。") and len(one) <= HAN.target for one in found)
    english = "Returns are free for thirty days, e.g. by post at 3.5 dollars. "
    assert all(one.endswith("dollars.") for one in words(english * 40))


def test_a_quotation_is_not_cut_in_the_middle():
    """Its sentences are one script."""
    quote = "“您好!请问有什么可以帮您?请稍等!”"
    found = words(f"{'退件须在两天内登记。' * 23}接听时说{quote}然后记录。{'通知寄件人。' * 30}")
    assert any(quote in one for one in found)


def test_a_question_stays_with_its_answer():
    """However many pairs there are."""
    pair = "问:客人要求{}怎么办?\n答:{}\n"
    text = "".join(
        pair.format(i * "代签", "先核对证件,再请示值班经理,得到同意后登记。" * 4)
        for i in range(1, 6)
    )
    found = words(text)
    assert len(found) > 1
    assert all(one.startswith("问") and one.count("问:") == one.count("答:") for one in found)


def test_a_script_stays_with_the_line_that_says_when_to_say_it():
    """The situation is a line of its own."""
    filler = "退件须在两天内登记,并且通知寄件人。" * 13
    found = words(f"{filler}\n客人催件时\n“非常抱歉,我马上为您查询,请稍等。”\n")
    assert "客人催件时\n“非常抱歉" in found[-1]


def test_a_list_item_keeps_its_later_sentences():
    """Passages begin at an item, not in its middle."""
    item = "、客人来电催件时先查询单号。\n查询不到时请主管处理,并在当天回电告知客人处理的结果。\n"
    found = words("".join(f"{i}{item}" for i in range(1, 12)))
    assert len(found) > 1
    assert all(one[0].isdigit() and one.endswith("结果。") for one in found)


FLAT = (
    "接待客人时遇到的情况 不应该 应该 "
    "遇到客人催件时 “等着吧,我也没办法!” “非常抱歉,我马上为您查询,请您稍等片刻,好吗?” "
    "遇到客人投诉时 “不是我送的!” “很抱歉给您添了麻烦,我马上记录下来,并在两小时内回电给您。” "
    "当听不清客人讲话时 “大声一点!” “对不起,您的声音有点小,请您换一部电话再打来,好吗?”"
)


def test_rows_of_a_flattened_table_know_which_sentence_is_forbidden():
    """The column heads go along with every row."""
    text = f"{'退件须在两天内登记。' * 8}\n{FLAT}\n"
    found = [one for one in passages(document(text)) if "“" in one.span.of(text)]
    assert len(found) == 3
    for one in found:
        assert "不应该 应该" in one.columns + one.span.of(text)
        assert one.span.of(text).count("“") == 2


def test_text_behind_a_list_of_forbidden_words_is_not_forbidden():
    """The lead-in goes along with its own list only."""
    items = "".join(
        f"({i})“这不是我的事,您去找别人吧,我们下班了,明天再说。”\n" for i in range(1, 15)
    )
    right = "接听时先说“您好”,再问清楚客人的需要,并且马上记录下来。"
    text = f"收件要求。退件要求。\n一定不能说的{items}{right}\n"
    *_, listed, last = passages(document(text))
    assert "不能说" in listed.columns
    assert (last.columns, last.span.of(text)) == ("", right)


@pytest.mark.parametrize("lead_in", ["一定不能说的", "服务忌语:", "Never say:"])
def test_items_of_a_long_list_keep_the_lead_in_that_forbids_them(lead_in):
    """Also those that come in a later passage."""
    items = "".join(
        f"({i})“这不是我的事,您去找别人吧,我们下班了,明天再说。”\n" for i in range(1, 15)
    )
    text = f"收件要求。退件要求。\n{lead_in}{items}"
    found = passages(document(text))
    listed = [one for one in found if "这不是我的事" in one.span.of(text)]
    assert len(listed) > 1
    assert all(lead_in.strip(":") in one.columns + one.span.of(text) for one in listed)


def test_a_table_row_carries_the_heads_of_its_columns():
    """The first row has them in its own words."""
    rows = [
        "地区 | 时限 | 费用",
        *(f"第{i}区,含所有的乡镇和开发区,不含海岛 | {i}天 | {i}元" for i in range(1, 9)),
    ]
    text, blocks = "\n".join(rows), []
    for i, row in enumerate(rows):
        start = text.index(row)
        blocks.append(Block("table_row", 0, Span(start, start + len(row)), header=i == 0))
    found = passages(document(text, blocks=tuple(blocks)))
    assert found[0].span.of(text) == "\n".join(rows[:2])
    assert [one.columns for one in found] == ["", *[rows[0]] * (len(found) - 1)]


def test_pages_are_those_that_the_passage_touches():
    """A passage may stand on two."""
    first, second = "退件须在两天内登记,并且通知寄件人。", "逾期由经办人负责。"
    text = f"{first}\n{second}\n"
    pages = (Page(1, Span(0, len(first))), Page(2, Span(len(first) + 1, len(text))))
    assert [one.pages for one in passages(document(text, pages=pages))] == [(1, 2)]


def test_time_is_linear_in_the_length_of_the_text():
    """Four times the text takes about four times as long, in one line as in many."""
    part = "一、收件要求1.当面核对单号,请客人签字。2.退件须在两天内登记。“您好,请签字。” "

    def seconds(text: str) -> float:
        doc, start = document(text), time.process_time()
        passages(doc)
        return time.process_time() - start

    seconds(part)
    for unit in (part, part + "\n"):
        assert seconds(unit * 800) < 16 * max(seconds(unit * 200), 0.05)


@needs_shared
def test_the_manuals_of_a_real_compilation_are_told_apart():
    """Five manuals, each with its own title, are in one file."""
    path = next((SHARED / "manuals").glob("001_*.txt"))
    titles = {one.title for one in section(document(path.read_text("utf8")))}
    assert len(titles) == 5


def test_a_passage_knows_the_marks_that_it_touches():
    """Its page was read in a picture, or the manual ends in the middle of its sentence."""
    text = (
        "第一章 接听\n" + "电话铃响三声之内接听。" * 40 + "\n第二章 退件\n" + "退件当天登记。" * 60
    )
    start = text.index("第二章")
    marks = (Mark(Span(start, len(text)), "ocr"), Mark(Span(len(text) - 1, len(text)), "cut_off"))
    found = passages(document(text, marks=marks))
    assert {one.marks for one in found if one.span.end <= start} == {()}
    assert {one.marks for one in found if one.span.end > start} == {("ocr",), ("ocr", "cut_off")}
    assert found[-1].marks == ("ocr", "cut_off")


def test_rows_of_a_table_drawn_in_the_text_carry_its_heads():
    """Bars part the cells, and no format knows of it; what follows the table does not."""
    rows = [
        f"情形{i}的客人来电话时 | 这个我们不管,你问别人 | 请您稍等,我马上帮您问" for i in range(20)
    ]
    text = "\n".join(["不会做的按下表。", "情景 | × 不能讲 | ✓ 换成", *rows, "表外的话。"])
    *inside, last = passages(document(text))
    later = [one for one in inside if "× 不能讲" not in one.span.of(text)]
    assert "不会做的按下表。" in later[0].span.of(text)
    assert {one.columns for one in later[1:]} == {"情景 | × 不能讲 | ✓ 换成"}
    assert (last.columns, last.span.of(text)) == ("", "表外的话。")
