import hashlib
from pathlib import Path

import pytest

from ingest.discover import discover
from kb.errors import SourceError


def write(folder: Path, *names: str, text: str = "") -> Path:
    """Files with these names, each with its own content unless one is given."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or str(path), encoding="utf-8")
    return folder


def names(*paths: Path) -> list[str]:
    """The relative paths that are found."""
    return [source.path for _, source in discover(paths).files]


def test_folders_are_searched_to_the_bottom_and_sorted(tmp_path):
    """Hidden files, locks of Office and leftovers of systems are left out."""
    write(tmp_path, "b.txt", "a/c.pdf", "a/d/手册.docx", ".hidden.txt", "~$a.docx", ".git/x.txt")
    write(tmp_path, "Thumbs.db", "__MACOSX/a.txt")
    assert names(tmp_path) == ["a/c.pdf", "a/d/手册.docx", "b.txt"]


def test_a_file_has_its_name_type_size_and_checksum(tmp_path):
    """A file that was given itself goes by its name."""
    write(tmp_path, "a.TXT", text="客服")
    [(path, source)] = discover([tmp_path / "a.TXT"]).files
    assert path == tmp_path / "a.TXT"
    assert (source.path, source.media_type, source.size) == ("a.TXT", "text/plain", 6)
    assert source.sha256 == hashlib.sha256("客服".encode()).hexdigest()


def test_a_file_of_no_known_kind_is_found_too(tmp_path):
    """So that the report can name it."""
    write(tmp_path, "a.xyz")
    [(_, source)] = discover([tmp_path]).files
    assert source.media_type == "application/octet-stream"


def test_the_same_content_is_kept_once(tmp_path):
    """The first path stays, the others are told."""
    write(tmp_path, "a.txt", "b/a.txt", "c.txt", text="same")
    found = discover([tmp_path])
    assert [source.path for _, source in found.files] == ["a.txt"]
    assert found.duplicates == ("b/a.txt", "c.txt")


def test_a_path_given_twice_is_no_duplicate(tmp_path):
    """As itself and as part of its folder."""
    write(tmp_path, "a.txt")
    found = discover([tmp_path, tmp_path / "a.txt", tmp_path])
    assert (len(found.files), found.duplicates) == (1, ())


def test_the_same_relative_path_of_two_folders_is_told_apart(tmp_path):
    """By as many folders above as it takes."""
    write(tmp_path, "x/m/a.txt", "y/m/a.txt", "z/b.txt")
    assert names(tmp_path / "x", tmp_path / "y", tmp_path / "z") == [
        "b.txt",
        "x/m/a.txt",
        "y/m/a.txt",
    ]
    assert names(tmp_path / "x/m", tmp_path / "y/m/a.txt") == ["x/m/a.txt", "y/m/a.txt"]


def test_the_same_relative_path_with_the_same_content_stays(tmp_path):
    """Nothing has to be told apart."""
    write(tmp_path, "x/a.txt", "y/a.txt", text="same")
    found = discover([tmp_path / "x", tmp_path / "y"])
    assert [source.path for _, source in found.files] == ["a.txt"]
    assert found.duplicates == ("a.txt",)


def test_links_do_not_lead_out_of_the_folder(tmp_path):
    """Nor in circles; one to a file within is a file."""
    write(tmp_path, "in/a.txt", "secret/b.txt")
    (tmp_path / "in/out.txt").symlink_to(tmp_path / "secret/b.txt")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/dead.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "in/same.txt").symlink_to(tmp_path / "in/a.txt")
    found = discover([tmp_path / "in"])
    assert [source.path for _, source in found.files] == ["a.txt"]
    assert found.duplicates == ("same.txt",)


def test_a_path_that_does_not_exist_is_an_error(tmp_path):
    """It names the path as it was given."""
    with pytest.raises(SourceError, match=r"gone: there is no such file or folder; check the path"):
        discover([tmp_path / "gone"])
