"""Does a passage tell what is asked?"""

import numpy as np
import pytest

from kb import verifier
from kb.encoder_models import BUNDLED, identity
from kb.errors import EncoderError
from kb.int8_product import moved
from kb.late import Matches, quantise
from kb.verifier import FILE, NEVER, verifier_for


def unit(draw, count):
    """Random unit rows of the bundled encoder's width."""
    rows = draw.normal(size=(count, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def judged(tokens, weights, *passages):
    """The bundled verifier's verdicts on passages of such vectors."""
    joined = np.concatenate([tokens[:0], *passages])
    bounds = np.cumsum([0, *map(len, passages)])
    numbers, vectors = np.arange(len(passages)), quantise(joined)
    matches = Matches(numbers, joined @ tokens.T, moved(vectors.codes), vectors.scales, bounds)
    return verifier_for(identity(BUNDLED)).verdicts(tokens, weights, matches, numbers)


def test_it_is_for_the_encoder_that_ships_and_for_no_other() -> None:
    """Trained anew, the encoder needs a verifier that is trained anew."""
    assert verifier_for(identity(BUNDLED)) is not None
    assert verifier_for("multilingual-e5-small") is None


def test_the_passages_vectors_have_no_order() -> None:
    """The late index keeps groups of tokens, not a text."""
    draw = np.random.default_rng(1)
    tokens, passage = unit(draw, 7), unit(draw, 30)
    weights = np.full(7, 1 / 7, np.float32)
    one, turned = judged(tokens, weights, passage, passage[::-1])
    assert one == pytest.approx(turned, abs=1e-4)


def test_nothing_is_told_by_an_empty_passage() -> None:
    """A passage without tokens answers no question, and no question without tokens is answered."""
    tokens, none = unit(np.random.default_rng(2), 3), np.zeros((0, 384), np.float32)
    weights = np.full(3, 1 / 3, np.float32)
    first, second = judged(tokens, weights, none, tokens)
    assert first == NEVER < second
    assert judged(none, np.zeros(0, np.float32), tokens).tolist() == [NEVER]
    assert not len(judged(tokens, weights))


def test_a_damaged_file_is_refused(tmp_path, monkeypatch) -> None:
    """The message names the file."""
    damaged = bytearray(FILE.read_bytes())
    damaged[-1] ^= 1
    (tmp_path / FILE.name).write_bytes(damaged)
    monkeypatch.setattr(verifier, "FILE", tmp_path / FILE.name)
    verifier._bundled.cache_clear()
    with pytest.raises(EncoderError, match=FILE.name):
        verifier_for(identity(BUNDLED))
    verifier._bundled.cache_clear()
