"""Finding the files to ingest, and telling them apart."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb.errors import SourceError
from kb.records import SourceFile

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
UNKNOWN = "application/octet-stream"
_UNWANTED = (".", "~$")  # hidden files, and the locks of Office
_UNWANTED_NAMES = {"Thumbs.db", "desktop.ini", "__MACOSX"}


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files to read, sorted by relative path, each with where it lies.

    `duplicates` are the relative paths of files whose content is that of a file before them.
    """

    files: tuple[tuple[Path, SourceFile], ...]
    duplicates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file below one of the given paths: where it lies, its path from there on, its content."""

    path: Path
    relative: PurePosixPath
    sha256: str
    size: int


def discover(paths: Sequence[Path]) -> Discovery:
    """Find the files among `paths`; folders are searched to their bottom.

    A file's path is relative to the folder that was given, its name where the file itself was.
    Where that of files with different content is the same, the folders above come before it.
    Raises SourceError for a path that does not exist and for a file that cannot be opened.
    """
    places = {path: root for given in paths for path, root in _search(given)}
    named = sorted(
        _named([_found(path, root) for path, root in places.items()]), key=lambda pair: pair[0]
    )
    files: dict[str, tuple[Path, SourceFile]] = {}
    duplicates = []
    for name, found in named:
        if found.sha256 in files:
            duplicates.append(name)
        else:
            files[found.sha256] = found.path, _source(name, found)
    return Discovery(tuple(files.values()), tuple(duplicates))


def _search(given: Path) -> Iterator[tuple[Path, Path]]:
    """The files to take, and the folder that their relative paths begin at; both absolute."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 - `resolve` would follow links
    if path.is_file():
        yield path, path.parent
    elif path.is_dir():
        yield from ((file, path) for file in _walk(path, path.resolve()))
    else:
        raise SourceError(f"{given}: there is no such file or folder; check the path")


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    """The files below `folder`; a link to a folder, or out of `root`, is not followed."""
    for path in folder.iterdir():
        if path.name.startswith(_UNWANTED) or path.name in _UNWANTED_NAMES:
            continue
        if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(root)):
            continue
        if path.is_dir():
            yield from _walk(path, root)
        elif path.is_file():
            yield path


def _found(path: Path, root: Path) -> _Found:
    """The record of a file, its content hashed piece by piece."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be opened ({error.strerror}); check its permissions"
        ) from error
    return _Found(path, PurePosixPath(path.relative_to(root)), digest, size)


def _named(found: Sequence[_Found]) -> Iterator[tuple[str, _Found]]:
    """Every file with a path that no other content has."""
    rivals: dict[PurePosixPath, list[_Found]] = defaultdict(list)
    for file in found:
        rivals[file.relative].append(file)
    for relative, files in rivals.items():
        alike = len({file.sha256 for file in files}) == 1
        for file in files:
            yield str(relative if alike else _apart(file, found)), file


def _apart(file: _Found, found: Sequence[_Found]) -> PurePosixPath:
    """The file's path with as many of the folders above it as tell it from all others."""
    parts = file.path.parts
    depth = len(file.relative.parts)
    others = [other.path.parts for other in found if other is not file]
    while any(parts[-depth:] == other[-depth:] for other in others):
        depth += 1
    return PurePosixPath(*parts[-depth:])


def _source(name: str, found: _Found) -> SourceFile:
    kind = MEDIA_TYPES.get(found.relative.suffix.lower(), UNKNOWN)
    return SourceFile(name, kind, found.sha256, found.size)
