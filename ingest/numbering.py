"""Finds the numbers that begin headings, clauses and list items, also inside a flattened line.

A scraped file often lost its line breaks, so a number may stand anywhere in a line. What looks
like a number is only believed where it continues a sequence (1, 2, 3 …) or begins one; at the
head of a line its place is evidence enough. Numbers of a table of contents are left out.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.fold import fold
from kb.records import Span

BULLET = "bullet"
UNITS = ("篇", "编", "部分", "章", "节", "条", "步")
WORDS = ("part", "appendix", "chapter", "module", "unit", "section", "article", "step")

_HAN = "零〇一二三四五六七八九十百"
_BULLETS = "●•◆◇■□▪▲►★☆※·○‣⁃*–—-"
_GAP = "[ \t]{0,2}"
_PATTERNS = {
    "unit": rf"第{_GAP}(?:[{_HAN}]{{1,4}}|\d{{1,3}}){_GAP}(?:部分|[篇编章节条步])(?:{_GAP}[、:.])?",
    "篇": rf"篇(?:[{_HAN}]{{1,2}}|\d{{1,2}}){_GAP}:",
    "word": rf"\b(?:{'|'.join(WORDS)}) {{1,2}}"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivx]{1,5}|[a-h])\b"
    rf"(?:{_GAP}[.:)–—-](?!\d))?",
    "(一)": rf"\({_GAP}[{_HAN}]{{1,3}}{_GAP}\)(?:{_GAP}[、.:])?",
    "(1)": rf"\({_GAP}\d{{1,2}}{_GAP}\)(?:{_GAP}[、.:])?",
    "(a)": rf"\({_GAP}[a-h]{_GAP}\)",
    "一、": rf"[{_HAN}]{{1,3}}{_GAP}[、.:]",
    "1.1": r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,4}(?![\d.%])[.、]?",
    "1.": rf"(?<![\d./-])(?<!\d:)\d{{1,2}}{_GAP}\.+(?!\d)",
    "1、": rf"(?<![\d./、-])(?<!\d:)\d{{1,2}}{_GAP}、(?!\d)",
    "1)": rf"(?<![\d(.])\d{{1,2}}{_GAP}\)",
    "a.": r"(?<![a-z\d])[a-h][.、)](?![a-z])",
    "1": rf"(?<![\d.])\d{{1,2}}(?![\d.:、)/%-]){_GAP}",
    "①": "[①-⑳⑴-⒇]",
    BULLET: rf"[{_BULLETS}][ \t]*",
}
# What any of them begins with: most characters begin none, which is seen at once so.
_FIRST = rf"(?=[第篇(\d{_HAN}a-hmpsu①-⑳⑴-⒇{_BULLETS}])"
_ANY = "|".join(f"(?P<k{i}>{pattern})" for i, pattern in enumerate(_PATTERNS.values()))
_PATTERN = re.compile(f"{_FIRST}(?:{_ANY})")
_KINDS = {f"k{i}": kind for i, kind in enumerate(_PATTERNS)}

# More than an ellipsis, and nothing but a page number after it: the leader of a contents list.
_LEADER = re.compile(r"(?:…{3,}|[.·_]{5,}|(?:[.·] ){4,}[.·]?)[ \t.…]*\d{0,4}[ \t]*$")
_CLOSERS = "。．.!?;:,，、”’」』)】》〉]\"'…~"
_NO_NUMBER_AFTER = "第周期初十百统唯万之其某任同单专逐每进这那见照据按依在与和及或至到"
_MEASURE = re.compile(
    r"[ \t]*(?:[%‰元度℃倍]|小?时|分|厘米|公分|公?斤|米|秒|年|月|日|天|个|次|am\b|pm\b)"
)
_HAN_LETTER = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CIRCLED = re.compile(_PATTERNS["①"])
_FAR = 4000  # code points: a number farther than this from the last does not continue it
_DEEPEST = 4  # lists of one kind within one another
_LONGEST_ENTRY = 80  # code points of a line of a contents list, its leader included


@dataclass(frozen=True, slots=True)
class Marker:
    """A number or bullet at the head of a heading or a list item.

    `kind` shows how it is written: "章", "chapter", "一、", "(1)", "1.1" … `number` is (2, 3)
    for 2.3 and empty for a bullet. `span` covers it with its delimiters. `leads` says that it
    is the first thing of its line, `glued` that it stands right behind a word.
    """

    kind: str
    number: tuple[int, ...]
    span: Span
    leads: bool
    glued: bool = False


def follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether `number` comes right after `last`, as 3 after 2 and 1.2 after 1.1."""
    return bool(last) and number == (*last[:-1], last[-1] + 1)


def markers(text: str) -> tuple[Marker, ...]:
    """Return the believable numbers and bullets of `text`, in order, in linear time."""
    candidates = list(_candidates(text))
    series: defaultdict[str, list[Marker]] = defaultdict(list)
    for marker in candidates:
        series["1." if marker.kind == "1" else marker.kind].append(marker)
    kept = {marker.span for one in series.values() for marker in _sequence(one)}
    return tuple(
        replace(marker, kind="1.") if marker.kind == "1" else marker
        for marker in candidates
        if marker.span in kept
    )


def _candidates(text: str) -> Iterator[Marker]:
    """All that looks like a number and stands where one may stand."""
    offset = 0
    for line in _folded(text).split("\n"):
        yield from _of_line(line, offset)
        offset += len(line) + 1


def _folded(text: str) -> str:
    """The search form, but with circled numbers left as they are: it makes plain digits of them."""
    folded, parts, cursor = fold(text), list[str](), 0
    for circled in _CIRCLED.finditer(text):
        parts += [folded[cursor : circled.start()], circled[0]]
        cursor = circled.end()
    return "".join([*parts, folded[cursor:]])


