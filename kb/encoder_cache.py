"""Folders that are made once and kept: written beside, checksummed, renamed in.

A folder is whole when it holds the files that its `checksums.json` lists, no others, each with
its size and sha256. A folder that is missing or damaged is made again, by one process at a time;
the others wait for it and use what it made. A process that dies leaves a `.building` folder,
which the next one throws away.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import EncoderError

CHECKSUMS = "checksums.json"


def cached(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return `folder`, after `make` has filled it where it was missing or damaged.

    `make` is given an empty folder beside it. Raises what `make` raises, and EncoderError
    where the cache cannot be written.
    """
    if not is_whole(folder):
        try:
            with _locked(folder):
                if not is_whole(folder):
                    _replace(folder, make)
        except OSError as error:
            raise EncoderError(
                f"the model folder {str(folder)!r} cannot be written ({error}): name a cache "
                "folder that this user may write to, with 2 GB of space"
            ) from error
    return folder


def is_whole(folder: Path) -> bool:
    """Return whether `folder` holds exactly the files that its checksums list."""
    try:
        listed = json.loads((folder / CHECKSUMS).read_bytes())
        present = _files(folder)
        return (
            sorted(listed) == [path.relative_to(folder).as_posix() for path in present]
            and all(path.stat().st_size == listed[_key(path, folder)]["size"] for path in present)
            and all(_sha256(path) == listed[_key(path, folder)]["sha256"] for path in present)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`; the system lets go of it when a process dies."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(folder: Path, make: Callable[[Path], None]) -> None:
    """Fill a folder beside, then put it in the place of `folder`. The lock must be held."""
    building = folder.parent / f".{folder.name}.building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        make(building)
        _write_checksums(building)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    # No fsync: after a power cut the checksums tell, and the folder is made again.
    if folder.exists():
        shutil.rmtree(folder)
    building.rename(folder)


def _write_checksums(folder: Path) -> None:
    listed = {
        _key(path, folder): {"size": path.stat().st_size, "sha256": _sha256(path)}
        for path in _files(folder)
    }
    (folder / CHECKSUMS).write_text(json.dumps(listed, indent=1), encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    """Return the files below `folder` but the checksums, sorted as their keys are."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    return sorted(files, key=lambda path: _key(path, folder))


def _key(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
