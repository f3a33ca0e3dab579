"""Breaks that a fixed line width put into the middle of sentences and words.

A line break goes where the line was full and the sentence goes on, where the next line begins
with a mark that can begin none, or where a word stands across the break. A blank inside Chinese
goes where it stands at the place of a line break that was turned into a blank, or in a word.
The borders of lists, headings, table rows, columns and of the format's own blocks stay.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ingest.repairs import interleaved_columns, missing_values
from ingest.repairs.broken_words import CONTEXT, GAIN, STOP, word_gain
from ingest.repairs.characters import CLOSING, HAN, TERMINAL, columns, is_han, width
from ingest.repairs.draft import Draft
from kb.records import Edit, Span

NARROWEST, WIDEST = 30, 140
"""Columns between which a fixed line width is believed."""
_RAGGED = 14
_SLACK, _TOLERANCE = 6, 8
_FLUSH = 2

_CANNOT_END = "不勿未"
"""A line that says no has not said to what: these words never end one, however short it is."""

_CANNOT_BEGIN = "，。；：！？”’）》】、,;:!?)]"
_LIST_MARK = re.compile(
    r"\s*(?:[•·●○◆◇■□▪▶►➢√✓*※★☆–—-]|"
    r"第\s*[\d零〇一二三四五六七八九十百]+\s*[章节節条條篇部步编編]|[【\[〔#]|"
    r"[(（【]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z]|[ivxIVX]{1,4})\s*[)）】.．、:：]|"
    r"\d+(?:\.\d+)+|\d{1,2}(?=[^\d年月日天点點时時分秒个個名%％:：,.，。]))"
)
_CLOSERS = re.compile("[”’」』]+[。！？，,]?(?=.)")
_LABEL = re.compile(rf"\s*[{HAN}A-Za-z]{{1,8}}[:：]")
_WORDY = re.compile(r"[A-Za-z0-9]")
_FIRST_WORD = re.compile(r"\s*([A-Za-z0-9'’.,-]+|.)")
_WIDE = rf"{HAN}，。、；：！？·—“”（）《》「」【】"
_BLANK = re.compile(
    rf"(?<=[{_WIDE},;:!?)\d]) (?=[{HAN}“（《])|(?<=[{_WIDE}]) (?=[^\s|])|"
    rf"(?<=[^\s|]) (?=[{_WIDE}])"
)
_EITHER_WIDTH = "“”‘’…—·"
"""Marks that are wide in a Chinese typeface and narrow in a Latin one."""
_DANGLING = re.compile(
    rf"(?<=[，、“‘「『《（]) (?=[{HAN}])|(?<=[{HAN}]) (?=[，。、；：！？”’」』》）])|"
    rf"(?<=[{HAN}]{{2}}) (?=[吗嗎呢吧们們]|的(?![士確确])|了(?![解结結却卻])|您[，。！？,!?])"
)
"""Blanks behind what cannot end a line's part, or before what cannot begin one."""
_SEPARATOR = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_SEPARATORS = 1 / 60
"""More blanks a character between two Chinese ones than this, and they hold columns apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, without the blanks at its ends."""

    text: str
    span: Span


def join_lines(draft: Draft) -> Iterator[Edit]:
    """Join each line with the next where the break between them is a wrap."""
    lines = _lines(draft.text)
    page_width = wrap_width([line.text for line in lines])
    spaced = _double_spaced(draft.text, lines)
    borders, rows = draft.borders, _starts_and_ends(draft.rows)
    halves = _starts_and_ends(interleaved_columns.in_lines(draft.text))
    for line, following in pairwise(lines):
        gap = Span(line.span.end, following.span.start)
        if _bordered(gap, borders) or any(_inside(line.span.start, s) for s in (rows, halves)):
            continue
        if draft.text.count("\n", *gap) > 1 and not spaced:
            continue
        indented = draft.text.endswith(("  ", "\u3000"), 0, gap.end)
        if indented and not line.text[:1].isspace():
            continue
        if line.text[-1] in TERMINAL and (closing := _CLOSERS.match(following.text)):
            broken = Span(gap.start, gap.end + closing.end())
            yield Edit(broken, closing.group() + gap.of(draft.text), "hard_wrap", 0.9)
        elif goes_on(line.text, following.text, page_width):
            yield Edit(gap, _glue(line.text, following.text), "hard_wrap", 0.9)


