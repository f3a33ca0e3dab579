"""Text whose GBK bytes were shifted by careless replacement: 道謝??吹叫欣 was 道謝。看到行李.

Somebody replaced codes in GBK bytes without looking where characters begin: in 。看 (A1A3 BFB4)
the inner bytes A3BF are the code of ？, and became one ASCII byte; in 我幫 (CED2 8ECD) the inner
D28E is 規, and got "(guī)" behind it. From there to the next ASCII byte every character is read
one byte off. A lead byte before an ASCII byte became "?" (and may have taken that byte with it),
a pair without a character was dropped.

The way back is a beam search over the characters as they stand for the bytes that were there: at
each character the reading is either aligned, or one byte off with a lead byte pending. The most
plausible text wins (`words`, and the words of the document itself), and only one far more
plausible than the damaged text is accepted. A character of which a byte was lost is put back only
where the document itself has it beside the same neighbour, and no other one is nearly as plausible;
elsewhere the "?" that stands for it stays, and so does a whole run out of which a pair was dropped.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from math import inf
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.repairs.bracketed_pinyin import SYLLABLE, by_reading, is_reading
from ingest.repairs.characters import MARKS, is_han
from ingest.repairs.draft import Draft
from ingest.repairs.gbk import Pair, characters, code_table, codes, unassigned
from ingest.repairs.words import LONGEST, plausibility, word_score
from kb.fold import fold
from kb.records import Edit, Span

RULE = "shifted_bytes"
BEAM = 12
"""How many readings are kept at each character."""
HOPELESS = 10.0
"""Readings that are so much worse (natural log) than the best at the same place are given up."""
MIN_GAIN = 2.5
"""How much more plausible (natural log) a reading must be than the damaged text."""
MIN_MARGIN = 1.0
"""How much more plausible it must be than any other reading, for a place to be beyond doubt."""
MIN_MARGIN_GAP = 1.0
"""The same for a run in which a pair of bytes was dropped."""
MIN_MARGIN_LAST = 1.0
"""The same for the last character of a run, where its trail byte was lost."""
MAX_GAPS = 2
"""Dropped pairs in a run; with more of them it is all guesses."""
LASTS = 4
"""How many characters are tried where the trail byte was lost."""
STRANGERS = 0.34
"""Share of a run's characters that may be rare and make no word; none where bytes were lost."""
COMMON = -9.2
"""Log probability (natural) from which on a character is not rare."""
LEADS = 20
"""How many characters are tried where the lead byte was lost."""

_BEYOND_DOUBT = max(MIN_MARGIN, MIN_MARGIN_GAP, MIN_MARGIN_LAST)
_APART = 3
"""Characters between two runs that stand or fall together."""
_CONTEXT = 30
_AHEAD = 30
_FULL_WIDTH = 0xA3
_FIRST_LEAD = 0x81
_ALIGNED = 0
_KNOWN_WORDS, _NEW_CHARACTER, _OTHER_SCRIPT = 1.5, -1.0, -4.0
_ODD_SYMBOL, _WRONG_MARK = -9.0, -2.5
_SILENT = -4.0
_GIVEN_UP = -4.0
_GAP = -1.0
_CLOSING_QUOTE = 3.0
_STOP = 1.0
"""What speaks for a full stop before a replaced mark: A1A3 is how nearly all these runs begin."""

_ODD_MARKS = frozenset("#$&*+<=>@^_`{|}~\\")
_ORDINARY = frozenset(MARKS) | frozenset(map(chr, range(32, 127))) - _ODD_MARKS
_ENDS = frozenset("。！？!?…")

Points = NDArray[np.uint32]
"""Code points."""

