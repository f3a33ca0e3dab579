"""The judgement."""

import importlib.util
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.judge import holds, is_right, rank_of_gold, strip
from eval.questions import Gold, load_questions
from tests.shared import SHARED, needs_shared

WORDS = st.text("接电話三声内,。 ()（）shēngABab１1？", max_size=30)


def test_script_width_case_pinyin_and_punctuation_do_not_matter() -> None:
    """Script width case pinyin and punctuation do not matter."""
    assert strip("請(qǐng)於 ３ 聲內,撥打VIP熱線！") == "请于3声内拨打vip热线"


def test_real_brackets_are_words() -> None:
    """Real brackets are words."""
    assert strip("(簡單投訴)") == "简单投诉"


def test_words_are_held_when_they_are_a_part_of_the_passage() -> None:
    """Words are held when they are a part of the passage."""
    assert holds("電話響起,三聲(shēng)之內接聽。", "三声之内")
    assert not holds("電話響起,三聲之內接聽。", "四声之内")


def test_three_quarters_of_the_trigrams_are_enough() -> None:
    """Three quarters of the trigrams are enough."""
    words = "一二三四五六七八九十"
    assert holds("一二三四五六七八九错", words)  # 7 of 8
    assert holds("错二三四五六七八九错", words)  # 6 of 8
    assert not holds("错错三四五六七八九错", words)  # 5 of 8


def test_short_words_must_stand_there_exactly() -> None:
    """Short words must stand there exactly."""
    assert not holds("一二三四六", "一二三四五")
    assert not holds("anything", "。!")


def test_the_rank_is_that_of_the_first_passage_with_any_gold() -> None:
    """The rank is that of the first passage with any gold."""
    gold = (Gold("a", "不在这里的话"), Gold("b", "三(sān)声内", "三声内"))
    assert rank_of_gold(["别的", "三聲內接聽", "三声内"], gold) == 2
    assert rank_of_gold(["别的"], gold) is None
    assert not is_right("三声内", ())


@settings(deadline=None, max_examples=60)
@given(WORDS, WORDS, WORDS)
def test_a_passage_holds_every_part_of_itself(before: str, words: str, after: str) -> None:
    """A passage holds every part of itself."""
    passage = f"{before}|{words}|{after}"
    assert holds(passage, words) == bool(strip(words))


@pytest.fixture(scope="module")
def given_judge() -> ModuleType:
    """The judge that came with the judged questions."""
    spec = importlib.util.spec_from_file_location("judge", SHARED / "questions" / "judge.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_shared
@settings(deadline=None, max_examples=100)
@given(passage=WORDS, words=WORDS)
def test_it_judges_generated_words_as_the_given_judge(
    given_judge: ModuleType, passage: str, words: str
) -> None:
    """It judges generated words as the given judge."""
    assert holds(passage, words) == given_judge.holds(passage, words)
    assert strip(passage) == given_judge.fold(passage)


@needs_shared
def test_it_judges_the_real_manuals_as_the_given_judge(given_judge: ModuleType) -> None:
    """It judges the real manuals as the given judge."""
    quotes = [
        quote.words
        for question in load_questions(SHARED / "questions" / "questions.jsonl")
        for quote in question.gold
    ]
    for path in sorted((SHARED / "manuals").iterdir()):
        text = path.read_text("utf-8")[:6000]
        for passage in (text[:300], text[300:2000], text[2000:]):
            ours = [holds(passage, quote) for quote in quotes[::5]]
            assert ours == [given_judge.holds(passage, quote) for quote in quotes[::5]]
