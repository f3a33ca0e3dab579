"""Our own search: files come in by the command line, and are asked for by `kb.search`."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.benchmarks import Task, index
from eval.peers.serve import TOP_K, Found, serve
from kb.encoder import load_encoder
from kb.fold import fold
from kb.library import Library
from kb.search import search

SOME_UNREADABLE = 3


class HandbookKb:
    """A library, or a generation of paragraphs, that is searched. Only its vectors are kept."""

    def __init__(self, encoder: Path, cache: Path) -> None:
        self._name, self._cache = str(encoder), cache
        self._home = cache / "peers" / "handbook_kb" / self._name
        self._encoder = load_encoder(self._name, cache=cache)

    def files(self, paths: Sequence[str]) -> tuple[int, list[str]]:
        """Run `kb ingest`."""
        settings = (f"KB_ENCODER={self._name}", f"KB_CACHE={self._cache}", "KB_PRECISION=int8")
        kb = [str(Path(sys.executable).with_name("kb")), "--home", str(self._home)]
        done = subprocess.run(
            ["env", *settings, *kb, "--library", "peers", "ingest", "--replace", "--json", *paths],
            stdout=subprocess.PIPE,
            check=False,
        )
        if done.returncode not in (0, SOME_UNREADABLE):
            raise RuntimeError(f"kb ingest ended with {done.returncode}; expected 0 or 3")
        report = json.loads(done.stdout)
        self._generation = Library(self._home, "peers").open()
        return report["passages"], [failure["path"] for failure in report["failures"]]

    def texts(self, texts: Mapping[str, str]) -> int:
        """Write a generation with a passage a text."""
        task = Task("texts", texts, {}, {})
        self._home.mkdir(parents=True, exist_ok=True)
        self._folder = TemporaryDirectory()
        vectors = self._home / "texts.sqlite"
        self._generation = index(task, Path(self._folder.name), self._encoder, vectors)
        return len(self._generation)

    def ask(self, mode: str, query: str) -> list[Found]:
        """Search; there is one way."""
        hits = search(self._generation, self._encoder, query, top_k=TOP_K).hits
        return [Found(hit.passage.document_id, hit.text) for hit in hits]

    def encode(self, query: str) -> object:
        """Encode as the search does."""
        return self._encoder.encode_query(fold(query))


if __name__ == "__main__":
    serve(partial(HandbookKb, cache=Path(sys.argv[2])))
