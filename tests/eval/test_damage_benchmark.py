"""The damage benchmark, with repairs that are known to be good, idle or harmful."""

import json
import re
from pathlib import Path
from random import Random

import pytest

from eval.damage import INJECTORS, Damaged, Outcome, Wound, score
from eval.damage_benchmark import (
    ClassScore,
    ColumnScore,
    DamageReport,
    Repair,
    damage_benchmark,
    damage_table,
    paragraphs,
)
from kb.edits import Edited
from kb.errors import HandbookError
from kb.records import Edit, Mark, Span

CLEAN = "\n".join(
    f"客服人员应在电话铃响{n}声之内接听，并在{n}个工作日内答复顾客的投诉(简单的)。"
    for n in range(2, 12)
)


def idle(text: str) -> Edited:
    """Repairs nothing."""
    return Edited(text)


def replacing(pattern: str, by: str) -> Repair:
    """A repair that replaces what matches."""

    def repair(text: str) -> Edited:
        spans = [Span(*match.span()) for match in re.finditer(pattern, text)]
        return Edited(text).revise([Edit(span, by, "test", 1.0) for span in spans])

    return repair


def score_of(report: DamageReport, name: str) -> ClassScore:
    """The score of a class."""
    return next(each for each in report.classes if each.name == name)


def test_a_repair_is_scored_by_the_class_that_it_repairs() -> None:
    """Taking the bracketed readings out restores all of them, and no radical."""
    report = damage_benchmark([CLEAN], replacing(r"\([a-zà-ɏǎ-ǜ]+\)", ""))
    pinyin = score_of(report, "bracketed_pinyin").restorable
    radicals = score_of(report, "radicals").restorable
    assert pinyin.restored > 10
    assert (pinyin.share, radicals.share) == (1.0, 0.0)
    assert report.edits == ()


def test_an_idle_repair_leaves_everything_alone() -> None:
    """Nothing is worse, nothing in the clean text is touched, and every class is there."""
    report = damage_benchmark([CLEAN], idle)
    assert [each.name for each in report.classes] == list(INJECTORS)
    assert sum(each.restorable.left for each in report.classes) > 100
    assert sum(each.restorable.worse for each in report.classes) == 0
    assert report.rate("wrong") == 0


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        ("请稍等。客人", Outcome(restored=1)),
        ("请稍等。?", Outcome(partly=1)),
        ("请稍等?!", Outcome(left=1)),
        ("请稍等；?", Outcome(worse=1)),
    ],
)
def test_a_question_mark_for_what_was_lost_is_partly_restored(now: str, outcome: Outcome) -> None:
    """It counts for itself: neither restored nor worse."""
    damaged = Damaged("请稍等?!来了", (Wound(Span(3, 5), "。客人", lost=True),))
    change = Edit(Span(0, 5), now, "test", 1.0)
    assert score(damaged, Edited(damaged.text).revise([change]), lost=True) == outcome
    assert outcome.share == outcome.restored


@pytest.mark.parametrize("marked", [True, False])
def test_interleaved_columns_are_to_be_marked_and_left(marked: bool) -> None:
    """A finder that marks all of a page finds it, and marks as many clean texts by mistake."""

    def find(text: str) -> list[Mark]:
        return [Mark(Span(0, len(text)), "columns")] if marked else []

    report = damage_benchmark([CLEAN], idle, find=find)
    assert report.columns == ColumnScore(pages=2, marked=2 * marked, changed=0, false=2 * marked)
    assert f"2 pages, {2 * marked} marked" in damage_table(report)


def test_both_scripts_are_used() -> None:
    """A Simplified text comes in Traditional as well."""
    assert damage_benchmark([CLEAN], idle).characters == 2 * len(CLEAN)


@pytest.mark.parametrize(
    ("text", "pattern", "by", "verdict"),
    [
        ("稍等(简短的)片刻", r"\(.*\)", "", "wrong"),
        ("第一行\n第二行", "\n", "", "wrong"),
        ("two words", " ", "", "wrong"),
        ("张三 李四", " ", "", "joined"),
        ("等候 5分钟", " ", "", "tidied"),
        ("稍候\ufeff片刻", "\ufeff", "", "tidied"),
        ("一行<br/>二行", "<br/>", "\n", "tidied"),
        ("⼀行", "⼀", "一", "tidied"),
    ],
)
def test_an_edit_of_clean_text_gets_its_verdict(
    text: str, pattern: str, by: str, verdict: str
) -> None:
    """Wrong is what changes words, marks or lines, or glues words together."""
    report = damage_benchmark([text], replacing(pattern, by))
    assert {edit.verdict for edit in report.edits} == {verdict}


def test_the_same_text_gives_the_same_figures() -> None:
    """The draws depend on nothing else."""
    assert damage_benchmark([CLEAN], idle) == damage_benchmark([CLEAN], idle)


def test_the_table_shows_what_to_read() -> None:
    """Each class with what is needed, and every wrong edit with its words."""
    text = damage_table(damage_benchmark([CLEAN], replacing(r"\(简单的\)", "")))
    assert "bracketed_pinyin" in text
    assert "投诉[-(简单的)-]{++}。" in text


def test_paragraphs_come_once(tmp_path: Path) -> None:
    """Two tasks over the same corpus are one; a malformed one is named."""
    row = json.dumps({"_id": "1", "text": "稍候片刻。"}, ensure_ascii=False)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "corpus.jsonl").write_text(row + "\n", "utf8")
    assert paragraphs(tmp_path) == ("稍候片刻。",)
    (tmp_path / "two" / "corpus.jsonl").write_text("{}", "utf8")
    with pytest.raises(HandbookError, match=r"corpus\.jsonl: KeyError"):
        paragraphs(tmp_path)


def test_a_clause_number_is_not_set_off() -> None:
    """Behind the number at a line's start a blank is right; numbers in the sentence are damaged."""
    damaged = INJECTORS["digit_spaces"]("3.2晨間服務\n等候5分鐘", Random(1))
    assert damaged.text == "3.2晨間服務\n等候 5 分鐘"
    assert len(damaged.wounds) == 2
