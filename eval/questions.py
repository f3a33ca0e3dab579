"""Judged questions: what is asked, whether the manuals answer it, and the words that do.

A file of them is JSON lines; a row looks like

    {"id": "q1", "query": "几声内接电话", "lang": "zh-Hans", "style": "natural", "type": "deadline",
     "answerable": true, "gold": [{"file": "hotel", "quote": "三声(shēng)内", "clean": "三声内"}],
     "must_have": "三声", "note": "pinyin"}

`clean`, `must_have` and `note` may be left out. Any one gold quote in a passage counts. A quote
may say what it comes to: the limit that it states, as {"value": 3, "unit": "ring", "comparators":
["within"], "business_days": false} under `deadline`, where any of the comparators is right; and the
words to be said and never to be said in its place, as lists of texts under `say` and `never_say`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast, get_args

from kb.errors import InvalidQuestion
from kb.records import Comparator

T = TypeVar("T")

_KIND_OF_VALUE = {str: "a text", bool: "true or false", list: "a list", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit that gold words state; units and comparators are those of `kb.records.Deadline`."""

    value: float
    unit: str
    comparators: tuple[Comparator, ...]
    business_days: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """Words of a manual that answer a question: as the source has them, and without its damage.

    `deadline` is the limit that they state, `say` and `never_say` are words of their place.
    """

    file: str
    quote: str
    clean: str = ""
    deadline: Limit | None = None
    say: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The words that a passage must hold."""
        return self.clean or self.quote


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question.

    `lang`, `style`, `type` (the kind of answer wanted) and `note` (the damage met) name the
    slices that it counts in; `must_have` is the key fact, for a reader and not for matching.
    """

    id: str
    query: str
    lang: str
    style: str
    type: str
    answerable: bool
    gold: tuple[Gold, ...]
    must_have: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A JSON object with the place it stands at, for the messages."""

    place: str
    fields: dict[str, object]

    def fail(self, field: str, expected: str) -> InvalidQuestion:
        value = json.dumps(self.fields.get(field), ensure_ascii=False)
        return InvalidQuestion(f"{self.place}: {field} is {value}; expected {expected}")

    def get(self, field: str, kind: type[T]) -> T:
        value = self.fields.get(field)
        if not isinstance(value, kind):
            raise self.fail(field, _KIND_OF_VALUE[kind])
        return value

    def text(self, field: str, *, optional: bool = False) -> str:
        if optional and field not in self.fields:
            return ""
        value = self.get(field, str)
        if not (optional or value.strip()):
            raise self.fail(field, "a text that is not empty")
        return value


def load_questions(path: Path) -> tuple[Question, ...]:
    """Return the questions of a JSON-lines file, in its order; empty lines are passed over.

    Raises InvalidQuestion with file, line, field, value and what was expected, also where an id
    comes twice or the file holds no question.
    """
    questions: dict[str, Question] = {}
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        row = _parse(line, f"{path}, line {number}")
        question = _question(row)
        if question.id in questions:
            raise row.fail("id", "an id that no other row has")
        questions[question.id] = question
    if not questions:
        raise InvalidQuestion(f"{path}: no question in it; expected one JSON object a line")
    return tuple(questions.values())


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidQuestion(
            f"{path}: cannot be read ({error}); expected a file of JSON lines in UTF-8"
        ) from error


def _parse(line: str, place: str) -> _Row:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise InvalidQuestion(f"{place}: not JSON ({error}); expected one object") from error
    if not isinstance(fields, dict):
        raise InvalidQuestion(f"{place}: the row is {line.strip()[:80]}; expected a JSON object")
    return _Row(place, fields)


def _question(row: _Row) -> Question:
    answerable = row.get("answerable", bool)
    gold = tuple(_gold(row, index) for index in range(len(row.get("gold", list))))
    if answerable != bool(gold):
        raise row.fail("gold", "quotes, if and only if the question is answerable")
    return Question(
        id=row.text("id"),
        query=row.text("query"),
        lang=row.text("lang"),
        style=row.text("style"),
        type=row.text("type"),
        answerable=answerable,
        gold=gold,
        must_have=row.text("must_have", optional=True),
        note=row.text("note", optional=True),
    )


def _gold(row: _Row, index: int) -> Gold:
    fields = row.get("gold", list)[index]
    if not isinstance(fields, dict):
        raise row.fail("gold", "a list of objects with file and quote")
    quote = _Row(f"{row.place}, gold {index + 1}", fields)
    return Gold(
        quote.text("file"),
        quote.text("quote"),
        quote.text("clean", optional=True),
        _limit(quote),
        _texts(quote, "say"),
        _texts(quote, "never_say"),
    )


def _limit(quote: _Row) -> Limit | None:
    if "deadline" not in quote.fields:
        return None
    row = _Row(f"{quote.place}, deadline", quote.get("deadline", dict))
    value, comparators = row.fields.get("value"), _texts(row, "comparators")
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise row.fail("value", "a number")
    if not comparators or not set(comparators) <= set(get_args(Comparator)):
        raise row.fail("comparators", f"some of {', '.join(get_args(Comparator))}")
    business = "business_days" in row.fields and row.get("business_days", bool)
    return Limit(value, row.text("unit"), cast("tuple[Comparator, ...]", comparators), business)


def _texts(row: _Row, field: str) -> tuple[str, ...]:
    texts = row.get(field, list) if field in row.fields else []
    if not all(isinstance(each, str) and each.strip() for each in texts):
        raise row.fail(field, "a list of texts")
    return tuple(texts)
