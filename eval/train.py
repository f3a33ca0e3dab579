"""Trains the low-rank change that turns the bundled encoder into the handbook encoder.

    python -m eval.train --out FOLDER [--steps N] [--rate R] [--public FOLDER] [--hold TRADE …]
        [--start FILE] [--average] [--seed N]

What is trained is late interaction itself: a question's tokens against a passage's, MaxSim, with
every other passage of the batch as a negative (InfoNCE, temperature 0.02). A passage is worked out
stretch by stretch (`kb/stretches.py`), as the indexes hold it. A batch draws its
passages from two or three manuals, so that most negatives are near misses; they are of different
trades, since another company's manual often answers the same question. Each passage is asked
in several languages at once, which pulls the languages together. Saying nothing is a candidate
like the passages, with one trained score: it has to lose against the passage that answers, and to
win where that passage is taken away, or where the question is one that no passage answers; so a
strength means the same for every question. The pooled vector, which finds the candidates, is
trained along with a small weight. Changed are the linear maps of the upper
layers, each by a product of two thin matrices: Hu et al., "LoRA: Low-rank adaptation of large
language models" (ICLR 2022). The layers below are worked out once and kept.

The data is `eval/training/` (ours) and, where it is given, a folder of public question–passage
pairs, some of them asked in English as well (`eval/training/english/`, ours). No judged question
and no benchmark is among them. Trades named by `--hold` are left out and measured on. The weights
are written every 50 steps; `--start` goes on from such a file. What ships is the mean of the start
and the end of a second run (`--average`), which finds more in libraries it was not trained on than
either: Wortsman et al., "Model soups" (ICML 2022).
"""

import argparse
import json
import logging
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from eval.measures import separation
from kb.encoder import BASE
from kb.encoder_bundle import PASSAGE_PROMPT, QUERY_PROMPT
from kb.encoder_models import load_float32
from kb.encoder_tokens import read_tokens
from kb.fold import fold
from kb.stretches import Stretched, stretched

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAME = "handbook.safetensors"
DATA = Path(__file__).parent / "training"
FROZEN, RANK = 4, 32
TEMPERATURE, POOLED_SHARE, SILENT_SHARE = 0.02, 0.2, 0.5
SILENCE = 0.58
"""Score of saying nothing, before training: about that of a passage that half fits."""

UNANSWERED = 12
"""Unanswerable questions of a step."""

PASSAGES, ASKED, GROUPS = 28, 3, 4
RATE, WARM_UP = 4e-4, 20
"""Of learning, where none is given, and the steps in which it rises; then it falls to a tenth."""

