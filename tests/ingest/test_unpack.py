import io
import shutil
import stat
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import unpack as unpacking
from ingest.unpack import Unpacked, unpack
from kb.errors import (
    CorruptSource,
    EmptySource,
    EncryptedSource,
    SourceError,
    SourceTooLarge,
    UnsupportedFormat,
)


def archive(members: dict[bytes, bytes], *, flags: int = 0, extra: bytes = b"") -> bytes:
    """An archive whose members' names are these very bytes, as programs of all kinds write them."""
    names = {chr(ord("A") + number) * len(name): name for number, name in enumerate(members)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for stand_in, content in zip(names, members.values(), strict=True):
            info = zipfile.ZipInfo(stand_in)
            info.extra, info.compress_type = extra, zipfile.ZIP_DEFLATED
            file.writestr(info, content)
    data = buffer.getvalue()
    for stand_in, name in names.items():
        data = data.replace(stand_in.encode(), name)
    return _flagged(data, flags)


def _flagged(data: bytes, flags: int) -> bytes:
    """The archive with bits set in the general purpose flags of all its headers."""
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = data.split(magic)
        parts[1:] = [
            part[: at - 4]
            + struct.pack("<H", struct.unpack("<H", part[at - 4 : at - 2])[0] | flags)
            + part[at - 2 :]
            for part in parts[1:]
        ]
        data = magic.join(parts)
    return data


def unpacked(folder: Path, data: bytes) -> Unpacked:
    """What comes out of an archive called `m.zip`."""
    path = folder / "m.zip"
    path.write_bytes(data)
    (folder / "out").mkdir()
    return unpack(path, "m.zip", folder / "out", lambda name: name == "__MACOSX")


def names(found: Unpacked) -> list[str]:
    return [str(name) for name, _ in found.members]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gbk", "酒店/前台接待手册.txt"),
        ("gbk", "客服.txt"),
        ("big5", "物業/成功投訴處理守則.txt"),  # the second byte of 功 is a backslash
        ("big5", "許功蓋.txt"),
        ("utf-8", "酒店/前台接待手册.txt"),  # as macOS writes it, without saying so
        ("cp437", "résumé.txt"),
    ],
)
def test_names_are_decoded_whatever_system_packed_them(tmp_path, encoding, name):
    """They tell no encoding: it is the likeliest over all of them."""
    found = unpacked(tmp_path, archive({name.encode(encoding): b"x", b"plain.txt": b"y"}))
    assert names(found) == [name, "plain.txt"]


def test_names_that_say_they_are_utf8_are_believed(tmp_path):
    """By the flag, or by Info-ZIP's field beside a name in another encoding."""
    name = "停車/規則.txt".encode()
    assert names(unpacked(tmp_path, archive({name: b"x"}, flags=0x800))) == ["停車/規則.txt"]
    field = b"\x01" + struct.pack("<I", zlib.crc32(b"rules.txt")) + "规则.txt".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    (tmp_path / "again").mkdir()
    assert names(unpacked(tmp_path / "again", archive({b"rules.txt": b"x"}, extra=extra))) == [
        "规则.txt"
    ]


def test_old_windows_programs_divide_folders_by_backslashes(tmp_path):
    """Folders themselves are no members."""
    found = unpacked(tmp_path, archive({b"hotel\\": b"", b"hotel\\desk.txt": b"x"}))
    assert names(found) == ["hotel/desk.txt"]


