"""Search with txtai: Textractor over LiteParse, sentences joined by Chonkie, an index with content.

LiteParse reads no plain text and Markdown, which Textractor reads without it, and fetches data
for OCR, which is turned off. Hybrid is the index's own, dense the same with all weight on the
vectors; its BM25 cuts Chinese into characters. The prompts are those of the encoder's folder.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from liteparse import LiteParse
from txtai import Embeddings
from txtai.pipeline import Textractor

from eval.peers.serve import (
    LENGTH,
    OVERLAP,
    SENTENCE_ENDS,
    TOP_K,
    Found,
    readable,
    serve,
)

PLAIN = (".txt", ".md")


class Txtai:
    """A hybrid index."""

    def __init__(self, encoder: Path) -> None:
        self._index = Embeddings(
            path=str(encoder),
            method="sentence-transformers",
            hybrid=True,
            content=True,
            gpu=False,
        )
        self._plain = _textractor(None)
        self._parsed = _textractor("liteparse")
        self._parsed.html.backend.liteparse = LiteParse(
            output_format="markdown", ocr_enabled=False, quiet=True
        )

    def files(self, paths: Sequence[str]) -> tuple[int, list[str]]:
        """Extract and split the files."""
        passages, unreadable = readable(paths, self._load)
        return self._hold(passages), unreadable

    def texts(self, texts: Mapping[str, str]) -> int:
        """Hold a passage a text."""
        return self._hold([Found(name, text) for name, text in texts.items()])

    def ask(self, mode: str, query: str) -> list[Found]:
        """Search with half of the weight on the vectors, the default, or with all of it."""
        hits = self._index.search(query, TOP_K, weights=0.5 if mode == "hybrid" else 1.0)
        return [self._passages[int(hit["id"])] for hit in hits]

    def encode(self, query: str) -> object:
        """Encode as the index does."""
        return self._index.transform(query, "query")

    def _hold(self, passages: list[Found]) -> int:
        self._passages = passages
        self._index.index((number, passage.text) for number, passage in enumerate(passages))
        return len(passages)

    def _load(self, path: str) -> list[Found]:
        read = self._plain if Path(path).suffix.lower() in PLAIN else self._parsed
        return [Found(path, text) for text in read(path)]


def _textractor(backend: str | None) -> Textractor:
    return Textractor(
        backend=backend,
        chunker="sentence",
        chunk_size=LENGTH,
        chunk_overlap=OVERLAP,
        delim=[*SENTENCE_ENDS, ". ", "! ", "? ", "\n"],
    )


if __name__ == "__main__":
    serve(Txtai)
