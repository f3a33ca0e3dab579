import hashlib
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest

from ingest.discover import Discovery
from ingest.discover import discover as search
from kb.errors import CorruptSource, SourceError


def write(folder: Path, *names: str, text: str = "") -> Path:
    """Files with these names, each with its own content unless one is given."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or str(path), encoding="utf-8")
    return folder


def discover(paths: list[Path]) -> Discovery:
    """What is found among the paths; members of archives are gone afterwards."""
    with tempfile.TemporaryDirectory() as workshop:
        return search(paths, Path(workshop))


def packed(path: Path, *members: str, text: str = "") -> Path:
    """An archive with these members, each with its own content unless one is given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, text or f"{path} {member}")
    return path


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
    (tmp_path / "in/same.txt").symlink_to(tmp_path / "in/a.txt")
    found = discover([tmp_path / "in"])
    assert [source.path for _, source in found.files] == ["a.txt"]
    assert found.duplicates == ("same.txt",)
    assert [str(error).split(";")[0] for _, error in found.failures] == [
        "out.txt: a link out of the folder"
    ]


def test_a_path_that_does_not_exist_is_an_error(tmp_path):
    """It names the path as it was given."""
    with pytest.raises(SourceError, match=r"gone: there is no such file or folder; check the path"):
        discover([tmp_path / "gone"])


@pytest.fixture
def anybody():
    """A folder of somebody who may not open everything, as the superuser may."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    yield folder
    if is_root:
        os.seteuid(0)
    if (folder / "closed").exists():
        (folder / "closed").chmod(0o700)
    shutil.rmtree(folder)


def test_what_cannot_be_opened_is_named_and_the_rest_is_found(anybody):
    """A file and a folder without permission."""
    write(anybody, "a.txt", "b.txt", "closed/c.txt", "d.txt")
    (anybody / "b.txt").chmod(0)
    (anybody / "closed").chmod(0)
    found = discover([anybody])
    assert [source.path for _, source in found.files] == ["a.txt", "d.txt"]
    assert [(name, type(error)) for name, error in found.failures] == [
        ("b.txt", SourceError),
        ("closed", SourceError),
    ]
    assert str(found.failures[0][1]).startswith("b.txt: cannot be opened (Permission denied);")


def test_a_file_that_was_given_and_cannot_be_opened_is_named_too(anybody):
    """So that those beside it are read."""
    write(anybody, "a.txt", "b.txt").joinpath("b.txt").chmod(0)
    found = discover([anybody / "b.txt", anybody / "a.txt"])
    assert [source.path for _, source in found.files] == ["a.txt"]
    assert [name for name, _ in found.failures] == ["b.txt"]


def test_links_to_nowhere_and_pipes_are_named(tmp_path):
    """Opening a pipe would wait for ever."""
    write(tmp_path, "sub/a.txt")
    (tmp_path / "sub/dead.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "sub/loop.txt").symlink_to(tmp_path / "sub/loop.txt")
    os.mkfifo(tmp_path / "sub/pipe.txt")
    found = discover([tmp_path])
    assert [source.path for _, source in found.files] == ["sub/a.txt"]
    assert [str(error).split(";")[0] for _, error in found.failures] == [
        "sub/dead.txt: cannot be opened (No such file or directory)",
        "sub/loop.txt: cannot be opened (Too many levels of symbolic links)",
        "sub/pipe.txt: neither a file nor a folder",
    ]


def test_members_of_archives_are_files_of_their_own(tmp_path):
    """Their paths go on from the archive's; what systems leave behind is left out."""
    packed(tmp_path / "in/m.ZIP", "a.txt", "hotel/手册.docx", "__MACOSX/._a.txt", "x/.DS_Store")
    write(tmp_path, "in/b.txt")
    with tempfile.TemporaryDirectory() as workshop:
        found = search([tmp_path], Path(workshop)).files
        texts = [path.read_text("utf8") for path, _ in found]
    assert [source.path for _, source in found] == [
        "in/b.txt",
        "in/m.ZIP/a.txt",
        "in/m.ZIP/hotel/手册.docx",
    ]
    assert texts[1] == f"{tmp_path}/in/m.ZIP a.txt"
    assert found[2][1].media_type.endswith("wordprocessingml.document")


def test_members_of_two_archives_of_the_same_name_are_told_apart(tmp_path):
    """By the folders above the archives."""
    paths = [packed(tmp_path / branch / "m.zip", "a.txt") for branch in ("north", "south")]
    assert names(*paths) == ["north/m.zip/a.txt", "south/m.zip/a.txt"]


def test_a_member_with_the_content_of_a_file_is_a_duplicate(tmp_path):
    """Of whichever comes first."""
    packed(tmp_path / "m.zip", "b.txt", text="same")
    write(tmp_path, "a.txt", text="same")
    found = discover([tmp_path])
    assert [source.path for _, source in found.files] == ["a.txt"]
    assert found.duplicates == ("m.zip/b.txt",)


def test_a_bad_archive_is_named_and_the_rest_is_found(tmp_path):
    """So is a bad member."""
    write(tmp_path, "a.txt", "bad.zip")
    packed(tmp_path / "m.zip", "../b.txt", "c.txt")
    found = discover([tmp_path])
    assert [source.path for _, source in found.files] == ["a.txt", "m.zip/c.txt"]
    assert [(name, type(error)) for name, error in found.failures] == [
        ("bad.zip", CorruptSource),
        ("m.zip/../b.txt", CorruptSource),
    ]
