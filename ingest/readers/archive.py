"""Opening the ZIP archives that Office files are, unless they would unpack to too much."""

import zipfile
from pathlib import Path

from kb.errors import CorruptSource, SourceTooLarge

MOST_BYTES = 512 << 20  # of all members, unpacked
_MOST_RATIO = 200  # unpacked to packed, of members too large to be harmless
_HARMLESS = 8 << 20  # bytes unpacked


def check_archive(path: Path, name: str) -> None:
    """Raise SourceTooLarge for a ZIP bomb and CorruptSource for a broken archive.

    What the archive's directory says of a member's size is a bound: a member that unpacks to
    more than that fails its checksum.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise CorruptSource(
            f"{name}: the archive that the file is cannot be opened ({error}); save it again"
        ) from error
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES or any(map(is_bomb, members)):
        raise SourceTooLarge(
            f"{name}: unpacks to {total} bytes, more than {MOST_BYTES} or out of all proportion "
            f"to its own {path.stat().st_size}; take large pictures out and save it again"
        )


def is_bomb(member: zipfile.ZipInfo) -> bool:
    """Whether a member that is not small unpacks to a multiple that no document does."""
    return member.file_size > _HARMLESS and member.file_size > _MOST_RATIO * member.compress_size
