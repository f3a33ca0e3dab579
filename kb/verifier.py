"""Does a passage tell what is asked? A small network over the token vectors of both.

Late interaction says how near a passage comes to each word of a question. A near miss comes near
to all of them but one, and which one matters takes learning: here each token of the question is
set beside the nearest vector of the passage (attend), the two are judged together (compare), and
the judgements are joined, the telling words weighing more (aggregate): Parikh et al., "A
decomposable attention model for natural language inference" (EMNLP 2016), but for its soft mean of
all that the passage has, over vectors that the encoder and the late index have anyway.
`eval/train_verifier.py` made the weights, for the bundled encoder alone; the file is small, so it
ships with the code; its checksum stands here.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.int8_product import moved_back
from kb.late import Matches
from kb.shipped import ENCODER, read_shipped

FILE = Path(__file__).with_name("verifier.safetensors")
SHA256 = "ceaeeeb50778172aa1d361faf0f0d0e3c9766e215f94b003a597e8f073c6f7dc"

PRODUCT_SCALE = 8.0
"""Products of unit vectors' numbers are small beside the numbers; this brings them up."""

LEAST_WEIGHT = 1e-4

NEVER = -20.0
"""The verdict where there is nothing to judge; below all that the network gives."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Verifier:
    """The weights. `dim` is the vectors', `h` the comparison's.

    What a token is compared by: `own` (dim, h) for itself, `beside` (dim, h) for what the passage
    has for it, `both` (dim, h) for their product, and `compare_bias` (h,). Then `attend` (h + 1,);
    `join` (2 h + 4, k) and `join_bias` (k,); `tell` (k,) and `tell_bias`.
    """

    own: Vectors
    beside: Vectors
    both: Vectors
    compare_bias: Vectors
    attend: Vectors
    join: Vectors
    join_bias: Vectors
    tell: Vectors
    tell_bias: float

    @property
    def dim(self) -> int:
        """Of the vectors that it judges."""
        return len(self.own)

    def verdicts(
        self, tokens: Vectors, weights: Vectors, matches: Matches, numbers: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """The logits of the chance that each of some passages answers a question: (numbers,).

        Takes the question's centred token vectors (n, dim), their weights (n,), summing to 1, how
        near they come to those of all passages found, and the numbers of the passages to judge.
        Without tokens on either side nothing answers: `NEVER`.
        """
        told = np.full(len(numbers), NEVER, np.float32)
        filled = matches.bounds[numbers + 1] > matches.bounds[numbers]
        if len(tokens) and filled.any():
            best, found = self._attended(matches, numbers[filled])
            told[filled] = self._judge(tokens, weights, found, best)
        return told

    def _attended(self, matches: Matches, numbers: NDArray[np.int64]) -> tuple[Vectors, Vectors]:
        """What passages that have vectors have for each token of the question: what is nearest.

        Returns its cosines (numbers, n), and the vectors (numbers, n, dim).
        """
        best, nearest = matches.nearest(numbers)
        codes = moved_back(matches.moved.take(nearest, axis=0))
        return best, codes * matches.scales.take(nearest)[..., None]

    def _judge(self, tokens: Vectors, weights: Vectors, found: Vectors, best: Vectors) -> Vectors:
        """The logits for what was `found` in each passage, (passages, n, dim).

        `best` (passages, n) are the best cosines there.
        """
        # As one matrix each: a product of stacks is one call for each of them.
        flat, both = found.reshape(-1, self.dim), (found * tokens).reshape(-1, self.dim)
        # Unlike `@`, `dot` reports no flags that a kernel left behind from numbers beside its own.
        compared = (np.dot(flat, self.beside) + np.dot(both, self.both)).reshape(
            *found.shape[:2], -1
        )
        compared = np.maximum(compared + (np.dot(tokens, self.own) + self.compare_bias), 0)
        told = np.dot(compared, self.attend[:-1]) + np.log(weights + LEAST_WEIGHT) * self.attend[-1]
        share = np.exp(told - told.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        length = np.full(len(found), np.log(len(tokens)))
        scalars = [np.dot(best, weights), best.min(axis=1), (share * best).sum(axis=1), length]
        mean = (share[..., None] * compared).sum(axis=1)
        joined = np.column_stack([mean, compared.max(axis=1), *scalars]).astype(np.float32)
        hidden = np.maximum(np.dot(joined, self.join) + self.join_bias, 0)
        logits: Vectors = np.dot(hidden, self.tell) + self.tell_bias
        return logits


def verifier_for(encoder: str) -> Verifier | None:
    """The verifier for an encoder, by its name in the manifest; None where there is none.

    Raises EncoderError where the file is missing or damaged.
    """
    return _bundled() if encoder == ENCODER else None


@cache
def _bundled() -> Verifier:
    from safetensors.numpy import load

    found = load(read_shipped(FILE, SHA256))
    arrays = {name: array.astype(np.float32) for name, array in found.items()}
    own, beside, both = np.split(arrays["compare"], 3)
    return Verifier(
        own,
        beside,
        both * np.float32(PRODUCT_SCALE),
        arrays["compare_bias"],
        arrays["attend"],
        arrays["join"],
        arrays["join_bias"],
        arrays["tell"],
        float(arrays["tell_bias"][0]),
    )
