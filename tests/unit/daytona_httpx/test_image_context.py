"""What an image copies from the local disk: by which names, and from nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from daytona_httpx import DaytonaNotFoundError, DaytonaValidationError
from daytona_httpx.image_context import archive_path_of, copied_contexts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with files, beside a secret."""
    (tmp_path / "secret").write_text("secret")
    made = tmp_path / "folder"
    (made / "src" / "deep").mkdir(parents=True)
    for name in ("a.py", "b.py", ".hidden.py", "src/c.py"):
        (made / name).write_text(name)
    return made


def names(folder: Path, line: str, strict: bool = False) -> list[str]:
    return [context.archive_path for context in copied_contexts([line], folder, strict)]


def test_a_name_is_a_hash_and_the_file_s_own_name(tmp_path: Path) -> None:
    digest, _, name = archive_path_of(tmp_path / "dir" / "app.py").partition("/")
    assert "app.py" == name
    assert len(digest) == 12
    assert set(digest) <= set("0123456789abcdef")
    assert tmp_path.name not in archive_path_of(tmp_path / "dir" / "app.py")


def test_the_same_place_has_the_same_name_however_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path.cwd()
    assert (
        archive_path_of("src/a") == archive_path_of("./src/../src/a") == archive_path_of(here / "src" / "a")
    )
    assert archive_path_of("src/a") != archive_path_of("lib/a")
    (here / "elsewhere").mkdir()
    before = archive_path_of("src/a")
    monkeypatch.chdir(here / "elsewhere")
    assert before == archive_path_of("src/a")


def test_a_name_has_nothing_that_docker_takes_for_a_pattern() -> None:
    assert archive_path_of("a [1]*?.ü").endswith("/a__1___._")
    assert archive_path_of("/").endswith("/root")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("COPY a.py /x", ["a.py"]),
        ("COPY ./src/ src/c.py /x", ["src", "src/c.py"]),
        ("COPY /a.py /x", ["a.py"]),
        ("COPY src/../a.py /x", ["a.py"]),
        ("COPY *.py /x", [".hidden.py", "a.py", "b.py"]),
        ("COPY [ab].py /x", ["a.py", "b.py"]),
        ("COPY . /x", ["."]),
        ("COPY / /x", ["."]),
        ("RUN x", []),
    ],
)
def test_sources_keep_the_names_that_the_dockerfile_has(folder: Path, line: str, expected: list[str]) -> None:
    assert expected == names(folder, line)


def test_a_source_is_known_by_its_absolute_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    (context,) = copied_contexts(["COPY a.py /"], Path("folder"), False)
    assert str(folder / "a.py") == context.source_path


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("source", ["../secret", "..", "src/../../secret", "/../secret", "..\\\\secret"])
def test_what_lies_outside_is_forbidden(folder: Path, source: str, strict: bool) -> None:
    with pytest.raises(DaytonaValidationError, match="forbidden path outside the build context"):
        names(folder, f"COPY {source} /x", strict)


@pytest.mark.parametrize("source", ["/a.py", "C:\\\\a.py", "\\\\\\\\host\\\\a"])
def test_a_strict_context_knows_no_absolute_paths(folder: Path, source: str) -> None:
    with pytest.raises(DaytonaValidationError, match="forbidden path outside the build context"):
        names(folder, f"COPY {source} /x", strict=True)


@pytest.mark.parametrize("strict", [True, False])
def test_a_link_that_leads_outside_is_forbidden(folder: Path, strict: bool) -> None:
    os.symlink("../secret", folder / "link")
    os.symlink("..", folder / "up")
    for source in ("link", "up/secret", "l*"):
        with pytest.raises(DaytonaValidationError, match="forbidden path outside the build context"):
            names(folder, f"COPY {source} /x", strict)


def test_a_link_that_stays_inside_is_a_source(folder: Path) -> None:
    os.symlink("src/c.py", folder / "link")
    assert ["link"] == names(folder, "COPY link /x", strict=True)


def test_a_source_that_isn_t_there_is_named(folder: Path) -> None:
    with pytest.raises(
        DaytonaNotFoundError, match=r"COPY source none\.py does not exist in .*folder; add_local"
    ):
        names(folder, "COPY none.py /x")
    with pytest.raises(DaytonaNotFoundError, match=r"COPY source \*\.js does not exist"):
        names(folder, "COPY *.js /x")
