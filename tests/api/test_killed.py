"""`kb ingest` as a process of its own, killed in the middle of its work."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ingest.build import build
from kb.encoder import Encoder
from kb.library import Library
from kb.search import search
from tests.api.server import ROOT

_PROGRAM = "from api.cli import main; main()"


def many(folder: Path) -> Path:
    """Manuals that take some time to read and embed."""
    folder.mkdir()
    for number in range(40):
        lines = (f"{number}号窗口第{line}条：客人等候满{line}分钟须致歉。" for line in range(30))
        (folder / f"{number}.txt").write_text("\n".join(lines), "utf8")
    return folder


def wait_for(happened: Callable[[], bool]) -> None:
    """Look every few milliseconds; a minute is too long."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


def is_gone(pid: int) -> bool:
    """Whether a process has ended, or only waits for somebody to ask how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_killed_ingest_leaves_the_library_as_it_was(
    tmp_path: Path, manuals: Path, encoder: Encoder
) -> None:
    """It answers as before, the reader's process goes too, and the next ingest works."""
    library = Library(tmp_path, "test")
    before = build(library, [manuals], encoder).generation
    folder = many(tmp_path / "many")
    command = [sys.executable, "-c", _PROGRAM, "--home", str(tmp_path), "--library", "test"]
    with subprocess.Popen([*command, "ingest", str(folder)], cwd=ROOT) as doomed:
        wait_for(lambda: any((library.folder / "generations/.building").glob("*/store.sqlite*")))
        time.sleep(0.2)
        children = Path(f"/proc/{doomed.pid}/task/{doomed.pid}/children")
        readers = children.read_text().split() if children.exists() else []
        doomed.kill()
        assert doomed.wait() == -signal.SIGKILL
    wait_for(lambda: all(is_gone(int(pid)) for pid in readers))
    assert library.open().name == before
    assert "三声" in search(library.open(), encoder, "电话响几声要接").hits[0].text
    report = build(library, [folder / "7.txt"], encoder)
    assert sorted(each.path for each in report.documents) == ["7.txt", "hotel.txt", "shop.txt"]
    left = {path.name for path in (library.folder / "generations").iterdir()}
    assert left == {before, report.generation}
