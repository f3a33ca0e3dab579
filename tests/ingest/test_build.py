"""The recipe, from files to a published generation, with every part real."""

import tracemalloc
from pathlib import Path

import pytest

from ingest.build import Stopwatch, build, prepare
from ingest.isolate import ReaderProcess
from kb.encoder import Encoder
from kb.errors import NothingReadable
from kb.library import Library
from kb.records import SourceFile
from kb.search import search


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path / "indexes", "test")


def texts(library: Library) -> dict[str, str]:
    """The live generation's documents by path."""
    generation = library.open()
    return {d.source.path: generation.document(d.id).text for d in generation.documents()}


def test_two_scripts_and_encodings_become_one_library(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """Either script finds the other, with the words of the source as its quote."""
    report = build(library, [manuals], encoder)
    assert [d.path for d in report.documents] == ["hotel.txt", "shop.txt"]
    assert report.documents[1].encoding == "big5hkscs"
    generation = library.open()
    for question, words in [("電話響幾聲要接", "三声"), ("投诉几天内答复", "兩個工作天")]:
        hit = search(generation, encoder, question).hits[0]
        raw = generation.document(hit.passage.document_id).raw
        assert words in hit.text
        assert hit.citation.quote == hit.citation.source_span.of(raw)


def test_words_never_to_say_come_first_where_they_are_asked_for(
    library: Library, tmp_path: Path, encoder: Encoder
) -> None:
    """The passage nearest to the topic, which has none, comes behind."""
    (tmp_path / "inn.md").write_text(
        "# 旅店\n\n## 电话\n\n接待住客的电话应说“您好，这里是青禾旅店”，通话时语气平和。\n\n"
        "## 其他\n\n来电的住客催问房费时，不得说“你自己看账单”。\n",
        "utf8",
    )
    build(library, [tmp_path / "inn.md"], encoder)
    first = search(library.open(), encoder, "和住客通电话时不能说哪些话").hits[0]
    assert "你自己看账单" in first.text
    first = search(library.open(), encoder, "和住客通电话时说什么").hits[0]
    assert "这里是青禾旅店" in first.text


def test_the_same_again_publishes_nothing(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """The live generation stays, and nothing is embedded."""
    first = build(library, [manuals], encoder)
    again = build(library, [manuals], encoder)
    assert (again.changed, again.generation, again.embedded) == (False, first.generation, 0)


def test_a_changed_file_costs_what_changed(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """The other document is taken over, and only new passages are embedded."""
    first = build(library, [manuals], encoder)
    hotel = manuals / "hotel.txt"
    hotel.write_text(hotel.read_text("utf8").replace("十二点", "十一点"), "utf8")
    report = build(library, [hotel], encoder)
    assert [d.taken_over for d in report.documents] == [False, True]
    assert 0 < report.embedded < first.embedded
    assert "十一点" in texts(library)["hotel.txt"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """An empty, an unknown and a corrupt file beside two sound ones."""
    (manuals / "empty.txt").write_bytes(b"")
    (manuals / "song.mp3").write_bytes(b"ID3\x04")
    (manuals / "torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    report = build(library, [manuals], encoder)
    reasons = {failure.path: failure.reason for failure in report.failures}
    assert reasons == {
        "empty.txt": "EmptySource",
        "song.mp3": "UnsupportedFormat",
        "torn.pdf": "CorruptSource",
    }
    assert sorted(texts(library)) == ["hotel.txt", "shop.txt"]


def test_nothing_readable_publishes_nothing(
    library: Library, tmp_path: Path, encoder: Encoder
) -> None:
    """The error gives the reason for each file."""
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(NothingReadable, match=r"empty\.txt"):
        build(library, [tmp_path / "empty.txt"], encoder)
    assert library.current() is None


def test_a_new_version_that_cannot_be_read_leaves_the_old_one(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """Nothing is lost by a bad upload."""
    build(library, [manuals], encoder)
    before = texts(library)
    (manuals / "hotel.txt").write_bytes(b"")
    report = build(library, [manuals], encoder)
    assert [failure.path for failure in report.failures] == ["hotel.txt"]
    assert texts(library) == before


def test_the_same_content_comes_in_once_and_equal_names_are_told_apart(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """A copy is reported; two files called alike in two folders are two documents."""
    for branch, rings in (("north", "三"), ("south", "五")):
        (manuals / branch).mkdir()
        text = f"分店手册\n\n电话铃响{rings}声之内必须接听，超过时先致歉。\n"
        (manuals / branch / "desk.txt").write_text(text, "utf8")
    (manuals / "copy.txt").write_bytes((manuals / "hotel.txt").read_bytes())
    report = build(library, [manuals], encoder)
    assert len(report.duplicates) == 1
    assert {"north/desk.txt", "south/desk.txt"} <= set(texts(library))
    assert len(texts(library)) == 4


def test_replacing_leaves_only_what_was_given(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """Without it, what is there stays."""
    build(library, [manuals / "hotel.txt"], encoder)
    build(library, [manuals / "shop.txt"], encoder)
    assert sorted(texts(library)) == ["hotel.txt", "shop.txt"]
    build(library, [manuals / "shop.txt"], encoder, replace=True)
    assert sorted(texts(library)) == ["shop.txt"]


def test_every_citation_of_a_library_equals_its_source(
    library: Library, manuals: Path, encoder: Encoder
) -> None:
    """raw[source_span] == quote and text[span] == text, for each passage."""
    build(library, [manuals], encoder)
    generation = library.open()
    for row in range(len(generation)):
        passage = generation.row(row)
        document = generation.document(passage.document_id)
        citation = generation.cite(passage)
        assert citation.quote == citation.source_span.of(document.raw) != ""
        assert generation.text(passage) == citation.span.of(document.text)


def test_memory_grows_with_a_document_not_with_the_library(tmp_path: Path) -> None:
    """Of what was read and cleaned nothing is held on to: ten documents peak where two do."""

    def peak(first: int, count: int) -> int:
        tracemalloc.start()
        with ReaderProcess() as reader:
            for number in range(first, first + count):
                path = tmp_path / f"{number}.txt"
                path.write_text(
                    "\n".join(f"{i}. {number}店{i}天内退房。" for i in range(99)), "utf8"
                )
                source = SourceFile(path.name, "text/plain", f"{number:064}", path.stat().st_size)
                assert prepare(path, source, reader, Stopwatch()).passages
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    peak(0, 1)  # tables that are made once
    assert peak(1, 10) < 1.3 * peak(11, 2)
