"""Text whose GBK bytes were shifted by careless replacement: 道謝??吹叫欣 was 道謝。看到行李.

Somebody replaced codes in GBK bytes without looking where characters begin: in 。看 (A1A3 BFB4)
the inner bytes A3BF are the code of ？, and became one ASCII byte; in 我幫 (CED2 8ECD) the inner
D28E is 規, and got "(guī)" behind it. From there to the next ASCII byte every character is read
one byte off. A lead byte before an ASCII byte became "?" (and may have taken that byte with it),
a pair without a character was dropped.

The way back is a beam search over the characters as they stand for the bytes that were there: at
each character the reading is either aligned, or one byte off with a lead byte pending. Bytes that
were lost are tried out. The most plausible text wins (`words`, and the words of the document
itself), and only one far more plausible than the damaged text is accepted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ingest.repairs.bracketed_pinyin import SYLLABLE, characters_by_reading, is_reading
from ingest.repairs.characters import MARKS, is_han
from ingest.repairs.draft import Draft
from ingest.repairs.gbk import characters, codes, unassigned
from ingest.repairs.words import LONGEST, plausibility, word_score
from kb.fold import fold
from kb.records import Edit, Span

BEAM = 12
"""How many readings are kept at each character."""
HOPELESS = 10.0
"""Readings that are so much worse (natural log) than the best at the same place are given up."""
MIN_GAIN = 2.5
"""How much more plausible (natural log) a reading must be than the damaged text."""
MIN_MARGIN = 1.0
"""How much more plausible it must be than any other reading, for a place to be beyond doubt."""
MIN_MARGIN_GAP = 1.0
"""The same for a run in which a pair of bytes was dropped: what stood there is half a guess."""
MAX_GAPS = 2
"""Dropped pairs in a run; with more of them it is all guesses."""
LEADS = 30
"""How many characters are tried where the lead byte was lost."""
CANDIDATES = 60
"""How many characters are tried for a byte that was lost."""

_CONTEXT = 30
_AHEAD = 30
_FULL_WIDTH = 0xA3
_FIRST_LEAD = 0x81
_ALIGNED = 0
_KNOWN_WORDS, _NEW_CHARACTER, _OTHER_SCRIPT = 1.5, -1.0, -4.0
_ODD_SYMBOL, _WRONG_MARK = -9.0, -2.5
_SILENT, _WHOLE, _GIVEN_UP = -4.0, -3.0, -8.0
_STOP = 1.0
"""What speaks for a full stop before a replaced mark: A1A3 is how nearly all these runs begin."""
_GAP = 2.0
"""What evens out that a reading with a dropped pair has one character more to be improbable."""

_ODD_MARKS = frozenset("#$&*+<=>@^_`{|}~\\")
_PAIRS = {"”": "“", "》": "《", "）": "（", "」": "「", "』": "『", "】": "【", "’": "‘"}
_ENDS = frozenset("。！？!?…")

_LOST = "?\ufffd"
_TRIGGER = re.compile(
    rf"[{_LOST}]\(?{SYLLABLE}\)|[{_LOST}][!?,;:()。\ufffd](?!\s)|[{_LOST}]</?p>|"
    "[\u3105-\u312f\u0391-\u03c9\u2550-\u2573\ue000-\ue765]"
)
_ANNOTATION = re.compile(rf"\(?(?P<reading>{SYLLABLE})\)")
_REPLACED = {char: (_FULL_WIDTH, ord(char) + 0x80) for char in "!?,;:()."} | {"。": (0xA1, 0xA3)}
"""Marks that may stand for the two bytes of a full-width form, found at the wrong place."""
_UNASSIGNED = (*range(0xAA, 0xB0), *range(0xF8, 0xFF), *range(0xA1, 0xAA))
"""Lead bytes of the codes that have no character, or none that a converter knew."""


class Move(NamedTuple):
    """A step of the search: characters taken, characters written, what is pending, its cost."""

    taken: int
    written: str
    pending: int
    cost: float = 0.0


class Reading(NamedTuple):
    """What the first characters of a window may have been.

    `pending` is the lead byte that waits for its trail byte, and 0 when aligned; where a pair of
    bytes was dropped, so that the lead byte is its unknown second one, it is minus the first.
    `score` is a log probability (natural, higher is better), `words` holds the part of it that
    the words up to each of the last characters have. `turns` are pairs of positions (taken,
    written) where the bytes went out of step and back, `gaps` the positions of `written` where a
    pair was dropped, `doubts` those where another reading is nearly as plausible, and how nearly.
    """

    taken: int
    written: str
    pending: int
    score: float
    words: tuple[float, ...]
    turns: tuple[tuple[int, int], ...]
    gaps: tuple[int, ...] = ()
    doubts: tuple[tuple[int, float], ...] = ()

    def doubted(self, other: "Reading") -> "Reading":
        """This reading with a doubt where `other`, if it is close behind, differs from it."""
        margin = self.score - other.score
        if margin >= max(MIN_MARGIN, MIN_MARGIN_GAP) or self.written == other.written:
            return self
        pairs = enumerate(zip(self.written, other.written, strict=False))
        first = next((at for at, (a, b) in pairs if a != b), len(self.written))
        return self._replace(doubts=(*self.doubts, (first, margin)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a document's sound text says about its damaged places."""

    chars: frozenset[str]
    folded: frozenset[str]
    pairs: frozenset[str]
    half_width: bool

    def bonus(self, written: str, char: str) -> float:
        """How much likelier `char` is after `written` in this document than in any other."""
        if not is_han(char):
            return _mark_bonus(written, char)
        if char not in self.chars:
            return _OTHER_SCRIPT if _folded(char) in self.folded else _NEW_CHARACTER
        return _KNOWN_WORDS if written[-1:] + char in self.pairs else 0.0

    def shown(self, char: str) -> str:
        """`char` in the width that the document uses for its marks."""
        code = ord(char)
        return chr(code - 0xFEE0) if self.half_width and 0xFF01 <= code <= 0xFF5E else char


