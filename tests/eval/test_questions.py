"""Judged questions."""

import json
from pathlib import Path

import pytest

from eval.questions import Gold, load_questions
from kb.errors import InvalidQuestion
from tests.shared import SHARED, needs_shared

ROW = {
    "id": "a1",
    "query": "几声内接电话",
    "lang": "zh-Hans",
    "style": "natural",
    "type": "deadline",
    "answerable": True,
    "gold": [{"file": "hotel", "quote": "三声(shēng)内", "clean": "三声内"}],
    "must_have": "三声",
    "note": "pinyin",
}


def written(folder: Path, *rows: object) -> Path:
    """Write rows as a file of judged questions."""
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_a_row_becomes_a_question(tmp_path: Path) -> None:
    """A row becomes a question."""
    (question,) = load_questions(written(tmp_path, ROW))
    assert (question.id, question.answerable, question.note) == ("a1", True, "pinyin")
    assert question.gold == (Gold("hotel", "三声(shēng)内", "三声内"),)
    assert question.gold[0].words == "三声内"


def test_what_a_row_may_leave_out_is_empty(tmp_path: Path) -> None:
    """What a row may leave out is empty."""
    row = {name: value for name, value in ROW.items() if name not in ("must_have", "note")}
    (question,) = load_questions(
        written(tmp_path, {**row, "gold": [{"file": "a", "quote": "三声"}]})
    )
    assert (question.must_have, question.note, question.gold[0].words) == ("", "", "三声")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"query": ""}, 'line 2: query is ""; expected a text that is not empty'),
        ({"query": 7}, "line 2: query is 7; expected a text"),
        ({"answerable": "yes"}, 'line 2: answerable is "yes"; expected true or false'),
        ({"gold": None}, "line 2: gold is null; expected a list"),
        ({"gold": []}, r"line 2: gold is \[\]; expected quotes, if and only if"),
        ({"gold": ["三声"]}, "expected a list of objects with file and quote"),
        ({"gold": [{"file": "a"}]}, "line 2, gold 1: quote is null; expected a text"),
        ({"answerable": False}, "line 2: gold is .* if and only if the question is answerable"),
        ({"id": "a1"}, 'line 2: id is "a1"; expected an id that no other row has'),
    ],
)
def test_a_malformed_row_is_named_by_line_field_and_value(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    """A malformed row is named by line field and value."""
    with pytest.raises(InvalidQuestion, match=message):
        load_questions(written(tmp_path, ROW, {**ROW, "id": "a2", **change}))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no question in it"),
        (b"{", "line 1: not JSON"),
        (b"[]", "expected a JSON object"),
        ("问".encode("gb18030"), "in UTF-8"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """A file of something else is refused."""
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    with pytest.raises(InvalidQuestion, match=message):
        load_questions(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(InvalidQuestion, match=r"nowhere\.jsonl: cannot be read"):
        load_questions(tmp_path / "nowhere.jsonl")


@needs_shared
def test_the_development_sample_loads_whole() -> None:
    """The development sample loads whole."""
    path = SHARED / "questions" / "questions.jsonl"
    assert len(load_questions(path)) == len(path.read_text("utf-8").splitlines())
