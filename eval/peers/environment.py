"""An environment of its own for each peer, made once and kept outside the project."""

import subprocess
import sys
from pathlib import Path

from eval.peers.contestants import OURS, Contestant, digest
from kb.errors import HandbookError

PIP = "pip==26.3"
_PACKAGES = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")


def interpreter(contestant: Contestant, cache: Path) -> Path:
    """Return the Python that runs a contestant's script; a peer's environment is made first.

    It is made anew where its requirements changed. Raises HandbookError where that fails.
    """
    if contestant.name == OURS:
        return Path(sys.executable)
    folder = cache / "peers" / contestant.name
    python, made_of = folder / "bin" / "python", folder / "requirements.sha256"
    wanted = digest([contestant.requirements.read_bytes()])
    if not (made_of.is_file() and made_of.read_text("utf-8") == wanted):
        _make(folder, python, contestant.requirements)
        made_of.write_text(wanted, "utf-8")
    return python


def pinned_torch(requirements: Path) -> str:
    """Return the line that pins torch: installed first, whatever asks for it is satisfied."""
    lines = requirements.read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("torch=="))


def _make(folder: Path, python: Path, requirements: Path) -> None:
    _run(sys.executable, "-m", "venv", "--clear", str(folder))
    _run(str(python), *_PACKAGES, "--upgrade", PIP)
    _run(str(python), *_PACKAGES, pinned_torch(requirements))
    _run(str(python), *_PACKAGES, "--requirement", str(requirements))


def _run(*command: str) -> None:
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    if done.returncode:
        raise HandbookError(
            f"{' '.join(command)} ended with {done.returncode}: expected 0; read what it says "
            "above, and run the comparison again"
        )
