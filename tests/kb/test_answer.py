"""What of a passage answers a question, with sentence matches drawn by hand."""

import numpy as np
import pytest

from ingest.annotate import annotate
from kb.answer import Found, Sought, find_answer, spoken, words_of
from kb.asked import asked
from kb.dictionary import in_chinese
from kb.fold import fold
from kb.intent import intent
from kb.outline import outline
from kb.qualifiers import agreement, qualifiers
from kb.records import Document, Passage, Query, Quote, SourceFile, Span
from kb.terms import terms

SHIFT = 7
"""Where the passage begins in its document."""


def sought(question: str) -> Sought:
    """What a question of a single token looks for."""
    query = Query(question, fold(question), "zh-Hans", intent(fold(question)))
    one = np.ones((1, 1), np.float32)
    words = words_of(terms(query.folded), in_chinese(tuple(terms(query.folded)), ()))
    return Sought(query, asked(query.folded), (), (), (), words, True, one[0], one, one[0])


def answer(question: str, text: str, *closest: float, heading: str = "章") -> tuple[str, Found]:
    """The answering sentence of a passage, and all that was found; `closest` are its cosines."""
    whole = "#" * (SHIFT - 1) + "\n" + text
    source = SourceFile("a.txt", "text/plain", "", 0)
    document = Document("d", source, "手册", "1", whole, whole, (), (), (), (), "utf-8", 1.0, ())
    span = Span(SHIFT, len(whole))
    passage = annotate(document, Passage("p", "d", "手册", (heading,), span))
    outlined = outline(passage, text)
    matches = np.zeros((1 + len(outlined.sentences), 1), np.float32)
    matches[1 : 1 + len(closest), 0] = closest
    found = find_answer(sought(question), passage, outlined, matches)
    return found.sentence.of(whole), found


def test_the_closest_sentence_answers() -> None:
    """Where words and kinds do not tell."""
    assert answer("狗可以吗", "甲乙丙。丁戊己。", 0.2, 0.6)[0] == "丁戊己。"


def test_a_heading_is_no_answer() -> None:
    """It only repeats what stands above the passage."""
    assert (
        answer("退货邮费", "退货邮费\n由买家付。", 0.5, 0.45, heading="退货邮费")[0] == "由买家付。"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("问：客户要发票怎么办？\n答：请他提交税号。", "答：请他提交税号。"),
        ("没人接怎么办？隔两天再拨。", "隔两天再拨。"),
        ("客户沉默时问“您还在吗？”再等。", "客户沉默时问“您还在吗？”"),
        ("客户沉默时先问：您还在吗？\n之后再等。", "客户沉默时先问：您还在吗？"),
        ("开票怎么办？\n要提交税号吗？", "开票怎么办？"),
        ("1、十分钟内开票?\n2、归档。", "1、十分钟内开票?"),
    ],
)
def test_a_question_in_the_manual_is_no_answer(text: str, told: str) -> None:
    """What stands behind it is; but a mark may be damage, or the question what to say."""
    assert answer("开票", text, 0.5, 0.4)[0].strip() == told


def test_a_ring_question_gets_the_rings() -> None:
    """The limit of the unit asked for comes first."""
    _, found = answer("铃响几声要接", "来电须在20秒内、三声铃响内接听。投诉两天内答复。", 0.5, 0.5)
    first = found.deadlines[0]
    assert (first.value, first.unit, first.comparator) == (3, "ring", "within")


def test_words_never_to_say_are_no_answer_to_what_to_say() -> None:
    """Though their sentence is closer; asked for what not to say, they are."""
    text = "不得说“急什么”。\n有人催菜，答：“马上为您去看。”"
    sentence, found = answer("客人催菜怎么回答", text, 0.6, 0.45)
    assert sentence.startswith("有人催菜")
    assert [quote.quote for quote in found.say] == ["马上为您去看。"]
    assert answer("客人催菜哪些话不能说", text, 0.5, 0.5)[0].startswith("不得说")


