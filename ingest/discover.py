"""Finding the files to ingest, in folders and in archives, and telling them apart."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

from ingest.unpack import unpack
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
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
UNKNOWN = "application/octet-stream"
_UNWANTED = (".", "~$")  # hidden files, and the locks of Office
_UNWANTED_NAMES = {"Thumbs.db", "desktop.ini", "__MACOSX"}


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files to read, sorted by relative path, each with where it lies.

    `duplicates` are the relative paths of files whose content is that of a file before them,
    `failures` those of files, folders and archives that cannot be opened, each with the reason.
    """

    files: tuple[tuple[Path, SourceFile], ...]
    duplicates: tuple[str, ...]
    failures: tuple[tuple[str, SourceError], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file below one of the given paths: where it lies, its path from there on, its content.

    `origin` is where it came from: that of a member goes on from its archive into it.
    """

    path: Path
    origin: Path
    relative: PurePosixPath
    sha256: str
    size: int


def discover(paths: Sequence[Path], workshop: Path) -> Discovery:
    """Find the files among `paths`; folders and ZIP archives are searched to their bottom.

    A file's path is relative to the folder that was given, its name where the file itself was;
    that of a member goes on from the archive's: `manuals.zip/hotel/desk.docx`. Where that of
    files with different content is the same, the folders above come before it. Archives are
    unpacked into the folder `workshop`, where their members lie until the caller removes it.
    Raises SourceError for one of `paths` that does not exist.
    """
    search = _Search(workshop)
    for path in paths:
        search.add(path)
    files: dict[str, tuple[Path, SourceFile]] = {}
    duplicates = []
    for name, found in sorted(_named(search.found), key=lambda pair: pair[0]):
        if found.sha256 in files:
            duplicates.append(name)
        else:
            files[found.sha256] = found.path, _source(name, found)
    return Discovery(tuple(files.values()), tuple(duplicates), tuple(search.failures))


class _Search:
    """The files found so far, and what cannot be opened."""

    def __init__(self, workshop: Path) -> None:
        self._workshop = workshop
        self._seen: set[Path] = set()
        self.found: list[_Found] = []
        self.failures: list[tuple[str, SourceError]] = []

    def add(self, given: Path) -> None:
        """Search one of the given paths."""
        path = Path(os.path.abspath(given))  # noqa: PTH100 - `resolve` would follow links
        if not os.path.exists(path):  # noqa: PTH110 - the other raises below a closed folder
            raise SourceError(f"{given}: there is no such file or folder; check the path")
        self._place(path, path if path.is_dir() else path.parent)

    def _place(self, path: Path, root: Path) -> None:
        """Take a file, or all below a folder; what cannot be opened is noted."""
        if path in self._seen:
            return
        self._seen.add(path)
        relative = PurePosixPath(path.relative_to(root))
        with self._noting(str(relative) if relative.parts else root.name):
            if path.is_dir():
                self._folder(path, root)
            elif not path.is_file() and path.exists():
                raise SourceError(f"{relative}: neither a file nor a folder; take it out")
            elif path.suffix.lower() == ".zip":
                self._archive(path, relative)
            else:
                self.found.append(_found(path, path, relative))

    @contextmanager
    def _noting(self, name: str) -> Iterator[None]:
        """Note an error inside as the failure of what is called `name`."""
        try:
            yield
        except SourceError as error:
            self.failures.append((name, error))
        except OSError as error:
            message = (
                f"{name}: cannot be opened ({error.strerror}); check that it is there, and its "
                "permissions"
            )
            self.failures.append((name, SourceError(message)))

    def _folder(self, folder: Path, root: Path) -> None:
        """Search a folder; a link out of `root` is told, one to a folder within is nothing new."""
        for path in sorted(folder.iterdir()):
            if _is_unwanted(path.name):
                continue
            if _leads_out(path, root):
                name = str(path.relative_to(root))
                message = f"{name}: a link out of the folder; give what it leads to by its own path"
                self.failures.append((name, SourceError(message)))
            elif not (path.is_symlink() and path.is_dir()):
                self._place(path, root)

    def _archive(self, path: Path, relative: PurePosixPath) -> None:
        unpacked = unpack(path, str(relative), Path(mkdtemp(dir=self._workshop)), _is_unwanted)
        self.failures += unpacked.failures
        self.found += [_found(at, path / name, relative / name) for name, at in unpacked.members]


def _is_unwanted(name: str) -> bool:
    return name.startswith(_UNWANTED) or name in _UNWANTED_NAMES


def _leads_out(path: Path, root: Path) -> bool:
    """Whether `path` is a sound link to what is not below `root`."""
    if not path.is_symlink() or not os.path.exists(path):  # noqa: PTH110 - as above
        return False
    return not path.resolve().is_relative_to(root.resolve())


def _found(path: Path, origin: Path, relative: PurePosixPath) -> _Found:
    """The record of a file, its content hashed piece by piece."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return _Found(path, origin, relative, digest, file.tell())


def _named(found: Sequence[_Found]) -> Iterator[tuple[str, _Found]]:
    """Every file with a path that no other content has."""
    rivals: dict[PurePosixPath, list[_Found]] = defaultdict(list)
    namesakes: dict[str, list[_Found]] = defaultdict(list)
    for file in found:
        rivals[file.relative].append(file)
        namesakes[file.origin.name].append(file)
    for relative, files in rivals.items():
        alike = len({file.sha256 for file in files}) == 1
        for file in files:
            yield str(relative if alike else _apart(file, namesakes[file.origin.name])), file


def _apart(file: _Found, namesakes: Sequence[_Found]) -> PurePosixPath:
    """The file's path with as many of the folders above it as tell it from its namesakes."""
    parts = file.origin.parts
    depth = len(file.relative.parts)
    others = [other.origin.parts for other in namesakes if other is not file]
    while any(parts[-depth:] == other[-depth:] for other in others):
        depth += 1
    return PurePosixPath(*parts[-depth:])


def _source(name: str, found: _Found) -> SourceFile:
    kind = MEDIA_TYPES.get(found.relative.suffix.lower(), UNKNOWN)
    return SourceFile(name, kind, found.sha256, found.size)
