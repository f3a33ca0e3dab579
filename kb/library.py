"""A library: a folder of generations, of which one is live.

    indexes/<library>/
      CURRENT            the name of the live generation
      lock               held by the process that writes; names it
      sources/           the files as they came in, by sha256
      embeddings.sqlite  vectors worked out before
      generations/       one folder each; inside `.building` while it is made

A generation is built beside the others, synced, renamed in, and then CURRENT is switched by a
rename of its own: whenever the power goes, the library is either what it was or what it became.
"""

import fcntl
import logging
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kb.errors import GenerationCorrupt, InvalidSetting, LibraryLocked, LibraryMissing
from kb.generation import Generation, sync

KEEP = 5
"""Generations that stay on disk to go back to."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_log = logging.getLogger(__name__)


def libraries(home: Path) -> tuple[str, ...]:
    """Names of the libraries in `home` that have a live generation."""
    return tuple(sorted(current.parent.name for current in home.glob("*/CURRENT")))


class Library:
    """The folder of one library. Opening and publishing are safe beside other processes."""

    def __init__(self, home: Path, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise InvalidSetting(
                f"library {name!r}: a name is 1 to 64 letters, digits, '.', '_' or '-', "
                "beginning with a letter or digit"
            )
        self.name = name
        self.folder = home / name
        self.sources = self.folder / "sources"
        self.embeddings = self.folder / "embeddings.sqlite"
        self._generations = self.folder / "generations"
        self._current = self.folder / "CURRENT"

    def current(self) -> str | None:
        """Name of the live generation, None where nothing was published yet."""
        try:
            return self._current.read_text("utf8").strip()
        except FileNotFoundError:
            return None

    def generations(self) -> tuple[str, ...]:
        """Names of the generations on disk, the newest first."""
        found = self._generations.glob("[!.]*/manifest.json")
        return tuple(sorted((path.parent.name for path in found), reverse=True))

    def open(self, name: str | None = None) -> Generation:
        """Open a generation, the live one unless `name` says another.

        Raises LibraryMissing, GenerationCorrupt.
        """
        name = name or self.current()
        if name is None:
            raise LibraryMissing(
                f"there is no library {self.name!r} in {self.folder.parent}: "
                f"run `kb --library {self.name} ingest PATH` to make it"
            )
        return Generation(self._generations / name, self.sources)

    def open_sound(self) -> Generation:
        """Open the live generation or, where that is damaged, the newest sound one before it.

        Raises LibraryMissing, and GenerationCorrupt where none is sound.
        """
        live = self.current()
        try:
            return self.open(live)
        except GenerationCorrupt as error:
            for name in self.generations():
                if live is not None and name < live:
                    try:
                        older = self.open(name)
                    except GenerationCorrupt as another:
                        _log.error("%s", another)
                        continue
                    _log.error("%s", error)
                    _log.error("serving generation %s instead of %s", name, live)
                    return older
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's write lock.

        Raises LibraryLocked naming the process that has it. The lock goes with its process,
        however that ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a+", encoding="utf8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise LibraryLocked(
                    f"library {self.name!r} is being written by process {file.read().strip()}: "
                    "wait until it has finished, or end it, and try again"
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    @contextmanager
    def building(self) -> Iterator[Path]:
        """An empty folder to write the next generation into; gone afterwards unless published.

        Call it while `writing`. What an interrupted build left behind is cleared first.
        """
        workshop = self._generations / ".building"
        shutil.rmtree(workshop, ignore_errors=True)
        folder = workshop / self._next_name()
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(workshop)

    def publish(self, folder: Path) -> str:
        """Make the generation in a `building` folder the live one, and return its name."""
        folder.rename(self._generations / folder.name)
        sync(self._generations)
        self.switch(folder.name)
        for old in self.generations()[KEEP:]:
            shutil.rmtree(self._generations / old)
        return folder.name

    def switch(self, name: str) -> None:
        """Make generation `name` the live one, in one step."""
        beside = self.folder / ".CURRENT"
        beside.write_text(name + "\n", "utf8")
        sync(beside)
        beside.replace(self._current)
        sync(self.folder)

    def roll_back(self, name: str | None = None) -> str:
        """Make an earlier generation live, the one before the live one unless named.

        Raises LibraryMissing where there is none, GenerationCorrupt where it is damaged.
        """
        with self.writing():
            live = self.current() or ""
            older = [each for each in self.generations() if each < live]
            wanted = name or next(iter(older), None)
            if wanted is None or wanted not in self.generations():
                raise LibraryMissing(
                    f"library {self.name!r} has no generation {wanted or 'before the live one'}: "
                    f"those on disk are {', '.join(self.generations()) or 'none'}"
                )
            self.open(wanted).close()
            self.switch(wanted)
        return wanted

    def keep_source(self, path: Path, sha256: str) -> None:
        """Keep a copy of a source file, named by its checksum."""
        target = self.sources / sha256
        if target.exists():
            return
        self.sources.mkdir(parents=True, exist_ok=True)
        beside = self.sources / f".{sha256}"
        shutil.copyfile(path, beside)
        sync(beside)
        beside.replace(target)

    def _next_name(self) -> str:
        """A name that sorts after every one before it, whatever the clock says."""
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        latest = max(self.generations(), default="")
        return name if name > latest else f"{latest}n"


class LiveLibrary:
    """The library that a server answers from. It follows CURRENT without failing a request.

    A newly published generation is opened by a thread of its own, while requests go on with the
    one before; one that turns out damaged is refused, and the one before stays live.
    """

    def __init__(self, library: Library, check: Callable[[Generation], None]) -> None:
        self._library = library
        self._check = check
        self._lock = threading.Lock()
        self._opened: Generation | None = None
        self._seen: str | None = None
        self._opening: threading.Thread | None = None

    def generation(self) -> Generation:
        """The generation to answer from.

        Raises LibraryMissing, GenerationCorrupt, and what the check given raises.
        """
        current = self._library.current()
        with self._lock:
            if self._opened is None:
                opened = self._library.open_sound()
                self._check(opened)  # first: what does not pass is never answered from
                self._opened, self._seen = opened, current
            elif current not in (None, self._seen):
                self._seen = current
                self._opening = threading.Thread(target=self._follow, args=(current,), daemon=True)
                self._opening.start()
            return self._opened

    def _follow(self, name: str) -> None:
        try:
            fresh = self._library.open(name)
            self._check(fresh)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, the one before stays live
            _log.exception("generation %s cannot be opened, the one before stays live", name)
            return
        with self._lock:
            if self._seen == name:
                self._opened = fresh
