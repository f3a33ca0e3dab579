"""How well cleaning and annotation did, over judged rows and an open library.

    boilerplate stays out      no passage, with its title and headings, holds such words
    what must stay is there    one passage holds all of them
    damage is repaired         the place of the damage now reads exactly as it did once; where only
                               punctuation was lost, its letters and digits do
    nothing is invented        where nobody can tell, the words are as they were, or are marked
    a lost number stays lost   no deadline at such a place has a value
    never said is never say    no words to say are, overlap or hold words never to say
    deadlines                  precision, recall and F1 at the judged places

A place is found by its words in the raw text and carried over to the cleaned text by the edits, so
that the same words elsewhere prove nothing. The rows are a sample of a manual's deadlines, so
precision is that at their places: a deadline found there that no row wants is spurious, one with a
value where the row is vague as well. Rows without an amount (`eval.normalized`) are not judged.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from eval.ingestion_rows import Boilerplate, Keep, Limit, Repair, Row, Rows
from eval.judge import strip
from eval.normalized import Wanted, binds, fits, read_normalized
from eval.report import align, share
from kb.edits import Edited
from kb.errors import InvalidQuestion
from kb.generation import Generation
from kb.records import Deadline, Document, Passage, Span

R = TypeVar("R", Boilerplate, Keep, Repair, Limit)

AROUND = 12
"""Characters around a damaged place in which its repaired words are looked for."""

SHORTEST = 4
"""Letters of the shortest forbidden words that are looked for inside other words."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that failed: its file, its words, and what is wrong."""

    file: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """Rows that passed, of all; `needed` is the share (0–1) that must."""

    name: str
    passed: int
    total: int
    needed: float
    failures: tuple[Failure, ...]

    @property
    def share(self) -> float:
        """Rows that passed, of all; 1 without a row."""
        return self.passed / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Detection:
    """Deadlines wanted, found among them, and found though no row wants them."""

    name: str
    found: int
    wanted: int
    spurious: int
    needed: float
    failures: tuple[Failure, ...]

    @property
    def precision(self) -> float:
        """Wanted deadlines among those found; 1 where none was found."""
        total = self.found + self.spurious
        return self.found / total if total else 1.0

    @property
    def recall(self) -> float:
        """Deadlines found among those wanted; 1 where none was wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class IngestionReport:
    """All figures over one generation. `not_judged` counts deadline rows without an amount."""

    generation: str
    checks: tuple[Check, ...]
    detections: tuple[Detection, ...]
    not_judged: int


@dataclass(frozen=True)
class Manual:
    """A document with what is asked of it again and again."""

    document: Document
    passages: tuple[Passage, ...]

    @cached_property
    def edited(self) -> Edited:
        """The map between its raw and its cleaned text."""
        return Edited(self.document.raw, self.document.edits)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Its deadlines, each once."""
        return tuple(dict.fromkeys(each for p in self.passages for each in p.deadlines))

    @cached_property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """Of each passage the lines that a reader sees, titles first, as `judge.strip` has them."""
        return tuple(tuple(map(strip, _lines(self.document, each))) for each in self.passages)

    def places(self, raw_words: str) -> list[Span]:
        """Where words of the raw text stand, in the raw text."""
        return [Span(*m.span()) for m in re.finditer(re.escape(raw_words), self.document.raw)]

    def now(self, raw_span: Span) -> Span:
        """Where a place of the raw text is in the cleaned text."""
        return self.edited.to_text(raw_span)


@dataclass(frozen=True)
class Shelf:
    """The manuals of a library, to be found by how their file names begin."""

    manuals: tuple[Manual, ...]

    def named(self, file: str) -> list[Manual]:
        """The manuals whose file names begin with `file`. Raises InvalidQuestion without one."""
        found = [
            each
            for each in self.manuals
            if PurePosixPath(each.document.source.path).name.startswith(file)
        ]
        if not found:
            raise InvalidQuestion(
                f"the library has no manual whose name begins with {file!r}: run `kb ingest` with "
                "the manuals that the rows are about"
            )
        return found


