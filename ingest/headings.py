"""Tells which pieces of a document are headings, and how they nest.

A numbered line is a heading where it is short, is no sentence, and something stands below it;
numbered clauses are list items of their section. How deep a kind of number lies is decided for
each document by the order in which the kinds first appear (一、 before （一） before 1.), as in an
outline; 章 and 节 and the levels that the file's format states have their own order.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.members import is_title, says_title
from ingest.numbering import BULLET, follows
from ingest.pieces import Piece, bars, is_han, squeeze, width
from kb.fold import fold

TIERS = ("篇", "part", "编", "部分", "appendix", "module", "unit", "章", "chapter", "节", "section")
PLAIN = "plain"
_OUTLINES = ("一、", "(一)")  # kinds whose title may run into its text
_WIDEST = 30  # a heading is no wider, in Chinese characters
_WIDEST_PLAIN = 22  # nor, without a number, than this
_WIDEST_RUN_IN = 14
_TITLE_LINES = 5  # at the head of a manual, where its title may come several times
_MOST_WORDS = 9  # of a heading without a number, in an alphabet

_STOP = re.compile(r"[。．！!？?；;]|\.(?:\s|$)")
_COMMA = re.compile(r"[，,]")
_TRAILING = re.compile(r"[。．.！!？?；;，,、…]$")
_SPEAKER = re.compile(
    r"(?:问|答|客[户服人]|顾客|买家|卖家|用户|员工|坐席|住户|业主|q|a|question|answer|agent|customer|caller|guest)$"
)
_LEAD_IN = re.compile(
    r"(?:如下|以下|下列|下面|包括|包含|例如|比如|譬如|即|为|是|有|说|讲|道|问|答|请|要|应|注意?|备注|总结|分析|例"
    r"|following|below|follows|includes?|including|are|is|say|says|ask|asks|example|note|notes|to|must|should)$"
)
_OPENER = re.compile(
    r"为了?[^\s]{0,3}(?:规范|加强|提高|确保|保证|进一步|更好)|为了|本(?:制度|规定|规程|办法|规范|手册|公司|章|标准|文)"
    r"|根据|凡是?|对于|由于|如果|当[^\s]{1,12}时"
)
_COLON = re.compile(r"[：:]")
_LABELLED_LIST = re.compile(r"[：:][^：:（(]*、")
_PAUSE = re.compile(r"[。！!？?；;，,：:…]")
_GAP = re.compile(r"(?<=[\u3400-\u9fff])[ \t]+(?=[\u3400-\u9fff])")
_PAGE_NUMBER = re.compile(r"[.…·_\s]*\d{0,4}$")
_CONTENTS = frozenset(("目录", "目次", "contents", "tableofcontents"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: which piece it is, what it says as written, and how deep it lies.

    `kind` is that of its number, "plain" without one, or "h1" … where the format says so.
    """

    piece: int
    kind: str
    number: tuple[int, ...]
    title: str


def headings(pieces: Sequence[Piece], title: str) -> tuple[Heading, ...]:
    """Return the headings among the pieces of the manual called `title`, in order."""
    contents = _contents(pieces)
    candidates = [
        None if i in contents or is_title(piece, title) else piece for i, piece in enumerate(pieces)
    ]
    for i in range(min(_TITLE_LINES, len(pieces))):
        candidates[i] = None if says_title(pieces[i], title) else candidates[i]
    for i in _drawn_rows(pieces):
        candidates[i] = None
    found = dict(_numbered(candidates))
    if not any(piece.block and piece.block.kind == "heading" for piece in pieces):
        found |= _plain(candidates)
    found |= _promoted(candidates, found)
    return tuple(found[i] for i in sorted(found))


def _drawn_rows(pieces: Sequence[Piece]) -> Iterator[int]:
    """The lines of tables that are drawn in the text: neighbours with as many bars."""
    drawn = [0, *map(bars, pieces), 0]
    for i, own in enumerate(drawn[1:-1]):
        if own and own in (drawn[i], drawn[i + 2]):
            yield i


def _numbered(pieces: Sequence[Piece | None]) -> Iterator[tuple[int, Heading]]:
    """Headings that the format states, and those with a number."""
    bare: dict[str, tuple[int, ...]] = {}  # of each kind the last clause with nothing below it
    for i, piece in enumerate(pieces):
        if piece is None:
            continue
        marker, block = piece.marker, piece.block
        if block is not None and block.kind == "heading":
            number = marker.number if marker else ()
            yield i, Heading(i, f"h{block.level}", number, _as_written(piece))
        elif marker is None or marker.kind == BULLET or block is not None:
            continue
        elif marker.kind in TIERS:
            if (title := _structural(piece)) is not None:
                yield i, Heading(i, marker.kind, marker.number, title)
        elif (title := _run_in(piece)) is not None:
            yield i, Heading(i, marker.kind, marker.number, title)
        elif _is_title_like(piece, _WIDEST):
            if _has_body(pieces, i) and not follows(marker.number, bare.get(marker.kind, ())):
                yield i, Heading(i, marker.kind, marker.number, _as_written(piece))
            else:
                bare[marker.kind] = marker.number


def _as_written(piece: Piece, end: int | None = None) -> str:
    """The words of a heading, without what is markup or points to what follows."""
    return " ".join(piece.words[:end].split()).strip("#＃:： ")


def _structural(piece: Piece) -> str | None:
    """The title of a chapter or the like; in Chinese it may run into the text."""
    if not piece.title or _is_title_like(piece, _WIDEST):
        return _as_written(piece)
    if not is_han(piece.words):
        return None
    return _opening(piece) or _as_written(piece, _number_end(piece))