def _mark_bonus(written: str, mark: str) -> float:
    after_end = written[-1:] in _ENDS
    if mark == "”":
        return 0.0 if after_end or written.endswith("”") else _WRONG_MARK
    if mark == "“":
        return _WRONG_MARK if written.rfind("“") > written.rfind("”") else 0.0
    if mark in "。，、：；":
        return 2 * _WRONG_MARK if after_end else 0.0
    return 0.0 if mark in MARKS else _ODD_SYMBOL


def repair(draft: Draft) -> Iterator[Edit]:
    """Restore each run of shifted characters whose reading is beyond doubt."""
    text = draft.text
    windows = _windows(text)
    if not windows:
        return
    vocabulary = _vocabulary(text, windows)
    for window in windows:
        damaged = window.of(text)
        if reading := restored(damaged, vocabulary):
            for old, new in _runs(damaged, reading):
                span = Span(window.start + old.start, window.start + old.end)
                yield Edit(span, new, "shifted_bytes", 0.85)


def _windows(text: str) -> list[Span]:
    """Stretches of a line that hold a sign of this damage, with some context."""
    windows: list[Span] = []
    for match in _TRIGGER.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = text.find("\n", match.end())
        line_end = len(text) if line_end < 0 else line_end
        end = min(line_end, match.end() + _AHEAD)
        if windows and match.start() < windows[-1].end:
            windows[-1] = Span(windows[-1].start, end)
            continue
        before = windows[-1].end if windows else 0
        windows.append(Span(max(line_start, before, match.start() - _CONTEXT), end))
    return windows


def _vocabulary(text: str, windows: Sequence[Span]) -> Vocabulary:
    borders = [0, *(at for window in windows for at in window), len(text)]
    sound = "\n".join(text[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True))
    pairs = frozenset(a + b for a, b in pairwise(sound) if is_han(a) or is_han(b))
    return Vocabulary(
        frozenset(sound), frozenset(fold(sound)), pairs, text.count(",") > text.count("，")
    )