def evaluate_ingestion(generation: Generation, rows: Rows) -> IngestionReport:
    """Judge a library's texts and annotations.

    Raises InvalidQuestion where the library lacks a manual that the rows are about.
    """
    shelf = Shelf(
        tuple(
            Manual(generation.document(each.id), generation.passages(each.id))
            for each in generation.documents()
        )
    )
    for file in rows.files:
        shelf.named(file)
    known = [row for row in rows.repairs if row.repaired is not None]
    unknown = [row for row in rows.repairs if row.repaired is None]
    lost = [row for row in rows.limits if row.sort == "value_missing"]
    return IngestionReport(
        generation.name,
        (
            _check("boilerplate stays out", rows.boilerplate, 1.0, shelf, _comes_back),
            _check("what must stay is there", rows.keep, 1.0, shelf, _is_lost),
            _check("damage is repaired", known, 0.95, shelf, _is_unrepaired),
            _check("nothing is invented", unknown, 1.0, shelf, _is_invented),
            _check("a lost number stays lost", lost, 1.0, shelf, _has_value),
            _never_said(shelf),
        ),
        (
            _detect("deadlines: value, unit", rows.limits, shelf, fits),
            _detect("deadlines: value, unit, comparator", rows.limits, shelf, binds),
        ),
        sum(row.sort == "numeric" and not read_normalized(row.normalized) for row in rows.limits),
    )


def _check(
    name: str, rows: Sequence[R], needed: float, shelf: Shelf, wrong: Callable[[R, Shelf], str]
) -> Check:
    """Judge rows one by one; `wrong` says what is wrong with a row, "" where nothing is."""
    told = [(row, wrong(row, shelf)) for row in rows]
    failures = tuple(Failure(row.file, _words(row), reason) for row, reason in told if reason)
    return Check(name, len(rows) - len(failures), len(rows), needed, failures)


def _words(row: Row) -> str:
    return row.damaged if isinstance(row, Repair) else row.quote


def _lines(document: Document, passage: Passage) -> list[str]:
    words = passage.span.of(document.text).split("\n")
    return [passage.title, *passage.heading_path, *words]


def _comes_back(row: Boilerplate, shelf: Shelf) -> str:
    """In which manual the words come back; every manual is looked at."""
    words = strip(row.quote)
    for manual in shelf.manuals:
        for lines in manual.shown:
            if words in lines if row.whole_line else words in "".join(lines):
                return f"is in a passage of {manual.document.source.path}"
    return ""


def _is_lost(row: Keep, shelf: Shelf) -> str:
    words = strip(row.words)
    manuals = shelf.named(row.file)
    if any(words in "".join(lines) for manual in manuals for lines in manual.shown):
        return ""
    if any(words in strip(manual.document.text) for manual in manuals):
        return "is in the text, but not in one passage"
    return "is not in the text"


def _is_unrepaired(row: Repair, shelf: Shelf) -> str:
    """What the damaged place reads now, where that is not what it once said."""
    wanted = _exact(row.repaired or "", row.kind)
    for manual, place in _places(row, shelf):
        now = manual.now(_around(place)).of(manual.document.text)
        if wanted not in _exact(now, row.kind):
            return f"reads {now!r}; expected {row.repaired!r}"
    return "" if list(_places(row, shelf)) else "is not in the source as it was read"


def _exact(words: str, kind: str) -> str:
    """What is compared: all but punctuation, where it was punctuation that was lost."""
    return "".join(filter(str.isalnum, words)) if kind == "punct" else words


def _is_invented(row: Repair, shelf: Shelf) -> str:
    """What a place of unknown words reads now, where it was changed and not marked."""
    wanted = "".join(row.damaged.split())
    for manual, place in _places(row, shelf):
        span = manual.now(place)
        now = manual.now(_around(place)).of(manual.document.text)
        marked = any(_meet(mark.span, span) for mark in manual.document.marks)
        if not marked and wanted not in "".join(now.split()):
            return f"reads {now!r}, without a mark; nobody can tell what it said"
    return ""


def _places(row: Repair, shelf: Shelf) -> Iterator[tuple[Manual, Span]]:
    for manual in shelf.named(row.file):
        for place in manual.places(row.damaged):
            yield manual, place


def _around(place: Span) -> Span:
    return Span(max(0, place.start - AROUND), place.end + AROUND)


def _has_value(row: Limit, shelf: Shelf) -> str:
    valued = [each for each in _there(row, shelf) if each.value is not None]
    return ", ".join(f"{each.quote!r} has the value {each.value:g}" for each in valued)


