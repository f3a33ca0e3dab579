"""Unpacking ZIP archives into files of which we choose the names, within limits.

What an archive says is a claim. No member is written under its own name, so none leads anywhere;
what unpacks to more than the archive's directory says fails its checksum. Links, members with a
password, and archives within the archive are refused one by one, and the others are unpacked.
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
_LARGEST_READ = 4 << 20  # bytes; an archive's directory is read in one piece
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without bound
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "cp437")
_SAYS_UTF8 = 0x800
_ENCRYPTED = 0x1
_UNIX = 3
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: version, CRC-32 of the plain name, the name
_CONTROLS = dict.fromkeys((*range(0x20), 0x7F), "\ufffd")
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
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

    Members below a folder whose name `is_unwanted`, or called so themselves, are left out.
    Raises CorruptSource, EmptySource, SourceTooLarge where the archive as a whole is refused.
    """
    members: dict[PurePosixPath, Path] = {}
    failures = []
    with _opened(path, name) as archive:
        for number, (info, inner) in enumerate(_members(archive, name)):
            relative, place = PurePosixPath(inner), f"{name}/{inner}"
            if inner.endswith("/") or any(is_unwanted(p) for p in relative.parts if p != ".."):
                continue
            try:
                _check(info, place, relative, known=relative in members)
                members[relative] = _write(archive, info, place, folder / str(number))
            except SourceError as error:
                failures.append((place, error))
    if not members and not failures:
        raise EmptySource(f"{name}: there is no file in the archive; take it out")
    return Unpacked(tuple(members.items()), tuple(failures))


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
    """The archive, once its directory is known to keep within the limits."""
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
            yield _within_limits(archive, name)


def _within_limits(archive: zipfile.ZipFile, name: str) -> zipfile.ZipFile:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise SourceTooLarge(
            f"{name}: {len(infos)} members, more than the {MOST_MEMBERS} that are read; split it"
        )
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES:
        raise SourceTooLarge(
            f"{name}: unpacks to {total} bytes, more than the {MOST_BYTES} that are read; split it"
        )
    return archive


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


def _check(info: zipfile.ZipInfo, place: str, relative: PurePosixPath, *, known: bool) -> None:
    """Raise the SourceError for which a member is not to be unpacked."""
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    if not relative.parts or ".." in relative.parts or _is_absolute(relative):
        raise CorruptSource(f"{place}: its name leads out of the archive; pack it again")
    if known:
        raise CorruptSource(f"{place}: the second of this name in the archive; pack it again")
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
