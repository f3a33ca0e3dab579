"""The worker process: reads the files that it is told to over a pipe, within limits.

`ingest.isolate` starts it with the number of the pipe as its first argument. The first message
holds the limits, each later one a path and a source file. An answer is the extract or
`{"error": [class, message]}`; before it come any number of `{"done": pages, "total": pages}`.
All of it is JSON.
"""

import contextlib
import json
import logging
import resource
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.isolate import Limits
from ingest.readers import read
from ingest.readers.progress import listener
from kb.errors import SourceError, SourceTooLarge
from kb.records import Extract, SourceFile

_WRITTEN = 256 << 20  # bytes that a reader may write to one file: converters leave such
_GRACE = 5  # seconds of computing beyond the limit, after which nobody is there to end us


def _serve(pipe: Connection) -> None:
    """Read files until the other end of the pipe is closed."""
    limits = Limits(*json.loads(pipe.recv_bytes()))
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_FSIZE, _WRITTEN)
    _limit(resource.RLIMIT_CORE, 0)
    logging.disable()  # what a library has to say of a file is in its errors

    def tell(done: int, total: int) -> None:
        _allow(limits.seconds)
        _send(pipe, {"done": done, "total": total})

    listener.set(tell)
    pipe.send_bytes(b"ready")
    while True:
        try:
            path, source = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        _allow(limits.seconds)
        _send(pipe, _answer(Path(path), SourceFile(*source), limits))


def _send(pipe: Connection, message: dict[str, object]) -> None:
    pipe.send_bytes(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _allow(seconds: float) -> None:
    """Let this process compute for as long from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + _GRACE)


def _limit(kind: int, value: int) -> None:
    """Lower a soft limit of this process, as far as the system lets us."""
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with contextlib.suppress(ValueError):  # macOS maps more memory at start than the limit
        resource.setrlimit(kind, (value, hard))


def _answer(path: Path, source: SourceFile, limits: Limits) -> dict[str, object]:
    """What reading the file came to, ready for JSON."""
    try:
        return _fields(_bounded(read(path, source), source, limits))
    except SourceError as error:
        return {"error": [type(error).__name__, str(error)]}
    except MemoryError:
        message = f"{source.path}: wants more than {limits.memory >> 20} MiB of memory; split it"
        return {"error": ["SourceTooLarge", message]}
    except Exception as error:  # noqa: BLE001 - a library may raise anything; it is told, not hidden
        cause = f"{type(error).__name__}: {error}"[:300]
        message = (
            f"{source.path}: the reader stumbled ({cause}): the file is damaged; "
            "open it in its program and save it again"
        )
        return {"error": ["CorruptSource", message]}


def _bounded(extract: Extract, source: SourceFile, limits: Limits) -> Extract:
    if len(extract.raw) > limits.characters:
        raise SourceTooLarge(
            f"{source.path}: {len(extract.raw)} characters of text, more than the "
            f"{limits.characters} that are kept; split the file"
        )
    return extract


def _fields(extract: Extract) -> dict[str, object]:
    return {
        "raw": extract.raw,
        "pages": [(page.number, page.span) for page in extract.pages],
        "blocks": [(b.kind, b.level, b.span, b.header) for b in extract.blocks],
        "encoding": extract.encoding,
        "certainty": extract.certainty,
        "title": extract.title,
        "notes": extract.notes,
        "furniture": extract.furniture,
        "marks": [(mark.span, mark.kind) for mark in extract.marks],
    }


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
