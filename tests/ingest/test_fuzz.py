"""Whatever stands in a file or a text, reading and repairing end, and the books stay balanced.

`make test` draws a few examples of each; the profile "fuzz" draws many.
"""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.isolate import Limits, ReaderProcess
from ingest.repair import FINDERS, REPAIRS, clean, marks
from ingest.repairs.draft import Finder, Repair
from kb.edits import apply
from kb.errors import SourceError
from tests.ingest.readers.reading import FILES, source
from tests.ingest.repairs.drafts import draft

SEEDS = {
    "seed.txt": "一、接听\n1.1 铃响三声之内接听。\n".encode(),
    "big5.txt": "顧客投訴須於兩日內答覆。".encode("big5"),
    "seed.md": "# 接待\n\n| 情形 | 应说 |\n|---|---|\n| 迟到 | 抱歉 |\n".encode(),
    "seed.html": "<html><body><h1>接待</h1><p>请<b>稍等</b>。<table><tr><td>一".encode(),
    "seed.csv": "问题,答案\n几点退房,十二点\n".encode("utf-8-sig"),
    "seed.mhtml": b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>hello desk</p>",
    "seed.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    "seed.docx": b"PK\x03\x04\x14\0\0\0\0\0",
}
OFFICE = ("hans_libreoffice.docx", "hans_libreoffice.xlsx", "hans_libreoffice.pptx")
PIECES = st.sampled_from(
    [
        *"客人前台的了您請电话 　\n\t.,?!:;()（）“”「」，。？\ufffd\ue000Ψㄅ0123456789aA<>/|#*-",
        "(qián)",
        "?qián)",
        "??",
        "?)",
        "(1)",
        "(2)",
        "13?30",
        "</p>",
        "&nbsp;",
        "服务员",
        "意見??蛻糁",
        "å®¢",
        "\u2f08",
        "    ",
        "    打扫房",
        "\n\n",
        "第一章 总则",
        "保存期 年",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)
FUZZ = settings(
    deadline=None,
    max_examples=settings().max_examples // 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def reader():
    """A process that gives a file up after ten seconds."""
    with ReaderProcess(Limits(seconds=10, memory=1 << 30)) as process:
        yield process


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with some changed, taken out, put in twice, or cut off."""
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 9)))
        put = draw(st.one_of(st.binary(max_size=6), st.just(data[start:end] * 3)))
        data = data[:start] + put + data[end:]
    return data or b" "


@st.composite
def repacked(draw: st.DrawFn, archive: bytes) -> bytes:
    """An archive with one of its members changed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    members[name] = draw(mutated(members[name]))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", SEEDS)
@given(data=st.data())
@FUZZ
def test_a_mutated_file_is_read_or_refused_by_name(reader, tmp_path, name, data):
    """Text, or an error that begins with the path; nothing else leaves the worker."""
    path = tmp_path / name
    path.write_bytes(data.draw(mutated(SEEDS[name])))
    try:
        found = reader.read(path, source(name))
    except SourceError as error:
        assert str(error).startswith(f"{name}: ")  # noqa: PT017
    else:
        assert all(block.span.end <= len(found.raw) for block in found.blocks)


@pytest.mark.parametrize("name", [*OFFICE, "en_chromium.pdf", "hant_saved.mhtml"])
@given(data=st.data())
@FUZZ
def test_a_mutated_file_of_a_real_program_is_read_or_refused_by_name(reader, tmp_path, name, data):
    """Of an Office file one of its parts is changed, packed as it should be."""
    path = tmp_path / name
    original = (FILES / name).read_bytes()
    path.write_bytes(data.draw(repacked(original) if name in OFFICE else mutated(original)))
    try:
        found = reader.read(path, source(name))
    except SourceError as error:
        assert str(error).startswith(f"{name}: ")  # noqa: PT017
    else:
        assert all(block.span.end <= len(found.raw) for block in found.blocks)


@pytest.mark.parametrize("propose", REPAIRS, ids=lambda each: f"{each.__module__}.{each.__name__}")
@given(text=TEXTS)
@FUZZ
def test_each_repair_proposes_edits_that_can_be_made(propose: Repair, text):
    """They lie in the text, apart from one another, and change something."""
    start = draft(text)
    after = start.revise(propose(start))
    assert apply(after.edited.edits, text) == after.text


@pytest.mark.parametrize("find", FINDERS, ids=lambda each: each.__module__)
@given(text=TEXTS)
@FUZZ
def test_each_finder_marks_places_of_the_text(find: Finder, text):
    """A mark has words under it, and says what is wrong with them."""
    for mark in find(text):
        assert 0 <= mark.span.start < mark.span.end <= len(text)
        assert mark.kind


@given(text=TEXTS)
@FUZZ
def test_cleaning_twice_is_cleaning_once(text):
    """The recipe ends where there is nothing more to do, and its marks are in order."""
    once = clean(draft(text)).text
    assert clean(draft(once)).text == once
    assert list(marks(once)) == sorted(marks(once), key=lambda mark: mark.span)