def restored(damaged: str, vocabulary: Vocabulary) -> Reading | None:
    """The most plausible reading of a window, or None where none ends in step.

    The search stops where every reading that is left is in step and no sign of damage is ahead.
    """
    signs = [match.span() for match in _TRIGGER.finditer(damaged)]
    last_sign = max((end for _, end in signs), default=0)
    departures = frozenset(at for span in signs for at in range(*span))
    beams: list[list[Reading]] = [[] for _ in range(len(damaged) + 1)]
    beams[0] = [Reading(0, "", _ALIGNED, 0.0, (0.0,), ())]
    for at in range(len(damaged)):
        kept = _pruned(beams[at])
        kept += _pruned([_moved(r, move, vocabulary) for r in kept for move in _drops(r)])
        in_step = bool(kept) and all(reading.pending == _ALIGNED for reading in kept)
        if in_step and at > last_sign and not any(beams[at + 1 :]):
            return _first(kept)
        for reading in kept:
            for move in _moves(damaged, reading, at in departures, vocabulary):
                after = _moved(reading, move, vocabulary)
                beams[after.taken].append(after)
    ended = [reading for reading in _pruned(beams[-1]) if reading.pending == _ALIGNED]
    return _first(ended) if ended else None


def _first(ranked: Sequence[Reading]) -> Reading:
    best = ranked[0]
    for other in ranked[1:]:
        best = best.doubted(other)
    return best


def _pruned(readings: list[Reading]) -> list[Reading]:
    """The best readings; of those that can only go on in the same way, the best one.

    One that is in step is always among them: what lies ahead may be beyond repair.
    """
    if not readings:
        return []
    ranked = sorted(readings, key=lambda reading: -reading.score)
    best: dict[tuple[str, int], Reading] = {}
    for reading in ranked:
        if len(best) >= BEAM or reading.score < ranked[0].score - HOPELESS:
            break
        key = (reading.written[1 - LONGEST :], reading.pending)
        best[key] = best[key].doubted(reading) if key in best else reading
    if in_step := next((r for r in ranked if r.pending == _ALIGNED), None):
        best.setdefault((in_step.written[1 - LONGEST :], _ALIGNED), in_step)
    return list(best.values())


def _moved(reading: Reading, move: Move, vocabulary: Vocabulary) -> Reading:
    written, words, bonus = reading.written, reading.words, move.cost
    aligned = reading.pending == _ALIGNED
    copied = aligned and move.pending == _ALIGNED and move.taken == len(move.written) == 1
    for char in move.written:
        shown = vocabulary.shown(char)
        if not copied and not char.isascii():
            bonus += vocabulary.bonus(written, char)
        written += shown
        words = _extended(written, words)
    turns = reading.turns
    if aligned != (move.pending == _ALIGNED) or (aligned and not copied):
        before, after = (
            (reading.taken, len(reading.written)),
            (
                reading.taken + move.taken,
                len(written),
            ),
        )
        turns += (
            (before, after)
            if aligned and move.pending == _ALIGNED
            else ((before,) if aligned else (after,))
        )
    score = reading.score - reading.words[-1] + words[-1] + bonus
    gaps = (*reading.gaps, len(written)) if move.pending < _ALIGNED else reading.gaps
    taken = reading.taken + move.taken
    return Reading(taken, written, move.pending, score, words, turns, gaps, reading.doubts)


def _extended(written: str, words: tuple[float, ...]) -> tuple[float, ...]:
    """`words` with the best score of `written`, whose last character is new, added."""
    folded = "".join([_folded(char) for char in written[-LONGEST:]])
    best = float("-inf")
    for size in range(1, min(len(words), len(folded)) + 1):
        score = word_score(folded[-size:])
        if score is not None and words[-size] + score > best:
            best = words[-size] + score
    return (*words[1 - LONGEST :], best)


@cache
def _folded(char: str) -> str:
    """The search form of one character; a table of its own, because this is the inner loop."""
    return fold(char)


