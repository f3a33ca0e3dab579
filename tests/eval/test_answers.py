"""The judgement of what was picked out of the first passage."""

from dataclasses import replace

import pytest

from eval.answers import judge_answer, read_fact
from eval.questions import Gold, Limit, Question
from kb.records import Answer, Citation, Deadline, Excerpt, Hit, Passage, Span

TEXT = "投诉须在3个工作日内答复。说：“马上为您查。”别说：“不知道。”"
LIMIT = Deadline("3个工作日内", Span(4, 10), 3, "day", "within", "P3D", business_days=True)


def excerpt(words: str) -> Excerpt:
    """Words of the text."""
    start = TEXT.index(words)
    return Excerpt(Span(start, start + len(words)), Span(start, start + len(words)), words)


def hit(answer: Answer) -> Hit:
    """A passage with an answer."""
    span = Span(0, len(TEXT))
    citation = Citation("p", "d", "a.txt", "T", "1", (), None, span, span, TEXT)
    return Hit(Passage("p", "d", "T", (), span), TEXT, 1.0, (), citation, (), answer)


def question(kind: str, gold: Gold, fact: str = "") -> Question:
    """An answerable question."""
    return Question("q", "?", "zh-Hans", "natural", kind, True, (gold,), fact)


def test_value_unit_and_comparator_must_all_be_right() -> None:
    """Working days are not days."""
    gold = Gold("a", "3个工作日内答复", deadline=Limit(3, "day", ("within",), business_days=True))
    right = Answer(excerpt("投诉须在3个工作日内答复。"), (LIMIT,))
    judged = judge_answer(question("deadline", gold), [hit(right)])
    assert (judged.sentence, judged.deadline, judged.say) == (True, True, None)
    for wrong in ({"comparator": "after"}, {"value": 5.0}, {"business_days": False}):
        off = replace(right, deadlines=(replace(LIMIT, **wrong),))  # type: ignore[arg-type]
        assert judge_answer(question("deadline", gold), [hit(off)]).deadline is False


def test_a_key_fact_is_read_where_the_quote_has_no_limit() -> None:
    """Any comparator fits then."""
    asked = question("deadline", Gold("a", "3个工作日内答复"), "3个工作日")
    answer = Answer(excerpt("投诉须在3个工作日内答复。"), (LIMIT,))
    assert judge_answer(asked, [hit(answer)]).deadline is True


def test_a_forbidden_sentence_spoils_the_right_one() -> None:
    """Both are among the words to say."""
    gold = Gold("a", "马上为您查", say=("马上为您查",), never_say=("不知道",))
    said = Answer(excerpt("说：“马上为您查。”"), say=(excerpt("马上为您查。"),))
    judged = judge_answer(question("script", gold), [hit(said)])
    assert (judged.say, judged.forbidden) == (True, False)
    both = replace(said, say=(*said.say, excerpt("不知道。")))
    judged = judge_answer(question("script", gold), [hit(both)])
    assert (judged.say, judged.forbidden) == (False, True)


def test_a_wrong_first_passage_is_wrong_in_all() -> None:
    """Also where its limit happens to be right."""
    gold = Gold("a", "完全另外的一句话", deadline=Limit(3, "day", ("within",), business_days=True))
    answer = Answer(excerpt("投诉须在3个工作日内答复。"), (LIMIT,))
    judged = judge_answer(question("deadline", gold), [hit(answer)])
    assert (judged.sentence, judged.deadline) == (False, False)
    assert judge_answer(question("deadline", gold), []).deadline is False


@pytest.mark.parametrize(
    ("fact", "amounts"),
    [
        ("半小时", [(0.5, "hour")]),
        ("5个工作日", [(5, "day")]),
        ("2声/3声", [(2, "ring"), (3, "ring")]),
        ("十五分钟", [(15, "minute")]),
        ("22:00", [(22, "clock")]),
        ("每月30日", [(30, "day_of_month")]),
        ("永久保存", []),
    ],
)
def test_key_facts_are_read(fact: str, amounts: list[tuple[float, str]]) -> None:
    """Numbers in figures and in words."""
    assert [(each.value, each.unit) for each in read_fact(fact)] == amounts
