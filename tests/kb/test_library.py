"""A library: publishing, going back, following, and what survives an accident."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.errors import (
    EncoderMismatch,
    GenerationCorrupt,
    InvalidSetting,
    LibraryLocked,
    LibraryMissing,
)
from kb.generation import FILES, Generation
from kb.library import KEEP, Library, LiveLibrary, libraries
from tests.library import flip_a_byte, publish

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path, "test")


def run_beside(code: str, *arguments: str) -> "subprocess.Popen[str]":
    """Another process of this project, waited for until it says something."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from kb.library import Library
library = Library(Path(sys.argv[1]), "test")
with library.writing(), library.building() as folder:
    (folder / "half").write_text("written")
    print("ready", flush=True)
    time.sleep(600)
"""


def test_nothing_published_is_a_clear_error(library: Library) -> None:
    """It names the library and the command to run."""
    with pytest.raises(LibraryMissing, match="kb --library test ingest PATH"):
        library.open()


def test_a_published_generation_is_live_and_the_older_ones_stay(library: Library) -> None:
    """The last few can be gone back to, no more."""
    names = [publish(library, a=f"第{i}版") for i in range(KEEP + 2)]
    assert library.current() == names[-1]
    assert library.generations() == tuple(reversed(names[-KEEP:]))
    assert libraries(library.folder.parent) == ("test",)


def test_rolling_back_makes_the_one_before_live(library: Library) -> None:
    """Again goes further back; at the oldest it says so."""
    first, _ = publish(library, a="旧"), publish(library, a="新")
    assert library.roll_back() == first
    assert library.open().document("a").text == "旧"
    with pytest.raises(LibraryMissing, match="no generation before the live one"):
        library.roll_back()


@pytest.mark.parametrize("file", [*FILES, "manifest.json"])
def test_a_flipped_byte_is_refused_by_name_and_the_one_before_serves(
    library: Library, file: str
) -> None:
    """Whatever the file, and a damaged one before that is passed over too."""
    sound, _, damaged = (publish(library, a=text) for text in ("一", "二", "三"))
    for name in library.generations()[:2]:
        flip_a_byte(library.folder / "generations" / name / file)
    with pytest.raises(GenerationCorrupt, match=rf"{damaged}.{file}"):
        library.open()
    assert library.open_sound().name == sound


def test_a_second_writer_is_told_who_holds_the_lock(library: Library, tmp_path: Path) -> None:
    """The message names the process."""
    with run_beside(HOLD_THE_LOCK, str(tmp_path)) as other:
        with pytest.raises(LibraryLocked, match=f"written by process {other.pid}"):
            publish(library, a="二")
        other.kill()


def test_a_writer_killed_midway_leaves_the_library_as_it_was(
    library: Library, tmp_path: Path
) -> None:
    """The next build works and clears what the dead one left."""
    before = publish(library, a="一")
    with run_beside(HOLD_THE_LOCK, str(tmp_path)) as other:
        os.kill(other.pid, signal.SIGKILL)
    assert library.open().name == before
    after = publish(library, a="二")
    assert {p.name for p in (library.folder / "generations").iterdir()} == {before, after}


def test_a_live_library_follows_what_is_published(library: Library) -> None:
    """It answers all the while, and refuses a damaged generation."""
    publish(library, a="一")
    live = LiveLibrary(library, lambda generation: None)
    assert live.generation().document("a").text == "一"
    second = publish(library, a="二")
    wait_until(lambda: live.generation().name == second)
    third = publish(library, a="三")
    flip_a_byte(library.folder / "generations" / third / "store.sqlite")
    live.generation()
    time.sleep(0.2)
    assert live.generation().name == second
    fourth = publish(library, a="四")
    wait_until(lambda: live.generation().name == fourth)


def test_what_does_not_pass_is_never_answered_from(library: Library) -> None:
    """Asked again, a live library does not give the generation that it refused."""
    publish(library, hotel="电话三声内接听")

    def refuse(generation: Generation) -> None:
        raise EncoderMismatch(f"{generation.name}: another encoder")

    live = LiveLibrary(library, refuse)
    for _ in range(2):
        with pytest.raises(EncoderMismatch):
            live.generation()


def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    """A library's name is one plain word."""
    with pytest.raises(InvalidSetting, match=r"'\.\./x'"):
        Library(tmp_path, "../x")


def wait_until(condition: "object") -> None:
    """Wait up to 20 seconds for another thread."""
    assert callable(condition)
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within 20 seconds")