def _drops(reading: Reading) -> Iterator[Move]:
    """A pair of bytes had no character: the first ends the pending one, the second is unknown."""
    if reading.pending > _ALIGNED:
        for trail, char in before_a_gap(reading.pending):
            yield Move(0, char, -trail, _GAP)


def _moves(
    damaged: str, reading: Reading, departing: bool, vocabulary: Vocabulary
) -> Iterator[Move]:
    if reading.pending != _ALIGNED:
        yield from _shifted_moves(damaged, reading, vocabulary)
        return
    yield Move(1, damaged[reading.taken], _ALIGNED)
    if departing:
        yield from _departures(damaged, reading)


def _departures(damaged: str, reading: Reading) -> Iterator[Move]:
    """From a character border out of step: a code was replaced in the middle of two characters."""
    char, following = damaged[reading.taken], damaged[reading.taken + 1 : reading.taken + 2]
    lost = char in _LOST
    annotation = _ANNOTATION.match(damaged, reading.taken + lost)
    before = codes().get(reading.written[-1:])
    if annotation and before:
        taken = annotation.end() - reading.taken
        for found in read_as(annotation["reading"]):
            lead, trail = codes()[found]
            if lead == before[1]:
                yield Move(taken, "", trail, 0.0 if lost else _SILENT)
            if lost and word_score(fold(reading.written[-1:] + found)) is not None:
                yield Move(taken, found, _ALIGNED, _WHOLE)
    if lost and following in _REPLACED:
        first, second = _REPLACED[following]
        for found in ending_in(first)[:LEADS]:
            yield Move(2, found, second, _STOP if found == "。" else 0.0)


def _shifted_moves(damaged: str, reading: Reading, vocabulary: Vocabulary) -> Iterator[Move]:
    """From the middle of a character: its trail byte is the next byte, or has been lost."""
    char = damaged[reading.taken]
    if pair := codes().get(char):
        for found in _completed(reading.pending, pair[0]):
            if pair[1] < _FIRST_LEAD:
                yield Move(1, found + chr(pair[1]), _ALIGNED)
            else:
                yield Move(1, found, pair[1])
    elif char in _LOST:
        yield from _lost_moves(damaged, reading, vocabulary)
    elif char.isascii():
        yield from _ascii_moves(damaged, reading, char, vocabulary)
    if char in _REPLACED and char != "。":
        first, second = _REPLACED[char]
        for found in _completed(reading.pending, first):
            yield Move(1, found, second)


def _lost_moves(damaged: str, reading: Reading, vocabulary: Vocabulary) -> Iterator[Move]:
    """The trail byte stood before an ASCII byte and was lost; or a pair without a character."""
    annotation = _ANNOTATION.match(damaged, reading.taken + 1)
    if annotation:
        for found in read_as(annotation["reading"]):
            if _may_begin(reading.pending, found):
                yield Move(annotation.end() - reading.taken, found, _ALIGNED)
        return
    following = damaged[reading.taken + 1 : reading.taken + 2]
    for found in _known_after(reading, vocabulary):
        yield Move(1, found + _eaten(found, following), _ALIGNED)
    yield Move(1, damaged[reading.taken], _ALIGNED, _GIVEN_UP)
    if reading.pending > _ALIGNED:
        for trail, found in before_a_gap(reading.pending):
            yield Move(1, found, -trail)


def _eaten(found: str, following: str) -> str:
    """What stands for the ASCII byte that a "?" took along, where no other one follows.

    Behind a mark it was most likely a blank; elsewhere the question mark goes on holding its place.
    """
    if following.isascii() or following in MARKS:
        return ""
    return "?" if is_han(found) else " "


def _ascii_moves(
    damaged: str, reading: Reading, char: str, vocabulary: Vocabulary
) -> Iterator[Move]:
    """A trail byte in the range of ASCII; or one that went without a trace before this byte."""
    if char.isalpha() or char in "@[]^_`{|}~\\":
        annotation = _ANNOTATION.match(damaged, reading.taken + 1)
        for found in _completed(reading.pending, ord(char)):
            read = annotation is not None and is_reading(annotation["reading"], found)
            end = annotation.end() if annotation and read else reading.taken + 1
            yield Move(end - reading.taken, found, _ALIGNED)
    else:
        for found in _known_after(reading, vocabulary):
            yield Move(1, found + char, _ALIGNED, _SILENT)


