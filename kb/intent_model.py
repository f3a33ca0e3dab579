"""The kind of answer that a question wants, read off its vector where its words do not tell.

Questions are worded in more ways than patterns foresee. A multinomial logistic regression over the
vector that the encoder makes of a question anyway knows more of them; `eval/train_intent.py` fits
it, for the bundled encoder alone, and says how well it does. The file is small, so it ships with
the code; its checksum stands here.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.records import KINDS, Kind
from kb.shipped import ENCODER, read_shipped

FILE = Path(__file__).with_name("intent.safetensors")
SHA256 = "b0e68d6922f4edf976a34d35c06aa2e70f7cfac069685db97fb866d82415d175"

ALL: tuple[Kind | None, ...] = (*KINDS, None)
"""In the order of the weights; the last is for questions that want something else."""

CERTAIN = 0.5
"""Chance from which a kind is taken for the one that is wanted."""

BY_WORDS = frozenset({"deadline", "script", "definition"})
"""Kinds that words tell (`kb.intent`) better than a vector does."""


@dataclass(frozen=True, slots=True)
class IntentModel:
    """The weights (dim, kinds) and the bias (kinds,), in the order of `ALL`."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def intent(self, pooled: NDArray[np.float32]) -> Kind | None:
        """The kind that a question with this vector (dim,) wants; None where no kind is likely."""
        logits = np.dot(pooled, self.weights) + self.bias
        best = int(logits.argmax())
        chance = 1 / float(np.exp(logits - logits[best]).sum())
        return ALL[best] if chance >= CERTAIN else None

    def refine(self, told: Kind | None, pooled: NDArray[np.float32]) -> Kind | None:
        """The kind that words told, unless a vector (dim,) tells it better."""
        return told if told in BY_WORDS else self.intent(pooled) or told


def refined(told: Kind | None, pooled: NDArray[np.float32], encoder: str) -> Kind | None:
    """Return the kind that a question wants, by what its words told and by its vector (dim,).

    `encoder` is the name in the manifest; where the model is not for it the words decide alone.
    """
    model = intent_model_for(encoder)
    return model.refine(told, pooled) if model else told


def intent_model_for(encoder: str) -> IntentModel | None:
    """The model for an encoder, by its name in the manifest; None where there is none.

    Raises EncoderError where the file is missing or damaged.
    """
    return _bundled() if encoder == ENCODER else None


@cache
def _bundled() -> IntentModel:
    from safetensors.numpy import load

    arrays = load(read_shipped(FILE, SHA256))
    return IntentModel(arrays["weights"], arrays["bias"])