def _of_line(line: str, offset: int) -> Iterator[Marker]:
    first, ended = len(line) - len(line.lstrip(" \t\u3000#>")), len(line.rstrip())
    found = list(_PATTERN.finditer(line))
    borders = [*(match.start() for match in found[1:]), len(line)]
    for match, border in zip(found, borders, strict=False):
        kind, leads = _kind(match), match.start() <= first
        if not _placed(kind, match, leads=leads) or _is_entry(line[match.start() : border]):
            continue
        if not leads and match.end() == ended:
            continue  # nothing comes after it: 范本(一)
        number = _number(kind, match[0])
        span = Span(offset + match.start(), offset + match.end())
        kind = f"1.1/{len(number)}" if kind == "1.1" else kind
        yield Marker(kind, number, span, leads, not leads and not _closed(match))


def _is_entry(words: str) -> bool:
    """Whether these words are a line of a contents list."""
    tail = words[-_LONGEST_ENTRY:]
    return (leader := _LEADER.search(tail)) is not None and (
        len(words) <= _LONGEST_ENTRY or leader.start() == 0
    )


def _kind(match: re.Match[str]) -> str:
    kind = _KINDS[match.lastgroup or ""]
    if kind == "unit":
        return next(unit for unit in UNITS if unit in match[0])
    if kind == "word":
        return match[0].split()[0]
    return kind


def _placed(kind: str, match: re.Match[str], *, leads: bool) -> bool:
    """Whether a number of this kind may stand where this one stands."""
    line, start, end = match.string, match.start(), match.end()
    before, after = line[start - 1 : start], line[end : end + 8]
    if kind in {"1.1", "1"} and _MEASURE.match(after):
        return False
    if kind == "1":  # without a delimiter, only "2 Scope" and "2熟悉" can be meant
        return leads and _HAN_LETTER.match(after) is not None
    if leads:
        return kind != BULLET or after.strip() != ""
    closed = _closed(match)
    if kind == BULLET:
        return _is_inline_bullet(match, closed=closed)
    if kind in {"1.1", *WORDS}:
        return closed
    if kind == "一、":
        return match[0][-1] == "、" and before not in _NO_NUMBER_AFTER
    return closed or (_HAN_LETTER.match(before) is not None and before not in _NO_NUMBER_AFTER)


def _closed(match: re.Match[str]) -> bool:
    """Whether something ends right before this number: a sentence, a bracket, a word by a blank."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    return before.isspace() or before in _CLOSERS


def _is_inline_bullet(match: re.Match[str], *, closed: bool) -> bool:
    bullet, before = match[0], match.string[max(0, match.start() - 1) : match.start()]
    if bullet[0] in "-–":
        return bullet[-1].isspace() and (closed or _HAN_LETTER.match(before) is not None)
    return bullet[0] in "●•◆◇■□▪▲►★☆‣⁃"


def _number(kind: str, words: str) -> tuple[int, ...]:
    if kind == BULLET:
        return ()
    if kind == "①":
        return (int(unicodedata.numeric(words)),)
    if digits := re.findall(r"\d+", words):
        return tuple(map(int, digits))
    if han := re.search(f"[{_HAN}]+", words):
        return (_from_han(han[0]),)
    letters = re.findall(r"\b[a-z]{1,5}\b", words)
    return (_from_letters(letters[-1]),)


def _from_han(words: str) -> int:
    """Value of a Chinese numeral below 1000; digits in a row (一〇三) are read one by one."""
    total, digit = 0, 0
    for char in words:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + "零一二三四五六七八九".find(char.replace("〇", "零"))
    return total + digit


def _from_letters(words: str) -> int:
    """Value of a letter of the alphabet, or of a small Roman numeral."""
    roman = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
    return roman.index(words) + 1 if words in roman else ord(words[0]) - ord("a") + 1


def _sequence(series: Sequence[Marker]) -> Iterator[Marker]:
    """Those markers of one kind that lead their line, or continue or begin a sequence."""
    open_lists: list[Marker] = []  # the last number of each, the innermost list at the end
    coming = _next_leading(series)
    for i, marker in enumerate(series):
        depth = _continued(marker, open_lists)
        if depth is None and not _begins(marker, series[i + 1 : i + 2]):
            continue
        if depth is not None and _is_mention(marker, coming[i]):
            continue
        del open_lists[len(open_lists) if depth is None else depth :]
        open_lists = [*open_lists[-_DEEPEST:], marker]
        yield marker


def _next_leading(series: Sequence[Marker]) -> list[Marker | None]:
    """For each marker the next one of the series that leads its line."""
    coming: list[Marker | None] = []
    following: Marker | None = None
    for marker in reversed(series):
        coming.append(following)
        following = marker if marker.leads else following
    return coming[::-1]


def _continued(marker: Marker, open_lists: Sequence[Marker]) -> int | None:
    """Which of the open lists `marker` goes on with; bullets go on with any."""
    for depth in range(len(open_lists) - 1, -1, -1):
        last = open_lists[depth]
        if marker.span.start - last.span.end > _FAR:
            return None
        if follows(marker.number, last.number):
            return depth
    return None


def _begins(marker: Marker, after: Sequence[Marker]) -> bool:
    """Whether a list begins here: at the head of a line, or with 1 where 2 comes next."""
    if marker.kind == BULLET or (marker.leads and marker.kind != "1"):
        return True
    return marker.number[-1] == 1 and any(
        follows(other.number, marker.number) and other.span.start - marker.span.end < _FAR
        for other in after
    )


def _is_mention(marker: Marker, leading: Marker | None) -> bool:
    """Whether a number in the middle of a sentence only points to a line further on."""
    return marker.glued and leading is not None and leading.number == marker.number
