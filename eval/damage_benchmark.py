"""The damage benchmark: does a repair undo damage that is known, and leave clean text alone?

    clean text ─ repair ─► its edits, judged: wrong, joined, or only tidied
        └─ injector (eval.damage), one class at a time ─► damaged text ─ repair ─► score

Every text is used in both Chinese scripts. What a repair tidies in a clean text (blanks at the
borders of Chinese, invisible characters, tags) is taken as done before damage is injected, so that
a wound is judged by its own repair only. The draws depend on nothing but text and class.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal
from unicodedata import category, normalize

from eval.damage import INJECTORS, Outcome, interleaved_columns, score
from eval.report import align, share
from kb.edits import Edited
from kb.errors import HandbookError
from kb.records import Edit, Mark
from kb.rendering import render

Repair = Callable[[str], Edited]
"""A text in, the text with the edits that repaired it out."""

Finder = Callable[[str], Iterable[Mark]]
"""A repaired text in, the marks of what is damaged in it out."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

NEEDED = {"bracketed_pinyin": 0.99, "shifted_bytes": 0.90}
"""Share of the wounds of a class that must be restored, where it is not the usual one."""
USUALLY_NEEDED = 0.95
ALLOWED = 1.0
"""Wrong edits in 100,000 characters of clean text."""

INJECTED = 160_000
"""Characters of clean text, both scripts together, that damage is injected into: the first ones."""
_TOGETHER = 8
"""Paragraphs that make one text: a running header needs a few lines to run over."""
_AROUND = 10

Verdict = Literal["wrong", "joined", "tidied"]


@dataclass(frozen=True, slots=True)
class CleanEdit:
    """An edit of a text that was clean, with a few words around it.

    `verdict`: "tidied" changes nothing but invisible characters, tags, and blanks that do not
    stand between two Chinese characters; "joined" takes out one that does, which is right where a
    line was wrapped there and wrong between two names: read it; all else is "wrong".
    """

    rule: str
    lead: str
    before: str
    after: str
    tail: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ClassScore:
    """How the wounds of one class came out.

    `restorable` are those that still hold what they said, `lost` those that do not: leaving
    these alone is right.
    """

    name: str
    restorable: Outcome
    lost: Outcome
    needed: float


@dataclass(frozen=True, slots=True)
class ColumnScore:
    """Pages in two columns, read across: nobody can undo that, so they are to be marked.

    `marked` of the `pages` are, over most of their text; `changed` are no longer as they were.
    `false` marks stand in the clean texts.
    """

    pages: int = 0
    marked: int = 0
    changed: int = 0
    false: int = 0


@dataclass(frozen=True, slots=True)
class DamageReport:
    """The benchmark's figures. `characters` of clean text were given to the repair.

    `columns` is None where no finder of marks was judged.
    """

    characters: int
    edits: tuple[CleanEdit, ...]
    classes: tuple[ClassScore, ...]
    columns: ColumnScore | None = None

    def of(self, verdict: Verdict) -> list[CleanEdit]:
        """The edits of clean text with this verdict."""
        return [edit for edit in self.edits if edit.verdict == verdict]

    def rate(self, verdict: Verdict) -> float:
        """Edits with this verdict in 100,000 characters of clean text."""
        return 100_000 * len(self.of(verdict)) / max(1, self.characters)


def damage_benchmark(
    texts: Iterable[str],
    repair: Repair,
    progress: Progress = lambda step, done, total: None,
    *,
    find: Finder | None = None,
) -> DamageReport:
    """Judge `repair`, and `find`, on `texts`, which are clean, those most like a manual first."""
    clean = [(text, repair(text)) for text in _both_scripts(texts)]
    tidy = tuple(_up_to(INJECTED, (edited.text for _, edited in clean)))
    scores = []
    for done, name in enumerate(INJECTORS, 1):
        scores.append(_class_score(name, tidy, repair))
        progress("classes of damage", done, len(INJECTORS))
    return DamageReport(
        characters=sum(len(text) for text, _ in clean),
        edits=tuple(each for text, edited in clean for each in _judged(text, edited.edits)),
        classes=tuple(scores),
        columns=_column_score(tidy, [edited.text for _, edited in clean], repair, find)
        if find
        else None,
    )


def _column_score(
    pages: Iterable[str], clean: Iterable[str], repair: Repair, find: Finder
) -> ColumnScore:
    read = marked = changed = 0
    for number, text in enumerate(pages):
        damaged = interleaved_columns(text, Random(f"interleaved_columns {number}"))
        if damaged.wounds:
            repaired = repair(damaged.text).text
            read += 1
            marked += sum(map(len, _columns(repaired, find))) > 0.5 * len(repaired)
            changed += repaired != damaged.text
    return ColumnScore(read, marked, changed, sum(len(_columns(text, find)) for text in clean))


