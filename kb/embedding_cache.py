"""Vectors that were worked out before, by encoder and text: a new generation costs what changed."""

import hashlib
import sqlite3
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kb.encoder import Encoder, EncoderSpec, Encoding
from kb.late import TokenVectors, quantise
from kb.stretches import Stretched

S = TypeVar("S", bound=np.generic)

KEEP_DAYS = 30

_SCHEMA = """
CREATE TABLE IF NOT EXISTS encoded (
    key BLOB PRIMARY KEY, used REAL NOT NULL,
    pooled BLOB NOT NULL, codes BLOB NOT NULL, scales BLOB NOT NULL,
    ids BLOB NOT NULL, ends BLOB NOT NULL
) WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class Embedding:
    """A passage's pooled vector (dim,), its token vectors, and their vocabulary ids (n,).

    `ends` (n,) are the code points of the text behind each token.
    """

    pooled: NDArray[np.float32]
    tokens: TokenVectors
    ids: NDArray[np.int32]
    ends: NDArray[np.int32]


class EmbeddingCache:
    """An SQLite file of embeddings. Close it after use."""

    def __init__(self, path: Path, spec: EncoderSpec) -> None:
        self._spec = spec
        self._db = sqlite3.connect(path, timeout=60)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute(_SCHEMA)

    def get(self, texts: Sequence[str]) -> list[Embedding | None]:
        """The embeddings of `texts`, None where a text is new."""
        return [self._get(self._key(text)) for text in texts]

    def put(self, pairs: Iterable[tuple[str, Embedding]]) -> None:
        """Keep the embeddings of new texts."""
        rows = [(self._key(text), time.time(), *_pack(embedding)) for text, embedding in pairs]
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO encoded VALUES (?, ?, ?, ?, ?, ?, ?)", rows
            )

    def touch(self, texts: Iterable[str]) -> None:
        """Note that `texts` are still in use, and drop what was not for KEEP_DAYS."""
        now = time.time()
        with self._db:
            self._db.executemany(
                "UPDATE encoded SET used = ? WHERE key = ?",
                [(now, self._key(text)) for text in texts],
            )
            self._db.execute("DELETE FROM encoded WHERE used < ?", (now - KEEP_DAYS * 86400,))

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def _get(self, key: bytes) -> Embedding | None:
        row = self._db.execute(
            "SELECT pooled, codes, scales, ids, ends FROM encoded WHERE key = ?", (key,)
        ).fetchone()
        return _unpack(row) if row else None

    def _key(self, text: str) -> bytes:
        spec = self._spec
        name = f"{spec.name}\0{spec.dim}\0{spec.precision}\0{spec.passage_prompt}\0{text}"
        return hashlib.sha256(name.encode("utf8", "surrogatepass")).digest()


def _pack(embedding: Embedding) -> tuple[bytes, ...]:
    tokens = embedding.tokens
    return (
        embedding.pooled.astype(np.float32).tobytes(),
        tokens.codes.tobytes(),
        tokens.scales.tobytes(),
        embedding.ids.tobytes(),
        embedding.ends.tobytes(),
    )


def _unpack(row: tuple[bytes, ...]) -> Embedding:
    pooled = np.frombuffer(row[0], np.float32)
    codes = np.frombuffer(row[1], np.int8).reshape(-1, len(pooled))
    tokens = TokenVectors(codes, np.frombuffer(row[2], np.float32))
    ids, ends = (np.frombuffer(part, np.int32) for part in row[3:])
    return Embedding(pooled, tokens, ids, ends)


def embed(
    passages: Sequence[Stretched],
    encoder: Encoder,
    cache: EmbeddingCache,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[list[Embedding], int]:
    """The embeddings of passages, in order, and how many had to be worked out, in part at least.

    `progress` is told how many of those are done, and how many there are.
    """
    groups = [passage.texts() for passage in passages]
    texts = list(dict.fromkeys(chain.from_iterable(groups)))
    known = dict(zip(texts, cache.get(texts), strict=True))
    missing = [text for text in texts if known[text] is None]
    places = {text: place for place, text in enumerate(missing, 1)}
    last = [max(places.get(text, 0) for text in group) for group in dict.fromkeys(groups)]
    ends = sorted(filter(None, last))
    encodings = encoder.encode_passages(
        missing, lambda done: progress(bisect_right(ends, done), len(ends))
    )
    fresh = {text: _embedding(encoding) for text, encoding in zip(missing, encodings, strict=True)}
    cache.put(fresh.items())
    cache.touch(texts)
    found = [[known[text] or fresh[text] for text in group] for group in groups]
    return list(map(_joined, passages, found)), len(ends)


def _joined(passage: Stretched, embeddings: Sequence[Embedding]) -> Embedding:
    """The embedding of a passage from those of its stretches, which count by their length.

    Each has the context's tokens, of which the first one's are kept.
    """
    above = len(passage.context)
    sums = np.sum([len(each.ids) * each.pooled for each in embeddings], axis=0)
    sums = sums if sums.any() else embeddings[0].pooled  # a passage without tokens
    kept = [each.ends > above * (number > 0) for number, each in enumerate(embeddings)]
    ends = [
        np.where(each.ends > above, each.ends + stretch.start, each.ends)
        for each, stretch in zip(embeddings, passage.stretches, strict=True)
    ]

    def end_to_end(arrays: Iterable[NDArray[S]]) -> NDArray[S]:
        return np.concatenate([array[keep] for array, keep in zip(arrays, kept, strict=True)])

    return Embedding(
        (sums / np.linalg.norm(sums)).astype(np.float32),
        TokenVectors(
            end_to_end(each.tokens.codes for each in embeddings),
            end_to_end(each.tokens.scales for each in embeddings),
        ),
        end_to_end(each.ids for each in embeddings),
        end_to_end(ends).astype(np.int32),
    )


def _embedding(encoding: Encoding) -> Embedding:
    ends = np.ascontiguousarray(encoding.offsets[:, 1])
    return Embedding(encoding.pooled, quantise(encoding.tokens), encoding.ids, ends)
