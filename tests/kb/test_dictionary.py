"""What the other words of a question are in the other language."""

import pytest

from kb.dictionary import GLOSSES, MOST, in_chinese, in_english
from kb.fold import fold
from kb.glossary import Glossary
from kb.terms import terms


def found(question: str, glossary: Glossary | None = None) -> dict[str, set[str]]:
    """The words that are translated, and the longest term of each translation."""
    folded = fold(question)
    known = glossary.expand(folded) if glossary else ()
    each = in_chinese(tuple(terms(folded)), known)
    return {e.words: {max(other, key=len) for other in e.others} for e in each}


@pytest.mark.parametrize("question", ["the Population of a town", "what populations are there"])
def test_a_word_is_found_in_any_form(question: str) -> None:
    """By its stem, without its article."""
    assert "人口" in found(question)["popul"]


def test_two_words_that_are_one_thing_come_before_each_by_itself() -> None:
    """A steam engine is neither steam nor an engine."""
    assert found("who built the steam engine") == {"steam engin": {"蒸汽机"}}


def test_what_the_glossary_knows_is_its_own() -> None:
    """And words without meaning of their own are not looked up."""
    assert "invoic" in found("what is the invoice for?")
    assert "invoic" not in found("what is the invoice for?", Glossary([["invoice", "帐单"]]))
    assert not found("what is it for, and how is this done to them?").keys() & {"what", "for"}


def test_a_word_that_may_mean_anything_is_left_alone() -> None:
    """ "Good" has dozens of translations: all of them stand somewhere."""
    assert "good" not in found("a good hand")
    assert all(len(words) <= MOST for words in found("a good hand on the beach").values())


def test_a_chinese_question_is_looked_up_as_well() -> None:
    """In either script, word by word; not what the glossary knows, nor what only joins words."""
    one = {each.words: each.others for each in in_english(fold("行李遺失多久"), ())}
    assert ("luggag",) in one["行李"]
    assert all(len(others) <= GLOSSES for others in one.values())
    known = Glossary([["行李", "baggage"]]).expand("行李遗失多久")
    assert "行李" not in {each.words for each in in_english("行李遗失多久", known)}
