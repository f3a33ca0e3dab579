"""What a mistyped question meant."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import lexical
from kb.edits import apply
from kb.pinyin import readings, sound, syllables
from kb.spelling import LONGEST, Spelling, learn
from kb.terms import terms

MANUAL = (
    "客户申请退款，三个工作日内到账。",
    "退款原路返回，客户不必支付手续费。",
    "住户装修须交押金，退房后七天退还押金。",
    "装修时间为早上八点到下午六点。",
    "投诉须在两天内回复，不得拖延处理投诉。",
    "A refund is paid within five days of the complaint.",
    "Refunds of baggage fees follow the same rule; baggage is insured.",
    "The wheelchair deposit is refunded when the visit ends.",
)


def speller() -> Spelling:
    counts = Counter(term for text in MANUAL for term in set(terms(text.lower())))
    return Spelling(counts)


def meant(text: str) -> str:
    return apply(speller().correct(text), text)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("退宽几天到账", "退款几天到账"),
        ("装休时间多长", "装修时间多长"),
        ("退宽多久到帐", "退款多久到帐"),
        ("退囗几天到账", "退囗几天到账"),
    ],
)
def test_a_lone_character_becomes_the_one_that_sounds_like_it(typed: str, right: str) -> None:
    """Only where the library has the word and the two characters are none."""
    assert meant(typed) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [("容户要什么", "客户要什么"), ("装悠时间多长", "装修时间多长"), ("容器多大", "容器多大")],
)
def test_a_lone_character_becomes_the_one_that_looks_like_it(typed: str, right: str) -> None:
    """The same of shapes; a word of the dictionary stays."""
    assert meant(typed) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("tuikuan要几天", "退款要几天"),
        ("tui kuan 要几天", "退款 要几天"),
        ("押金tuikuan", "押金退款"),
        ("zhuangxiuyajin退吗", "装修押金退吗"),
        ("客户要touss", "客户要touss"),
        ("tuikuan duojiu", "退款多久"),
    ],
)
def test_pinyin_is_spelt_out(typed: str, right: str) -> None:
    """One word or several, with or without blanks; what is no pinyin stays."""
    assert meant(typed) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("how long is the refudn period", "how long is the refund period"),
        ("lost bagage fee", "lost baggage fee"),
        ("the complant was late", "the complaint was late"),
        ("Who is Mr Refudn?", "Who is Mr Refudn?"),
        ("deposit for a wheelch", "deposit for a wheelchair"),
        ("客户要 refuund 吗", "客户要 refund 吗"),
        ("the warrenty of a wheelchair", "the warranty of a wheelchair"),
        ("is it open on Saturdat", "is it open on saturday"),
    ],
)
def test_an_english_word_gets_its_letters_right(typed: str, right: str) -> None:
    """One letter off, one vowel for another, or half typed at the end; a name is left alone."""
    assert meant(typed) == right


@pytest.mark.parametrize(
    "text",
    [
        *MANUAL,
        "can he change women for men",
        "iPhone 和 eSIM 怎么开通",
        "今天天气怎么样，要带伞吗",
        "佢唔想要件貨，點退錢",
        "https://example.com/refudn?x=1 refudn@example.com",
        "",
    ],
)
def test_what_is_spelt_right_or_strange_is_left_alone(text: str) -> None:
    """No edit for words of the library, of English or Cantonese, for names and addresses."""
    assert speller().correct(text) == ()


def test_every_edit_names_its_mistake() -> None:
    """Rules say what was wrong, and spans hold in the question as typed."""
    typed = "退宽 tuikuan wheelch"
    edits = speller().correct(typed)
    assert [(edit.span.of(typed), edit.rule) for edit in edits] == [
        ("宽", "sound"),
        ("tuikuan", "pinyin"),
        ("wheelch", "unfinished"),
    ]


def test_a_very_long_question_is_left_alone() -> None:
    """Beyond the limit nothing is searched for."""
    assert speller().correct("退宽" * LONGEST) == ()


@given(st.text(st.sampled_from("退款宽押今金几天多久 abtuikn'?，。鬱\U00020000"), max_size=40))
@settings(max_examples=60)
def test_whatever_is_typed_gives_edits_that_apply(text: str) -> None:
    """Edits are in order, apart from one another, and not empty."""
    edits = speller().correct(text)
    assert all(edit.replacement for edit in edits)
    assert bool(edits) == (apply(edits, text) != text)


def test_an_empty_library_corrects_nothing_chinese() -> None:
    """There is no word that could have been meant."""
    assert learn(lexical.build([])).correct("退宽几天到帐") == ()


def test_a_spelling_learns_from_the_index() -> None:
    """The passages that a word stands in are counted."""
    index = lexical.build([terms(text.lower()) for text in MANUAL])
    assert apply(learn(index).correct("退宽"), "退宽") == "退款"


def test_pinyin_knows_phrases_and_characters() -> None:
    """A known phrase decides between readings."""
    assert sound("银行") == "yinhang"
    assert sound("旅客") == "lvke"
    assert sound("A座") == ""
    assert readings("行")[0] == "xing"
    assert {"zhuang", "lv", "a"} <= syllables()
    assert "zhuan g" not in syllables()
