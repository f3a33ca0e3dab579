"""Recognising the text on a picture of a page with rapidocr, which is an extra and works offline.

Scans lie on their side or upside down, and the recogniser then reads nonsense, in a wrong order
and with low scores: a page is turned to where it reads best.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from typing import Any

from PIL import Image

from ingest.readers.ocr_layout import Stretch, lines
from ingest.readers.progress import listener

MOST_PAGES = 200
"""Pages of one file that are recognised."""
LONGEST_SIDE = 2000
"""Pixels of the longer side of a picture that the recogniser looks at."""
MOST_PIXELS = 90_000_000
"""Pixels of a picture that is decoded: an A3 page at 600 dpi has 70 million."""
INSTALL = "`pip install 'handbook-kb[ocr]'`"

_GOOD = 0.9  # score: pages the right way up have more, others around 0.65
_NOTHING = 1e-9

Picture = Image.Image


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a page as they are read, each with the size of its letters in pixels.

    Those in letters of about the usual size have the same size. `certainty` is in 0–1.
    """

    lines: tuple[tuple[str, float], ...] = ()
    certainty: float = 1.0


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None


def recognise(picture: Picture) -> Reading:
    """Read a picture of a page, whichever way up it is."""
    picture = _prepared(picture)
    best = _stretches(picture)
    if _lies_on_its_side(best):
        picture = picture.transpose(Image.Transpose.ROTATE_90)
        best = _stretches(picture)
    if _certainty(best) < _GOOD:
        turned = _stretches(picture.transpose(Image.Transpose.ROTATE_180))
        best = max(best, turned, key=_read_well)
    return Reading(tuple(lines(best)), _certainty(best))


def recognise_each(pictures: Iterable[Picture], total: int) -> Iterator[Reading]:
    """Read the pictures of a file, `total` of them, and tell the listener how far it is."""
    for done, picture in enumerate(pictures):
        listener.get()(done, total)
        yield recognise(picture)
    listener.get()(total, total)


def pages(numbers: Sequence[int]) -> str:
    """Page numbers in words, for a note: `page 3`, `pages 1, 4-6`."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ]
    named = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"{'page' if len(numbers) == 1 else 'pages'} {named}"


@cache
def _engine() -> Any:  # noqa: ANN401 - rapidocr is untyped
    """The recogniser with the models that come with it, on one thread."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # it turns single lines, not the page
            "Global.max_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _prepared(picture: Picture) -> Picture:
    """A copy in colours, on white where it is transparent, no larger than is looked at."""
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode in ("1", "P"):  # these cannot be made smaller without loss
        picture = picture.convert("RGB" if picture.mode == "P" else "L")
    scale = LONGEST_SIDE / max(picture.size)
    if scale < 1:
        width, height = (max(1, round(side * scale)) for side in picture.size)
        picture = picture.resize((width, height), reducing_gap=2.0)
    if picture.mode == "RGBA":
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("RGB")


def _stretches(picture: Picture) -> list[Stretch]:
    found = _engine()(picture)
    if found.txts is None:
        return []
    return [
        Stretch(text, tuple((float(x), float(y)) for x, y in corners), float(score))
        for text, corners, score in zip(found.txts, found.boxes, found.scores, strict=True)
    ]


def _lies_on_its_side(stretches: Sequence[Stretch]) -> bool:
    """Whether most of what was found is higher than wide."""
    return sum(s.height - s.width for s in stretches if len(s.text) > 1) > 0


def _certainty(stretches: Sequence[Stretch]) -> float:
    """The mean score of a character."""
    return _read_well(stretches) / max(_NOTHING, sum(len(s.text) for s in stretches))


def _read_well(stretches: Sequence[Stretch]) -> float:
    """How many characters were read, as far as they can be believed."""
    return sum(len(s.text) * s.score for s in stretches)
