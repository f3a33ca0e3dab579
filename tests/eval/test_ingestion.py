"""The judgement of cleaning and annotation, over a library made for it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.ingestion import Check, IngestionReport, evaluate_ingestion, ingestion_table
from eval.ingestion_rows import load_rows
from kb.edits import Edited
from kb.errors import InvalidQuestion
from kb.generation import GenerationWriter
from kb.library import Library
from kb.records import Deadline, Document, Edit, Mark, Passage, Quote, Script, Section, Span
from tests import library as small

RAW = "立即下载\n客户服務(wù)须知\n来电五声内应答\n保存期 年\n每周 ?30开会\n不说等着应说稍候"
EDITS = (
    Edit(Span(0, 5), "", "site_furniture", 0.9),
    Edit(Span(9, 13), "", "bracketed_pinyin", 0.99),
)


def words(text: str, quote: str) -> Quote:
    """Words of a text with their place."""
    start = text.index(quote)
    return Quote(quote, Span(start, start + len(quote)))


def manual() -> tuple[Document, list[Section], list[Passage]]:
    """A manual with a repair, a drop, a mark, two deadlines and a script."""
    document, _, _ = small.document("desk", RAW)
    text = Edited(RAW, EDITS).text
    five, week = words(text, "五声内"), words(text, "每周")
    deadlines = (
        Deadline(five.quote, five.span, 5, "ring", "within"),
        Deadline(week.quote, week.span, 1, "week", "every"),
    )
    script = Script("", (words(text, "稍候"),), (words(text, "等着"),))
    passage = Passage(
        "p", "desk", "desk", (), Span(0, len(text)), deadlines=deadlines, scripts=(script,)
    )
    marks = (Mark(words(text, "保存期 年").span, "value_missing"),)
    made = replace(document, text=text, edits=EDITS, marks=marks)
    return made, [Section("desk", (), passage.span)], [passage]


def judge(folder: Path, passages: list[Passage] | None = None, **rows: object) -> IngestionReport:
    """Judge the library by these rows, a file for each name."""
    judged = folder / "rows"
    judged.mkdir()
    for name, made in rows.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in made]  # type: ignore[attr-defined]
        (judged / f"{name}.jsonl").write_text("\n".join(lines), "utf8")
    document, sections, own = manual()
    library = Library(folder, "one")
    with library.writing(), library.building() as place:
        with GenerationWriter(place, small.SPEC, small.MEANS, recipe="test") as writer:
            writer.add(document, sections, passages or own, [small.embedding(0)])
            writer.finish()
        library.publish(place)
    generation = library.open()
    try:
        return evaluate_ingestion(generation, load_rows(judged))
    finally:
        generation.close()


def row(quote: str, **fields: Any) -> dict[str, Any]:
    """A row about the manual."""
    return {"file": "desk", "quote": quote, **fields}


def check(report: IngestionReport, name: str) -> Check:
    """The check of this name."""
    return next(each for each in report.checks if each.name == name)


def test_boilerplate_that_is_meant_as_a_line_is_no_part_of_one(tmp_path: Path) -> None:
    """The first was dropped, the second is only a part of a line, the third came back."""
    report = judge(
        tmp_path,
        boilerplate=[
            row("立即下载", match="substring"),
            row("五声内", match="line"),
            row("客户服務须知", match="line"),
        ],
    )
    found = check(report, "boilerplate stays out")
    assert (found.passed, found.total) == (2, 3)
    assert found.failures[0].words == "客户服務须知"


def test_words_to_keep_are_looked_for_without_their_damage(tmp_path: Path) -> None:
    """In either script, punctuation aside; what is gone is named."""
    kept = row("客户服務(wù)须知", clean="客户服務须知")
    report = judge(tmp_path, keep=[kept, row("来电，五声內應答"), row("六声内")])
    found = check(report, "what must stay is there")
    assert found.passed == 2
    assert found.failures[0].reason == "is not in the text"


@pytest.mark.parametrize(
    ("damaged", "repaired", "kind", "passes"),
    [
        ("客户服務(wù)须知", "客户服務须知", "pinyin", True),
        ("服務(wù)", "服 務", "pinyin", False),
        ("每周 ?30开会", "每周 8:30开会", "digits", False),
        ("每周 ?30开会", "每周 (30开会", "punct", True),
        ("没有的话", "没有的话", "pinyin", False),
    ],
)
def test_a_repair_is_judged_at_its_place(
    tmp_path: Path, damaged: str, repaired: str, kind: str, passes: bool
) -> None:
    """Exactly; where punctuation was lost, by letters and digits."""
    made = {"file": "desk", "damaged": damaged, "repaired": repaired, "kind": kind}
    assert bool(check(judge(tmp_path, repairs=[made]), "damage is repaired").passed) is passes


def test_what_nobody_can_tell_must_stay_or_be_marked(tmp_path: Path) -> None:
    """The first stayed, the second is marked; the third was changed in silence."""
    places = ("来电五声内", "保存期 年", "服務(wù)须")
    rows = [{"file": "desk", "damaged": it, "repaired": None, "kind": "x"} for it in places]
    found = check(judge(tmp_path, repairs=rows), "nothing is invented")
    assert [failure.words for failure in found.failures] == ["服務(wù)须"]


def test_deadlines_are_counted_at_their_places(tmp_path: Path) -> None:
    """One is right, one has the wrong number, one stands where the row is vague."""
    report = judge(
        tmp_path,
        deadlines=[
            row("来电五声内应答", normalized="5 rings", **{"class": "numeric"}),
            row("保存期 年", normalized="2 years", **{"class": "numeric"}),
            row("每周", normalized="promptly", **{"class": "vague"}),
            row("开会", normalized="trade fair", **{"class": "numeric"}),
        ],
    )
    amounts, bounds = report.detections
    assert (amounts.found, amounts.wanted, amounts.spurious) == (1, 2, 1)
    assert (amounts.precision, amounts.recall, amounts.f1) == (0.5, 0.5, 0.5)
    assert (bounds.found, report.not_judged) == (1, 1)


def test_the_comparator_is_part_of_the_second_figure(tmp_path: Path) -> None:
    """The amount is right, what it binds to is not."""
    limit = row("五声内", normalized="later than 5 rings", **{"class": "numeric"})
    amounts, bounds = judge(tmp_path, deadlines=[limit]).detections
    assert (amounts.f1, bounds.f1) == (1.0, 0.0)


def test_a_lost_number_must_not_have_a_value(tmp_path: Path) -> None:
    """Such a row fails where a deadline has one."""
    rows = [row(it, normalized="?", **{"class": "value_missing"}) for it in ("保存期 年", "五声内")]
    found = check(judge(tmp_path, deadlines=rows), "a lost number stays lost")
    assert [failure.words for failure in found.failures] == ["五声内"]


@pytest.fixture
def careless() -> list[Passage]:
    """A passage that offers the forbidden words."""
    document, _, (passage,) = manual()
    wrong = Script("", (words(document.text, "不说等着应说"),), ())
    return [replace(passage, scripts=(*passage.scripts, wrong))]


def test_forbidden_words_must_not_be_offered(tmp_path: Path, careless: list[Passage]) -> None:
    """Not even inside others."""
    keep = [row("应说")]
    (tmp_path / "careful").mkdir()
    (tmp_path / "careless").mkdir()
    right = check(judge(tmp_path / "careful", keep=keep), "never said is never say")
    wrong = check(judge(tmp_path / "careless", careless, keep=keep), "never said is never say")
    assert (right.passed, right.total) == (1, 1)
    assert (wrong.passed, wrong.total) == (1, 2)


def test_the_table_lists_what_was_needed_and_what_failed(tmp_path: Path) -> None:
    """A reader finds the row again."""
    text = ingestion_table(judge(tmp_path, keep=[row("六声内")]))
    line = next(line for line in text.split("\n") if line.startswith("what must stay"))
    assert line.split()[-3:] == ["0/1", ".000", "1.00"]
    assert "what must stay is there: desk: 六声内 – is not in the text" in text


def test_rows_about_a_manual_that_is_not_there_are_refused(tmp_path: Path) -> None:
    """It would pass without having been looked at."""
    with pytest.raises(InvalidQuestion, match="begins with 'hotel': run `kb ingest`"):
        judge(tmp_path, boilerplate=[{"file": "hotel", "quote": "x", "match": "line"}])


def test_a_malformed_row_is_named(tmp_path: Path) -> None:
    """By file and line, with what is missing."""
    with pytest.raises(InvalidQuestion, match=r"keep\.jsonl, line 1: KeyError: 'quote'"):
        judge(tmp_path, keep=[{"file": "desk"}])


def test_a_folder_without_rows_is_refused(tmp_path: Path) -> None:
    """The message says which files are expected."""
    with pytest.raises(InvalidQuestion, match=r"expected boilerplate\.jsonl"):
        judge(tmp_path)