def test_a_clock_time_tells_when_on_the_day_before_it() -> None:
    """The day alone would be half of the answer."""
    _, found = answer("改送货日最晚何时提出", "改期最晚在送货前一天中午十二点前提出。", 0.5)
    first = found.deadlines[0]
    assert (first.value, first.unit, first.comparator) == (12, "clock", "before")


def test_by_when_is_not_answered_by_after_when() -> None:
    """Though the words of the question stand there."""
    text = "21:00以后进来的咨询由晚班登记，次日10:30前回复。"
    _, found = answer("晚上进来的咨询最迟几点回复", text, 0.5)
    assert [each.comparator for each in found.deadlines] == ["before", "after"]


def test_a_label_is_that_of_all_limits_behind_it() -> None:
    """Its words do not speak for the first of them."""
    _, found = answer(
        "加急的新卡几天寄到", "3.5 新卡寄送：普通卡七个工作日，加急卡三个工作日。", 0.5
    )
    assert [each.value for each in found.deadlines] == [3, 7]


def test_the_clause_tells_two_limits_of_a_sentence_apart() -> None:
    """The words of the question stand beside one of them."""
    _, found = answer("加急卡几天寄到", "普通卡七个工作日内寄到，加急卡三个工作日内寄到。", 0.5)
    assert [each.value for each in found.deadlines] == [3, 7]
    assert found.deadlines[0].business_days


def test_a_word_of_the_other_language_tells_limits_apart() -> None:
    """By the dictionary: what is complicated stands beside the second one."""
    text = "投诉在2小时之内(简单投诉)/24小时之内(复杂投诉)答复。"
    _, found = answer("by when is a complicated complaint answered", text, 0.5)
    assert [each.value for each in found.deadlines] == [24, 2]


def test_limits_that_are_listed_come_in_the_order_of_the_list() -> None:
    """What stands behind the last of them is said of all."""
    _, found = answer("旧家具周几清运", "旧家具放到门口，每周二、周五清运。", 0.5)
    assert [each.value for each in found.deadlines] == [2, 5]


@pytest.mark.parametrize(
    ("question", "hours"),
    [("晚班上到几点", 22), ("晚班几点开始", 18.5), ("When does the evening shift end?", 22)],
)
def test_a_range_of_hours_is_told_by_the_end_that_is_asked_for(question: str, hours: float) -> None:
    """By its beginning where none is named; the quote is the whole range."""
    _, found = answer(question, "早班8:00—18:30，晚班(evening shift)18:30—22:00。", 0.5)
    assert (found.deadlines[0].value, found.deadlines[0].quote) == (hours, "18:30—22:00")


def test_a_lost_number_is_said_to_be_missing() -> None:
    """The limit is there, its value is not."""
    _, found = answer("遗失物品保存多久", "遗失物品保存期 年，期满上交。", 0.5)
    assert found.deadlines[0].value_missing
    assert found.deadlines[0].value is None


def test_a_script_question_gets_the_words_and_the_warning() -> None:
    """Each by its own span; what is forbidden is never among the words to say."""
    text = "客人等候过久时，不要说：“您等着吧。”应该说：“抱歉让您久等了。”"
    _, found = answer("客人等太久怎么说", text, 0.5, 0.5)
    assert [quote.quote for quote in found.say] == ["抱歉让您久等了。"]
    assert [quote.quote for quote in found.never_say] == ["您等着吧。"]
    assert found.situation == "客人等候过久时"
    assert all(q.span.start >= SHIFT for q in (*found.say, *found.never_say))


def test_words_count_as_an_answer_where_such_are_asked_for() -> None:
    """Words to say do not answer what must not be said, and tell nothing of another question."""
    span = Span(0, 1)
    says, nothing = Found(span, 1.0, say=(Quote("好", span),)), Found(span, 1.0)
    told = [spoken(sought("送客时怎么说"), each) for each in (says, nothing, None)]
    assert told == [1, -1, -1]
    assert spoken(sought("送客时不能说什么"), says) == -1
    assert spoken(sought("几天内可以退货"), nothing) == 0


