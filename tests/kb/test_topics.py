"""A lone word is a topic, and is in the handbook where that names it."""

import pytest

from kb.confidence import SURE, THRESHOLD
from kb.fold import fold
from kb.glossary import Expansion
from kb.outline import outline
from kb.records import Passage, Span
from kb.topics import is_topic, weighed


@pytest.mark.parametrize("question", ["发票", "親善大使", "late fee", "VIP卡", "ems"])
def test_a_word_or_two_are_a_topic(question: str) -> None:
    """Four Chinese characters, of which an English word counts as two."""
    assert is_topic(fold(question))


@pytest.mark.parametrize("question", ["退款要多少手续费", "card fee abroad", "", "12345"])
def test_more_words_or_none_are_no_topic(question: str) -> None:
    """They ask for something, or there is no word to look for."""
    assert not is_topic(fold(question))


def sure(topic: str, words: str, heading: str = "", *others: str, before: float = 0.6) -> float:
    """The confidence that a passage is what the topic wants, from what it was `before`."""
    passage = Passage("p", "d", "手册", (heading,), Span(0, len(words)))
    known = [Expansion(topic, tuple((other,) for other in others))] if others else []
    return weighed(before, fold(topic), known, outline(passage, words), fold(heading))


def test_a_topic_that_the_heading_names_is_found() -> None:
    """Whatever the encoder makes of it."""
    assert sure("发票", "三天内寄出。", "七、發票", before=0.1) >= SURE


def test_a_topic_that_the_passage_names_is_perhaps_there() -> None:
    """In its own words, or in others for the same; where it was surer, it stays so."""
    assert THRESHOLD <= sure("发票", "发票三天内寄出。", before=0.1) < SURE
    assert sure("invoice", "发票三天内寄出。", "章", "发票", before=0.1) >= THRESHOLD
    assert sure("发票", "发票三天内寄出。", before=0.95) == 0.95


def test_a_topic_that_nothing_names_is_not_in_the_handbook() -> None:
    """It may be where it is not known what the other language calls it."""
    assert sure("停车", "发票三天内寄出。", before=0.9) < THRESHOLD
    assert THRESHOLD < sure("parking", "发票三天内寄出。", before=0.9) < SURE


def test_each_word_of_a_topic_has_to_be_named() -> None:
    """A fee for parking is not parking."""
    assert sure("停车收费", "停车场在楼下。", before=0.9) < THRESHOLD
    assert sure("停车收费", "停车每小时收费五元。") >= THRESHOLD
