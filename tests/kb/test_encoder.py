"""Encoding text, with the bundled model as the product runs it."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api import settings as service
from kb.encoder import load_encoder
from kb.errors import EncoderError

TEXTS = [
    "来电三声内接听。",
    "Return the deposit within seven days, in cash or by card, as the guest prefers.",
    "客服人員須於兩個工作天內回覆，並記錄處理經過；逾時者由主管接手。" * 5,
    "退款",
]
ANY = st.text(st.characters(exclude_categories=()), max_size=80)


def same(one, other) -> bool:
    """Whether two encodings are equal to the bit."""
    fields = ("pooled", "tokens", "ids", "offsets")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in fields)


@settings(max_examples=150)
@given(ANY)
@example("")
@example(" \t\n　")
@example("a\0b\ud800c\udfff")
@example("</s><s><pad>")
def test_any_text_gives_a_well_formed_encoding(encoder, text):
    """Unit rows of the stated shapes, and offsets inside the text, in order."""
    encoding = encoder.encode_query(text)
    count = len(encoding.ids)
    assert encoding.pooled.shape == (384,)
    assert encoding.tokens.shape == (count, 384)
    assert encoding.offsets.shape == (count, 2)
    assert {encoding.pooled.dtype, encoding.tokens.dtype} == {np.dtype(np.float32)}
    assert {encoding.ids.dtype, encoding.offsets.dtype} == {np.dtype(np.int32)}
    lengths = np.linalg.norm(np.vstack([encoding.pooled, encoding.tokens]), axis=1)
    assert np.allclose(lengths, 1, atol=1e-5)
    starts, ends = encoding.offsets[:, 0], encoding.offsets[:, 1]
    assert np.all((starts >= 0) & (starts < ends) & (ends <= len(text)))
    assert np.all(np.diff(starts) >= 0)


def test_offsets_cover_the_words_of_the_given_text(encoder):
    """The prompt, spaces and marks are no tokens; full-width letters and emoji count one each."""
    text = "  请在３天內 reply😀。 "
    encoding = encoder.encode_passages([text])[0]
    covered = [text[start:end] for start, end in encoding.offsets]
    assert "".join(dict.fromkeys(covered)) == "请在３天內reply😀。"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "　"])
def test_a_blank_text_has_no_tokens(encoder, text):
    """Its vector is that of the prompt alone."""
    encoding = encoder.encode_query(text)
    assert encoding.ids.size == 0
    assert np.array_equal(encoding.pooled, encoder.encode_query("").pooled)


def test_unreadable_characters_do_not_end_the_text(encoder):
    """Words behind a NUL or a lone surrogate still count, at their place."""
    plain, broken = encoder.encode_query("退货 规则"), encoder.encode_query("退货\0规则\ud83d")
    assert np.array_equal(plain.ids, broken.ids)
    assert np.array_equal(plain.offsets, broken.offsets)


def test_questions_and_passages_have_their_own_prompt(encoder):
    """The same words get different vectors."""
    text = "退房时间"
    assert encoder.encode_query(text).pooled @ encoder.encode_passages([text])[0].pooled < 0.999
    assert (encoder.spec.query_prompt, encoder.spec.passage_prompt) == ("query: ", "passage: ")


def test_a_long_text_is_read_whole(encoder):
    """Every sentence has its tokens once, in order, past the 512 tokens of the model."""
    text = "".join(f"第{number}条：员工须遵守本条规定。" for number in range(200))
    encoding = encoder.encode_passages([text])[0]
    assert encoding.ids.size == encoder.count_tokens(text)
    covered = {place for start, end in encoding.offsets for place in range(start, end)}
    assert covered == set(range(len(text)))


def test_vectors_do_not_depend_on_neighbours_or_threads(encoder):
    """The same text gives the same bytes, alone, among others, and two at a time."""
    alone = [encoder.encode_passages([text])[0] for text in TEXTS]
    two = load_encoder(cache=service.read().cache, threads=2)
    for together in (encoder.encode_passages(TEXTS), two.encode_passages(TEXTS)):
        assert all(same(one, other) for one, other in zip(alone, together, strict=True))


def test_progress_is_told_as_it_is_made(encoder):
    """One call a passage, counting up to all of them."""
    told: list[int] = []
    encoder.encode_passages(TEXTS, told.append)
    assert told == [1, 2, 3, 4]
    assert encoder.encode_passages([]) == []


def test_one_encoder_serves_several_threads(encoder):
    """Questions asked at once get what they get one by one."""
    alone = [encoder.encode_query(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(encoder.encode_query, TEXTS * 10))
    assert all(same(one, other) for one, other in zip(alone * 10, answers, strict=True))


def test_meaning_beats_script_and_language(encoder):
    """A question is nearer to its answer than to another passage."""
    question = encoder.encode_query("客人可以几点退房？").pooled
    right, wrong = encoder.encode_passages(
        ["退房時間為中午十二點以前。", "接到投诉后，由主管填写登记表。"]
    )
    assert question @ right.pooled > question @ wrong.pooled


@pytest.mark.parametrize(
    ("options", "told"),
    [({"precision": "int4"}, "'int4'.*int8, float32"), ({"threads": 0}, "threads is 0.*at least")],
)
def test_a_setting_that_cannot_be_used_is_refused(tmp_path, options, told):
    """Before anything is loaded, with the value and what is expected."""
    with pytest.raises(EncoderError, match=told):
        load_encoder(cache=tmp_path, **options)
