"""Pictures of pages: PNG, JPEG and TIFF, one page for each picture in the file."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import fmean

from PIL import Image, ImageSequence

from ingest.readers import ocr
from ingest.readers.ocr_lines import recognised_lines
from ingest.readers.pages import put_together
from kb.errors import CorruptSource, SourceTooLarge, UnsupportedFormat
from kb.records import RECOGNISED, Extract, Mark, SourceFile

_FORMATS = ("PNG", "JPEG", "TIFF")
# What Pillow is known to raise on damaged pictures.
_DAMAGE = (OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError, EOFError)


def read(path: Path, source: SourceFile) -> Extract:
    """Return what is recognised on the pictures.

    Raises UnsupportedFormat without the extra, CorruptSource, and SourceTooLarge for a picture of
    more than `ocr.MOST_PIXELS`, before it is decoded.
    """
    if not ocr.is_installed():
        raise UnsupportedFormat(
            f"{source.path}: a picture, and what reads those is not installed; {ocr.INSTALL} "
            "installs it"
        )
    with _opened(path, source.path) as picture:
        total = getattr(picture, "n_frames", 1)
        frames = islice(_frames(picture, source.path), ocr.MOST_PAGES)
        readings = list(ocr.recognise_each(frames, min(total, ocr.MOST_PAGES)))
    extract = put_together([list(recognised_lines(each)) for each in readings])
    certainty = fmean(each.certainty for each in readings)
    return replace(
        extract,
        encoding="ocr",
        certainty=certainty,
        notes=_notes(total, certainty),
        marks=tuple(Mark(page.span, RECOGNISED) for page in extract.pages),
    )


def _notes(total: int, certainty: float) -> tuple[str, ...]:
    told = f"recognised in a picture (OCR), certainty {certainty:.2f}"
    if total <= ocr.MOST_PAGES:
        return (told,)
    return told, f"only the first {ocr.MOST_PAGES} of {total} pictures were read; split the file"


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Image.Image]:
    """The picture, not decoded yet; what goes wrong with it is named."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd tags, and of sizes that are checked below
            with Image.open(path, formats=_FORMATS) as picture:
                yield picture
    except Image.DecompressionBombError as error:  # Pillow's own limit, which is higher
        raise _too_large(name) from error
    except _DAMAGE as error:
        raise CorruptSource(
            f"{name}: not a picture that can be opened ({error}); save it again"
        ) from error


def _frames(picture: Image.Image, name: str) -> Iterator[Image.Image]:
    """Each picture in the file, its size checked before it is decoded."""
    for frame in ImageSequence.Iterator(picture):
        width, height = frame.size
        if width * height > ocr.MOST_PIXELS:
            raise _too_large(name)
        frame.draft("RGB", (ocr.LONGEST_SIDE, ocr.LONGEST_SIDE))  # a JPEG is decoded smaller
        yield frame


def _too_large(name: str) -> SourceTooLarge:
    return SourceTooLarge(
        f"{name}: a picture of more than the {ocr.MOST_PIXELS} pixels that are decoded; make it "
        "smaller"
    )