@cache
def _completed(pending: int, trail: int) -> Sequence[str]:
    """The characters that the pending lead byte and this trail byte may be."""
    if pending < _ALIGNED:
        return tuple(
            char for char in ending_in(trail) if (-pending, codes()[char][0]) in unassigned()
        )
    char = characters().get((pending, trail))
    return (char,) if char else ()


def _may_begin(pending: int, char: str) -> bool:
    """Whether `char` may begin with the pending lead byte."""
    lead = codes()[char][0]
    return lead == pending or (-pending, lead) in unassigned()


def _known_after(reading: Reading, vocabulary: Vocabulary) -> Iterator[str]:
    """Characters for a lost trail byte that make a word, or words of the document, with the last.

    Nothing but its neighbours tells what the character was, so there is no guess without them.
    """
    last = reading.written[-1:]
    for char in beginning_with(reading.pending):
        known = last + char in vocabulary.pairs or _closes(reading.written, char)
        if known or word_score(_folded(last) + _folded(char)) is not None:
            yield char


def _closes(written: str, char: str) -> bool:
    """Whether `char` closes a bracket or quotation that is open at the end of `written`."""
    opening = _PAIRS.get(char)
    return opening is not None and written.rfind(opening) > written.rfind(char)


@cache
def beginning_with(lead: int) -> tuple[str, ...]:
    """The characters with this lead byte."""
    pairs = ((lead, trail) for trail in range(0x40, 0xFF))
    return tuple(characters()[pair] for pair in pairs if pair in characters())


@cache
def ending_in(trail: int) -> tuple[str, ...]:
    """The likeliest characters with this trail byte."""
    return _likeliest(char for (_, second), char in characters().items() if second == trail)


@cache
def before_a_gap(lead: int) -> tuple[tuple[int, str], ...]:
    """Characters with this lead byte whose trail byte may begin a dropped pair, and that byte."""
    first_bytes = {pair[0] for pair in unassigned()}
    chars = (characters().get((lead, trail)) for trail in sorted(first_bytes))
    return tuple((codes()[char][1], char) for char in chars if char and is_han(char))


def _likeliest(chars: Iterable[str]) -> tuple[str, ...]:
    ranked = sorted(filter(_ordinary, chars), key=lambda c: (-(word_score(_folded(c)) or 0.0), c))
    return tuple(ranked[:CANDIDATES])


def _ordinary(char: str) -> bool:
    return is_han(char) or char in MARKS


def read_as(syllable: str) -> Iterator[str]:
    """The characters of GBK that have this syllable among their readings."""
    return (char for char in characters_by_reading().get(syllable, ()) if char in codes())


def _runs(damaged: str, reading: Reading) -> Iterator[tuple[Span, str]]:
    """The stretches that were out of step, each with what it said, where that is no guess.

    Where only the last character is in doubt, the question mark that stands for it stays.
    """
    turns = zip(reading.turns[::2], reading.turns[1::2], strict=False)
    for (start, new_start), (end, new_end) in turns:
        new = reading.written[new_start:new_end]
        left, right = reading.written[max(0, new_start - 4) : new_start], damaged[end : end + 4]
        gain = plausibility(left + new + right) - plausibility(left + damaged[start:end] + right)
        gaps = [gap for gap in reading.gaps if new_start < gap < new_end]
        if len(gaps) > MAX_GAPS or gain < MIN_GAIN or _ODD_MARKS.intersection(new):
            continue
        enough = MIN_MARGIN_GAP if gaps else MIN_MARGIN
        doubts = [at for at, by in reading.doubts if new_start <= at < new_end and by < enough]
        if not doubts:
            yield Span(start, end), new
        elif damaged[end - 1] in _LOST and min(doubts) > new_start and min(doubts) >= new_end - 2:
            yield Span(start, end - 1), new[: min(doubts) - new_start]
