"""Unpacking ZIP archives into files of which we choose the names, within limits.

What an archive says is a claim. No member is written under its own name, so none leads anywhere;
what unpacks to more than the archive's directory says fails its checksum. Links, members with a
password, and archives too deep within the archive are refused one by one, and the others are
unpacked.
"""

import io
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath, PureWindowsPath

from ingest.readers.archive import MOST_BYTES, is_bomb
from ingest.readers.encoding import decode
from kb.errors import (
    CorruptSource,
    EmptySource,
    EncryptedSource,
    SourceError,
    SourceTooLarge,
    UnsupportedFormat,
)

MOST_MEMBERS = 10_000
MOST_LEVELS = 3
_LARGEST_READ = 4 << 20  # bytes; an archive's directory is read in one piece
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without bound
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "cp437")
_SAYS_UTF8 = 0x800
_ENCRYPTED = 0x1
_UNIX = 3
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: version, CRC-32 of the plain name, the name
_CONTROLS = dict.fromkeys((*range(0x20), 0x7F), "\ufffd")
_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz")
# What zipfile is known to raise on damaged archives.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OverflowError, OSError),
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The members by their path within the archive, each with the file that it was unpacked to.

    `failures` are those that were refused, under the archive's name and their own.
    """

    members: tuple[tuple[PurePosixPath, Path], ...]
    failures: tuple[tuple[str, SourceError], ...]


def unpack(path: Path, name: str, folder: Path, is_unwanted: Callable[[str], bool]) -> Unpacked:
    """Unpack the archive at `path`, which is called `name`, into an empty `folder`.

    ZIP archives in it are unpacked as well, down to `MOST_LEVELS`: a member of theirs is called
    `inner.zip/desk.txt`. The limits hold for all of them together. Members below a folder whose
    name `is_unwanted`, or called so themselves, are left out. Raises CorruptSource, EmptySource,
    SourceTooLarge where the archive as a whole is refused.
    """
    unpacking = _Unpacking(folder, is_unwanted)
    unpacking.archive(path, name, PurePosixPath(), level=1)
    return Unpacked(tuple(unpacking.members.items()), tuple(unpacking.failures))


class _Unpacking:
    """What was unpacked so far, of how many members and bytes in archives of all levels."""

    def __init__(self, folder: Path, is_unwanted: Callable[[str], bool]) -> None:
        self._folder = folder
        self._is_unwanted = is_unwanted
        self._numbers = count()
        self._said = (0, 0)
        self.members: dict[PurePosixPath, Path] = {}
        self.failures: list[tuple[str, SourceError]] = []

    def archive(self, path: Path, name: str, base: PurePosixPath, *, level: int) -> None:
        """Unpack the archive at `path`; the paths of its members go on from `base`."""
        before = len(self.members) + len(self.failures)
        with _opened(path, name) as archive:
            self._said = _within_limits(archive, name, *self._said)
            for info, inner in _members(archive, name):
                parts = PurePosixPath(inner).parts
                if inner.endswith("/") or any(self._is_unwanted(p) for p in parts if p != ".."):
                    continue
                try:
                    self._member(
                        archive, info, f"{name}/{inner}", base, PurePosixPath(inner), level
                    )
                except SourceError as error:
                    self.failures.append((f"{name}/{inner}", error))
        if len(self.members) + len(self.failures) == before:
            raise EmptySource(f"{name}: there is no file in the archive; take it out")

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        place: str,
        base: PurePosixPath,
        inner: PurePosixPath,
        level: int,
    ) -> None:
        """Unpack a member; where it is an archive, its members."""
        _check(info, place, inner)
        relative = base / inner
        if relative in self.members:
            raise CorruptSource(f"{place}: the second of this name in the archive; pack it again")
        is_archive = relative.suffix.lower() == ".zip"
        if is_archive and level == MOST_LEVELS:
            raise SourceTooLarge(
                f"{place}: archives within archives, more than {MOST_LEVELS} deep; give it unpacked"
            )
        target = _write(archive, info, place, self._folder / str(next(self._numbers)))
        if is_archive:
            self.archive(target, place, relative, level=level + 1)
            target.unlink()
        else:
            self.members[relative] = target


class _Frugal(io.FileIO):
    """A file that is not read in large pieces, whatever an archive says of its directory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            size = os.fstat(self.fileno()).st_size - self.tell()
        if size > _LARGEST_READ:
            raise SourceTooLarge(
                f"the archive's directory is larger than the {_LARGEST_READ} bytes that are read"
            )
        return super().read(size)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive, its directory read within the limit."""
    with _Frugal(path) as file:
        try:
            archive = zipfile.ZipFile(file)
        except SourceTooLarge as error:
            raise SourceTooLarge(f"{name}: {error}; split it") from error
        except _DAMAGE as error:
            raise CorruptSource(
                f"{name}: not a ZIP archive that can be opened ({error}); pack it again, or give "
                "its files unpacked"
            ) from error
        with archive:
            yield archive


def _within_limits(
    archive: zipfile.ZipFile, name: str, members: int, total: int
) -> tuple[int, int]:
    """Members and bytes with those of an archive, before it is unpacked, added to them."""
    infos = archive.infolist()
    members += len(infos)
    if members > MOST_MEMBERS:
        raise SourceTooLarge(
            f"{name}: {members} members, more than the {MOST_MEMBERS} that are read; split it"
        )
    total += sum(info.file_size for info in infos)
    if total > MOST_BYTES:
        raise SourceTooLarge(
            f"{name}: unpacks to {total} bytes, more than the {MOST_BYTES} that are read; split it"
        )
    return members, total


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """The members and their names, with `/` between folders; a folder's own name ends with it."""
    infos = archive.infolist()
    for info, stated in zip(infos, _names(infos, name), strict=True):
        yield info, stated.replace("\\", "/").translate(_CONTROLS)


