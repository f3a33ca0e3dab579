"""Recognising the text on a picture of a page with rapidocr, which is an extra and works offline.

Scans lie on their side or upside down, and the recogniser then reads nonsense, in a wrong order
and with low scores: a page is turned to where it reads best. What it reads is put in lines by
where it stands, the slant of the scan taken out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import groupby, pairwise
from statistics import fmean, median
from typing import Any
from unicodedata import east_asian_width

from PIL import Image

from ingest.readers.lines import COLUMN
from ingest.readers.progress import listener

MOST_PAGES = 200
"""Pages of one file that are recognised."""
LONGEST_SIDE = 2000
"""Pixels of the longer side of a picture that the recogniser looks at."""
MOST_PIXELS = 90_000_000
"""Pixels of a picture that is decoded: an A3 page at 600 dpi has 70 million."""
INSTALL = "`pip install 'handbook-kb[ocr]'`"

_GOOD = 0.9  # score: pages the right way up have more, others around 0.65
_LARGER = 1.2  # times the size of most: larger letters, and not a looser line
_APART = 2  # characters wide is a gap between columns
_NOTHING = 1e-9

Picture = Image.Image
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that the recogniser saw in one piece.

    The four `corners` are in pixels, from the upper left one clockwise; `score` is in 0–1.
    """

    text: str
    corners: tuple[Point, ...]
    score: float

    @property
    def width(self) -> float:
        """Length of the upper edge."""
        return _distance(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        """Length of the left edge."""
        return _distance(self.corners[0], self.corners[3])

    @property
    def size(self) -> float:
        """Width of a Chinese character, twice that of a letter: steadier than the height."""
        return self.width / sum(1 if east_asian_width(c) in "WF" else 0.5 for c in self.text)

    @property
    def centre(self) -> Point:
        """The middle."""
        return fmean(x for x, _ in self.corners), fmean(y for _, y in self.corners)


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a page from its top, each with the size of its letters in pixels.

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
    return Reading(tuple(_lines(best)), _certainty(best))


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


def _lines(stretches: Sequence[Stretch]) -> Iterator[tuple[str, float]]:
    """What stands side by side in one line, from top to bottom."""
    usual = median(s.size for s in stretches) if stretches else 0.0
    for row in _rows(stretches):
        size = min(s.size for s in row)
        yield _joined(row, usual), size if size > _LARGER * usual else usual


def _joined(row: Sequence[Stretch], usual: float) -> str:
    """The words of a line; what stands far apart are columns."""
    parts = [row[0].text]
    for left, right in pairwise(row):
        gap = right.corners[0][0] - left.corners[1][0]
        parts += (COLUMN if gap > _APART * usual else " ", right.text)
    return "".join(parts)


def _rows(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """The stretches of each line from left to right."""
    slope = median(map(_slope, stretches)) if stretches else 0.0
    rows: list[list[Stretch]] = []
    level = 0.0
    for stretch in sorted(stretches, key=lambda s: _level(s, slope)):
        if not rows or _level(stretch, slope) - level > stretch.height / 2:
            rows.append([])
            level = _level(stretch, slope)
        rows[-1].append(stretch)
    return [sorted(row, key=lambda s: s.centre) for row in rows]


def _level(stretch: Stretch, slope: float) -> float:
    """How far down the page its middle stands, were the scan straight."""
    x, y = stretch.centre
    return y - slope * x


def _slope(stretch: Stretch) -> float:
    """How far the upper edge goes down for each pixel to the right."""
    (left, start), (right, end) = stretch.corners[:2]
    return (end - start) / max(1.0, right - left)


def _distance(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
