"""What a question wants, by its vector."""

import numpy as np
import pytest

from kb import intent_model
from kb.encoder import Encoder
from kb.encoder_models import BUNDLED, identity
from kb.errors import EncoderError
from kb.fold import fold
from kb.intent import intent
from kb.intent_model import ALL, FILE, IntentModel, intent_model_for, refined
from kb.records import KINDS

SHIPPED = identity(BUNDLED)


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("失物广播词", "script"),
        ("客人嫌貴，點同佢開口好", "script"),
        ("a kind line to close a sad call with", "script"),
        ("上台前要提早多少到场彩排", "deadline"),
        ("how recent must the photo be", "deadline"),
    ],
)
def test_it_knows_questions_whose_words_tell_nothing(
    encoder: Encoder, query: str, kind: str
) -> None:
    """Nor were these wordings in what it was fitted on."""
    folded = fold(query)
    assert intent(folded) in ("procedure", "rule", None)
    assert refined(intent(folded), encoder.encode_query(folded).pooled, SHIPPED) == kind


def test_what_words_tell_surely_stays() -> None:
    """Whatever the vector is near to; and so does all for an encoder without a model."""
    rule = intent_model_for(SHIPPED).weights[:, KINDS.index("rule")]
    assert refined(None, rule * 10, SHIPPED) == "rule"
    assert refined("script", rule * 10, SHIPPED) == "script"
    assert refined("procedure", rule * 10, "multilingual-e5-small") == "procedure"


def test_where_no_kind_is_likely_none_is_told() -> None:
    """Kinds with the same chance are a guess."""
    model = IntentModel(np.zeros((4, len(ALL)), np.float32), np.zeros(len(ALL), np.float32))
    assert model.intent(np.ones(4, np.float32)) is None


def test_a_damaged_file_is_refused(tmp_path, monkeypatch) -> None:
    """The message names the file."""
    damaged = bytearray(FILE.read_bytes())
    damaged[-1] ^= 1
    (tmp_path / FILE.name).write_bytes(damaged)
    monkeypatch.setattr(intent_model, "FILE", tmp_path / FILE.name)
    intent_model._bundled.cache_clear()
    with pytest.raises(EncoderError, match=FILE.name):
        intent_model_for(SHIPPED)
    intent_model._bundled.cache_clear()
