"""Old Office files and OpenDocument, through LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ingest.readers import docx, pptx, xlsx
from ingest.readers.sniff import sniff
from kb.errors import CorruptSource, UnsupportedFormat
from kb.records import Extract, SourceFile

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 100
_TARGETS = {
    ".doc": ("docx", docx.read),
    ".rtf": ("docx", docx.read),
    ".odt": ("docx", docx.read),
    ".xls": ("xlsx", xlsx.read),
    ".ods": ("xlsx", xlsx.read),
    ".ppt": ("pptx", pptx.read),
    ".odp": ("pptx", pptx.read),
}


def read(path: Path, source: SourceFile) -> Extract:
    """Convert the file to today's format and read that.

    Raises UnsupportedFormat without LibreOffice, and CorruptSource where it makes nothing of it.
    """
    suffix = sniff(path)
    if suffix not in _TARGETS:  # the names of the parts do not tell, but it came here by its name
        suffix = PurePosixPath(source.path).suffix.lower()
    target, reader = _TARGETS[suffix]
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnsupportedFormat(
            f"{source.path}: {suffix} needs LibreOffice, which is not installed; "
            f"install it, or save the file as .{target}"
        )
    with tempfile.TemporaryDirectory() as folder:
        converted = _convert(program, path, Path(folder), suffix, target)
        if converted is None:
            raise CorruptSource(
                f"{source.path}: LibreOffice cannot open it; open it in its program and save it "
                f"as .{target}"
            )
        extract = reader(converted, source)
    return replace(extract, notes=(f"converted from {suffix} by LibreOffice", *extract.notes))


def _convert(program: str, path: Path, folder: Path, suffix: str, target: str) -> Path | None:
    """The converted file, None where there is none."""
    copy = folder / f"source{suffix}"
    shutil.copyfile(path, copy)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",  # so that several can run at once
            *("--headless", "--norestore", "--convert-to", target, "--outdir", str(folder)),
            str(copy),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_SECONDS,
        check=False,
    )
    found = folder / f"source.{target}"
    return found if found.is_file() else None
