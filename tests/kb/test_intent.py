"""The kind of answer that a question wants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.fold import fold
from kb.intent import intent
from kb.records import KINDS


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("退款几天到账", "deadline"),
        ("幾聲之內要接", "deadline"),
        ("多久要回访一次", "deadline"),
        ("早班几点开始", "deadline"),
        ("How long do we keep the tapes?", "deadline"),
        ("By when must the roster be sent?", "deadline"),
        ("within how many rings should I answer", "deadline"),
        ("wrong size sent, return window", "deadline"),
        ("replacement card turnaround", "deadline"),
        ("what's the latest I can hand it in", "deadline"),
        ("客人發火了怎麼說", "script"),
        ("缺货怎么跟客人解释", "script"),
        ("接起电话第一句说什么", "script"),
        ("道歉 话术", "script"),
        ("客人问还要等多久,哪句话不能回", "script"),
        ("响了几遍没人应,挂断前说哪句?", "script"),
        ("客人一上来就骂,咋接话", "script"),
        ("客人追问几点能送到,怎么答", "script"),
        ("住客要改單,點同佢講好", "script"),
        ("somebody dialled us by mistake, what's the line for that", "script"),
        ("上限几回", "deadline"),
        ("押金几天退，手册里怎么说", "deadline"),
        ("What should I say to an angry guest?", "script"),
        ("上班可以吃东西吗", "rule"),
        ("能不能染头发", "rule"),
        ("Must I wear a badge?", "rule"),
        ("客人丢了钥匙怎么办", "procedure"),
        ("換房 流程", "procedure"),
        ("How do I transfer a call?", "procedure"),
        ("什么是重大投诉", "definition"),
        ("冷轉接是什麼意思", "definition"),
        ("What does first call resolution mean?", "definition"),
        ("退款how long到账", "deadline"),
        ("refund要几多days", "deadline"),
        ("客人angry了what should i say好", "script"),
        ("可以say什么", "script"),
        ("what's a 工单?", "definition"),
        ("头发 颜色", None),
        ("parking", None),
    ],
)
def test_reads_the_kind_off_the_words(query, kind):
    """Questions in three scripts, spoken and terse."""
    assert intent(fold(query)) == kind


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60))
def test_any_text_has_a_kind_or_none(query):
    """Nothing else comes out, and the same each time."""
    assert intent(fold(query)) in (*KINDS, None)
