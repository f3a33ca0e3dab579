"""How long a fresh process takes to its first answer, and how much memory.

The command is started by a small process of its own (`python -m eval.cold_start COMMAND…`): the
peak that the system keeps of a process begins with that of the one which started it, and the
one that has loaded an encoder is large.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kb.errors import HandbookError

_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of `ru_maxrss`, which systems differ in."""


@dataclass(frozen=True, slots=True)
class ColdStart:
    """A fresh process up to its end: wall time in seconds, and its peak memory."""

    seconds: float
    peak_bytes: int


def bench_cold_start(command: Sequence[str]) -> ColdStart:
    """Run a command that asks one question, in a process of its own.

    Raises HandbookError with what it printed where it fails.
    """
    starter = subprocess.run(
        (sys.executable, "-m", "eval.cold_start", *command),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if starter.returncode:
        raise HandbookError(
            f"{' '.join(command)} ended with {starter.returncode}; expected an answer and 0:\n"
            f"{starter.stderr[-2000:]}"
        )
    return ColdStart(**json.loads(starter.stdout))


def peak_bytes(whose: int) -> int:
    """Return the most memory that a process had so far: `resource.RUSAGE_SELF` or its children."""
    return resource.getrusage(whose).ru_maxrss * _MAXRSS_UNIT


def _run(command: Sequence[str]) -> None:
    """Run the command; leave its figures on stdout, or what it printed on stderr."""
    start = time.perf_counter()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, encoding="utf-8"
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.stderr.write(done.stdout)
        sys.exit(done.returncode)
    json.dump(asdict(ColdStart(seconds, peak_bytes(resource.RUSAGE_CHILDREN))), sys.stdout)


if __name__ == "__main__":
    _run(sys.argv[1:])