def test_words_to_say_may_stand_right_behind_the_situation() -> None:
    """The situation is the closest sentence, the words are in the next one."""
    _, found = answer(
        "记者来了怎么回答", "媒体采访请对方联系宣传科。说：“我帮您转过去。”", 0.9, 0.1
    )
    assert [quote.quote for quote in found.say] == ["我帮您转过去。"]


def test_what_is_kept_stands_in_the_clause_before_how_long() -> None:
    """Where the clause itself only names the limit."""
    text = "值班日志由前台保存,保存期1年,收费表由财务部保存,保存期3年。"
    _, found = answer("收费表财务部要存几年", text, 0.5)
    assert found.deadlines[0].value == 3
    _, found = answer("值班日志前台要存几年", text, 0.5)
    assert found.deadlines[0].value == 1


def test_how_long_something_is_kept_is_told_where_that_is_asked_and_nowhere_else() -> None:
    """Beside how often it is done."""
    text = "周巡查表每月底汇总归档,保存期2年。"
    _, found = answer("周巡查表 保存多久", text, 0.5)
    assert (found.deadlines[0].value, found.deadlines[0].unit) == (2, "year")
    _, found = answer("周巡查表什么时候汇总归档", text, 0.5)
    assert (found.deadlines[0].value, found.deadlines[0].unit) == (1, "month")


def test_what_is_due_stands_behind_a_limit_that_leads() -> None:
    """Where no mark parts it from the next one."""
    text = "前台在3分钟内填写工作单在5分钟内通知维修部领单"
    assert answer("工作单几分钟内填好", text, 0.5)[1].deadlines[0].value == 3
    assert answer("多久之内通知维修部", text, 0.5)[1].deadlines[0].value == 5


def test_a_bracket_behind_a_limit_that_has_its_own_is_another_clause() -> None:
    """And so are two brackets side by side, and words of two scripts."""
    text = "一般铃响不应超过三声(铃响一声最佳),快件:(顺丰两天到货)(EMS一般五天到货)"
    assert answer("铃响几声最佳", text, 0.5)[1].deadlines[0].value == 1
    assert answer("走ems几天到", text, 0.5)[1].deadlines[0].value == 5


def test_the_head_of_its_column_tells_what_a_limit_is_one_of() -> None:
    """Of two in a row."""
    text = "来源 | 首次联系 | 结案\n信箱 | 4小时 | 7个工作日"
    _, found = answer("信箱来的结案要多久", text, 0.2, 0.5)
    assert (found.deadlines[0].value, found.deadlines[0].comparator) == (7, "within")
    _, found = answer("信箱来的多久首次联系", text, 0.2, 0.5)
    assert found.deadlines[0].value == 4


def test_the_cases_of_a_limit_are_those_of_a_head_outside_the_passage_too() -> None:
    """A table goes on in the next passage, its heads do not."""
    row = "信箱 | 4小时 | 7个工作日"
    source = SourceFile("a.txt", "text/plain", "", 0)
    document = Document("d", source, "手册", "1", row, row, (), (), (), (), "utf-8", 1.0, ())
    bare = Passage("p", "d", "手册", ("章",), Span(0, len(row)), columns="来源 | 首次联系 | 结案")
    outlined = outline(annotate(document, bare), row)
    assert agreement(qualifiers(" when is it closed "), outlined.cases[1]) == (1, 0, 0)
    assert agreement(qualifiers(" when is it closed "), outlined.cases[0]) == (0, 1, 0)


def test_a_case_that_excludes_the_one_asked_for_does_not_answer() -> None:
    """Though its sentence is as close; nor one that is never meant unless it is told."""
    text = "白班三声内接听。夜班五声内接听。"
    assert answer("晚班几声要接", text, 0.5, 0.5)[1].deadlines[0].value == 5
    assert answer("来电几声要接", text, 0.5, 0.52)[1].deadlines[0].value == 3
