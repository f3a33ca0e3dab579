"""Words that mean the same."""

from pathlib import Path

import numpy as np
import pytest

from kb import lexical
from kb.errors import InvalidSetting
from kb.fold import fold
from kb.glossary import Agreement, Glossary, levelled, load
from kb.terms import terms

SMALL = Glossary(
    [["退貨", "return goods", "return"], ["貨", "goods"], ["軟體", "软件", "software"]]
)


def others(question: str, glossary: Glossary = SMALL) -> list[tuple[str, set[str]]]:
    found = glossary.expand(fold(question))
    return [(each.words, {" ".join(words) for words in each.others}) for each in found]


def test_either_script_and_any_form_of_an_english_word_are_found() -> None:
    """Both scripts meet in the search form, English words in their stems."""
    assert others("退貨要几天") == others("退货要几天") == [("退货", {"return good", "return"})]
    assert others("Returned items") == [("return", {"退货", "return good"})]


def test_the_longest_term_counts() -> None:
    """A term inside a longer one is not expanded."""
    assert others("return goods") == [("return good", {"退货", "return"})]
    assert others("goods return") == [("good", {"货"}), ("return", {"退货", "return good"})]


def test_words_of_taiwan_find_those_of_the_mainland() -> None:
    """軟體 is 软件, with no other difference than the word."""
    assert others("軟體壞了") == [("软体", {"软件", "softwar"})]


def test_a_library_adds_its_own_lines(tmp_path: Path) -> None:
    """They come beside the default's."""
    (tmp_path / "glossary.tsv").write_text("# ours\n\n大厅\t營業大廳\tlobby\n", "utf8")
    assert others("lobby", load(tmp_path)) == [("lobbi", {"大厅", "营业 业大 大厅"})]
    assert others("lobby", load()) == []
    assert "software" not in others("软件", load(tmp_path))[0][1]


@pytest.mark.parametrize("content", [b"lobby\n", "大厅\tlobby\n".encode("gb18030")])
def test_a_line_that_says_nothing_is_an_error(tmp_path: Path, content: bytes) -> None:
    """The message names the file and what was expected."""
    (tmp_path / "glossary.tsv").write_bytes(content)
    with pytest.raises(InvalidSetting, match=r"glossary\.tsv.*(expected two or more|UTF-8)"):
        load(tmp_path)


def test_the_default_is_large_and_every_line_says_something() -> None:
    """About three hundred meanings, each with Chinese and, but for a few, English."""
    glossary = load()
    for question in ("挂机", "hang up", "掛線", "工單", "ticket", "agent", "座席", "簡訊"):
        assert glossary.expand(fold(question))


def test_a_passage_with_the_synonym_agrees() -> None:
    """A question in English finds the Chinese passage by its word."""
    index = lexical.build([terms(text) for text in ("七天内退货", "软件更新", "opening hours")])
    scores = Agreement(index).of(SMALL.expand("return the software"))
    assert scores.shape == (3,)
    assert scores[0] > scores[2] == 0
    assert scores[1] > 0


def test_a_rare_meaning_weighs_more_where_rarity_counts() -> None:
    """Of two passages that have one of two meanings each."""
    texts = ("货", "货", "软件", "货", "退货")
    index = lexical.build([terms(text) for text in texts])
    expansions = SMALL.expand("software goods")
    plain = Agreement(index).of(expansions)
    by_rarity = Agreement(index).of(expansions, by_rarity=True)
    assert plain[2] == pytest.approx(plain[0])
    assert plain[0] > 0
    assert by_rarity[2] > by_rarity[0] > 0


def test_no_synonym_no_agreement() -> None:
    """A question without known terms says nothing about any passage."""
    index = lexical.build([terms("七天内退货")])
    np.testing.assert_array_equal(Agreement(index).of(SMALL.expand("天气")), [0])


def test_no_language_is_favoured() -> None:
    """Each group's mean is taken off; a group of one has nothing to say."""
    level = levelled(np.float32([0.5, 0.1, 0.9]), np.array([True, True, False]))
    np.testing.assert_allclose(level, [0.2, -0.2, 0], atol=1e-6)
