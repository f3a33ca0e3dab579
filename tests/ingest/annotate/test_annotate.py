"""A passage gets its kinds, deadlines and scripts, placed in its document."""

import pytest

from ingest.annotate import annotate
from ingest.annotate.kinds import kinds_of
from kb.records import Block, Document, Mark, Passage, SourceFile, Span


def document(text, marks=(), blocks=()):
    """A document of which nothing was repaired."""
    source = SourceFile("a.txt", "text/plain", "0" * 64, len(text))
    return Document("d", source, "", "1", text, text, (), (), blocks, marks, "utf-8", 1.0, ())


def passage(start, end):
    """A passage of it."""
    return Passage("p", "d", "", (), Span(start, end))


def test_spans_are_those_of_the_document():
    """What is found in the passage is placed in the whole text."""
    text = "前言。\n值班员须在三声内接听,应说“您好”。\n2天内回访"
    found = annotate(document(text), passage(4, 24))
    assert found.kinds == ("rule", "deadline", "script")
    assert [deadline.span.of(text) for deadline in found.deadlines] == ["在三声内"]
    assert [quote.span.of(text) for quote in found.scripts[0].say] == ["您好"]


def test_a_mark_makes_a_value_missing():
    """What the cleaning marked as lost is never given a number."""
    text = "须在3天内回复"
    found = annotate(document(text, marks=(Mark(Span(2, 4), "value_missing"),)), passage(0, 7))
    assert [deadline.value for deadline in found.deadlines] == [None]


def test_the_header_row_of_a_table_names_its_columns():
    """A header block inside the passage tells which cell is forbidden."""
    text = "场合 | 不能说 | 可以说\n退货 | 退不了 | 您好,我来看看"
    blocks = (Block("table_row", 0, Span(0, 14), True), Block("table_row", 0, Span(15, 30)))
    (script,) = annotate(document(text, blocks=blocks), passage(0, len(text))).scripts
    assert [quote.quote for quote in script.never_say] == ["退不了"]


@pytest.mark.parametrize(
    ("text", "titles", "kinds"),
    [
        ("进店必须戴工牌。", (), ("rule",)),
        ("Agents must not eat at the desk.", (), ("rule",)),
        ("首先核对证件,然后收取押金,最后交钥匙。", (), ("procedure",)),
        ("1. 登记\n2. 派单\n3. 回访", ("报修处理流程",), ("procedure",)),
        ("Step 1 Greet. Step 2 Listen.", (), ("procedure",)),
        ("重大投诉是指造成人身伤害的投诉。", (), ("definition",)),
        ("A cold transfer means passing on a caller without a word.", (), ("definition",)),
        ("大堂铺着红地毯。", (), ()),
        ("他说“必须马上来”", (), ()),
    ],
)
def test_tells_the_kinds(text, titles, kinds):
    """A kind holds where its words do; quoted words make no rule."""
    assert kinds_of(text, titles, (), ()) == kinds
