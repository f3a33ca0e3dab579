"""Folders and archives as they come, through the whole recipe."""

import zipfile
from pathlib import Path

from ingest.build import build
from kb.encoder import Encoder
from kb.library import Library
from kb.search import search


def test_members_of_an_archive_become_documents_and_what_fails_is_named(
    tmp_path: Path, manuals: Path, encoder: Encoder
) -> None:
    """A damaged archive and a link to nowhere beside them do not end the ingest."""
    (manuals / "gone.txt").symlink_to(manuals / "nowhere.txt")
    (manuals / "bad.zip").write_bytes(b"PK\x03\x04 cut")
    with zipfile.ZipFile(manuals / "branch.zip", "w") as archive:
        archive.writestr("南店/守则.txt", "南店手册\n\n客人寄存行李不超过七天，逾期通知领取。\n")
        archive.writestr("../escape.txt", "x")
    library = Library(tmp_path / "indexes", "test")
    report = build(library, [manuals], encoder)
    paths = [document.path for document in report.documents]
    assert paths == ["branch.zip/南店/守则.txt", "hotel.txt", "shop.txt"]
    assert [failure.path for failure in report.failures] == [
        "bad.zip",
        "branch.zip/../escape.txt",
        "gone.txt",
    ]
    generation = library.open()
    citation = search(generation, encoder, "行李可以寄存几天").hits[0].citation
    assert citation.path == "branch.zip/南店/守则.txt"
    assert "七天" in generation.source(citation.document_id).read_text("utf8")
    assert not build(library, [manuals], encoder).changed


def test_replacing_loses_nothing_that_could_not_be_opened(
    tmp_path: Path, manuals: Path, encoder: Encoder
) -> None:
    """What the library has of a file or an archive stays when that is damaged."""
    with zipfile.ZipFile(manuals / "branch.zip", "w") as archive:
        archive.writestr("desk.txt", "南店手册\n\n客人寄存行李不超过七天，逾期通知领取。\n")
    library = Library(tmp_path / "indexes", "test")
    build(library, [manuals], encoder)
    (manuals / "branch.zip").write_bytes(b"PK\x03\x04 cut")
    (manuals / "shop.txt").unlink()
    report = build(library, [manuals], encoder, replace=True)
    assert [document.path for document in report.documents] == ["branch.zip/desk.txt", "hotel.txt"]
    assert [failure.path for failure in report.failures] == ["branch.zip"]


def test_a_file_that_is_too_large_is_named_and_not_copied(
    tmp_path: Path, manuals: Path, encoder: Encoder
) -> None:
    """Two gigabytes that hold next to nothing do not fill the disk."""
    with (manuals / "large.txt").open("wb") as file:
        file.write("电话铃响三声之内接听。".encode())
        file.truncate(2 << 30)
    library = Library(tmp_path / "indexes", "test")
    report = build(library, [manuals], encoder)
    assert [(each.path, each.reason) for each in report.failures] == [
        ("large.txt", "SourceTooLarge")
    ]
    assert sum(path.stat().st_size for path in library.sources.iterdir()) < 10_000
