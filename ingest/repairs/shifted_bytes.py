"""Text whose GBK bytes were shifted by careless replacement: 意見??蛻糁徊贿^ was 意見。客戶只不過.

Somebody replaced codes in GBK bytes without looking where characters begin: in 。客 (A1A3 BFCD)
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.repairs.bracketed_pinyin import SYLLABLE, is_reading
from ingest.repairs.characters import is_han
from ingest.repairs.draft import Draft
from ingest.repairs.gbk import characters, codes
from ingest.repairs.words import LONGEST, plausibility, word_score
from kb.fold import fold
from kb.records import Edit, Span

BEAM = 40
"""How many readings are kept at each character."""
MIN_GAIN = 6.0
"""How much more plausible (natural log) a reading must be than the damaged text."""
DROPS = 8
"""How many readings with a dropped pair are kept at each character."""
HOPELESS = 18.0
"""Readings that are so much worse (natural log) than the best at the same place are given up."""

_CONTEXT = 6
_AHEAD = 40
_FULL_WIDTH = 0xA3
_ALIGNED, _UNKNOWN = 0, -1
_KNOWN_WORDS, _NEW_CHARACTER = 1.5, -1.0
_DROPPED, _SILENT, _GUESS = -7.0, -5.0, -1.0

_ODD_SYMBOL = -9.0
_MARKS = "。、，！？：；（）《》“”…—·【】％～"

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


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the search: characters taken, characters written, what is pending, its cost."""

    taken: int
    written: str
    pending: int
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the first characters of a window may have been.

    `pending` is the lead byte that waits for its trail byte, 0 when aligned, -1 when it is
    unknown. `tail` are the log probabilities of `written` up to each of its last characters.
    `turns` are pairs of positions (taken, written) where the bytes went out of step and back.
    """

    taken: int
    written: str
    pending: int
    tail: tuple[float, ...]
    cost: float
    turns: tuple[tuple[int, int], ...]

    @property
    def score(self) -> float:
        """Log probability, natural; higher is better."""
        return self.tail[-1] + self.cost


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a document's sound text says about its damaged places."""

    chars: frozenset[str]
    pairs: frozenset[str]
    half_width: bool

    def bonus(self, before: str, char: str) -> float:
        """How much likelier `char` is after `before` in this document than in any other."""
        if not is_han(char) and not char.isascii() and char not in _MARKS:
            return _ODD_SYMBOL
        if char in "”“":
            return 0.5 if (before in "。！？!?…”、，,") == (char == "”") else -1.5
        if char not in self.chars and is_han(char):
            return _NEW_CHARACTER
        return _KNOWN_WORDS if before + char in self.pairs else 0.0

    def shown(self, char: str) -> str:
        """`char` in the width that the document uses for its marks."""
        code = ord(char)
        return chr(code - 0xFEE0) if self.half_width and 0xFF01 <= code <= 0xFF5E else char


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
        start = max(line_start, match.start() - _CONTEXT)
        end = min(line_end, match.end() + _AHEAD)
        if windows and start < windows[-1].end:
            windows[-1] = Span(windows[-1].start, end)
        else:
            windows.append(Span(start, end))
    return windows


def _vocabulary(text: str, windows: Sequence[Span]) -> Vocabulary:
    borders = [0, *(at for window in windows for at in window), len(text)]
    sound = "\n".join(text[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True))
    pairs = frozenset(a + b for a, b in pairwise(sound) if is_han(a) or is_han(b))
    return Vocabulary(frozenset(sound), pairs, text.count(",") > text.count("，"))


