"""Weights that ship with the code, small enough to; each file is checked before it is used."""

import hashlib
from pathlib import Path

from kb.errors import EncoderError

ENCODER = "handbook-e5-small@2ac64d57"
"""Name, in a generation's manifest, of the encoder for whose vectors the weights were made."""


def read_shipped(path: Path, sha256: str, remedy: str = "install handbook-kb again") -> bytes:
    """Return what a file holds. Raises EncoderError where it is missing or has another checksum."""
    content = path.read_bytes() if path.is_file() else b""
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise EncoderError(
            f"{path}: its sha256 is {found}, expected {sha256}: the file is missing or damaged; "
            + remedy
        )
    return content
