"""Contexts of others are unpacked safely, or not at all."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest
from daytona_local.build_words import BuildFailedError
from daytona_local.contexts import Contexts, unpack
from daytona_local.errors import InvalidError
from daytona_local.settings import Settings

pytestmark = pytest.mark.anyio

HASH = "0" * 32
ROOM = 1000


@pytest.fixture
def anyio_backend() -> str:
    """Run async tests on asyncio."""
    return "asyncio"


def file(name: str, content: bytes = b"content", mode: int = 0o644) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), mode
    return info, content


def special(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def link(name: str, target: str) -> tuple[tarfile.TarInfo, bytes]:
    return special(name, tarfile.SYMTYPE, target)


def packed(folder: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    place = folder / "packed.tar"
    with tarfile.open(place, "w") as archive:
        for info, content in members:
            archive.addfile(info, io.BytesIO(content))
    return place


def send(contexts: Contexts, digest: str, content: bytes, *, broken_off: bool = False) -> None:
    with contexts.coming(digest) as coming:
        coming.write(content)
        if broken_off:
            raise RuntimeError("broken off")


def test_files_folders_and_inner_links_are_unpacked(tmp_path: Path) -> None:
    tar = packed(
        tmp_path, link("to/link", "../a/file"), file("a/file", mode=0o4755), special("e", tarfile.DIRTYPE)
    )
    (tmp_path / "out").mkdir()
    assert 7 == unpack(tar, tmp_path / "out", ROOM)
    assert "content" == (tmp_path / "out/to/link").read_text()
    assert 0o755 == (tmp_path / "out/a/file").stat().st_mode & 0o7777
    assert (tmp_path / "out/e").is_dir()


@pytest.mark.parametrize(
    "members",
    [
        [file("../out-of-it")],
        [file("/absolute")],
        [file("a/../../out-of-it")],
        [link("a", "/etc/passwd")],
        [link("a", "../out-of-it")],
        [link("a", "."), link("a/b", "x")],
        [special("a", tarfile.LNKTYPE, "../packed.tar")],
        [special("a", tarfile.CHRTYPE)],
        [special("a", tarfile.FIFOTYPE)],
        [file("a"), file("a/b")],
        [file("big", b"x" * (ROOM + 1))],
        [file("a", b"x" * 600), file("a", b"x" * 600)],
    ],
)
def test_what_leads_out_or_is_too_much_is_refused(
    members: list[tuple[tarfile.TarInfo, bytes]], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(BuildFailedError):
        unpack(packed(tmp_path, *members), tmp_path / "out", ROOM)
    assert {"out", "packed.tar"} == {place.name for place in tmp_path.iterdir()}


def test_a_link_does_not_lead_what_follows_it_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    members = (link("a", "b"), file("b/file"), link("b/up", ".."), link("b/up/up", "../.."))
    with pytest.raises(BuildFailedError):
        unpack(packed(tmp_path, *members), tmp_path / "out", ROOM)


def test_a_file_that_claims_to_be_huge_is_refused(tmp_path: Path) -> None:
    sparse = tarfile.TarInfo("sparse")
    sparse.type, sparse.size = tarfile.GNUTYPE_SPARSE, 0
    (tmp_path / "out").mkdir()
    with pytest.raises(BuildFailedError):
        unpack(packed(tmp_path, (sparse, b"")), tmp_path / "out", ROOM)
    (tmp_path / "no.tar").write_bytes(b"no tar" * 1000)
    with pytest.raises(BuildFailedError):
        unpack(tmp_path / "no.tar", tmp_path / "out", ROOM)


async def test_contexts_come_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    contexts = Contexts(Settings(tmp_path))
    with pytest.raises(RuntimeError, match="broken off"):
        send(contexts, HASH, b"half", broken_off=True)
    assert contexts.file(HASH) is None
    assert [] == list((tmp_path / "contexts").iterdir())
    for name in ("", "../up", "XYZ" * 20, "0" * 31):
        assert contexts.file(name) is None
        with pytest.raises(InvalidError):
            send(contexts, name, b"x")


async def test_contexts_that_nobody_asks_for_go_after_a_week(tmp_path: Path) -> None:
    contexts, other = Contexts(Settings(tmp_path)), "1" * 64
    for digest in (HASH, other):
        send(contexts, digest, b"content")
        os.utime(tmp_path / "contexts" / f"{digest}.tar", (0, 0))
    (tmp_path / "contexts" / ".broken-off").touch()
    assert contexts.file(HASH) is not None
    contexts.tidy()
    assert [f"{HASH}.tar"] == [file.name for file in (tmp_path / "contexts").iterdir()]


async def test_several_contexts_make_one_folder_and_a_missing_one_is_named(tmp_path: Path) -> None:
    contexts, other = Contexts(Settings(tmp_path)), "1" * 64
    for digest, name in ((HASH, "a"), (other, "b")):
        send(contexts, digest, packed(tmp_path, file(name)).read_bytes())
    await contexts.unpack([HASH, other], tmp_path / "out")
    assert {"a", "b"} == {place.name for place in (tmp_path / "out").iterdir()}
    with pytest.raises(BuildFailedError, match="was not uploaded"):
        await contexts.unpack([HASH, "2" * 64], tmp_path / "none")
    assert not (tmp_path / "none").exists()