PUBLIC_EVERY = 4
PUBLIC_KINDS = ("english", "chinese")
WINDOW = 220
MAX_TOKENS = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage, as the indexes see it, and the questions that it answers.

    `unanswered` are questions near to it which no passage of its trade answers. What the `manual`
    of one company tells, those of the others in its `trade` may tell as well.
    """

    trade: str
    manual: str
    passage: Stretched
    questions: tuple[str, ...]
    unanswered: tuple[str, ...] = ()


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
        self.silence = nn.Parameter(torch.tensor(SILENCE))
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
    def lower(self, prompt: str, text: str, above: int = 0) -> Lower:
        """Work a text out up to the trained layers.

        Those tokens are its own that are not of the first `above` characters.
        """
        tokens = read_tokens(self._tokenizer, prompt, text)
        ids = [*tokens.head, *tokens.body[:MAX_TOKENS], *tokens.tail]
        hidden = self._bert.embeddings(input_ids=torch.tensor([ids]))
        for layer in self._bert.encoder.layer[:FROZEN]:
            hidden = _first(layer(hidden))
        others = int(np.count_nonzero(tokens.offsets[:MAX_TOKENS, 1] <= above)) if above else 0
        return Lower(hidden[0].half(), len(tokens.head) + others, len(ids) - len(tokens.tail))

    def upper(self, texts: Sequence[Lower]) -> tuple[list[Tensor], Tensor]:
        """Token vectors (n, dim), unit rows, of each text, and the pooled ones (texts, dim).

        Texts of like length are worked out together, so that little is spent on padding.
        """
        order = sorted(range(len(texts)), key=lambda row: len(texts[row].hidden))
        share = math.ceil(len(order) / GROUPS)
        tokens: dict[int, Tensor] = {}
        pooled: dict[int, Tensor] = {}
        for first in range(0, len(order), share):
            rows = order[first : first + share]
            of_rows, pooled_rows = self._upper([texts[row] for row in rows])
            tokens |= zip(rows, of_rows, strict=True)
            pooled |= zip(rows, pooled_rows, strict=True)
        places = range(len(texts))
        return [tokens[row] for row in places], torch.stack([pooled[row] for row in places])

    def passages(self, passages: Sequence[Sequence[Lower]]) -> tuple[list[Tensor], Tensor]:
        """Token vectors of each passage, of its stretches end to end, and the pooled ones.

        A stretch counts by its own tokens, where the indexes count those of the context as well.
        """
        tokens, pooled = self.upper([stretch for each in passages for stretch in each])
        rows = np.split(np.arange(len(tokens)), np.cumsum([len(each) for each in passages])[:-1])
        sizes = torch.tensor([float(len(each)) for each in tokens])[:, None]
        joined = torch.stack([(sizes[row] * pooled[row]).sum(0) for row in rows])
        together = [torch.cat([tokens[place] for place in row]) for row in rows]
        return together, nn.functional.normalize(joined, dim=-1)

    def _upper(self, texts: Sequence[Lower]) -> tuple[list[Tensor], Tensor]:
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
        unanswered = _unanswered(folder / "unanswered" / path.name)
        for number, row in enumerate(read_rows(path)):
            context = " ".join([row["title"], *row["heading_path"]])
            questions = tuple(fold(each["query"]) for each in row["questions"])
            passage = stretched(fold(f"{context}\n"), fold(row["text"]))
            near = tuple(unanswered.get(number, ()))
            pairs.append(Pair(path.stem, row["title"], passage, questions, near))
    return pairs


def _unanswered(path: Path) -> dict[int, list[str]]:
    """The unanswerable questions by the passage that they are near to; -1 are near to none."""
    near: dict[int, list[str]] = {}
    if path.exists():
        for row in read_rows(path):
            place = -1 if row["near"] is None else row["near"]
            near.setdefault(place, []).append(fold(row["query"]))
    near.setdefault(0, []).extend(near.pop(-1, []))
    return near


def load_public(folder: Path, english: Path) -> list[Pair]:
    """Public pairs: the stretch of each paragraph around the answers of its questions.

    Those that `english` asks in English too are grouped as such.
    """
    asked = {
        (row["file"], row["row"], row["question"]): fold(row["query"])
        for path in sorted(english.glob("*.jsonl"))
        for row in read_rows(path)
    }
    pairs = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in enumerate(read_rows(path)):
            for place, each in enumerate(row["questions"]):
                start = max(0, each["start"] - WINDOW // 2)
                passage = stretched("", fold(row["passage"][start : start + WINDOW]))
                also = asked.get((path.stem, number, place))
                questions = [text for text in (fold(each["question"]), also) if text]
                if questions:
                    trade = "english" if also else "chinese"
                    pairs.append(Pair(trade, path.stem, passage, tuple(questions)))
    return pairs


def read_rows(path: Path) -> list[Any]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def maxsim(queries: Sequence[Tensor], passages: Sequence[Tensor]) -> Tensor:
    """Mean over a query's tokens of the best cosine in each passage: (queries, passages)."""
    all_queries = torch.cat(list(queries))
    best = torch.stack([(all_queries @ passage.T).amax(dim=1) for passage in passages], dim=1)
    parts = torch.split(best, [len(query) for query in queries])
    return torch.stack([part.mean(dim=0) for part in parts])


