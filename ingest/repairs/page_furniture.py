"""Headers, footers and page numbers: what repeats from page to page.

Where the format knows its pages, lines at their edges are compared, with digits masked. Where
pages have run together into one text, a running header is a phrase that keeps coming back with
a growing page number before it, or at the start of most lines. It leaves a line break behind,
because it stood between two pages.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.repairs.characters import HAN, TERMINAL
from ingest.repairs.draft import Draft
from kb.records import Edit, Span

EDGE_LINES = 3
"""How many lines at the top and at the bottom of a page may be furniture."""
_LONGEST_LINE = 80

_DIGITS = re.compile(r"\d+")
_NUMERALS = re.compile(r"[一二三四五六七八九十百]+")
_PAGE_NUMBER = re.compile(
    r"\s*[-–—·~\[(（第]*\s*(?:page|p\.)?\s*[#N]\s*(?:(?:/|of|共|,|，|頁|页|之|\s)\s*)*[#N]?\s*"
    r"[-–—·~\])）頁页]*\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line near the top or the bottom of a page; `shape` is its text with digits masked."""

    page: int
    span: Span
    shape: str


def headers_and_footers(draft: Draft) -> Iterator[Edit]:
    """Drop the lines at the edges of pages that come back on most or on every other page."""
    pages = [page for page in draft.pages if page.start < page.end]
    if len(pages) < 2:
        return
    lines = [line for number, page in enumerate(pages) for line in _edge_lines(draft, number, page)]
    on_pages = Counter(shape for shape, _ in {(line.shape, line.page) for line in lines})
    needed = max(3, 0.4 * len(pages)) if len(pages) > 2 else 2
    for line in lines:
        numbered = _PAGE_NUMBER.fullmatch(line.shape) is not None
        if on_pages[line.shape] >= (2 if numbered else needed):
            end = line.span.end + (draft.text[line.span.end : line.span.end + 1] == "\n")
            yield Edit(Span(line.span.start, end), "", "page_furniture", 0.9)


def _edge_lines(draft: Draft, number: int, page: Span) -> Iterator[EdgeLine]:
    spans = [
        Span(page.start + match.start(), page.start + match.end())
        for match in re.finditer(r"[^\n]+", page.of(draft.text))
        if match.group().strip()
    ]
    edges = {*spans[:EDGE_LINES], *spans[-EDGE_LINES:]} if len(spans) > 1 else set()
    for span in sorted(edges):
        if len(span.of(draft.text)) <= _LONGEST_LINE and not _in_row(span, draft.rows):
            shape = _NUMERALS.sub("N", _DIGITS.sub("#", span.of(draft.text).strip()))
            yield EdgeLine(number, span, shape)


def _in_row(span: Span, rows: Sequence[Span]) -> bool:
    return any(row.start < span.end and span.start < row.end for row in rows)


MIN_HEADER, MAX_HEADER = 5, 30
_MIN_REPEATS = 5
_LONGEST_STEP = 30
"""Pages between two page numbers that a header has kept."""
_UNITS = "年月日号號时時点點分秒个個名位次天周週条條章节節项項"
_START = re.compile(
    rf"(?:^|(?<=[{TERMINAL}”）)\d]))[ \t]*(?:\d{{1,4}}[ \t]*)?([{HAN}A-Za-z·—-]{{{MIN_HEADER},}})",
    re.MULTILINE,
)
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,4})[ \t]*$")


def running_headers(draft: Draft) -> Iterator[Edit]:
    """Drop a header that has been glued into a text without pages, with its page numbers."""
    text = draft.text
    header = running_header(text)
    if header is None:
        return
    spots = [Span(*match.span()) for match in re.finditer(re.escape(header), text)]
    numbers = [_page_number(text, spot) for spot in spots]
    for spot, number in zip(spots, numbers, strict=True):
        start = number.start if number else spot.start
        yield Edit(Span(start, spot.end), _page_break(text, start, spot.end), "page_furniture", 0.9)
    yield from _stray_numbers(text, spots, numbers)


def running_header(text: str) -> str | None:
    """The phrase that is a running header of `text`, or None.

    It comes back at least five times, each time where a line, a sentence or a page number has
    just ended, and either growing page numbers stand before it or most lines begin with it.
    """
    for phrase in _repeated_starts(text):
        spots = [Span(*match.span()) for match in re.finditer(re.escape(phrase), text)]
        if len(spots) >= _MIN_REPEATS and _is_header(text, spots):
            return phrase
    return None


def _repeated_starts(text: str) -> list[str]:
    """Phrases that many lines or sentences begin with, page numbers aside; most frequent first."""
    heads: Counter[str] = Counter()
    for match in _START.finditer(text):
        words = match.group(1)
        heads.update(words[:size] for size in range(MIN_HEADER, min(MAX_HEADER, len(words)) + 1))
    heads = Counter(
        {head: n for head, n in heads.items() if n >= _MIN_REPEATS and head[0] not in _UNITS}
    )
    best: dict[int, str] = {}
    for head, count in sorted(heads.items()):
        if len(head) > len(best.get(count, "")):
            best[count] = head
    return [best[count] for count in sorted(best, reverse=True)]


def _is_header(text: str, spots: Sequence[Span]) -> bool:
    numbers = [int(n.of(text)) for spot in spots if (n := _page_number(text, spot))]
    growing = sum(0 < b - a <= _LONGEST_STEP for a, b in itertools.pairwise(numbers))
    after_break = sum(_after_break(text, spot) for spot in spots)
    into_text = sum(text[spot.end : spot.end + 1] not in ("", "\n", *TERMINAL) for spot in spots)
    if after_break < 0.9 * len(spots) or into_text < 0.8 * len(spots):
        return False
    return len(numbers) >= 3 and growing >= 0.9 * (len(numbers) - 1)


def _after_break(text: str, spot: Span) -> bool:
    line = text[text.rfind("\n", 0, spot.start) + 1 : spot.start]
    before = line.rstrip(" \t")
    return not before or before != line or before[-1] in f"{TERMINAL}”）)" or before[-1].isdigit()


def _page_number(text: str, spot: Span) -> Span | None:
    match = _NUMBER_BEFORE.search(text, max(0, spot.start - 8), spot.start)
    return Span(match.start(), match.end(1)) if match else None


def _page_break(text: str, start: int, end: int) -> str:
    before = text[max(0, start - 1) : start]
    return "\n" if before not in ("", "\n") and text[end : end + 1] != "\n" else ""


def _stray_numbers(
    text: str, spots: Sequence[Span], numbers: Sequence[Span | None]
) -> Iterator[Edit]:
    """Page numbers that got away from their header: the missing one between its neighbours."""
    for index in range(1, len(spots) - 1):
        before, after = numbers[index - 1], numbers[index + 1]
        if numbers[index] or not before or not after:
            continue
        page = int(before.of(text)) + 1
        if int(after.of(text)) != page + 1:
            continue
        between = re.compile(rf"(?<=[{HAN}]){page} ?(?=[{HAN}])")
        if len(found := list(between.finditer(text, spots[index - 1].end, after.start))) == 1:
            yield Edit(Span(*found[0].span()), "", "page_furniture", 0.8)
