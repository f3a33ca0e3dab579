"""Vectors kept on disk between peers: they encode the same texts with the same encoder.

Used while rankings are asked for and files come in, and never while time is measured.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

Encode = Callable[..., NDArray[np.float32]]

_encode: Encode = SentenceTransformer.encode


def remember(folder: Path) -> None:
    """Let every model of this process look in `folder` before it encodes a text.

    A vector is a file, (dim,) float32, named by its prompt and text. The folder is for one
    encoder and for unit vectors.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def look_first(model: Any, inputs: Any, *rest: Any, **asked: Any) -> Any:  # noqa: ANN401
        texts = [inputs] if isinstance(inputs, str) else list(inputs)
        prompt = asked.get("prompt") or model.prompts.get(asked.get("prompt_name")) or ""
        files = [folder / _name(prompt + text) for text in texts]
        new = [text for text, file in zip(texts, files, strict=True) if not file.is_file()]
        if new:
            _keep(new, _encode(model, new, *rest, **asked), prompt, folder)
        vectors = np.stack([np.fromfile(file, np.float32) for file in files])
        return vectors[0] if isinstance(inputs, str) else vectors

    SentenceTransformer.encode = look_first  # type: ignore[method-assign, assignment]


def forget() -> None:
    """Let every model encode what it is given again."""
    SentenceTransformer.encode = _encode  # type: ignore[method-assign, assignment]


def _keep(texts: Sequence[str], vectors: NDArray[np.float32], prompt: str, folder: Path) -> None:
    for text, vector in zip(texts, vectors, strict=True):
        file = folder / _name(prompt + text)
        building = file.with_suffix(f".{os.getpid()}")
        vector.astype(np.float32).tofile(building)
        building.rename(file)


def _name(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