def batches(pairs: Sequence[Pair], public: Sequence[Pair], seed: int) -> Iterator[list[Pair]]:
    """Passages of a step, without end: mostly of two or three manuals, now and then public ones."""
    draw = random.Random(seed)
    trades: dict[str, dict[str, list[Pair]]] = {}
    for pair in pairs:
        trades.setdefault(pair.trade, {}).setdefault(pair.manual, []).append(pair)
    step = 0
    while True:
        step += 1
        if public and step % PUBLIC_EVERY == 0:
            kinds = [[each for each in public if each.trade == kind] for kind in PUBLIC_KINDS]
            yield [pair for kind in kinds for pair in draw.sample(kind, PASSAGES // len(kinds))]
        else:
            chosen = [
                _manual(draw, trades[trade])
                for trade in draw.sample(sorted(trades), min(len(trades), draw.choice((2, 3))))
            ]
            share = PASSAGES // len(chosen)
            yield [pair for each in chosen for pair in draw.sample(each, min(len(each), share))]


def _manual(draw: random.Random, manuals: Mapping[str, Sequence[Pair]]) -> Sequence[Pair]:
    """The passages of a manual of a trade; a large one is drawn more often."""
    weights = [len(passages) for passages in manuals.values()]
    return draw.choices(list(manuals.values()), weights)[0]


def train(
    trainee: Trainee,
    pairs: Sequence[Pair],
    public: Sequence[Pair],
    held: Sequence[Pair],
    steps: int,
    rate: float,
    seed: int,
    out: Path,
) -> None:
    """Train the low-rank changes in place, telling how the held-out trades do on the way."""
    question_lower = cache(partial(trainee.lower, QUERY_PROMPT))
    passage_lower = cache(partial(stretches, trainee))
    weights = [each for change in trainee.low_rank.values() for each in (change.down, change.up)]
    groups = [{"params": weights, "share": 1.0}, {"params": [trainee.silence], "share": 10.0}]
    optimiser = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01)
    draw = random.Random(seed)
    for step, batch in zip(range(steps), batches(pairs, public, seed), strict=False):
        now = rate * min(1.0, (step + 1) / WARM_UP) * (0.1 + 0.9 * (1 - step / steps))
        for group in optimiser.param_groups:
            group["lr"] = now * group["share"]
        asked = [
            (target, question)
            for target, pair in enumerate(batch)
            for question in draw.sample(pair.questions, min(ASKED, len(pair.questions)))
        ]
        silent = [question for pair in batch for question in pair.unanswered]
        silent = draw.sample(silent, min(UNANSWERED, len(silent)))
        tokens, pooled = trainee.passages([passage_lower(pair.passage) for pair in batch])
        texts = [*(text for _, text in asked), *silent]
        wanted, wanted_pooled = trainee.upper([question_lower(text) for text in texts])
        targets = torch.tensor([target for target, _ in asked])
        late, silence = _losses(maxsim(wanted, tokens), targets, trainee.silence)
        cosines = wanted_pooled[: len(asked)] @ pooled.T
        dense = nn.functional.cross_entropy(cosines / TEMPERATURE, targets)
        optimiser.zero_grad()
        loss: Any = late + SILENT_SHARE * silence + POOLED_SHARE * dense
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        if step % 10 == 0:
            told = (late.item(), silence.item(), dense.item(), trainee.silence.item())
            _log.info("step %d  late %.3f  silence %.3f  dense %.3f  nothing at %.3f", step, *told)
        if step % 50 == 49:
            write(trainee, out)
        if held and (step % 50 == 49 or step == 0):
            found = recall(trainee, held)
            _log.info("step %d  held-out recall@1, @5, area: %.3f %.3f %.3f", step, *found)


def stretches(trainee: Trainee, passage: Stretched) -> list[Lower]:
    """The stretches of a passage up to the trained layers; the first alone has the context's."""
    above = len(passage.context)
    return [
        trainee.lower(PASSAGE_PROMPT, text, above * (number > 0))
        for number, text in enumerate(passage.texts())
    ]


def _losses(scores: Tensor, targets: Tensor, silence: Tensor) -> tuple[Tensor, Tensor]:
    """Of MaxSim (questions, passages): finding the answer, and saying nothing without one.

    The questions that have an answer come first, one a target; the others have none.
    """
    nothing = silence.expand(len(scores), 1)
    answered = scores[: len(targets)]
    candidates = torch.cat([answered, nothing[: len(targets)]], dim=1) / TEMPERATURE
    late = nn.functional.cross_entropy(candidates, targets)
    taken = scores.clone()
    taken[torch.arange(len(targets)), targets] = -1
    without = torch.cat([taken, nothing], dim=1) / TEMPERATURE
    last = torch.full((len(scores),), scores.shape[1])
    return late, nn.functional.cross_entropy(without, last)


@torch.no_grad()
def recall(trainee: Trainee, pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """How questions find their own passage among all: first, and among the first five.

    Passages of other manuals of its trade, which may answer as well, are left out. The third figure
    is the area under the curve of the best score, for questions with an answer against those
    without.
    """
    tokens = [trainee.passages([stretches(trainee, pair.passage)])[0][0] for pair in pairs]
    ranks: list[int] = []
    best: list[float] = []
    silent: list[float] = []
    for target, pair in enumerate(pairs):
        texts = [*pair.questions, *pair.unanswered]
        wanted, _ = trainee.upper([trainee.lower(QUERY_PROMPT, text) for text in texts])
        scores = maxsim(wanted, tokens)
        rivals = [each.trade == pair.trade and each.manual != pair.manual for each in pairs]
        scores[:, torch.tensor(rivals)] = -1
        asked = scores[: len(pair.questions)]
        ranks += (asked > asked[:, target : target + 1]).sum(dim=1).tolist()
        best += asked.amax(dim=1).tolist()
        silent += scores[len(pair.questions) :].amax(dim=1).tolist()
    found = np.array(ranks)
    area = separation(np.array(best), np.array(silent)) if silent else math.nan
    return float(np.mean(found < 1)), float(np.mean(found < 5)), area


def write(trainee: Trainee, folder: Path) -> None:
    """Write the changes, half precision, by the name of the weight that each is added to."""
    tensors = {}
    for name, low_rank in trainee.low_rank.items():
        tensors[f"{name}.down"] = low_rank.down.detach().half()
        tensors[f"{name}.up"] = low_rank.up.detach().half()
    _save(tensors, folder / NAME)


def average(one: Path, other: Path, path: Path) -> None:
    """Write the mean of two changes; its thin matrices are those of both, side by side."""
    from safetensors.torch import load_file

    left, right = load_file(one), load_file(other)
    tensors = {
        name: torch.cat([left[name], right[name]], 0)
        if name.endswith(".down")
        else torch.cat([left[name] / 2, right[name] / 2], 1)
        for name in left
    }
    _save(tensors, path)


def _save(tensors: dict[str, Tensor], path: Path) -> None:
    from safetensors.torch import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path)


def resume(trainee: Trainee, path: Path) -> None:
    """Go on from the changes in `path`."""
    from safetensors.torch import load_file

    tensors = load_file(path)
    for name, low_rank in trainee.low_rank.items():
        low_rank.down.data = tensors[f"{name}.down"].float()
        low_rank.up.data = tensors[f"{name}.up"].float()


def main() -> None:
    """Run the recipe from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    parser.add_argument("--public", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--average", action="store_true")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--hold", nargs="*", default=[])
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(0)
    torch.set_num_threads(asked.threads)
    pairs = load_pairs(DATA)
    trainee = Trainee(asked.cache)
    if asked.start:
        resume(trainee, asked.start)
    train(
        trainee,
        [pair for pair in pairs if pair.trade not in asked.hold],
        load_public(asked.public, DATA / "english") if asked.public else [],
        [pair for pair in pairs if pair.trade in asked.hold],
        asked.steps,
        asked.rate,
        asked.seed,
        asked.out,
    )
    write(trainee, asked.out)
    if asked.average:
        average(asked.start, asked.out / NAME, asked.out / "average" / NAME)


if __name__ == "__main__":
    main()
