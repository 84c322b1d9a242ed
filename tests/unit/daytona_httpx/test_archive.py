"""Archives: the same bytes for the same names and contents, and nothing from elsewhere."""

from __future__ import annotations

import io
import os
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from daytona_httpx import DaytonaError, DaytonaFileNotFoundError, DaytonaValidationError
from daytona_httpx.archive import PIECE, tar_of
from daytona_httpx.image_context import ImageContext


def packed(source: Path, name: str = "h/app") -> bytes:
    return b"".join(tar_of(ImageContext(str(source), name)))


def unpacked(data: bytes) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {member.name: member for member in tar.getmembers()}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """Return a folder with a file, a program, an empty folder and a link."""
    made = tmp_path / "app"
    (made / "empty").mkdir(parents=True)
    (made / "src").mkdir()
    (made / "src" / "main.py").write_text("print()")
    (made / "run").write_text("#!/bin/sh")
    (made / "run").chmod(0o700)
    os.symlink("src/main.py", made / "link")
    return made


def test_everything_is_packed_under_its_name(app: Path) -> None:
    members = unpacked(packed(app))
    expected = ["h/app", "h/app/empty", "h/app/link", "h/app/run", "h/app/src", "h/app/src/main.py"]
    assert expected == [*members]
    assert [0o755, 0o644] == [members["h/app/run"].mode, members["h/app/src/main.py"].mode]
    assert "src/main.py" == members["h/app/link"].linkname
    assert members["h/app/empty"].isdir()


def test_a_file_is_packed_with_its_content(app: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(packed(app / "src" / "main.py", "h/main.py"))) as tar:
        file = tar.extractfile("h/main.py")
        assert file is not None
        assert file.read() == b"print()"
        assert ["h/main.py"] == tar.getnames()


def test_the_top_of_a_folder_has_no_name_of_its_own(app: Path) -> None:
    assert ["empty", "link", "run", "src", "src/main.py"] == [*unpacked(packed(app, "."))]


def test_only_names_and_contents_count(app: Path, tmp_path: Path) -> None:
    before = packed(app)
    os.utime(app / "run", (1, 1))
    (app / "src").chmod(0o700)
    app.rename(tmp_path / "moved")
    moved = tmp_path / "moved"
    assert before == packed(moved)
    assert before != packed(moved, "h/other")
    (moved / "run").chmod(0o600)
    not_executable = packed(moved)
    assert before != not_executable
    (moved / "src" / "main.py").write_text("print(1)"[:7])
    assert not_executable != packed(moved)


def test_a_name_may_be_long_and_of_any_letters(app: Path) -> None:
    name = "ü" * 60 + "/" + "x" * 120
    assert f"{name}/run" in unpacked(packed(app, name))


def test_a_link_to_what_was_named_is_followed(app: Path, tmp_path: Path) -> None:
    os.symlink(app, tmp_path / "named")
    assert packed(app) == packed(tmp_path / "named")


def test_an_absolute_link_inside_becomes_relative(app: Path) -> None:
    os.symlink(app / "run", app / "src" / "absolute")
    assert "../run" == unpacked(packed(app))["h/app/src/absolute"].linkname


def test_a_broken_link_inside_stays_one(app: Path) -> None:
    os.symlink("none", app / "broken")
    assert "none" == unpacked(packed(app))["h/app/broken"].linkname


@pytest.mark.parametrize("target", ["../secret", "/etc", "src/../../secret", "../app2"])
def test_a_link_that_leads_outside_is_named(app: Path, target: str) -> None:
    os.symlink(target, app / "src" / "out")
    os.symlink(target, app / "out")
    with pytest.raises(DaytonaValidationError, match=r"link .*/out leads outside of what is copied"):
        packed(app)


def test_what_is_neither_file_nor_folder_is_named(app: Path) -> None:
    os.mkfifo(app / "pipe")
    with pytest.raises(DaytonaValidationError, match=r"pipe is neither a file nor a folder"):
        packed(app)


def test_a_file_that_is_gone_is_named(app: Path) -> None:
    with pytest.raises(DaytonaFileNotFoundError, match=r"local file .*none: No such file"):
        packed(app / "none")


def test_a_file_that_becomes_shorter_is_an_error(app: Path) -> None:
    (app / "large").write_bytes(b"x" * 2 * PIECE)
    pieces = tar_of(ImageContext(str(app / "large"), "h/large"))
    next(pieces)
    (app / "large").write_bytes(b"")
    with pytest.raises(DaytonaError, match="large became shorter while it was read; try again"):
        list(pieces)


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    tracemalloc.start()
    size = sum(map(len, tar_of(ImageContext(str(tmp_path / "large"), "h/large"))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 64 * 1024 * 1024
    assert peak < 16 * 1024 * 1024
