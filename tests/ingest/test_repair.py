"""The whole recipe: maps, marks, titles; nothing to do twice; nothing done to clean text."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.damage import INJECTORS, Outcome, score
from ingest.repair import clean, repair
from ingest.repairs import markup
from kb.edits import Edited, apply
from kb.records import Block, Document, Extract, Mark, Page, SourceFile, Span
from tests.ingest.repairs.drafts import cleaned, draft

SOURCE = SourceFile("hotel/前台手册_9f8e7d6c5b4a3210.txt", "text/plain", "", 0)

HANDBOOK = """海湾酒店前台服务手册
一、接听电话
电话铃响三声之内必须接听,先说“您好,海湾酒店前台”,再询问客人的要求。
接听时间为8:00到22:00,夜间由值班经理接听,并在10分钟内回复客人。
(1)客人提出投诉时,应当先道歉,再记录姓名、房号和联系方式。
(2)不能当场解决的问题,须在24小时内答复客人,不得推诿。
二、办理入住
入住时请客人出示证件,核对姓名以后在3分钟内办完手续,把房卡交给客人。
客人要求换房的,前台可以根据当天的房态直接办理,不必请示经理。
三、退房与结账
退房时间为中午12点,超过的按半天收取房费,会员客人可以延迟到14点。
客人对账单有疑问时,应当逐项解释,确属差错的马上更正,并向客人道歉。
"""


LONG = "".join(line for line in HANDBOOK.split("\n") if line.endswith("。")).replace("(", "")


def document(raw: str, **extract: object) -> Document:
    return repair(SOURCE, Extract(raw, **extract), document_id="d", version="1")  # type: ignore[arg-type]


def test_a_clean_handbook_is_left_as_it_is():
    found = document(HANDBOOK)
    assert found.text == HANDBOOK
    assert not found.edits
    assert not found.marks


def test_what_was_read_in_a_picture_is_marked_where_it_stands_after_cleaning():
    raw = "电话三声(shēng)之内接听。\n扫描的(de)第二页。\n第三页。"
    start = raw.index("扫描")
    marks = (Mark(Span(0, 0), "ocr"), Mark(Span(start, raw.index("\n第三页")), "ocr"))
    found = document(raw, marks=marks)
    assert [(mark.kind, mark.span.of(found.text)) for mark in found.marks] == [
        ("ocr", "扫描的第二页。")
    ]


@pytest.mark.parametrize("name", [name for name in INJECTORS if name != "shifted_bytes"])
def test_every_class_of_damage_is_repaired(name):
    outcome = Outcome()
    for seed in range(3):
        damaged = INJECTORS[name]((HANDBOOK + LONG + "\n") * 4, Random(seed))
        outcome += score(damaged, clean(draft(damaged.text)).edited)
    assert outcome.restored > 0
    assert outcome.share >= 0.95, outcome


@settings(deadline=None, max_examples=15)
@given(names=st.lists(st.sampled_from(list(INJECTORS)), max_size=3), seed=st.integers(0, 99))
def test_repairing_twice_changes_nothing_more(names, seed):
    text = HANDBOOK
    for name in names:
        text = INJECTORS[name](text, Random(seed)).text
    once = cleaned(text)
    assert cleaned(once) == once
    assert cleaned(text) == once


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="客服應(yīng)?1:0 。,“”\n<p/>#|￿ⅰ\x00下载文档小编第页", max_size=80))
def test_any_text_is_repaired_with_its_map(raw):
    found = document(raw)
    assert apply(found.edits, found.raw) == found.text


def test_pages_and_blocks_count_the_text_and_empty_ones_go():
    raw = "客服應(yīng)答\n\x00\n再見(jiàn)"
    blocks = (Block("heading", 1, Span(0, 10)), Block("paragraph", 0, Span(11, 12)))
    found = document(raw, pages=(Page(1, Span(0, 10)), Page(2, Span(11, 12))), blocks=blocks)
    assert [(page.number, page.span.of(found.text)) for page in found.pages] == [(1, "客服應答")]
    assert [block.span.of(found.text) for block in found.blocks] == ["客服應答"]


@pytest.mark.parametrize(
    ("raw", "own", "title"),
    [
        ("前台手册\n问好。", "员工手册", "员工手册"),
        ("前台手册\n问好。", "", "前台手册"),
        ("客人来电时应当先问好,再询问要求。\n记录。", "", "前台手册"),
    ],
)
def test_the_title_is_the_formats_the_first_line_or_the_files_name(raw, own, title):
    assert document(raw, title=own).title == title


def test_lost_values_are_marked_and_never_filled():
    found = document("客服须在 分钟内答复,录音保存期 年。\n")
    assert [mark.span.of(found.text) for mark in found.marks] == [" 分钟", " 年"]
    assert not found.edits


def test_the_question_mark_behind_a_restored_run_is_marked():
    service = "看到客人的行李要幫助。我們要向客人道謝,並且看到需要就去幫助客人。\n" * 3
    found = document(service + "送走客人以後要道謝??吹叫欣钜獛兔?\n" + service)
    assert "要道謝。看到行李要幫?\n" in found.text
    assert [mark.span.of(found.text) for mark in found.marks] == ["?"]


def test_cleaning_stops_when_every_repair_has_seen_the_text(monkeypatch):
    seen = []

    def watching(draft):
        seen.append(draft.text)
        return ()

    monkeypatch.setattr("ingest.repair.REPAIRS", (markup.line_ends, watching))
    assert clean(draft("一\r\n二")).text == "一\n二"
    assert seen == ["一\n二"]


def test_every_edit_names_its_rule_and_certainty():
    found = document("客服應(yīng)答\r\n须在 3 天内</p>\n")
    assert found.text == "客服應答\n须在3天内\n"
    assert all(edit.rule and 0 < edit.certainty <= 1 for edit in found.edits)
    assert Edited(found.raw, found.edits).text == found.text
