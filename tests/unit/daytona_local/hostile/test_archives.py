"""Archives that are made to hurt who unpacks them: by their names, their headers, or how much they become.

What leads out of the folder is in ``test_contexts.py``.
"""

from __future__ import annotations

import gzip
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from daytona_local.bounded_tar import LONGEST_HEADER
from daytona_local.build_words import BuildFailedError
from daytona_local.cli.archive import unpack as restore
from daytona_local.cli.output import CommandError
from daytona_local.contexts import DEEPEST, MOST_SHARED_HEADERS, unpack

ROOM = 10**9
MANY = 3_000


def member(name: str = "file", content: bytes = b"x", **more: object) -> bytes:
    """Return a member of a tar."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in more.items():
        setattr(info, field, value)
    return info.tobuf() + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE)


def header(kind: bytes, content: bytes) -> bytes:
    """Return a member that says something of others."""
    info = tarfile.TarInfo("header")
    info.type, info.size = kind, len(content)
    return info.tobuf(tarfile.GNU_FORMAT) + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE)


def record(key: str, value: str) -> bytes:
    """Return what a header says under one name."""
    length = len(f" {key}={value}\n")
    while length != len(f"{length} {key}={value}\n"):
        length = len(f"{length} {key}={value}\n")
    return f"{length} {key}={value}\n".encode()


def packed(folder: Path, *members: bytes) -> Path:
    """Write a tar."""
    made = folder / "packed.tar"
    made.write_bytes(b"".join(members) + b"\0" * 2 * tarfile.BLOCKSIZE)
    return made


def reason(archive: Path) -> str:
    """Unpack a tar that must be refused; return why, which is one line and names no place here."""
    out = archive.with_name("out")
    out.mkdir()
    with pytest.raises(BuildFailedError) as error:
        unpack(archive, out, ROOM)
    said = str(error.value)
    assert "\n" not in said
    assert str(archive.parent) not in said
    assert {archive, out} == set(archive.parent.iterdir())
    return said


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE])
def test_a_member_that_lies_too_deep_is_refused(tmp_path: Path, kind: bytes) -> None:
    assert "too deep" in reason(packed(tmp_path, member("d/" * 1500 + "file", b"", type=kind, linkname="x")))


def test_a_member_may_lie_as_deep_as_others_can_go(tmp_path: Path) -> None:
    assert 1 == unpack(packed(tmp_path, member("d/" * DEEPEST + "file")), tmp_path, ROOM)


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE])
def test_a_header_that_would_fill_the_memory_is_not_read(tmp_path: Path, kind: bytes) -> None:
    archive = packed(tmp_path, header(kind, b"x" * 100 * LONGEST_HEADER), member())
    tracemalloc.start()
    try:
        said = reason(archive)
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert f"a header of {100 * LONGEST_HEADER} bytes" in said
    assert 10 * LONGEST_HEADER > taken


def test_headers_without_end_are_refused(tmp_path: Path) -> None:
    assert "too many headers" in reason(
        packed(tmp_path, header(tarfile.XGLTYPE, record("a", "b")) * MANY, member())
    )


def test_headers_for_all_that_follows_are_bounded(tmp_path: Path) -> None:
    shared = b"".join(record(f"key{number}", "value") for number in range(MOST_SHARED_HEADERS + 1))
    assert "too much" in reason(packed(tmp_path, header(tarfile.XGLTYPE, shared), member()))


@pytest.mark.parametrize("key", ["path", "linkpath"])
def test_a_name_with_a_zero_byte_is_refused(tmp_path: Path, key: str) -> None:
    link = member("link", b"", type=tarfile.SYMTYPE, linkname="target")
    assert "leads out" in reason(packed(tmp_path, header(tarfile.XHDTYPE, record(key, "a\0b")), link))


@pytest.mark.parametrize("name", ["two\nlines", "\x1b[31mred", "-rf", "a'b\"c", " ", "\\", "*"])
def test_a_name_may_be_anything_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()

    assert 1 == unpack(packed(tmp_path, member(name)), tmp_path / "out", ROOM)
    assert [name] == [file.name for file in (tmp_path / "out").iterdir()]


@pytest.mark.parametrize("name", [".", "", "./", "file/"])
def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = member("file", b"", type=tarfile.DIRTYPE)
    renamed = header(tarfile.XHDTYPE, record("path", name))
    assert "can't be unpacked" in reason(packed(tmp_path, folder, renamed, member()))


def test_a_name_that_no_folder_takes_is_refused(tmp_path: Path) -> None:
    long = header(tarfile.XHDTYPE, record("path", "x" * 10_000))
    assert "the context can't be unpacked: File name too long" == reason(packed(tmp_path, long, member()))


def test_more_than_there_is_room_for_is_not_written(tmp_path: Path) -> None:
    """The size that a member states counts, before a byte of it is read."""
    info = tarfile.TarInfo("huge")
    info.size = ROOM + 1
    assert "too much" in reason(packed(tmp_path, info.tobuf(), b"x" * 512))
    assert not (tmp_path / "out" / "huge").exists()


@pytest.mark.parametrize(
    "members",
    [
        [header(tarfile.GNUTYPE_LONGNAME, b"x" * (LONGEST_HEADER + 1)), member()],
        [header(tarfile.XHDTYPE, b"x" * (LONGEST_HEADER + 1)), member()],
        [header(tarfile.XGLTYPE, record("a", "b")) * MANY, member()],
    ],
)
def test_a_saved_data_folder_of_others_is_bounded_too(tmp_path: Path, members: list[bytes]) -> None:
    archive = tmp_path / "saved.tar.gz"
    archive.write_bytes(gzip.compress(packed(tmp_path, *members).read_bytes()))

    with pytest.raises(CommandError, match="is damaged, or no snapshot of a data folder"):
        restore(archive, tmp_path)
