"""Trains the verifier: does a passage tell what is asked? (`kb/verifier.py`)

    python -m eval.train_verifier --out FOLDER [--hold TRADE …]

The token vectors are those that the bundled encoder and the late index make of `eval/training/`;
only the small network is trained, which takes minutes. Manuals of a few trades are a library, one
of each trade, since another company's often answers the same question: a question belongs to
its own passage, and to none of the nearest others; and the questions of `eval/training/unanswered/`
belong to no passage, though they were written to come near one. Trades named by `--hold` are left
out and measured on: the area under the curve of the best verdict, for questions whose passage is
there against those whose passage is taken away, and against those that have none.
"""

import argparse
import logging
import math
import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from eval.measures import separation
from eval.train import DATA, Pair, load_pairs
from kb import verifier
from kb.centring import LanguageMeans, measure
from kb.embedding_cache import EmbeddingCache, embed
from kb.encoder import Encoder, Encoding, load_encoder
from kb.language import is_chinese
from kb.late import LateWriter, load

HIDDEN, JOINED = 64, 32
DROPPED = 0.2
TRADES = 5
"""Of a library."""

NEAREST, WRONG = 6, 1
"""Passages nearest to a question that are kept, and how many wrong ones of them it is shown."""

BATCH, EPOCHS, RATE, WARM_UP = 128, 12, 2e-3, 30
"""The rate rises for the first steps, and falls to nothing as half a wave of the cosine."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's token vectors (n, dim) and weights (n,), and passages by their rows.

    `gold` is the row of the passage that answers, -1 for none; `nearest` come best first.
    """

    tokens: Tensor
    weights: Tensor
    gold: int
    nearest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library: its passages' vectors (m, dim), and the questions asked of it."""

    passages: tuple[Tensor, ...]
    asked: tuple[Asked, ...]


class Network(nn.Module):
    """`kb.verifier.Verifier`, trainable."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.compare = nn.Linear(3 * dim, HIDDEN)
        self.attend = nn.Linear(HIDDEN + 1, 1)
        self.join = nn.Linear(2 * HIDDEN + 4, JOINED)
        self.tell = nn.Linear(JOINED, 1)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, questions: Sequence[Asked], passages: Sequence[Tensor]) -> Tensor:
        """The logit of each pair of a question and a passage: (pairs,)."""
        tokens, real = _padded([question.tokens for question in questions])
        weights, _ = _padded([question.weights for question in questions])
        vectors, there = _padded(passages)
        cosines = (tokens @ vectors.transpose(1, 2)).masked_fill(~there[:, None], -1)
        nearest = cosines.argmax(-1, keepdim=True).expand(-1, -1, vectors.shape[2])
        found = vectors.gather(1, nearest)
        product = tokens * found * verifier.PRODUCT_SCALE
        compared = self.compare(self.drop(torch.cat([tokens, found, product], -1))).relu()
        logs = torch.log(weights + verifier.LEAST_WEIGHT)[..., None]
        told = self.attend(torch.cat([compared, logs], -1))[..., 0].masked_fill(~real, -1e9)
        share = torch.softmax(told, -1)
        best = cosines.amax(-1)
        scalars = [
            (weights * best).sum(1),
            best.masked_fill(~real, 9).amin(1),
            (share * best).sum(1),
            real.sum(1).float().log(),
        ]
        joined = torch.cat(
            [
                (share[..., None] * compared).sum(1),
                compared.masked_fill(~real[..., None], -1e9).amax(1),
                torch.stack(scalars, 1),
            ],
            1,
        )
        logits: Tensor = self.tell(self.join(joined).relu())[:, 0]
        return logits


def _padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    real = nn.utils.rnn.pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True) > 0
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True), real


def shelf(encoder: Encoder, means: LanguageMeans, pairs: Sequence[Pair], folder: Path) -> Shelf:
    """Work out a library's vectors as a generation does; `folder` is for the late index."""
    folder.mkdir(parents=True)
    texts = [pair.passage for pair in pairs]
    with closing(EmbeddingCache(folder / "embeddings.sqlite", encoder.spec)) as cache:
        embeddings, _ = embed(texts, encoder, cache)
    writer = LateWriter(folder)
    for text, embedding in zip(texts, embeddings, strict=True):
        chinese = is_chinese(text.words)
        centred = means.passage.centre_tokens(embedding.tokens.decoded(), chinese=chinese)
        parts = np.zeros(len(centred), np.int64)
        writer.add(centred, embedding.ids, parts, chinese=chinese)
    writer.finish()
    late = load(folder, encoder.spec.dim)
    rows = np.arange(len(pairs))
    asked = []
    golds, questions = zip(*_questions(pairs), strict=True)
    for gold, question, encoding in zip(golds, questions, encoded(encoder, questions), strict=True):
        chinese = is_chinese(question)
        tokens = means.query.centre_tokens(encoding.tokens, chinese=chinese)
        weights = late.weights(encoding.ids, means.usual[int(chinese)])
        order = np.argsort(-(late.match(tokens, rows).best() @ weights), kind="stable")
        nearest = tuple(order[:NEAREST].tolist())
        asked.append(Asked(torch.from_numpy(tokens), torch.from_numpy(weights), gold, nearest))
    passages = [torch.from_numpy(late.of(row)[0].decoded()) for row in rows.tolist()]
    return Shelf(tuple(passages), tuple(asked))


