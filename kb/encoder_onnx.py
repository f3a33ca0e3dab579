"""A module of sentence-transformers that runs its transformer on ONNX Runtime.

Only the transformer is replaced: pooling, normalizing and prompts stay those of the model.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime import InferenceSession, SessionOptions
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Tokenizer
from torch.nn.utils.rnn import pad_sequence

INPUTS = ("input_ids", "attention_mask")
OUTPUT = "token_embeddings"

_MODEL = "model.onnx"
_TOKENIZER = "tokenizer.json"


class OnnxTransformer(InputModule):
    """A transformer on ONNX Runtime, in the place of sentence-transformers' Transformer."""

    config_file_name = "onnx_transformer.json"
    config_keys = ["max_seq_length", "dim", "pad_id"]  # noqa: RUF012 – as the base class has it

    def __init__(
        self, path: Path, tokenizer: Tokenizer, *, max_seq_length: int, dim: int, pad_id: int
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.tokenizer = tokenizer
        self.max_seq_length = max_seq_length
        self.dim = dim
        self.pad_id = pad_id
        self._path = path
        self._session = InferenceSession(path, _one_thread())

    def get_embedding_dimension(self) -> int:
        """Return the width of a token's vector."""
        return self.dim

    def preprocess(
        self,
        inputs: Sequence[Any],
        prompt: str | None = None,
        **kwargs: Any,  # noqa: ANN401 – the base class's own signature
    ) -> dict[str, Any]:
        """Return the features of a batch of texts: cut to what the model reads, then padded."""
        ids = [self.tokenizer.encode((prompt or "") + text).ids for text in inputs]
        longest = self.max_seq_length
        rows = [torch.tensor(r if len(r) <= longest else [*r[: longest - 1], r[-1]]) for r in ids]
        masks = [torch.ones_like(row) for row in rows]
        return {
            "input_ids": pad_sequence(rows, batch_first=True, padding_value=self.pad_id),
            "attention_mask": pad_sequence(masks, batch_first=True),
        }

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Add `token_embeddings`, (texts, tokens, dim) float32, to the features of a batch."""
        inputs = {name: features[name].numpy() for name in INPUTS}
        (vectors,) = self._session.run([OUTPUT], inputs)
        return {**features, OUTPUT: torch.from_numpy(vectors)}

    def save(
        self,
        output_path: str,
        *args: Any,  # noqa: ANN401
        safe_serialization: bool = True,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Write the model, the tokenizer and the settings to a folder."""
        folder = Path(output_path)
        shutil.copyfile(self._path, folder / _MODEL)
        self.tokenizer.save(str(folder / _TOKENIZER))
        self.save_config(output_path)

    @classmethod
    def load(cls, model_name_or_path: str, *args: Any, **kwargs: Any) -> "OnnxTransformer":  # noqa: ANN401
        """Load from a folder that `save` wrote."""
        folder = Path(model_name_or_path)
        settings = cls.load_config(model_name_or_path, local_files_only=True)
        # transformers' own loader reads the same file twice, which takes twice as long.
        tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        return cls(folder / _MODEL, tokenizer, **settings)


def _one_thread() -> SessionOptions:
    """One thread a call: several calls run side by side, and none waits in a busy loop."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options
