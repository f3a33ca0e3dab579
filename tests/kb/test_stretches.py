"""What of a passage is encoded at once."""

from hypothesis import given
from hypothesis import strategies as st

from kb.sentences import sentences
from kb.stretches import CHINESE, stretched

WORDS = st.text(st.sampled_from("退货须在七天内，。“”：；\nab 1."), max_size=400)


@given(WORDS)
def test_the_stretches_cover_the_words_in_order(words: str) -> None:
    """Nothing is left out or encoded twice, and there is always one."""
    text = stretched("退货\n", words)
    assert "".join(stretch.of(words) for stretch in text.stretches) == words
    assert text.texts() == tuple("退货\n" + stretch.of(words) for stretch in text.stretches)
    assert text.stretches
    assert text.whole == "退货\n" + words


@given(WORDS)
def test_a_stretch_begins_where_a_sentence_does(words: str) -> None:
    """No word is encoded without the sentence that it stands in."""
    starts = [sentence.start for sentence in sentences(words)]
    assert all(each.start in starts for each in stretched("", words).stretches[1:])


def test_items_are_encoded_each_by_itself() -> None:
    """What one rule says does not colour the vectors of the next."""
    items = [f"{number}、{'退货须在七天内申请，' * 5}逾期不办。" for number in (1, 2, 3)]
    text = stretched("", "\n".join(items))
    assert [stretch.of(text.words).strip() for stretch in text.stretches] == items


def test_short_lines_go_together() -> None:
    """A heading is encoded with what stands below it."""
    assert len(stretched("", "一、退货\n七天内申请。\n凭小票。").stretches) == 1


def test_a_long_line_is_cut_between_its_sentences() -> None:
    """A paragraph of several rules is no better encoded as a whole than a list of them."""
    rule = "客户要求退货的，须在七天之内提出申请，并附上购物小票和完整的包装。"
    text = stretched("", rule * 4)
    assert all(len(stretch.of(text.words)) <= CHINESE for stretch in text.stretches)
    assert {len(stretch.of(text.words)) % len(rule) for stretch in text.stretches} == {0}