def _run_in(piece: Piece) -> str | None:
    """The title in 一、问候语:说“您好”。, where words of the text come after the colon."""
    start = _number_end(piece)
    colon = _COLON.search(piece.words, start)
    if not piece.marker or piece.marker.kind not in _OUTLINES or not colon:
        return None
    title = piece.words[start : colon.start()]
    if colon.end() == len(piece.words) or _PAUSE.search(title) or width(title) > _WIDEST_RUN_IN:
        return None
    gap = _GAP.search(piece.words, start + 1, colon.start())
    return _as_written(piece, gap.start() if gap else colon.start())


def _opening(piece: Piece) -> str | None:
    """Where title and text run together: the words up to a phrase that opens a sentence."""
    start, words = _number_end(piece), fold(piece.words)
    borders = (pattern.search(words, start + 2) for pattern in (_GAP, _OPENER, _PAUSE))
    end = min((border.start() for border in borders if border), default=len(words))
    return _as_written(piece, end) if width(words[start:end]) <= _WIDEST_PLAIN else None


def _number_end(piece: Piece) -> int:
    return piece.marker.span.end - piece.span.start if piece.marker else 0


def _is_title_like(piece: Piece, widest: float) -> bool:
    """Short, in one line, and no sentence."""
    title = piece.title
    if not any(map(str.isalpha, title)) or "\n" in title or width(title) > widest:
        return False
    if _STOP.search(title) or _TRAILING.search(piece.words):
        return False
    commas = 1 if piece.words[-1] in ":：" or (piece.marker and piece.marker.kind == "一、") else 0
    return len(_COMMA.findall(title)) <= commas


def _has_body(pieces: Sequence[Piece | None], i: int) -> bool:
    """Whether what follows stands below piece `i`, rather than beside it."""
    piece, after = pieces[i], pieces[i + 1] if i + 1 < len(pieces) else None
    if piece is None or after is None or (after.block and after.block.kind == "heading"):
        return False
    if after.marker is None:
        return not after.words[0].islower()
    kind = piece.marker.kind if piece.marker else ""
    return after.marker.kind == BULLET or (
        after.marker.kind != kind and after.marker.number[-1] == 1
    )


def _plain(pieces: Sequence[Piece | None]) -> dict[int, Heading]:
    """Headings without a number: short lines with text below them.

    Three or more short lines in a row are the remains of a table or list instead.
    """
    found: dict[int, Heading] = {}
    short = [piece is not None and _may_be_plain(piece) for piece in pieces]
    start = 0
    for i, is_short in enumerate([*short, False]):
        if is_short:
            continue
        run, start = range(start, i), i + 1
        after = pieces[i] if i < len(pieces) else None
        if 0 < len(run) <= 2 and after and after.leads and not after.words[0].islower():
            before = pieces[run.start - 1] if run.start else None
            if before is None or not _is_unfinished(before):
                found |= {j: Heading(j, PLAIN, (), _written(pieces[j])) for j in run}
    return found


def _written(piece: Piece | None) -> str:
    return _as_written(piece) if piece else ""


def _may_be_plain(piece: Piece) -> bool:
    words, title = piece.words, piece.title
    if piece.marker or piece.block or not piece.leads or words[0] in "“\"'「『（(【[<《|":
        return False
    if width(title) > _WIDEST_PLAIN or len(title) < 2 or not _is_title_like(piece, _WIDEST_PLAIN):
        return False
    said = fold(title)
    if _SPEAKER.search(said) or (words[-1] in ":：" and _LEAD_IN.search(said)):
        return False
    if is_han(words):
        return not (_COMMA.search(words) or _LABELLED_LIST.search(words))
    return (title[0].isupper() or title[0].isdigit()) and len(title.split()) <= _MOST_WORDS


def _is_unfinished(piece: Piece) -> bool:
    """Whether a line stops where its margin was, in the middle of a sentence."""
    return (
        piece.block is None
        and width(piece.words) > _WIDEST_PLAIN
        and piece.words[-1] not in "。．.！!？?；;：:…”’」』）)】》\"'"
    )


def _promoted(pieces: Sequence[Piece | None], found: dict[int, Heading]) -> dict[int, Heading]:
    """一、 whose title runs into its text, where the one before or after it is a heading."""
    promoted: dict[int, Heading] = {}
    series = [
        (i, piece, piece.marker)
        for i, piece in enumerate(pieces)
        if piece and piece.marker and piece.marker.kind == _OUTLINES[0]
    ]
    for (i, piece, marker), (j, other, its) in pairwise(series):
        if not follows(its.number, marker.number) or (i in found) == (j in found):
            continue
        k, one, number = (j, other, its.number) if i in found else (i, piece, marker.number)
        if (title := _opening(one)) is not None:
            promoted[k] = Heading(k, _OUTLINES[0], number, title)
    return promoted


def _contents(pieces: Sequence[Piece]) -> frozenset[int]:
    """Indexes of the lines of a contents list: after its name, short lines that come once more."""
    found: set[int] = set()
    for i, piece in enumerate(pieces):
        if squeeze(piece.words).strip(":#") in _CONTENTS:
            found |= {i, *_entries(pieces, i + 1)}
    return frozenset(found)


def _entries(pieces: Sequence[Piece], start: int) -> Iterator[int]:
    later = Counter(_entry(piece) for piece in pieces[start:])
    seen: set[str] = set()
    for i in range(start, len(pieces)):
        entry = _entry(pieces[i])
        if entry in seen or width(entry) > _WIDEST or later[entry] < 2:
            return
        seen.add(entry)
        yield i


def _entry(piece: Piece) -> str:
    return _PAGE_NUMBER.sub("", squeeze(piece.words))