def restored(damaged: str, vocabulary: Vocabulary) -> Reading | None:
    """The most plausible reading of a window, or None where none ends in step.

    The search stops where every reading that is left is in step and no sign of damage is ahead.
    """
    last_sign = max((match.end() for match in _TRIGGER.finditer(damaged)), default=0)
    beams: list[list[Reading]] = [[] for _ in range(len(damaged) + 1)]
    beams[0] = [Reading(0, "", _ALIGNED, (0.0,), 0.0, ())]
    for at in range(len(damaged)):
        kept = _pruned(beams[at])
        kept += _pruned([_moved(r, move, vocabulary) for r in kept for move in _drops(r)])[:DROPS]
        in_step = bool(kept) and all(reading.pending == _ALIGNED for reading in kept)
        if in_step and at > last_sign and not any(beams[at + 1 :]):
            return kept[0]
        for reading in kept:
            for move in _moves(damaged, reading):
                after = _moved(reading, move, vocabulary)
                beams[after.taken].append(after)
    ended = [reading for reading in _pruned(beams[-1]) if reading.pending == _ALIGNED]
    return ended[0] if ended else None


def _pruned(readings: list[Reading]) -> list[Reading]:
    """The best readings; of those that can only go on in the same way, the best one."""
    best: dict[tuple[str, int], Reading] = {}
    for reading in sorted(readings, key=lambda reading: -reading.score):
        if len(best) == BEAM or reading.score < readings_best(best) - HOPELESS:
            break
        best.setdefault((reading.written[1 - LONGEST :], reading.pending), reading)
    return list(best.values())


def readings_best(best: dict[tuple[str, int], Reading]) -> float:
    return next(iter(best.values())).score if best else float("-inf")


def _moved(reading: Reading, move: Move, vocabulary: Vocabulary) -> Reading:
    written, tail, cost = reading.written, reading.tail, reading.cost + move.cost
    copied = reading.pending == move.pending == _ALIGNED and move.taken == len(move.written) == 1
    for char in move.written:
        shown = vocabulary.shown(char)
        if not copied:
            cost += vocabulary.bonus(written[-1:], shown)
        written += shown
        tail = _extended(written, tail)
    turns = reading.turns
    if (reading.pending == _ALIGNED) != (move.pending == _ALIGNED):
        here = (reading.taken, len(reading.written))
        there = (reading.taken + move.taken, len(written))
        turns += (here if reading.pending == _ALIGNED else there,)
    return Reading(reading.taken + move.taken, written, move.pending, tail, cost, turns)


def _extended(written: str, tail: tuple[float, ...]) -> tuple[float, ...]:
    folded = fold(written[-LONGEST:])
    best = max(
        tail[-size] + score
        for size in range(1, min(len(tail), len(folded)) + 1)
        if (score := word_score(folded[-size:])) is not None
    )
    return (*tail[1 - LONGEST :], best)


def _moves(damaged: str, reading: Reading) -> Iterator[Move]:
    if reading.pending == _ALIGNED:
        yield from _aligned_moves(damaged, reading)
    else:
        yield from _shifted_moves(damaged, reading)


def _drops(reading: Reading) -> Iterator[Move]:
    """A pair of bytes had no character: the first ends the pending one, the second is unknown."""
    if reading.pending > _ALIGNED:
        for char in _unassigned(reading.pending):
            yield Move(0, char, _UNKNOWN, _DROPPED)


def _aligned_moves(damaged: str, reading: Reading) -> Iterator[Move]:
    """From a character border: take the character as it is, or go out of step here."""
    char, following = damaged[reading.taken], damaged[reading.taken + 1 : reading.taken + 2]
    yield Move(1, char, _ALIGNED)
    lost = char in _LOST
    annotation = _ANNOTATION.match(damaged, reading.taken + lost)
    before = codes().get(reading.written[-1:])
    if annotation and before:
        taken = annotation.end() - reading.taken
        for trail in trails_read(before[1], annotation["reading"]):
            yield Move(taken, "", trail, _GUESS if lost else _SILENT)
    if lost and following in _REPLACED:
        first, second = _REPLACED[following]
        for found in ending_in(first):
            yield Move(2, found, second, _GUESS)


