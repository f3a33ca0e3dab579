import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest import isolate
from ingest.isolate import Limits, ReaderProcess
from ingest.readers import read
from kb.errors import CorruptSource, EmptySource, SourceTooLarge
from tests.ingest.readers.reading import FILES, source

WORD = FILES / "hans_libreoffice.docx"


@pytest.fixture(scope="module")
def reader():
    """A process that many tests use."""
    with ReaderProcess() as process:
        yield process


def worker(reader):
    """The id of the worker process."""
    return reader._worker._process.pid


def slow(folder):
    """A file that takes many seconds: each byte of it is decoded in six ways and weighed."""
    path = folder / "a.txt"
    path.write_bytes("客服".encode("gbk") * 10_000_000)
    return path


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(FILES.iterdir())
        if path.suffix not in (".doc", ".xls") and not path.stem.endswith("scanned")
    ],
    ids=lambda path: path.name,
)
def test_a_worker_reads_what_the_readers_read(reader, path):
    """Nothing is lost on the way back."""
    assert reader.read(path, source(path.name)) == read(path, source(path.name))


def test_errors_come_back_as_what_they_are(reader, tmp_path):
    """Class and message; the worker lives on."""
    path = tmp_path / "空.txt"
    path.touch()
    reader.read(WORD, source("a.docx"))
    before = worker(reader)
    with pytest.raises(EmptySource, match=r"^空\.txt: the file has no bytes"):
        reader.read(path, source("空.txt"))
    assert worker(reader) == before


def test_threads_share_a_worker(reader):
    """Each gets its own answer."""
    paths = sorted(FILES.glob("*.html")) * 5
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda path: reader.read(path, source(path.name)), paths))
    assert found == [read(path, source(path.name)) for path in paths]


def test_the_next_file_is_read_after_one_that_killed_the_worker(reader, tmp_path):
    """The error names the file and how the worker ended."""
    path = slow(tmp_path)
    reader.read(WORD, source("a.docx"))
    killer = threading.Timer(0.5, os.kill, (worker(reader), signal.SIGSEGV))
    killer.start()
    with pytest.raises(CorruptSource, match=r"^a\.txt: .* did not survive it \(SIGSEGV\)"):
        reader.read(path, source("a.txt"))
    assert reader.read(WORD, source("a.docx")).encoding == "docx"


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    """After the limit, not much later; the next one is read."""
    path = slow(tmp_path)
    with ReaderProcess(Limits(seconds=1)) as reader:
        reader.read(FILES / "hant_saved.html", source("a.html"))
        start = time.monotonic()
        with pytest.raises(SourceTooLarge, match=r"^a\.txt: not read within 1 seconds"):
            reader.read(path, source("a.txt"))
        assert time.monotonic() - start < 3
        assert reader.read(FILES / "hant_saved.html", source("a.html")).title


def test_a_file_that_wants_too_much_memory_is_given_up(tmp_path):
    """Text of which six decodings do not fit."""
    with (
        ReaderProcess(Limits(memory=200 << 20)) as reader,
        pytest.raises((SourceTooLarge, CorruptSource), match=r"more than 200 MiB"),
    ):
        reader.read(slow(tmp_path), source("a.txt"))


def test_more_text_than_the_limit_is_refused(tmp_path):
    """So is a file that is larger than the limit before it is opened."""
    path = tmp_path / "a.txt"
    path.write_text("接听" * 1000, encoding="utf-8")
    with (
        ReaderProcess(Limits(characters=1999)) as reader,
        pytest.raises(SourceTooLarge, match="2000 characters of text, more than the 1999"),
    ):
        reader.read(path, source("a.txt"))
    with (
        ReaderProcess(Limits(size=5999)) as reader,
        pytest.raises(SourceTooLarge, match="6000 bytes, more than the 5999"),
    ):
        reader.read(path, source("a.txt"))


def test_signs_of_life_extend_the_time_and_are_counted(monkeypatch):
    """A worker that gives nothing else is given up, and so is one that talks nonsense."""
    # The first answer of a worker is that it has started.
    answers = iter([b'{"done": 0, "total": 9}'] * 22 + [b'{"done": "half"}'])
    monkeypatch.setattr(isolate, "_MOST_SIGNS", 20)
    monkeypatch.setattr(isolate._Worker, "_call", lambda *_: next(answers))
    signs = []
    with ReaderProcess() as reader:
        with pytest.raises(CorruptSource, match=r"^a\.docx: the reader comes to no end"):
            reader.read(WORD, source("a.docx"), lambda *sign: signs.append(sign))
        assert signs == [(0, 9)] * 20
        with pytest.raises(CorruptSource, match=r"^a\.docx: the reader's answer makes no sense"):
            reader.read(WORD, source("a.docx"))


def test_the_worker_ends_with_the_context():
    """It starts with it, to be ready when the first file comes."""
    with ReaderProcess() as reader:
        reader.read(WORD, source("a.docx"))
        pid = worker(reader)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