def _names(infos: Sequence[zipfile.ZipInfo], name: str) -> Iterator[str]:
    """The names decoded: those that do not say how they are written are all in one encoding."""
    stated = [_stated(info) for info in infos]
    plain = [_plain(info) for info, known in zip(infos, stated, strict=True) if known is None]
    decoded = iter(decode(b"\n".join(plain), name=name, candidates=_ENCODINGS).text.split("\n"))
    for known in stated:
        yield next(decoded) if known is None else known


def _plain(info: zipfile.ZipInfo) -> bytes:
    """A name's bytes, which zipfile takes for code page 437; no encoding has a line feed in one."""
    return info.orig_filename.encode("cp437").replace(b"\n", b"\x7f")


def _stated(info: zipfile.ZipInfo) -> str | None:
    """The name of a member that says that it is in UTF-8, in either of two ways."""
    if info.flag_bits & _SAYS_UTF8:
        return info.orig_filename
    extra = info.extra
    while len(extra) >= 4:
        kind, length = (int.from_bytes(extra[at : at + 2], "little") for at in (0, 2))
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and field[1:5] == zlib.crc32(_plain(info)).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
    return None


def _check(info: zipfile.ZipInfo, place: str, relative: PurePosixPath) -> None:
    """Raise the SourceError for which a member is not to be unpacked."""
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    if not relative.parts or ".." in relative.parts or _is_absolute(relative):
        raise CorruptSource(f"{place}: its name leads out of the archive; pack it again")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise UnsupportedFormat(f"{place}: a link or a device; pack the file itself")
    if relative.suffix.lower() in _ARCHIVES:
        raise UnsupportedFormat(f"{place}: an archive in an archive; give it unpacked")
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedSource(f"{place}: wants a password; pack it again without")
    if info.compress_type not in _METHODS:
        raise UnsupportedFormat(
            f"{place}: packed by method {info.compress_type}, known are {_METHODS}; pack it as a "
            "plain ZIP archive"
        )
    if is_bomb(info):
        raise SourceTooLarge(
            f"{place}: unpacks from {info.compress_size} to {info.file_size} bytes, which is out "
            "of all proportion; take it out"
        )


def _is_absolute(path: PurePosixPath) -> bool:
    return path.is_absolute() or PureWindowsPath(str(path)).is_absolute()


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, target: Path) -> Path:
    """Unpack a member to `target`, which is returned."""
    try:
        with archive.open(info) as packed, target.open("xb") as file:
            shutil.copyfileobj(packed, file)
    except _DAMAGE as error:
        raise CorruptSource(f"{place}: damaged in the archive ({error}); pack it again") from error
    return target