def encoded(encoder: Encoder, texts: Sequence[str]) -> Iterator[Encoding]:
    """Encode questions, several at once, in their order."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(encoder.encode_query, texts)


def libraries(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Share the manuals out among libraries of `TRADES` trades, one manual of each.

    The first manual of one trade comes beside the second of the next, and so on: in most training
    data they are in different languages.
    """
    trades: dict[str, dict[str, list[Pair]]] = {}
    for pair in pairs:
        trades.setdefault(pair.trade, {}).setdefault(pair.manual, []).append(pair)
    shelved = [list(manuals.values()) for manuals in trades.values()]
    turns = max(map(len, shelved), default=0)
    for start in range(0, len(shelved), TRADES):
        for turn in range(turns):
            library = [
                pair
                for number, manuals in enumerate(shelved[start : start + TRADES], turn)
                if number % turns < len(manuals)
                for pair in manuals[number % turns]
            ]
            if library:
                yield library


def _questions(pairs: Sequence[Pair]) -> Iterator[tuple[int, str]]:
    for gold, pair in enumerate(pairs):
        yield from ((gold, text) for text in pair.questions)
        yield from ((-1, text) for text in pair.unanswered)


def train(shelves: Sequence[Shelf], held: Sequence[Shelf], dim: int) -> Network:
    """Train a network, telling how it does on the held-out shelves on the way."""
    network = Network(dim)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.05)
    draw, step = random.Random(0), 0
    for epoch in range(EPOCHS):
        shown = [
            each
            for place in shelves
            for question in place.asked
            for each in _shown(place, question)
        ]
        draw.shuffle(shown)
        losses = []
        steps = EPOCHS * math.ceil(len(shown) / BATCH)
        for start in range(0, len(shown), BATCH):
            for group in optimiser.param_groups:
                group["lr"] = _rate(step, steps)
            step += 1
            questions, passages, labels = zip(*shown[start : start + BATCH], strict=True)
            logits = network(questions, passages)
            loss: Any = nn.functional.binary_cross_entropy_with_logits(logits, torch.tensor(labels))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        _log.info("epoch %d  loss %.3f", epoch, np.mean(losses))
        if held:
            _log.info("held-out areas: taken away %.3f, none %.3f", *areas(network, held))
    return network


def _rate(step: int, steps: int) -> float:
    return RATE * min(1, (step + 1) / WARM_UP) * (1 + math.cos(math.pi * step / steps)) / 2


def _shown(place: Shelf, question: Asked) -> Iterator[tuple[Asked, Tensor, float]]:
    """The pairs that a question is trained on, with 1 for the passage that answers it."""
    if question.gold >= 0:
        yield question, place.passages[question.gold], 1.0
    wrong = [row for row in question.nearest if row != question.gold]
    for row in wrong[: WRONG if question.gold >= 0 else WRONG + 1]:
        yield question, place.passages[row], 0.0


@torch.no_grad()
def areas(network: Network, shelves: Sequence[Shelf]) -> tuple[float, float]:
    """Area under the curve of the best verdict: answered against taken away, and against none."""
    network.eval()
    there: list[float] = []
    taken: list[float] = []
    none: list[float] = []
    for place in shelves:
        for question in place.asked:
            rows = question.nearest
            logits = network([question] * len(rows), [place.passages[row] for row in rows])
            others = logits[[row != question.gold for row in rows]].max().item()
            if question.gold < 0:
                none.append(others)
            else:
                taken.append(others)
                there.append(logits.max().item())
    network.train()
    return separation(np.array(there), np.array(taken)), separation(np.array(there), np.array(none))


def write(network: Network, folder: Path) -> None:
    """Write the weights, half precision, under the names that `kb.verifier` reads."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        "compare": network.compare.weight.T,
        "compare_bias": network.compare.bias,
        "attend": network.attend.weight[0],
        "join": network.join.weight.T,
        "join_bias": network.join.bias,
        "tell": network.tell.weight[0],
        "tell_bias": network.tell.bias,
    }
    halves = {name: tensor.detach().half().contiguous() for name, tensor in tensors.items()}
    save_file(halves, folder / verifier.FILE.name)


def main() -> None:
    """Run the recipe from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    parser.add_argument("--hold", nargs="*", default=[])
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(0)
    encoder = load_encoder(cache=asked.cache)
    torch.set_num_threads(os.cpu_count() or 1)
    means = measure(encoder)
    pairs = load_pairs(DATA)
    groups = {
        name: [pair for pair in pairs if (pair.trade in asked.hold) == held]
        for name, held in (("trained", False), ("held", True))
    }
    shelves = {
        name: [
            shelf(encoder, means, library, asked.out / name / str(number))
            for number, library in enumerate(libraries(group))
        ]
        for name, group in groups.items()
    }
    network = train(shelves["trained"], shelves["held"], encoder.spec.dim)
    write(network, asked.out)
    _log.info("for the encoder %s", encoder.spec.name)


if __name__ == "__main__":
    main()