def _lines(text: str) -> list[Line]:
    found = []
    for match in re.finditer(r"[^\n]+", text):
        if stripped := match.group().strip():
            start = match.start() + match.group().index(stripped)
            found.append(Line(stripped, Span(start, start + len(stripped))))
    return found


def wrap_width(lines: Sequence[str]) -> int:
    """The fixed width (columns) at which `lines` were broken, or 0 where they were not.

    Either many lines are about as wide as the widest, or some are just as wide and none wider:
    lines that nobody broke end anywhere.
    """
    widths = sorted(w for line in lines if (w := width(line)) >= NARROWEST)
    if len(widths) < 5:
        return 0
    if widths[-1] <= WIDEST and widths[-1] - widths[-max(5, len(widths) // 10)] <= _FLUSH:
        return widths[-1]
    widest = widths[int(0.95 * (len(widths) - 1))]
    near = sum(widest - _RAGGED <= w <= widest + 4 for w in widths)
    return widest if widest <= WIDEST and near >= max(4, 0.4 * len(widths)) else 0


def _double_spaced(text: str, lines: Sequence[Line]) -> bool:
    """Whether blank lines stand between nearly all lines, so that they mean nothing."""
    blank = sum(
        text.count("\n", line.span.end, following.span.start) > 1
        for line, following in pairwise(lines)
    )
    return blank >= 0.8 * max(1, len(lines) - 1)


def goes_on(line: str, following: str, page_width: int) -> bool:
    """Whether `following` continues the sentence of `line`; `page_width` is 0 if unknown."""
    last, first = line[-1], following[0]
    if first in _CANNOT_BEGIN and not (first in "、)]" and _LIST_MARK.match(following)):
        return last not in TERMINAL
    if last in TERMINAL or (last in CLOSING and line[-2:-1] in (*TERMINAL, "")):
        return False
    if _LIST_MARK.match(following):
        return False
    if last in _CANNOT_END and is_han(first):
        return True
    if _LABEL.match(following):
        return False
    if page_width and _is_full(line, following, page_width):
        return True
    if last in ",，、" and width(line) >= NARROWEST:
        return first not in "“‘《（(["
    return (
        is_han(last)
        and is_han(first)
        and len(line) >= 10
        and len(following) >= 4
        and (word_gain(line, following) > GAIN)
    )


def _is_full(line: str, following: str, page_width: int) -> bool:
    """Whether the next word would not have fitted on the line any more."""
    first = _FIRST_WORD.match(following)
    needed = width(first.group(1)) if first else 1
    return width(line) + needed + 1 >= page_width - _TOLERANCE


def _glue(line: str, following: str) -> str:
    latin = _WORDY.match(following.lstrip("\"'(“‘")[:1]) and (
        _WORDY.match(line[-1]) or line[-1] in "\",;:.!?)'’”"
    )
    return " " if latin else ""


def join_blanks(draft: Draft) -> Iterator[Edit]:
    """Drop the blanks inside Chinese that stand for a line break, or inside a word."""
    text = draft.text
    lost = {mark.span.start for mark in missing_values.find(text)}
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\n]+", text)]
    blanks = [(start, line, [b.start() for b in _BLANK.finditer(line)]) for start, line in lines]
    page_width = _blank_width(blanks)
    dangling = _dangling(text)
    for start, line, positions in blanks:
        wraps = _wraps(line, positions, page_width) if page_width else set()
        for position in positions:
            at = start + position
            wrapped = position in wraps or at in dangling or _in_word(line, position)
            if wrapped and at not in lost:
                yield Edit(Span(at, at + 1), "", "hard_wrap", 0.9)


def _blank_width(blanks: Sequence[tuple[int, str, list[int]]]) -> int:
    """The width at which lines were broken whose breaks have since become blanks; 0 if none."""
    widths: Counter[int] = Counter()
    for _, line, positions in blanks:
        widths.update(_pieces(line, positions))
    pieces = {w: n for w, n in widths.items() if NARROWEST <= w <= WIDEST}
    if sum(pieces.values()) < 8:
        return 0
    windows = {top: sum(pieces.get(w, 0) for w in range(top - _SLACK, top + 1)) for top in pieces}
    best = max(windows, key=lambda top: (windows[top], -top))
    return best if windows[best] >= max(8, 0.3 * sum(pieces.values())) else 0


def _dangling(text: str) -> frozenset[int]:
    """Blanks that hold nothing apart, in a text that does not set its columns off by blanks."""
    if sum(1 for _ in _SEPARATOR.finditer(text)) > _SEPARATORS * len(text):
        return frozenset()
    return frozenset(match.start() for match in _DANGLING.finditer(text))


def _pieces(line: str, positions: Sequence[int]) -> Iterator[int]:
    """Columns from one blank to the next that is far enough for a line to end there."""
    start = 0
    for position in positions:
        columns_between = width(line[start:position])
        if columns_between >= NARROWEST:
            yield columns_between
            start = position + 1


def _wraps(line: str, positions: Sequence[int], page_width: int) -> set[int]:
    """The blanks that stand a whole number of line widths after the wrap before.

    One alone among other blanks may be the border of a column that happens to stand there: two
    in a row are needed then.
    """
    at = list(accumulate(map(columns, line), initial=0))
    quotes = list(accumulate((char in _EITHER_WIDTH for char in line), initial=0))
    found: set[int] = set()
    chained: set[int] = set()
    start = last = 0
    for position in positions:
        length = at[position] - at[start]
        narrow = length - quotes[position] + quotes[start]
        if _whole_lines(length, page_width) or _whole_lines(narrow, page_width):
            found.add(position)
            if start and start == last:
                chained |= {start - 1, position}
            start = last = position + 1
        elif length > page_width:
            start = position + 1
    others = sum(not _beside_digit(line, position) for position in positions)
    return found if len(found) >= 0.5 * others else chained


def _beside_digit(line: str, position: int) -> bool:
    """Whether a blank may be one that typesetting puts beside numbers."""
    return line[position - 1].isdigit() or line[position + 1].isdigit()


def _whole_lines(length: int, page_width: int) -> bool:
    return any(
        count * (page_width - _SLACK) <= length <= count * page_width + 1 for count in (1, 2, 3)
    )


def _in_word(line: str, position: int) -> bool:
    """Whether a word stands across this blank, in running text rather than between columns."""
    left, right = line[max(0, position - CONTEXT) : position], line[position + 1 :][:CONTEXT]
    if not is_han(left[-1]) or not is_han(right[0]):
        return False
    if len(STOP.split(left)[-1]) < 3 or len(STOP.split(right)[0]) < 3:
        return False
    return word_gain(left, right) > GAIN


def _starts_and_ends(spans: Iterable[Span]) -> tuple[list[int], list[int]]:
    ordered = sorted(spans)
    return [span.start for span in ordered], [span.end for span in ordered]


def _inside(position: int, spans: tuple[list[int], list[int]]) -> bool:
    starts, ends = spans
    index = bisect_left(starts, position + 1) - 1
    return index >= 0 and position < ends[index]


def _bordered(gap: Span, borders: frozenset[int]) -> bool:
    return any(position in borders for position in range(gap.start, gap.end + 1))
