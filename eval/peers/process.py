"""Our side of a peer: its process, asked over JSON lines."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from eval.peers.contestants import OURS, ROOT, Contestant, Model
from eval.peers.environment import interpreter
from eval.peers.serve import Found
from kb.errors import HandbookError

# One thread each, nothing fetched, nothing told to anybody.
SETTINGS = (
    "OMP_NUM_THREADS=1",
    "OPENBLAS_NUM_THREADS=1",
    "TOKENIZERS_PARALLELISM=false",
    "HF_HUB_OFFLINE=1",
    "HAYSTACK_TELEMETRY_ENABLED=False",
    "ANONYMIZED_TELEMETRY=False",
)


class PeerProcess:
    """A contestant with an encoder, running; a context manager. Raises HandbookError.

    Vectors that another peer worked out are not worked out again, until it is told to forget.
    """

    def __init__(self, contestant: Contestant, model: Model, cache: Path) -> None:
        self._ours = contestant.name == OURS
        encoder = model.name if self._ours else str(model.folder(cache))
        vectors = "" if self._ours else str(cache / "peers" / "vectors" / model.identity)
        python = str(interpreter(contestant, cache))
        self._log = cache / "peers" / f"{contestant.name}-{model.name}.log"
        script = ("-m", f"eval.peers.{contestant.name}.peer", encoder, str(cache), vectors)
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                ["env", *SETTINGS, python, *script],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        self._name = contestant.title
        try:
            self._reply()
        except HandbookError:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def files(self, paths: Sequence[Path]) -> tuple[int, tuple[str, ...]]:
        """Hold these files only; return the number of passages and the unreadable files' names."""
        reply = self._request(do="files", paths=[str(path) for path in paths])
        return reply["passages"], tuple(sorted(Path(path).name for path in reply["unreadable"]))

    def texts(self, texts: Mapping[str, str]) -> int:
        """Hold these texts only, a passage each; return their number."""
        return int(self._request(do="texts", texts=dict(texts))["passages"])

    def ask(self, mode: str, query: str) -> tuple[tuple[Found, ...], float]:
        """Return the passages found, the best first, and the seconds that it took."""
        reply = self._request(do="ask", mode=mode, query=query)
        return tuple(Found(**hit) for hit in reply["hits"]), reply["seconds"]

    def encode(self, query: str) -> float:
        """Return the seconds that the encoder alone takes for a question."""
        return float(self._request(do="encode", query=query)["seconds"])

    def forget(self) -> None:
        """Encode every text anew from now on; our own search does so for questions anyway."""
        if not self._ours:
            self._request(do="forget")

    def _request(self, **request: object) -> dict[str, Any]:
        if self._process.stdin:
            self._process.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
        return self._reply()

    def _reply(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise HandbookError(
                f"{self._name} ended without a reply; expected "
                f"one JSON object a request; read {self._log}"
            )
        reply: dict[str, Any] = json.loads(line)
        return reply
