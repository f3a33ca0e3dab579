"""Trains the low-rank change that turns the bundled encoder into the handbook encoder.

    python -m eval.train --out FOLDER [--steps N] [--public FOLDER] [--hold TRADE …]

What is trained is late interaction itself: a question's tokens against a passage's, MaxSim, with
every other passage of the batch as a negative (InfoNCE, temperature 0.02). A batch draws its
passages from two or three trades, so that most negatives are near misses; each passage is asked
in several languages at once, which pulls the languages together. The pooled vector, which finds
the candidates, is trained along with a small weight. Changed are the linear maps of the upper
layers, each by a product of two thin matrices: Hu et al., "LoRA: Low-rank adaptation of large
language models" (ICLR 2022). The layers below are worked out once and kept.

The data is `eval/training/` (ours) and, where it is given, a folder of public question–passage
pairs. No judged question and no benchmark is among them. Trades named by `--hold` are left out and
measured on.
"""

import argparse
import json
import logging
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from kb.encoder import BASE
from kb.encoder_bundle import PASSAGE_PROMPT, QUERY_PROMPT
from kb.encoder_models import load_float32
from kb.encoder_tokens import read_tokens
from kb.fold import fold

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DATA = Path(__file__).parent / "training"
FROZEN, RANK = 4, 32
TEMPERATURE, POOLED_SHARE = 0.02, 0.2
PASSAGES, ASKED = 28, 3
RATE, WARM_UP = 4e-4, 20
PUBLIC_EVERY = 4
WINDOW = 220
MAX_TOKENS = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage, as the indexes see it, and the questions that it answers. `trade` groups."""

    trade: str
    passage: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lower:
    """A text below the trained layers: hidden states (n, dim), and the tokens that are its own."""

    hidden: Tensor
    start: int
    end: int


class LowRank(nn.Module):
    """A linear map with a trained change of low rank: x W + (x A) B."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base.requires_grad_(requires_grad=False)
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        """Apply the map with its change."""
        changed: Tensor = self.base(x) + (x @ self.down.T) @ self.up.T
        return changed


class Trainee:
    """The bundled model, cut at the layer from which it is trained."""

    def __init__(self, cache: Path) -> None:
        model = load_float32(BASE, cache)
        self._tokenizer: Tokenizer = model.tokenizer.backend_tokenizer
        first: Any = model[0]
        self._bert: Any = first.auto_model.eval()
        self._bert.requires_grad_(False)
        self.low_rank: dict[str, LowRank] = {}
        for index, layer in enumerate(self._bert.encoder.layer):
            if index >= FROZEN:
                self._change(layer, f"encoder.layer.{index}")

    def _change(self, module: nn.Module, name: str) -> None:
        for child_name, child in list(module.named_children()):
            path = f"{name}.{child_name}"
            if isinstance(child, nn.Linear):
                self.low_rank[path] = LowRank(child)
                setattr(module, child_name, self.low_rank[path])
            else:
                self._change(child, path)

    @torch.no_grad()
    def lower(self, prompt: str, text: str) -> Lower:
        """Work a text out up to the trained layers."""
        tokens = read_tokens(self._tokenizer, prompt, text)
        ids = [*tokens.head, *tokens.body[:MAX_TOKENS], *tokens.tail]
        hidden = self._bert.embeddings(input_ids=torch.tensor([ids]))
        for layer in self._bert.encoder.layer[:FROZEN]:
            hidden = _first(layer(hidden))
        start = len(tokens.head)
        return Lower(hidden[0].half(), start, len(ids) - len(tokens.tail))

    def upper(self, texts: Sequence[Lower]) -> tuple[list[Tensor], Tensor]:
        """Token vectors (n, dim), unit rows, of each text, and the pooled ones (texts, dim)."""
        length = max(len(text.hidden) for text in texts)
        hidden = torch.zeros(len(texts), length, texts[0].hidden.shape[1])
        seen = torch.zeros(len(texts), length, dtype=torch.bool)
        for row, text in enumerate(texts):
            hidden[row, : len(text.hidden)] = text.hidden.float()
            seen[row, : len(text.hidden)] = True
        mask = torch.zeros(len(texts), 1, 1, length).masked_fill(~seen[:, None, None], -1e9)
        for layer in self._bert.encoder.layer[FROZEN:]:
            hidden = _first(layer(hidden, mask))
        pooled = (hidden * seen[..., None]).sum(1) / seen.sum(1, keepdim=True)
        unit = nn.functional.normalize(hidden, dim=-1)
        tokens = [unit[row, text.start : text.end] for row, text in enumerate(texts)]
        return tokens, nn.functional.normalize(pooled, dim=-1)


def _first(output: Any) -> Tensor:  # noqa: ANN401 – a layer returns a tensor or a tuple of them
    hidden: Tensor = output[0] if isinstance(output, tuple) else output
    return hidden


def load_pairs(folder: Path) -> list[Pair]:
    """Our own pairs. A passage stands with its title and headings, as in the indexes."""
    pairs = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf8").splitlines():
            row = json.loads(line)
            context = " ".join([row["title"], *row["heading_path"]])
            questions = tuple(fold(each["query"]) for each in row["questions"])
            pairs.append(Pair(path.stem, fold(f"{context}\n{row['text']}"), questions))
    return pairs