def test_what_is_unpacked_lies_in_the_folder_under_names_of_ours(tmp_path):
    """Whatever the members are called; the refused ones are named, the others unpacked."""
    hostile = (b"../../evil.txt", b"/etc/evil.txt", b"C:\\evil.txt", b"a/../../evil.txt", b"./.")
    found = unpacked(tmp_path, archive(dict.fromkeys(hostile, b"evil") | {b"good.txt": b"good"}))
    assert [path.read_bytes() for _, path in found.members] == [b"good"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [
        tmp_path / "m.zip",
        found.members[0][1],
    ]
    assert len(found.failures) == len(hostile)
    assert all(isinstance(error, CorruptSource) for _, error in found.failures)
    assert "m.zip/../../evil.txt: its name leads out of the archive" in str(found.failures[0][1])


def test_a_link_is_not_followed(tmp_path):
    """A link is a member whose content is a path."""
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as file:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    found = unpack(tmp_path / "m.zip", "m.zip", tmp_path, lambda name: False)
    assert (found.members, type(found.failures[0][1])) == ((), UnsupportedFormat)


def test_a_member_with_a_password_is_refused(tmp_path):
    """The rest of the archive is not."""
    found = unpacked(tmp_path, archive({b"a.txt": b"x"}, flags=0x1))
    [(name, error)] = found.failures
    assert (name, type(error)) == ("m.zip/a.txt", EncryptedSource)


def nested(levels: int) -> bytes:
    """Archives within archives; each holds a file beside the next."""
    data = archive({b"last.txt": b"last"})
    for level in range(levels - 1, 0, -1):
        data = archive({b"%d.txt" % level: b"%d" % level, b"inner.zip": data})
    return data


def test_archives_in_an_archive_are_unpacked_three_levels_deep(tmp_path):
    """Their members' paths go on from theirs; what lies deeper is refused by name."""
    found = unpacked(tmp_path, nested(4))
    assert names(found) == ["1.txt", "inner.zip/2.txt", "inner.zip/inner.zip/3.txt"]
    [(name, error)] = found.failures
    assert name == "m.zip/inner.zip/inner.zip/inner.zip"
    assert isinstance(error, SourceTooLarge)
    assert "more than 3 deep" in str(error)
    assert len(list((tmp_path / "out").iterdir())) == len(found.members)


@pytest.mark.parametrize(("limit", "value"), [("MOST_MEMBERS", 6), ("MOST_BYTES", 1000)])
def test_the_limits_hold_for_archives_of_all_levels_together(tmp_path, monkeypatch, limit, value):
    """What is within them is unpacked; the archive that passes one is refused."""
    monkeypatch.setattr(unpacking, limit, value)
    inner = archive({b"a.txt": b"a" * 300, b"b.txt": b"b" * 20})
    found = unpacked(tmp_path, archive({b"%d.zip" % number: inner for number in range(3)}))
    assert [name.split("/")[0] for name in names(found)] == ["0.zip"] * 2
    assert [name for name, _ in found.failures] == ["m.zip/1.zip", "m.zip/2.zip"]
    assert all(isinstance(error, SourceTooLarge) for _, error in found.failures)


def test_a_name_in_an_inner_archive_leads_nowhere_either(tmp_path):
    """As one in the outer; one archive that is none does not stop the others."""
    inner = archive({b"../../evil.txt": b"evil", b"/etc/evil.txt": b"evil", b"good.txt": b"x"})
    found = unpacked(tmp_path, archive({b"a.zip": inner, b"b.zip": b"no archive"}))
    assert names(found) == ["a.zip/good.txt"]
    assert [type(error) for _, error in found.failures] == [CorruptSource] * 3


def test_members_packed_without_a_bound_are_refused(tmp_path):
    """As are archives of other kinds, and a second member of the same name."""
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as file:
        file.writestr("inner.7z", b"7z")
        file.writestr("b.txt", b"x", zipfile.ZIP_LZMA)
        file.writestr("c.txt", b"first")
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("c.txt", b"second")
    found = unpack(tmp_path / "m.zip", "m.zip", tmp_path, lambda name: False)
    assert [path.read_bytes() for _, path in found.members] == [b"first"]
    assert [str(error).split(";")[0] for _, error in found.failures] == [
        "m.zip/inner.7z: an archive in an archive",
        "m.zip/b.txt: packed by method 14, known are (0, 8)",
        "m.zip/c.txt: the second of this name in the archive",
    ]


def test_a_bomb_is_not_unpacked(tmp_path):
    """A hundred million zeros make a small member."""
    found = unpacked(tmp_path, archive({b"a.txt": bytes(100 << 20), b"b.txt": b"x"}))
    assert names(found) == ["b.txt"]
    assert isinstance(found.failures[0][1], SourceTooLarge)


def test_an_archive_that_says_less_than_it_unpacks_to_is_found_out(tmp_path):
    """Not a byte more than said is written."""
    data = archive({b"a.txt": bytes(1 << 20)})
    lying = data.replace(struct.pack("<I", 1 << 20), struct.pack("<I", 10))
    found = unpacked(tmp_path, lying)
    assert isinstance(found.failures[0][1], CorruptSource)
    assert (tmp_path / "out/0").stat().st_size <= 10


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("MOST_MEMBERS", 2, r"^m\.zip: 3 members, more than the 2"),
        ("MOST_BYTES", 5, r"^m\.zip: unpacks to 6 bytes, more than the 5"),
        ("_LARGEST_READ", 100, r"^m\.zip: the archive's directory is larger than the 100 bytes"),
    ],
)
def test_an_archive_beyond_a_limit_is_refused_before_it_is_unpacked(
    tmp_path, monkeypatch, limit, value, message
):
    """The error says which."""
    monkeypatch.setattr(unpacking, limit, value)
    with pytest.raises(SourceTooLarge, match=message):
        unpacked(tmp_path, archive({b"a": b"xx", b"b": b"xx", b"c": b"xx"}))
    assert not any((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"plain text", CorruptSource), (b"", CorruptSource), (archive({}), EmptySource)],
)
def test_what_is_no_archive_or_holds_nothing_is_refused(tmp_path, data, error):
    """The message begins with the name."""
    with pytest.raises(error, match=r"^m\.zip: "):
        unpacked(tmp_path, data)


SOUND = archive({"手册.txt".encode("gbk"): b"three rings " * 20, b"b/c.txt": b"x" * 50})


@given(data=st.data())
@settings(max_examples=150)
def test_a_damaged_archive_is_unpacked_or_refused(tmp_path_factory, data):
    """Nothing else happens, whatever bytes are changed."""
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(damaged)] * 4 + [len(damaged) // 2]))
    try:
        found = unpacked(tmp_path_factory.mktemp("zip"), bytes(damaged[:cut]))
    except SourceError as error:
        assert str(error).startswith("m.zip: ")  # noqa: PT017
    else:
        assert all(path.stat().st_size <= 240 for _, path in found.members)
        assert all(str(error).startswith("m.zip/") for _, error in found.failures)


@pytest.mark.skipif(shutil.which("zip") is None, reason="Info-ZIP is not installed")
@pytest.mark.parametrize(
    ("options", "members", "failures"),
    [([], ["手册/desk.txt"], []), (["-P", "x"], [], [EncryptedSource])],
)
def test_an_archive_of_a_real_program_is_unpacked(tmp_path, options, members, failures):
    """Of Info-ZIP, with and without a password."""
    (tmp_path / "手册").mkdir()
    (tmp_path / "手册/desk.txt").write_text("three rings")
    subprocess.run(["zip", "-qr", *options, "m.zip", "手册"], cwd=tmp_path, check=True)
    found = unpacked(tmp_path, (tmp_path / "m.zip").read_bytes())
    assert names(found) == members
    assert [type(error) for _, error in found.failures] == failures