_LOST = "?\ufffd"
_TRIGGER = re.compile(
    rf"[{_LOST}]\(?{SYLLABLE}\)|[{_LOST}][!?,;:()。\ufffd](?!\s)|[{_LOST}]</?p>|"
    "[\u3105-\u312f\u0391-\u03c9\u2550-\u2573\ue000-\ue765]"
)
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@[]^_`{|}~\\")
_ANNOTATION = re.compile(rf"\(?(?P<reading>{SYLLABLE})\)")
_REPLACED = {char: (_FULL_WIDTH, ord(char) + 0x80) for char in "!?,;:()."} | {"。": (0xA1, 0xA3)}
"""Marks that may stand for the two bytes of a full-width form, found at the wrong place."""
_MARKS = {char: second for char, (first, second) in _REPLACED.items() if first == _FULL_WIDTH}


class Move(NamedTuple):
    """A step of the search: characters taken, characters written, what is pending, its cost."""

    taken: int
    written: str
    pending: int
    cost: float = 0.0
    lost: Literal["", "gap", "last"] = ""


class Reading(NamedTuple):
    """What the first characters of a window may have been.

    `pending` is the lead byte that waits for its trail byte, and 0 when aligned. `score` is a log
    probability (natural, higher is better), `words` holds the part of it that the words up to each
    of the last characters have, and `tail` these characters, folded. `turns` are pairs of positions
    (taken, written) where the bytes went out of step and back, `gaps` positions of `written` where
    a pair was dropped, `doubts` those where another reading is nearly as plausible, and how nearly.
    """

    taken: int
    written: str
    pending: int
    score: float
    words: tuple[float, ...]
    tail: str
    turns: tuple[tuple[int, int], ...] = ()
    gaps: tuple[int, ...] = ()
    lasts: tuple[int, ...] = ()
    doubts: tuple[tuple[int, float], ...] = ()

    def doubted(self, other: "Reading") -> "Reading":
        """This reading with a doubt where `other`, if it is close behind, differs from it."""
        margin = self.score - other.score
        if margin >= _BEYOND_DOUBT or self.written == other.written:
            return self
        pairs = enumerate(zip(self.written, other.written, strict=False))
        first = next((at for at, (a, b) in pairs if a != b), len(self.written))
        return self._replace(doubts=(*self.doubts, (first, margin)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a document's sound text says about its damaged places.

    `following` tells which characters stand behind one, `leading` which before one; `over_a_gap`
    lists the pairs whose inner bytes have no character, by their outer ones.
    """

    chars: frozenset[str]
    folded: frozenset[str]
    following: Mapping[str, str]
    leading: Mapping[str, str]
    over_a_gap: Mapping[Pair, Sequence[tuple[str, str]]]
    half_width: bool
    by_lead: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    by_trail: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    by_second: dict[tuple[int, str], list[str]] = field(default_factory=dict)

    def after(self, char: str) -> str:
        """The characters that stand behind `char`."""
        return self.following.get(char, "")

    def begun(self, char: str, lead: int) -> list[str]:
        """Those of them with this lead byte; sorted once, since much is asked of few."""
        if (found := self.by_lead.get(char)) is None:
            found = self.by_lead[char] = {}
            for after in self.after(char):
                found.setdefault(_lead(after), []).append(after)
        return found.get(lead, [])

    def ended(self, trail: int, char: str) -> list[str]:
        """The characters with this trail byte that stand before `char`."""
        if (found := self.by_trail.get((trail, char))) is None:
            found = [before for before in self.leading.get(char, "") if _trail(before) == trail]
            self.by_trail[trail, char] = found
        return found

    def before_a_gap(self, lead: int, second: str) -> list[str]:
        """The characters with this lead byte that `second` follows, a dropped pair between."""
        if (found := self.by_second.get((lead, second))) is None:
            firsts = before_a_gap(lead, _lead(second))
            found = [first for first in firsts if self.knows(first, second)]
            self.by_second[lead, second] = found
        return found

    def knows(self, left: str, right: str) -> bool:
        """Whether two characters stand together in this document, or are a word."""
        return right in self.after(left) or _is_word(left, right)

    def strangers(self, text: str, start: int, end: int) -> int:
        """How many Chinese characters of `text[start:end]` know neither neighbour and are rare."""
        return sum(
            is_han(text[at])
            and not (at and self.knows(text[at - 1], text[at]))
            and not (at + 1 < len(text) and self.knows(text[at], text[at + 1]))
            and (word_score(_folded(text[at])) or 0.0) < COMMON
            for at in range(start, end)
        )

    def bonus(self, written: str, char: str) -> float:
        """How much likelier `char` is after `written` in this document than in any other."""
        if not is_han(char):
            return _mark_bonus(written, char)
        if char not in self.chars:
            return _OTHER_SCRIPT if _folded(char) in self.folded else _NEW_CHARACTER
        return _KNOWN_WORDS if char in self.after(written[-1:]) else 0.0

    def shown(self, char: str) -> str:
        """`char` in the width that the document uses for its marks."""
        code = ord(char)
        return chr(code - 0xFEE0) if self.half_width and 0xFF01 <= code <= 0xFF5E else char


@lru_cache(maxsize=1 << 16)
def _is_word(left: str, right: str) -> bool:
    return word_score(_folded(left) + _folded(right)) is not None


def _mark_bonus(written: str, mark: str) -> float:
    after_end = written[-1:] in _ENDS
    if mark == "”":
        return 0.0 if after_end or written.endswith("”") else _WRONG_MARK
    if mark == "“":
        return _WRONG_MARK if written.rfind("“") > written.rfind("”") else 0.0
    if mark in "。，、：；":
        return 2 * _WRONG_MARK if after_end else 0.0
    return 0.0 if mark in MARKS else _ODD_SYMBOL


def _closes(written: str, mark: str) -> bool:
    """Whether a closing quote stands at the end of a sentence that was quoted."""
    quoted = written.rfind("“") > written.rfind("”")
    return mark == "”" and quoted and written[-1:] in _ENDS


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
            for old, new in _runs(damaged, reading, vocabulary):
                span = Span(window.start + old.start, window.start + old.end)
                yield Edit(span, new, RULE, 0.85)


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
    chars = frozenset(sound)
    firsts, seconds = _neighbours(sound)
    han = np.array([ord(char) for char in chars if is_han(char)], np.uint32)
    known = np.isin(firsts, han) | np.isin(seconds, han)
    firsts, seconds = firsts[known], seconds[known]
    over_a_gap: defaultdict[Pair, list[tuple[str, str]]] = defaultdict(list)
    for first, second in _over_a_gap(firsts, seconds):
        over_a_gap[_lead(first), _trail(second)].append((first, second))
    half_width = text.count(",") > text.count("，")
    folded = frozenset(fold("".join(chars)))
    following, leading = _by_key(firsts, seconds), _by_key(seconds, firsts)
    return Vocabulary(chars, folded, following, leading, over_a_gap, half_width)


def _neighbours(text: str) -> tuple[Points, Points]:
    """The pairs of neighbouring characters, each once, in the order of the text: (pairs,) twice."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    pairs, places = np.unique(points[:-1] << 32 | points[1:], return_index=True)
    pairs = pairs[np.argsort(places)]
    return (pairs >> 32).astype(np.uint32), (pairs & 0xFFFFFFFF).astype(np.uint32)


def _by_key(keys: Points, values: Points) -> dict[str, str]:
    """The values of each key, in their order, as a string."""
    order = np.argsort(keys, kind="stable")
    begins = np.flatnonzero(np.diff(keys[order], prepend=0)).tolist()
    each, joined = _text(keys[order][begins]), _text(values[order])
    return {key: joined[a:z] for key, (a, z) in zip(each, pairwise([*begins, None]), strict=True)}


def _text(points: Points) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def _over_a_gap(firsts: Points, seconds: Points) -> Iterator[tuple[str, str]]:
    """The pairs of which the bytes between have no character."""
    before, behind = (code_table()[np.minimum(each, 0xFFFF)] for each in (firsts, seconds))
    dropped = unassigned()[before[:, 1], behind[:, 0]]
    pairs = zip(_text(firsts[dropped]), _text(seconds[dropped]), strict=True)
    return ((first, second) for first, second in pairs if is_han(first))


def restored(damaged: str, vocabulary: Vocabulary) -> Reading | None:
    """The most plausible reading of a window, or None where none ends in step.

    The search begins a word before the first sign of damage, and stops where every reading that is
    left is in step and no sign is ahead.
    """
    signs = [match.span() for match in _TRIGGER.finditer(damaged)]
    if not signs:
        return None
    departures = frozenset(at for span in signs for at in range(*span))
    start = max(0, signs[0][0] - LONGEST)
    beams: list[list[Reading]] = [[] for _ in range(len(damaged) + 1)]
    beams[start] = [Reading(start, damaged[:start], _ALIGNED, 0.0, (0.0,), "")]
    for at in range(start, len(damaged)):
        kept = _pruned(beams[at])
        in_step = bool(kept) and all(reading.pending == _ALIGNED for reading in kept)
        if in_step and at > signs[-1][1] and not any(beams[at + 1 :]):
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
    if len(readings) < 2:
        return readings
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
    taken, written, words, tail = reading.taken, reading.written, reading.words, reading.tail
    bonus = move.cost
    copied = reading.pending == move.pending == _ALIGNED and move.taken == len(move.written) == 1
    for char in move.written:
        if not copied and not char.isascii():
            bonus += vocabulary.bonus(written, char)
        written += vocabulary.shown(char)
        tail += _folded(written[-1])
        words = _extended(tail, words)
        tail = tail[1 - LONGEST :]
    turns = reading.turns
    if reading.pending == _ALIGNED and not copied:
        turns += ((taken, len(reading.written)),)
    if move.pending == _ALIGNED and not copied:
        turns += ((taken + move.taken, len(written)),)
    score = reading.score - reading.words[-1] + words[-1] + bonus
    gaps = (*reading.gaps, len(written)) if move.lost == "gap" else reading.gaps
    lasts = (*reading.lasts, len(reading.written)) if move.lost == "last" else reading.lasts
    taken += move.taken
    return Reading(
        taken, written, move.pending, score, words, tail, turns, gaps, lasts, reading.doubts
    )


def _extended(tail: str, words: tuple[float, ...]) -> tuple[float, ...]:
    """`words` with the best score of a text added whose last characters, folded, are `tail`."""
    known, best = len(words), -inf
    for size, score in _last_words(tail):  # a loop of its own: `max` takes twice as long
        if size <= known and words[-size] + score > best:
            best = words[-size] + score
    return (*words[1 - LONGEST :], best)


@lru_cache(maxsize=1 << 16)
def _last_words(tail: str) -> tuple[tuple[int, float], ...]:
    """The words that a folded string ends in: length, log probability."""
    found = []
    for size in range(1, len(tail) + 1):
        if (score := word_score(tail[-size:])) is not None:
            found.append((size, score))
    return tuple(found)


@cache
def _folded(char: str) -> str:
    """The search form of one character; a table of its own, because this is the inner loop."""
    return fold(char)


def _moves(
    damaged: str, reading: Reading, departing: bool, vocabulary: Vocabulary
) -> Iterator[Move]:
    if reading.pending != _ALIGNED:
        yield from _shifted_moves(damaged, reading, vocabulary)
        if len(reading.gaps) - _gaps_before(reading) < MAX_GAPS:
            yield from _gap_moves(damaged, reading, vocabulary)
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
    if lost and following in _REPLACED:
        first, second = _REPLACED[following]
        for found in ending_in(first)[:LEADS]:
            yield Move(2, found, second, _STOP if found == "。" else 0.0)


def _shifted_moves(damaged: str, reading: Reading, vocabulary: Vocabulary) -> Iterator[Move]:
    """From the middle of a character: its trail byte is the next byte, or has been lost."""
    char = damaged[reading.taken]
    if trail := codes().get(char):
        if found := characters().get((reading.pending, trail[0])):
            yield _completing(found, trail[1])
    elif char in _LOST:
        yield from _lost_moves(damaged, reading, vocabulary)
    elif char in _LETTERS and (found := characters().get((reading.pending, ord(char)))):
        yield Move(_end_of_letter(damaged, reading.taken, found), found, _ALIGNED)
    if char in _MARKS and (found := characters().get((reading.pending, _FULL_WIDTH))):
        yield Move(1, found, _MARKS[char])


def _completing(found: str, following: int) -> Move:
    """A step over one character, whose second byte begins the next one or is an ASCII byte."""
    if following < _FIRST_LEAD:
        return Move(1, found + chr(following), _ALIGNED)
    return Move(1, found, following)


def _lost_moves(damaged: str, reading: Reading, vocabulary: Vocabulary) -> Iterator[Move]:
    """The trail byte stood before an ASCII byte and was lost; a pinyin there tells what it was."""
    if annotation := _ANNOTATION.match(damaged, reading.taken + 1):
        for found in read_as(annotation["reading"]):
            if codes()[found][0] == reading.pending:
                yield Move(annotation.end() - reading.taken, found, _ALIGNED)
        return
    yield Move(1, damaged[reading.taken], _ALIGNED, _GIVEN_UP)
    following = damaged[reading.taken + 1 : reading.taken + 2]
    for found in _lasts(reading, vocabulary):
        cost = _CLOSING_QUOTE if _closes(reading.written, found) else 0.0
        yield Move(1, found + _eaten(found, following), _ALIGNED, cost, "last")


def _eaten(found: str, following: str) -> str:
    """What stands for the ASCII byte that a "?" took along, where no other one follows.

    Behind a mark it was most likely a blank; elsewhere the question mark goes on holding its place.
    """
    if following.isascii() or following in MARKS:
        return ""
    return "?" if is_han(found) else " "


def _lasts(reading: Reading, vocabulary: Vocabulary) -> list[str]:
    """The likeliest characters for a lost trail byte."""
    last, lead = reading.written[-1:], reading.pending

    def likeliness(char: str) -> float:
        words = _extended(reading.tail + _folded(char), reading.words)[-1]
        return words + vocabulary.bonus(reading.written, char)

    known = vocabulary.begun(last, lead)
    found = dict.fromkeys((*known, *_words_from(last, lead), *frequent(lead)))
    return sorted(found, key=lambda char: (-likeliness(char), char))[:LASTS]


def _end_of_letter(damaged: str, at: int, found: str) -> int:
    """How much a letter that is a trail byte takes: also a pinyin of the character behind it."""
    annotation = _ANNOTATION.match(damaged, at + 1)
    if annotation and is_reading(annotation["reading"], found):
        return annotation.end() - at
    return 1


def _gap_moves(damaged: str, reading: Reading, vocabulary: Vocabulary) -> Iterator[Move]:
    """A pair without a character was dropped: the end of one character, the start of the next.

    These two are known by half each, so they must make words, or pairs that the document has.
    """
    lost = damaged[reading.taken] in _LOST
    at = reading.taken + lost
    char = damaged[at : at + 1]
    if lost and (annotation := _ANNOTATION.match(damaged, at)):
        for second in read_as(annotation["reading"]):
            for first in vocabulary.before_a_gap(reading.pending, second):
                taken = annotation.end() - reading.taken
                yield Move(taken, first + second, _ALIGNED, _GAP)
    elif trail := codes().get(char):
        beyond = _completion(trail[1], damaged[at + 1 : at + 2])
        for first, second in _pairs_over_a_gap(reading, trail[0], beyond, vocabulary):
            move = _completing(second, trail[1])
            yield Move(1 + lost, first + move.written, move.pending, _GAP, "gap")
    elif char in _LETTERS:
        beyond = damaged[at + 1 : at + 2]
        for first, second in _pairs_over_a_gap(reading, ord(char), beyond, vocabulary):
            taken = _end_of_letter(damaged, at, second) + lost
            yield Move(taken, first + second, _ALIGNED, _GAP, "gap")


def _completion(pending: int, char: str) -> str:
    """The character that a lead byte makes with the first byte of the next one, if it has any."""
    trail = codes().get(char)
    return characters().get((pending, trail[0]), "") if trail else ""


def _pairs_over_a_gap(
    reading: Reading, trail: int, beyond: str, vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    """Two characters, half known, of which the document has the pair, or each with its neighbour.

    A dictionary has a word for nearly any two halves; only what the manual says is evidence.
    """
    yield from vocabulary.over_a_gap.get((reading.pending, trail), ())
    if not (firsts := vocabulary.begun(reading.written[-1:], reading.pending)):
        return
    for second in vocabulary.ended(trail, beyond):
        for first in firsts:
            if second not in vocabulary.after(first) and _dropped(first, second):
                yield first, second


def _lead(char: str) -> int:
    return codes().get(char, (0, 0))[0]


def _trail(char: str) -> int:
    return codes().get(char, (0, 0))[1]


@lru_cache(maxsize=1 << 12)
def _words_from(last: str, lead: int) -> tuple[str, ...]:
    """The characters with this lead byte that make a word with the one before them."""
    return tuple(c for c in beginning_with(lead) if is_han(last) and _is_word(last, c))


@cache
def frequent(lead: int) -> tuple[str, ...]:
    """The likeliest characters with this lead byte."""
    return _likeliest(beginning_with(lead))[:LASTS]


def _dropped(first: str, second: str) -> bool:
    """Whether the inner bytes of two characters have no character of their own."""
    return bool(unassigned()[_trail(first), _lead(second)])


def _gaps_before(reading: Reading) -> int:
    """How many gaps the runs had that are over."""
    start = reading.turns[-1][1]
    return sum(gap <= start for gap in reading.gaps)


@cache
def beginning_with(lead: int) -> tuple[str, ...]:
    """The characters with this lead byte."""
    pairs = ((lead, trail) for trail in range(0x40, 0xFF))
    return tuple(characters()[pair] for pair in pairs if pair in characters())


@lru_cache(maxsize=1 << 12)
def before_a_gap(lead: int, following: int) -> tuple[str, ...]:
    """Chinese characters with this lead byte whose trail byte makes none with `following`."""
    trails = np.flatnonzero(unassigned()[:, following]).tolist()
    chars = (characters().get((lead, trail), "") for trail in trails)
    return tuple(filter(is_han, chars))


@cache
def ending_in(trail: int) -> tuple[str, ...]:
    """The likeliest characters with this trail byte."""
    return _likeliest(map(chr, np.flatnonzero(code_table()[:, 1] == trail).tolist()))


def _likeliest(chars: Iterable[str]) -> tuple[str, ...]:
    ranked = sorted(filter(_ordinary, chars), key=lambda c: (-(word_score(_folded(c)) or 0.0), c))
    return tuple(ranked)


def _ordinary(char: str) -> bool:
    return is_han(char) or char in MARKS


def read_as(syllable: str) -> Sequence[str]:
    """The characters of GBK that have this syllable among their readings."""
    return _by_reading().get(syllable, ())


@cache
def _by_reading() -> dict[str, list[str]]:
    """A syllable with its tone mark to the characters of GBK that are read so."""
    return by_reading(sorted(codes()))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that was out of step: its span in the window, and in what was written."""

    old: Span
    new: Span


def _runs(damaged: str, reading: Reading, vocabulary: Vocabulary) -> Iterator[tuple[Span, str]]:
    """The stretches that were out of step, each with what it said, where that is no guess.

    Two that nearly touch stand or fall together: what came between them is a coincidence.
    """
    turns = zip(reading.turns[::2], reading.turns[1::2], strict=False)
    groups: list[list[Run]] = []
    for (start, new_start), (end, new_end) in turns:
        if not groups or start - groups[-1][-1].old.end > _APART:
            groups.append([])
        groups[-1].append(Run(Span(start, end), Span(new_start, new_end)))
    for group in groups:
        found = [_judged(damaged, reading, run, vocabulary) for run in group]
        if None not in found:
            yield from ((span, new) for span, new in filter(None, found))


def _in_document(written: str, gap: int, vocabulary: Vocabulary) -> bool:
    """Whether both characters that lost a half stand in pairs that the document has elsewhere."""
    at = gap - 2 - (not is_han(written[gap - 1]))
    pairs = [written[i + 1 : i + 2] in vocabulary.after(written[i]) for i in range(at - 1, at + 2)]
    return pairs[1] or (pairs[0] and pairs[2])


def _judged(
    damaged: str, reading: Reading, run: Run, vocabulary: Vocabulary
) -> tuple[Span, str] | None:
    """What is to be replaced by what, or None where a run is not beyond doubt.

    Where only the last character is in doubt, the question mark that stands for it stays.
    """
    if not _plausible(damaged, reading, run, vocabulary):
        return None
    start, end = run.new
    given_up = end - (reading.written[end - 1] in _LOST)
    guess = next((at for at in reading.lasts if start <= at < end), given_up)
    gaps = [gap for gap in reading.gaps if start < gap <= end]
    enough = MIN_MARGIN_GAP if gaps else MIN_MARGIN
    doubts = [(at, by) for at, by in reading.doubts if start <= at < end]
    if any(at < guess and by < enough for at, by in doubts):
        return None
    new = run.new.of(reading.written)
    if guess == given_up:
        return Span(run.old.start, run.old.end - (end - given_up)), reading.written[start:given_up]
    sure = all(by >= MIN_MARGIN_LAST for _, by in doubts)
    before, char = reading.written[:guess], reading.written[guess]
    if sure and (char in vocabulary.after(before[-1]) or _closes(before, char)):
        return run.old, new
    return Span(run.old.start, run.old.end - 1), reading.written[start:guess]


def _plausible(damaged: str, reading: Reading, run: Run, vocabulary: Vocabulary) -> bool:
    """Whether a run reads like Chinese, far more than before, and has evidence for its gaps."""
    new = run.new.of(reading.written)
    if not all(is_han(char) or char in _ORDINARY for char in new):
        return False
    left = reading.written[max(0, run.new.start - 4) : run.new.start]
    right = damaged[run.old.end : run.old.end + 4]
    before = plausibility(left + run.old.of(damaged) + right)
    if plausibility(left + new + right) - before < MIN_GAIN:
        return False
    gaps = [gap for gap in reading.gaps if run.new.start < gap <= run.new.end]
    if not all(_in_document(reading.written, gap, vocabulary) for gap in gaps):
        return False
    guess = next((at for at in reading.lasts if run.new.start <= at < run.new.end), run.new.end)
    strangers = vocabulary.strangers(
        left + new + right, len(left), len(left) + guess - run.new.start
    )
    whole = not gaps and damaged[run.old.end - 1] not in _LOST
    return strangers <= (STRANGERS * len(new) if whole else 0)