def load_public(folder: Path) -> list[Pair]:
    """Public pairs: the stretch of each paragraph around the answers of its questions."""
    pairs = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf8").splitlines():
            row = json.loads(line)
            for number, each in enumerate(row["questions"]):
                start = max(0, each["start"] - WINDOW // 2)
                passage = fold(row["passage"][start : start + WINDOW])
                pairs.append(Pair(f"{path.stem} {number}", passage, (fold(each["question"]),)))
    return pairs


def maxsim(queries: Sequence[Tensor], passages: Sequence[Tensor]) -> Tensor:
    """Mean over a query's tokens of the best cosine in each passage: (queries, passages)."""
    all_queries = torch.cat(list(queries))
    best = torch.stack([(all_queries @ passage.T).amax(dim=1) for passage in passages], dim=1)
    parts = torch.split(best, [len(query) for query in queries])
    return torch.stack([part.mean(dim=0) for part in parts])


def batches(pairs: Sequence[Pair], public: Sequence[Pair], seed: int) -> Iterator[list[Pair]]:
    """Passages of a step, without end: mostly of two or three trades, now and then public ones."""
    draw = random.Random(seed)
    trades: dict[str, list[Pair]] = {}
    for pair in pairs:
        trades.setdefault(pair.trade, []).append(pair)
    step = 0
    while True:
        step += 1
        if public and step % PUBLIC_EVERY == 0:
            yield draw.sample(list(public), PASSAGES)
        else:
            chosen = draw.sample(sorted(trades), min(len(trades), draw.choice((2, 3))))
            yield [
                pair
                for trade in chosen
                for pair in draw.sample(
                    trades[trade], min(len(trades[trade]), PASSAGES // len(chosen))
                )
            ]


def train(
    trainee: Trainee,
    pairs: Sequence[Pair],
    public: Sequence[Pair],
    held: Sequence[Pair],
    steps: int,
) -> None:
    """Train the low-rank changes in place, telling how the held-out trades do on the way."""
    known: dict[tuple[str, str], Lower] = {}

    def lower(prompt: str, text: str) -> Lower:
        if (prompt, text) not in known:
            known[prompt, text] = trainee.lower(prompt, text)
        return known[prompt, text]

    weights = [each for change in trainee.low_rank.values() for each in (change.down, change.up)]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01)
    draw = random.Random(1)
    for step, batch in zip(range(steps), batches(pairs, public, seed=2), strict=False):
        rate = min(1.0, (step + 1) / WARM_UP) * (0.1 + 0.9 * (1 - step / steps))
        for group in optimiser.param_groups:
            group["lr"] = RATE * rate
        asked = [
            (target, question)
            for target, pair in enumerate(batch)
            for question in draw.sample(pair.questions, min(ASKED, len(pair.questions)))
        ]
        tokens, pooled = trainee.upper([lower(PASSAGE_PROMPT, pair.passage) for pair in batch])
        wanted, wanted_pooled = trainee.upper([lower(QUERY_PROMPT, text) for _, text in asked])
        targets = torch.tensor([target for target, _ in asked])
        late = nn.functional.cross_entropy(maxsim(wanted, tokens) / TEMPERATURE, targets)
        dense = nn.functional.cross_entropy(wanted_pooled @ pooled.T / TEMPERATURE, targets)
        optimiser.zero_grad()
        loss: Any = late + POOLED_SHARE * dense
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        if step % 10 == 0:
            _log.info("step %d  late %.3f  dense %.3f", step, late.item(), dense.item())
        if held and (step % 50 == 49 or step == 0):
            _log.info("step %d  held-out recall@1, @5: %.3f %.3f", step, *recall(trainee, held))


@torch.no_grad()
def recall(trainee: Trainee, pairs: Sequence[Pair]) -> tuple[float, float]:
    """Share of the questions whose own passage is first, and among the first five, of all."""
    lowers = [trainee.lower(PASSAGE_PROMPT, pair.passage) for pair in pairs]
    tokens = [trainee.upper([lower])[0][0] for lower in lowers]
    ranks = []
    for target, pair in enumerate(pairs):
        wanted, _ = trainee.upper([trainee.lower(QUERY_PROMPT, q) for q in pair.questions])
        scores = maxsim(wanted, tokens)
        ranks += (scores > scores[:, target : target + 1]).sum(dim=1).tolist()
    return float(np.mean(np.array(ranks) < 1)), float(np.mean(np.array(ranks) < 5))


def write(trainee: Trainee, folder: Path) -> None:
    """Write the changes, half precision, by the name of the weight that each is added to."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for name, low_rank in trainee.low_rank.items():
        tensors[f"{name}.down"] = low_rank.down.detach().half().contiguous()
        tensors[f"{name}.up"] = low_rank.up.detach().half().contiguous()
    save_file(tensors, folder / "handbook.safetensors")


def main() -> None:
    """Run the recipe from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    parser.add_argument("--public", type=Path)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--hold", nargs="*", default=[])
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(0)
    torch.set_num_threads(asked.threads)
    pairs = load_pairs(DATA)
    trainee = Trainee(asked.cache)
    train(
        trainee,
        [pair for pair in pairs if pair.trade not in asked.hold],
        load_public(asked.public) if asked.public else [],
        [pair for pair in pairs if pair.trade in asked.hold],
        asked.steps,
    )
    write(trainee, asked.out)


if __name__ == "__main__":
    main()