def _shifted_moves(damaged: str, reading: Reading) -> Iterator[Move]:
    """From the middle of a character: its trail byte is the next byte, or has been lost."""
    char = damaged[reading.taken]
    if pair := codes().get(char):
        for found in _completed(reading.pending, pair[0]):
            yield Move(1, found, pair[1])
    elif char.isascii() or char in _LOST:
        yield from _ascii_moves(damaged, reading, char)


def _ascii_moves(damaged: str, reading: Reading, char: str) -> Iterator[Move]:
    if char in _REPLACED:
        first, second = _REPLACED[char]
        for found in _completed(reading.pending, first):
            yield Move(1, found, second)
    annotation = _ANNOTATION.match(damaged, reading.taken + 1)
    if char in _LOST and annotation:
        for found in read_as(annotation["reading"]):
            if reading.pending in (_UNKNOWN, codes()[found][0]):
                yield Move(annotation.end() - reading.taken, found, _ALIGNED)
    elif char in _LOST:
        for found in _begun(reading.pending):
            yield Move(1, found, _ALIGNED, _GUESS)
        if reading.pending != _UNKNOWN:
            for found in _unassigned(reading.pending):
                yield Move(1, found, _UNKNOWN, _GUESS)
    elif char.isalpha() or char in "@[]^_`{|}~\\":
        for found in _completed(reading.pending, ord(char)):
            read = annotation and is_reading(annotation["reading"], found)
            yield Move(annotation.end() - reading.taken if read else 1, found, _ALIGNED)
    else:
        for found in _begun(reading.pending):
            yield Move(1, found + char, _ALIGNED, _SILENT)


def _completed(lead: int, trail: int) -> Sequence[str]:
    """The characters that a pending lead byte and this trail byte may be."""
    if lead == _UNKNOWN:
        return ending_in(trail)
    char = characters().get((lead, trail))
    return (char,) if char else ()


def _begun(lead: int) -> Sequence[str]:
    return () if lead == _UNKNOWN else beginning_with(lead)


@lru_cache(maxsize=None)
def beginning_with(lead: int) -> tuple[str, ...]:
    """The likeliest characters with this lead byte."""
    return _likeliest(char for (first, _), char in characters().items() if first == lead)


@lru_cache(maxsize=None)
def ending_in(trail: int) -> tuple[str, ...]:
    """The likeliest characters with this trail byte."""
    return _likeliest(char for (_, second), char in characters().items() if second == trail)


@lru_cache(maxsize=None)
def _unassigned(lead: int) -> tuple[str, ...]:
    """The likeliest characters with this lead byte whose trail byte may begin a dropped pair."""
    pairs = ((lead, trail) for trail in _UNASSIGNED)
    return _likeliest(characters()[pair] for pair in pairs if pair in characters())[:8]


def _likeliest(chars: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(chars, key=lambda char: (-(word_score(fold(char)) or 0.0), char)))


def trails_read(lead: int, syllable: str) -> Iterator[int]:
    """Trail bytes of the characters with this lead byte that are read like this."""
    for char in read_as(syllable):
        if codes()[char][0] == lead:
            yield codes()[char][1]


@lru_cache(maxsize=1024)
def read_as(syllable: str) -> tuple[str, ...]:
    """The characters that have this syllable among their readings."""
    return tuple(char for char in characters().values() if is_reading(syllable, char))


def _runs(damaged: str, reading: Reading) -> Iterator[tuple[Span, str]]:
    """The stretches that were out of step, each with what it said, where that is no guess."""
    for (start, new_start), (end, new_end) in zip(
        reading.turns[::2], reading.turns[1::2], strict=False
    ):
        new = reading.written[new_start:new_end]
        left, right = reading.written[max(0, new_start - 4) : new_start], damaged[end : end + 4]
        gain = plausibility(left + new + right) - plausibility(left + damaged[start:end] + right)
        if gain >= MIN_GAIN:
            yield Span(start, end), new
