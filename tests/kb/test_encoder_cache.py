"""Folders made once: whole or made again, by one process at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb.encoder_cache import cached, is_whole
from kb.errors import EncoderError

# Notes its process in `made.log`, shows that it began, and takes its time.
MAKER = """
import os, sys, time
from pathlib import Path
from kb.encoder_cache import cached
folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
def make(building):
    with (folder.parent / "made.log").open("a") as log:
        log.write(f"{os.getpid()}\\n")
    (building / "weights").write_bytes(b"w" * 1000)
    time.sleep(seconds)
cached(folder, make)
assert (folder / "weights").read_bytes() == b"w" * 1000
"""


def start(folder: Path, seconds: float) -> subprocess.Popen[bytes]:
    """A process that wants the folder, and takes its time where it has to make it."""
    return subprocess.Popen([sys.executable, "-c", MAKER, str(folder), str(seconds)])


def fill(folder: Path) -> None:
    """Make a folder of two files."""
    (folder / "weights").write_bytes(b"w" * 1000)
    (folder / "pooling").mkdir()
    (folder / "pooling" / "config.json").write_text("{}")


def refuse(folder: Path) -> None:
    """Make nothing: nobody should ask."""
    raise AssertionError(f"{folder} is made although it is whole")


def test_a_folder_is_made_once(tmp_path):
    """A whole folder is used as it is."""
    folder = cached(tmp_path / "cache" / "model", fill)
    assert is_whole(folder)
    assert cached(folder, refuse) == folder


def flip(folder: Path) -> None:
    """Another last byte."""
    (folder / "weights").write_bytes(b"w" * 999 + b"v")


def cut(folder: Path) -> None:
    """A shorter file."""
    (folder / "weights").write_bytes(b"w" * 10)


def lose(folder: Path) -> None:
    """A file less."""
    (folder / "pooling" / "config.json").unlink()


def add(folder: Path) -> None:
    """A file more."""
    (folder / "other").write_bytes(b"")


def garble(folder: Path) -> None:
    """A list cut off."""
    (folder / "checksums.json").write_text('{"weights": 3')


@pytest.mark.parametrize("damage", [flip, cut, lose, add, garble])
def test_a_damaged_folder_is_made_again(tmp_path, damage):
    """One wrong byte, a short, missing or foreign file, or a bad list is enough."""
    folder = cached(tmp_path / "model", fill)
    damage(folder)
    assert not is_whole(folder)
    cached(folder, fill)
    assert is_whole(folder)
    assert (folder / "weights").read_bytes() == b"w" * 1000


def test_a_failed_making_leaves_nothing(tmp_path):
    """What was begun is thrown away, and the error comes through."""

    def fail(folder: Path) -> None:
        fill(folder)
        raise EncoderError("no such model")

    with pytest.raises(EncoderError, match="no such model"):
        cached(tmp_path / "model", fail)
    assert [path.name for path in tmp_path.iterdir()] == [".model.lock"]


def test_a_cache_that_cannot_be_written_says_what_to_do(tmp_path):
    """The message names the folder and asks for another one."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EncoderError, match=r"file/model.*cannot be written.*name a cache"):
        cached(tmp_path / "file" / "model", fill)


def test_processes_that_start_at_once_make_it_once(tmp_path):
    """One makes it, the others wait and use what it made."""
    processes = [start(tmp_path / "model", 0.3) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    assert len((tmp_path / "made.log").read_text().split()) == 1


def test_a_process_killed_while_making_does_no_harm(tmp_path):
    """Its lock is gone with it, and the next one starts afresh."""
    doomed = start(tmp_path / "model", 600)
    while not (tmp_path / ".model.building" / "weights").exists():
        assert doomed.poll() is None
    os.kill(doomed.pid, signal.SIGKILL)
    doomed.wait(60)
    assert start(tmp_path / "model", 0).wait(60) == 0
    assert is_whole(tmp_path / "model")
