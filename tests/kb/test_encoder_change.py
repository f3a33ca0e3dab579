"""The trained change."""

import numpy as np
import pytest

from kb import encoder_change
from kb.encoder_change import FILE, changed
from kb.errors import EncoderError

NAME = "encoder.layer.11.output.dense.weight"


def zeros():
    """Weights of the layers that are changed, all zero."""
    shapes = {"intermediate.dense": (1536, 384), "output.dense": (384, 1536)}
    parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
    shapes |= dict.fromkeys([*parts, "attention.output.dense"], (384, 384))
    return {
        f"encoder.layer.{layer}.{part}.weight": np.zeros(shape, np.float32)
        for layer in range(4, 12)
        for part, shape in shapes.items()
    }


def test_the_change_is_of_low_rank_and_reaches_every_map_of_the_upper_layers() -> None:
    """Nothing else is touched, and what is given is not changed in place."""
    before = zeros() | {"embeddings.LayerNorm.weight": np.ones(3, np.float32)}
    after = changed(before)
    assert not before[NAME].any()
    assert np.linalg.matrix_rank(after[NAME]) <= 64
    assert all(after[name].any() for name in before)
    assert after["embeddings.LayerNorm.weight"].tolist() == [1, 1, 1]


def test_a_damaged_file_is_refused(tmp_path, monkeypatch) -> None:
    """The message says what to do."""
    damaged = bytearray(FILE.read_bytes())
    damaged[-1] ^= 1
    (tmp_path / "handbook.safetensors").write_bytes(damaged)
    monkeypatch.setattr(encoder_change, "FILE", tmp_path / "handbook.safetensors")
    with pytest.raises(EncoderError, match="install handbook-kb again"):
        changed(zeros())
