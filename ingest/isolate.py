"""Reading files in a worker process, so that no file can take the service down.

The worker is a fresh interpreter that knows the readers only. It is used for many files and is
started anew after one that it did not survive. Limits on time, memory and output hold for each
file. What comes back is data (JSON), never an object: a file that took the worker over could
otherwise make the service run its code.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import astuple, dataclass
from multiprocessing.connection import Pipe
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from ingest.readers.progress import Listener, deaf
from kb import errors
from kb.errors import CorruptSource, SourceError, SourceTooLarge
from kb.records import Block, Extract, Mark, Page, SourceFile, Span

_MOST_SIGNS = 10_000  # that the worker is at work, for one file
_START_SECONDS = 120.0  # a busy machine may take long to import the readers
# The worker looks for modules where this process does, so the two run the same code.
_BEGIN = (
    "import runpy, sys; sys.path[:] = sys.argv[2:]; "
    "runpy.run_module('ingest.readers', run_name='__main__', alter_sys=False)"
)
_ERRORS = {error.__name__: error for error in vars(errors).values() if isinstance(error, type)}


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost; `size` and `memory` (address space) are in bytes.

    `seconds` are of the wall clock: of a scan, those for each page. `characters` are those of the
    raw text.
    """

    seconds: float = 120.0
    size: int = 256 << 20
    memory: int = 3 << 30
    characters: int = 20_000_000


LIMITS = Limits()


def require_size(name: str, size: int, limits: Limits = LIMITS) -> None:
    """Raise SourceTooLarge where the file called `name` has more bytes than are read."""
    if size > limits.size:
        raise SourceTooLarge(
            f"{name}: {size} bytes, more than the {limits.size} that are read; split the file"
        )


class ReaderProcess:
    """Reads files one at a time in a worker process; a context manager, safe to share by threads.

    The worker starts with the first file and ends with the context.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        with self._lock:  # it starts up while the caller does something else
            self._worker = _Worker(self._limits)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._lock:
            self._stop()

    def read(self, path: Path, source: SourceFile, progress: Listener = deaf) -> Extract:
        """Return what `ingest.readers.read` makes of the file.

        `progress` is told how many pages of a scan are done and how many there are.

        Raises its errors; SourceTooLarge where a limit is passed and CorruptSource where the
        worker did not survive the file. The next file is read as if nothing had happened.
        """
        require_size(source.path, path.stat().st_size, self._limits)
        with self._lock:
            if self._worker is None:
                self._worker = _Worker(self._limits)
            try:
                answer = self._worker.ask(path, source, progress)
            except BaseException:  # also when interrupted: the worker's next answer is not ours
                self._stop()
                raise
        return _understood(answer, source.path)

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


class _Worker:
    """A running worker process and the pipe to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overdue = False
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - `stop` closes it
        self._pipe, far = Pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BEGIN, str(far.fileno()), *sys.path],
            pass_fds=[far.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,  # so that what a reader starts ends with it
        )
        far.close()
        self._call(json.dumps(astuple(limits)), _START_SECONDS, "the reader process")

    def ask(self, path: Path, source: SourceFile, progress: Listener) -> dict[str, Any]:
        """Have a file read; returns the worker's answer as `ingest.readers.__main__` writes it.

        Each sign that it is still at work gives it the time limit anew.
        """
        message: str | None = json.dumps([str(path), astuple(source)])
        for _ in range(_MOST_SIGNS):
            answer = self._call(message, self._limits.seconds, source.path)
            sign, parsed = _parsed(answer, source.path)
            if sign is None:
                return parsed
            progress(*sign)
            message = None
        raise CorruptSource(f"{source.path}: the reader comes to no end; save the file again")

    def _call(self, message: str | None, seconds: float, name: str) -> bytes:
        """Send a message, if there is one, and wait for the next that comes back."""
        timer = threading.Timer(seconds, self._expire)
        timer.start()
        try:
            if message is not None:
                self._pipe.send_bytes(message.encode())
            return self._pipe.recv_bytes(16 * self._limits.characters + (1 << 20))
        except (EOFError, OSError) as error:
            raise self._obituary(name, seconds) from error
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self._overdue = True
        self._kill()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):  # it ended by itself
            os.killpg(self._process.pid, signal.SIGKILL)

    def _obituary(self, name: str, seconds: float) -> SourceError:
        """Why the worker is no more."""
        self._kill()
        code = self._process.wait()
        if self._overdue or code == -signal.SIGXCPU:
            return SourceTooLarge(f"{name}: not read within {seconds:g} seconds; split the file")
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return CorruptSource(
            f"{name}: the reader did not survive it ({cause}{self._last_words()}): the file is "
            f"damaged, or wants more than {self._limits.memory >> 20} MiB of memory; "
            "open it in its program and save it again, or split it"
        )

    def _last_words(self) -> str:
        self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, self._log.tell() - 1000))
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return f": {lines[-1][:200]}" if lines else ""

    def stop(self) -> None:
        """End the process."""
        self._pipe.close()
        self._kill()
        self._process.wait()
        self._log.close()


def _parsed(answer: bytes, name: str) -> tuple[tuple[int, int] | None, dict[str, Any]]:
    """How far the worker is, None where it has finished, and all that it says."""
    try:
        parsed = dict(json.loads(answer.decode("utf-8", "surrogatepass")))
        sign = (int(parsed["done"]), int(parsed["total"])) if "done" in parsed else None
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _senseless(name, error) from error
    return sign, parsed


def _senseless(name: str, cause: Exception) -> CorruptSource:
    return CorruptSource(f"{name}: the reader's answer makes no sense ({cause!r}); save it again")


def _understood(answer: dict[str, Any], name: str) -> Extract:
    """The extract in a worker's answer, or the error in it raised."""
    try:
        if "error" in answer:
            kind, message = answer["error"]
            error = _ERRORS[kind](str(message))
        else:
            return Extract(
                raw=str(answer["raw"]),
                pages=tuple(Page(n, Span(*span)) for n, span in answer["pages"]),
                blocks=tuple(Block(k, n, Span(*span), h) for k, n, span, h in answer["blocks"]),
                encoding=str(answer["encoding"]),
                certainty=float(answer["certainty"]),
                title=str(answer["title"]),
                notes=tuple(map(str, answer["notes"])),
                furniture=tuple(Span(*span) for span in answer["furniture"]),
                marks=tuple(Mark(Span(*span), str(kind)) for span, kind in answer["marks"]),
            )
    except (KeyError, TypeError, ValueError) as cause:
        raise _senseless(name, cause) from cause
    raise error