def _there(row: Limit, shelf: Shelf) -> list[Deadline]:
    """The deadlines at the first place of a row's words."""
    for manual in shelf.named(row.file):
        if places := manual.places(row.quote):
            span = manual.now(places[0])
            return [each for each in manual.deadlines if _meet(each.span, span)]
    return []


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _never_said(shelf: Shelf) -> Check:
    failures, total = [], 0
    for manual in shelf.manuals:
        scripts = [script for passage in manual.passages for script in passage.scripts]
        never = {quote for script in scripts for quote in script.never_say}
        forbidden = [(strip(quote.quote), quote.span) for quote in never]
        for quote in dict.fromkeys(quote for script in scripts for quote in script.say):
            total += 1
            words = strip(quote.quote)
            if any(_meet(quote.span, span) or _holds(words, bad) for bad, span in forbidden):
                reason = "is listed both under say and under never say"
                failures.append(Failure(manual.document.source.path, quote.quote, reason))
    return Check("never said is never say", total - len(failures), total, 1.0, tuple(failures))


def _holds(words: str, forbidden: str) -> bool:
    return words == forbidden or (len(forbidden) >= SHORTEST and forbidden in words)


def _detect(
    name: str, rows: Sequence[Limit], shelf: Shelf, match: Callable[[Wanted, Deadline], bool]
) -> Detection:
    """Compare what rows want with the deadlines at their places; each deadline counts once."""
    found = wanted = 0
    failures: list[Failure] = []
    right: set[tuple[str, Deadline]] = set()
    extra: dict[tuple[str, Deadline], Failure] = {}
    for row, amounts in _judged(rows):
        there = _there(row, shelf)
        for amount in amounts:
            matching = [each for each in there if match(amount, each)]
            right |= {(row.file, each) for each in matching}
            wanted += amount.required
            found += amount.required and bool(matching)
            if amount.required and not matching:
                failures.append(_missed(row, amount))
        for each in there:
            if each.value is not None:
                extra[row.file, each] = Failure(row.file, row.quote, f"also has {_told(each)}")
    spurious = [failure for key, failure in extra.items() if key not in right]
    return Detection(name, found, wanted, len(spurious), 0.95, (*failures, *spurious))


def _judged(rows: Sequence[Limit]) -> Iterator[tuple[Limit, tuple[Wanted, ...]]]:
    """The rows that say what is there, with their amounts: none where a row is vague."""
    for row in rows:
        if row.sort == "vague":
            yield row, ()
        elif row.sort == "numeric" and (amounts := read_normalized(row.normalized)):
            yield row, amounts


def _missed(row: Limit, amount: Wanted) -> Failure:
    told = " or ".join(sorted(amount.comparators))
    day = "business " if amount.business_days else ""
    wanted = f"{told} {amount.value:g} {day}{amount.unit}".strip()
    return Failure(row.file, row.quote, f"{wanted} ({row.normalized}) is not found there")


def _told(each: Deadline) -> str:
    day = "business " if each.business_days else ""
    return f"{each.quote!r}: {each.comparator} {each.value:g} {day}{each.unit}"


def ingestion_table(report: IngestionReport) -> str:
    """Return the figures as text, with what was needed, and the rows that failed."""
    checks = [
        [each.name, f"{each.passed}/{each.total}", share(each.share, 3), share(each.needed)]
        for each in report.checks
    ]
    detections = [
        [
            each.name,
            share(each.precision, 3),
            share(each.recall, 3),
            share(each.f1, 3),
            share(each.needed),
        ]
        for each in report.detections
    ]
    parts: tuple[Check | Detection, ...] = (*report.checks, *report.detections)
    failed = [
        f"{part.name}: {each.file}: {each.words} – {each.reason}"
        for part in parts
        for each in part.failures
    ]
    return "\n".join(
        [
            f"cleaning and annotation, generation {report.generation}",
            align([["", "rows", "share", "needed"], *checks]),
            "",
            align([["", "precision", "recall", "F1", "needed"], *detections]),
            f"{report.not_judged} numeric rows have no amount in their form and are not judged",
            *(["", "Rows that failed:", *failed] if failed else []),
        ]
    )