def _columns(text: str, find: Finder) -> list[str]:
    """What is marked as interleaved columns."""
    return [mark.span.of(text) for mark in find(text) if mark.kind == "columns"]


def paragraphs(folder: Path) -> tuple[str, ...]:
    """The paragraphs of the retrieval tasks in `folder`, each once, some of them to a text.

    Raises HandbookError where a task's corpus is malformed.
    """
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*/corpus.jsonl")):
        try:
            rows = [json.loads(line) for line in path.read_text("utf8").split("\n") if line]
            found |= dict.fromkeys(row["text"] for row in rows)
        except (ValueError, KeyError, TypeError) as error:
            raise HandbookError(
                f"{path}: {type(error).__name__}: {error}; expected JSON lines with a text each"
            ) from error
    lines = list(found)
    return tuple("\n".join(lines[i : i + _TOGETHER]) for i in range(0, len(lines), _TOGETHER))


def _both_scripts(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from dict.fromkeys((text, render(text, "hans"), render(text, "hant")))


def _up_to(characters: int, texts: Iterable[str]) -> Iterator[str]:
    """The first of `texts`, until there are so many characters."""
    for text in texts:
        if characters <= 0:
            return
        yield text
        characters -= len(text)


def _class_score(name: str, texts: Sequence[str], repair: Repair) -> ClassScore:
    restorable, lost = Outcome(), Outcome()
    for number, text in enumerate(texts):
        damaged = INJECTORS[name](text, Random(f"{name} {number}"))
        if damaged.wounds:
            repaired = repair(damaged.text)
            restorable += score(damaged, repaired)
            lost += score(damaged, repaired, lost=True)
    return ClassScore(name, restorable, lost, NEEDED.get(name, USUALLY_NEEDED))


def _judged(text: str, edits: Iterable[Edit]) -> Iterator[CleanEdit]:
    for edit in edits:
        start, end = edit.span
        lead, tail = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        before = edit.span.of(text)
        verdict = _verdict(lead, before, edit.replacement, tail)
        yield CleanEdit(edit.rule, lead, before, edit.replacement, tail, verdict)


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def _verdict(lead: str, before: str, after: str, tail: str) -> Verdict:
    if _visible(before) != _visible(after):
        return "wrong"
    if before.strip(" ") or after:
        return "wrong" if "\n" in before and "\n" not in after else "tidied"
    neighbours = lead[-1:] + tail[:1]
    if not any(map(_is_chinese, neighbours)):
        return "wrong" if neighbours.isalnum() else "tidied"
    return "joined" if all(map(_is_chinese, neighbours)) else "tidied"


def _visible(words: str) -> str:
    """What a reader sees of words, blanks aside."""
    shown = (char for char in normalize("NFKC", _TAG.sub("", words)) if category(char)[0] != "C")
    return "".join("".join(shown).split())


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def damage_table(report: DamageReport) -> str:
    """Return the figures as text, and the edits of clean text that are to be read."""
    head = ["", "wounds", "restored", "left", "worse", "share", "needed", "lost: restored"]
    head += ["partly", "left", "worse"]
    rows = [_row(each) for each in report.classes]
    read = [*report.of("wrong"), *report.of("joined")]
    return "\n".join(
        [
            "damage injected and repaired",
            align([head, *rows]),
            *([_columns_line(report.columns)] if report.columns else []),
            "",
            f"clean text: {report.characters:,} characters; in 100,000 of them "
            f"{report.rate('wrong'):.2f} wrong edits (allowed: {ALLOWED:g}), "
            f"{report.rate('joined'):.2f} joined, {report.rate('tidied'):.1f} tidied",
            *(f"{each.verdict}: {_shown(each)}" for each in read),
        ]
    )


def _columns_line(columns: ColumnScore) -> str:
    return (
        f"interleaved columns: {columns.pages} pages, {columns.marked} marked, "
        f"{columns.changed} changed; {columns.false} false marks in the clean text"
    )


def _row(each: ClassScore) -> list[str]:
    whole = each.restorable
    counts = (whole.restored, whole.left, whole.worse + whole.partly)
    lost = (each.lost.restored, each.lost.partly, each.lost.left, each.lost.worse)
    return [
        each.name,
        str(sum(counts)),
        *map(str, counts),
        share(each.restorable.share, 3),
        share(each.needed),
        *map(str, lost),
    ]


def _shown(edit: CleanEdit) -> str:
    words = f"{edit.lead}[-{edit.before}-]{{+{edit.after}+}}{edit.tail}"
    return f"{edit.rule}: {words!r}"
