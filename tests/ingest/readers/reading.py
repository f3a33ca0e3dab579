"""Reading a file for a test, and checking what every extract has to keep."""

import shutil
from pathlib import Path

import pytest

from ingest.readers import read
from kb.records import Extract, SourceFile

FILES = Path(__file__).parent / "files"


needs_libreoffice = pytest.mark.skipif(
    not any(map(shutil.which, ("soffice", "libreoffice"))), reason="LibreOffice is not installed"
)


def source(name: str) -> SourceFile:
    """A source file of which only the name matters."""
    return SourceFile(name, "", "", 0)


def extract(path: Path) -> Extract:
    """What the file at `path` is read as; its spans lie in order within the raw text."""
    found = read(path, source(path.name))
    for spans in ([b.span for b in found.blocks], found.furniture, [p.span for p in found.pages]):
        assert list(spans) == sorted(spans)
        assert all(0 <= span.start <= span.end <= len(found.raw) for span in spans)
    assert all(block.span.of(found.raw).strip() for block in found.blocks)
    return found


def lines(found: Extract) -> list[tuple[str, str]]:
    """Kind and words of each block; a heading's kind has its level, a header row's a star."""
    return [
        (f"{b.kind}{b.level or ''}{'*' if b.header else ''}", b.span.of(found.raw))
        for b in found.blocks
    ]
