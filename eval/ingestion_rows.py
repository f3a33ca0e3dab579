"""Judged rows about cleaning: what must go, what must stay, what damage said, which deadlines.

A folder of them holds up to four files of JSON lines; every `quote` and `damaged` is an exact
substring of the manual whose file name begins with `file`.

    boilerplate.jsonl  {"file", "quote", "match": "line" or "substring"}
    keep.jsonl         {"file", "quote", "clean": optional}
    repairs.jsonl      {"file", "damaged", "repaired": null where nobody can tell, "kind"}
    deadlines.jsonl    {"file", "quote", "normalized", "class"}
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kb.errors import InvalidQuestion

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Words that must not come back; with `whole_line` only where they are a whole line."""

    file: str
    quote: str
    whole_line: bool


@dataclass(frozen=True, slots=True)
class Keep:
    """Words that must survive: `quote` as the source has them, `words` without its damage."""

    file: str
    quote: str
    words: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Damaged words and what they said; `repaired` is None where nobody can tell."""

    file: str
    damaged: str
    repaired: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Limit:
    """Words that state a time limit or the like, and what it is, in English and ISO 8601.

    `sort` is "numeric", "vague", "value_missing" or another.
    """

    file: str
    quote: str
    normalized: str
    sort: str


Row = Boilerplate | Keep | Repair | Limit


@dataclass(frozen=True, slots=True)
class Rows:
    """All judged rows of a folder."""

    boilerplate: tuple[Boilerplate, ...]
    keep: tuple[Keep, ...]
    repairs: tuple[Repair, ...]
    limits: tuple[Limit, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The manuals that the rows are about, each once."""
        rows: tuple[Row, ...] = (*self.boilerplate, *self.keep, *self.repairs, *self.limits)
        return tuple(dict.fromkeys(row.file for row in rows))


def load_rows(folder: Path) -> Rows:
    """Read a folder; a file that is not there has no rows.

    Raises InvalidQuestion with file and line where a row is malformed, or where there is none.
    """
    rows = Rows(
        _load(folder / "boilerplate.jsonl", _boilerplate),
        _load(folder / "keep.jsonl", _keep),
        _load(folder / "repairs.jsonl", _repair),
        _load(folder / "deadlines.jsonl", _limit),
    )
    if not rows.files:
        raise InvalidQuestion(
            f"{folder}: no judged rows about cleaning; expected boilerplate.jsonl, keep.jsonl, "
            "repairs.jsonl or deadlines.jsonl with one JSON object a line"
        )
    return rows


def _load(path: Path, make: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    if not path.is_file():
        return ()
    lines = path.read_text("utf-8-sig").split("\n")
    return tuple(_row(f"{path}, line {i}", line, make) for i, line in enumerate(lines, 1) if line)


def _row(place: str, line: str, make: Callable[[Mapping[str, Any]], T]) -> T:
    try:
        return make(json.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidQuestion(
            f"{place}: {type(error).__name__}: {error}; expected a JSON object with the fields "
            "that eval/ingestion_rows.py names"
        ) from error


def _boilerplate(row: Mapping[str, Any]) -> Boilerplate:
    return Boilerplate(row["file"], row["quote"], row["match"] == "line")


def _keep(row: Mapping[str, Any]) -> Keep:
    return Keep(row["file"], row["quote"], row.get("clean") or row["quote"])


def _repair(row: Mapping[str, Any]) -> Repair:
    return Repair(row["file"], row["damaged"], row["repaired"], row["kind"])


def _limit(row: Mapping[str, Any]) -> Limit:
    return Limit(row["file"], row["quote"], row["normalized"], row["class"])
