"""Plain text: exactly the decoded file, carriage returns and all."""

from pathlib import Path

from ingest.readers.encoding import decode
from kb.records import Extract, SourceFile


def read(path: Path, source: SourceFile) -> Extract:
    """Return the whole decoded file, without a byte order mark; raises CorruptSource."""
    decoded = decode(path.read_bytes(), name=source.path)
    return Extract(
        decoded.text,
        encoding=decoded.encoding,
        certainty=decoded.certainty,
        notes=decoded.notes,
    )
