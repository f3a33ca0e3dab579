"""Taking the language out of vectors."""

from pathlib import Path

import numpy as np

from kb import centring
from kb.encoder import Encoder


def test_languages_come_nearer_once_their_means_are_off(encoder: Encoder, tmp_path: Path) -> None:
    """An English question is nearer to the Chinese rule than to an English one beside the point."""
    means = centring.measure(encoder)
    means.save(tmp_path)
    means = centring.load(tmp_path)
    query = encoder.encode_query("how many rings before we pick up the phone?").pooled
    query = means.query.centre_pooled(query, chinese=False)
    rule, other = encoder.encode_passages(
        ["电话铃响三声之内必须接听。", "The customer pays for the return of the parcel."]
    )
    right = means.passage.centre_pooled(rule.pooled, chinese=True)
    wrong = means.passage.centre_pooled(other.pooled, chinese=False)
    assert query @ right > query @ wrong


def test_the_usual_tokens_of_a_language_are_known(encoder: Encoder, tmp_path: Path) -> None:
    """The article stands in many English sentences, in no Chinese one; other words in none."""
    centring.measure(encoder).save(tmp_path)
    usual = centring.load(tmp_path).usual
    the, giraffe = encoder.encode_query("the giraffe").ids[[0, -1]]
    assert usual[0, the] > centring.SENTENCES / 3
    assert usual[1, the] == 0
    assert not usual[:, giraffe].any()
    assert not usual[:, -1].any()


def test_centred_vectors_have_unit_length() -> None:
    """Also where the vector is the mean itself."""
    centres = centring.Centres(np.eye(2, 4, dtype=np.float32), np.eye(2, 4, dtype=np.float32))
    tokens = centres.centre_tokens(np.eye(4, dtype=np.float32), chinese=True)
    np.testing.assert_allclose(np.linalg.norm(tokens, axis=1), 1, rtol=1e-5)
