"""The pages of a PDF that are pictures: drawn by PDFium, and recognised where that is installed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import pypdfium2
from pypdfium2 import raw as pdfium

from ingest.readers import ocr
from ingest.readers.ocr_lines import recognised_lines
from ingest.readers.pages import Line

_FEWEST_CHARACTERS = 20  # less on a page that is a picture: a stamp, a page number
_MOST_OF_A_PAGE = 0.5  # of its area
_FINEST = 150 / 72  # pixels a point
_WELL = 0.7  # certainty
_INSTALLS = f"{ocr.INSTALL} installs what reads pictures"


@dataclass(frozen=True, slots=True)
class Scans:
    """The lines recognised on pages, by their numbers from 0; the notes say which and how."""

    pages: dict[int, tuple[Line, ...]]
    certainty: float
    notes: tuple[str, ...]


def is_scan(page: pypdfium2.PdfPage, lines: Sequence[Line]) -> bool:
    """Whether a page on which `lines` were found shows more than that."""
    if not lines:
        return next(page.get_objects(max_depth=1), None) is not None
    most = _MOST_OF_A_PAGE * page.get_width() * page.get_height()
    return sum(len(line.text) for line in lines) < _FEWEST_CHARACTERS and any(
        _area(picture) > most for picture in _pictures(page)
    )


def is_read_by_others(page: pypdfium2.PdfPage) -> bool:
    """Whether all of a page's text is invisible: a scanner's program laid it over the picture."""
    modes = {
        pdfium.FPDFTextObj_GetTextRenderMode(text.raw)
        for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=4)
    }
    return modes == {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE}


def recognise(
    document: pypdfium2.PdfDocument, scans: Sequence[int], garbled: Sequence[int] = ()
) -> Scans:
    """Read pages, given by their numbers from 0, up to `ocr.MOST_PAGES` of them.

    `garbled` are those that have a text layer, but one that says nothing.
    """
    numbers = sorted((*scans, *garbled))
    large = [number for number in numbers if _is_too_large(document[number])]
    small = [number for number in numbers if number not in large]
    told = garbled, "a text layer that makes no sense"
    too_large = large, f"not read, a picture of more than {ocr.MOST_PIXELS} pixels"
    if not ocr.is_installed():
        no_text = [n for n in small if n not in garbled], f"no text layer; {_INSTALLS}"
        garbled_only = garbled, f"{told[1]}; {_INSTALLS}"
        return Scans({}, 1.0, tuple(_notes(no_text, garbled_only, too_large)))
    wanted, rest = small[: ocr.MOST_PAGES], small[ocr.MOST_PAGES :]
    drawings = (_drawn(document[number]) for number in wanted)
    readings = dict(zip(wanted, ocr.recognise_each(drawings, len(wanted)), strict=True))
    found = {n: each for n, each in readings.items() if _is_believed(each, garbled=n in garbled)}
    certainty = fmean(each.certainty for each in found.values()) if found else 1.0
    notes = _notes(
        told,
        ([*found], f"recognised in a picture (OCR), certainty {certainty:.2f}"),
        ([n for n in wanted if n not in found], "nothing was recognised on it"),
        (rest, f"not read, beyond the first {ocr.MOST_PAGES} that are pictures; split the file"),
        too_large,
    )
    pages = {number: _lines(document[number], each) for number, each in found.items()}
    return Scans(pages, certainty, tuple(notes))


def _is_believed(reading: ocr.Reading, *, garbled: bool) -> bool:
    """Whether there are words in a reading; it takes the place of a text only if it reads well."""
    return bool(reading.lines) and (not garbled or reading.certainty >= _WELL)


def _notes(*told: tuple[Sequence[int], str]) -> Iterator[str]:
    """What is to be said of each group of pages, from 0, that is not empty."""
    for numbers, note in told:
        if numbers:
            yield f"{ocr.pages([number + 1 for number in numbers])}: {note}"


def _pictures(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    yield from page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)


def _area(picture: pypdfium2.PdfImage) -> float:
    left, bottom, right, top = picture.get_bounds()
    return float((right - left) * (top - bottom))


def _is_too_large(page: pypdfium2.PdfPage) -> bool:
    """Whether drawing the page would decode too large a picture."""
    return any(
        width * height > ocr.MOST_PIXELS
        for width, height in (picture.get_px_size() for picture in _pictures(page))
    )


def _drawn(page: pypdfium2.PdfPage) -> ocr.Picture:
    drawing: ocr.Picture = page.render(scale=_scale(page)).to_pil()
    return drawing


def _scale(page: pypdfium2.PdfPage) -> float:
    """Pixels a point: as fine as the recogniser looks."""
    longest: float = max(page.get_width(), page.get_height())
    return min(_FINEST, ocr.LONGEST_SIDE / longest)


def _lines(page: pypdfium2.PdfPage, reading: ocr.Reading) -> tuple[Line, ...]:
    return tuple(recognised_lines(reading, _scale(page)))
