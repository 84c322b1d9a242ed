"""The texts of Dockerfiles, as the official client writes them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import DaytonaNotFoundError, DaytonaValidationError, Image

SLIM = (
    "RUN apt-get update\n"
    "RUN apt-get install -y gcc gfortran build-essential\n"
    "RUN pip install --upgrade pip\n"
    "RUN echo 'debconf debconf/frontend select Noninteractive' | debconf-set-selections\n"
)


@pytest.mark.parametrize(
    ("given", "full"),
    [
        ("3.9", "3.9.22"),
        ("3.10", "3.10.17"),
        ("3.11", "3.11.12"),
        ("3.12", "3.12.10"),
        ("3.13", "3.13.3"),
        ("3.12.4", "3.12.4"),
    ],
)
def test_debian_slim_has_a_full_version(given: str, full: str) -> None:
    assert f"FROM python:{full}-slim-bookworm\n{SLIM}" == Image.debian_slim(given).dockerfile()


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="Daytona has no image of this series")
def test_debian_slim_has_the_running_series_by_default() -> None:
    series = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert Image.debian_slim(series).dockerfile() == Image.debian_slim().dockerfile()


@pytest.mark.parametrize("version", ["3.8", "3.8.1", "3.99"])
def test_a_series_without_an_image_is_refused(version: str) -> None:
    with pytest.raises(DaytonaValidationError, match=r"supports the following series: \['3.9', '3.10'"):
        Image.debian_slim(version)


@pytest.mark.parametrize("version", ["abc", "3", "3.12.", "3.12.4.5"])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(DaytonaValidationError, match="Invalid Python version"):
        Image.debian_slim(version)


@pytest.mark.parametrize(
    ("image", "line"),
    [
        (lambda i: i.pip_install("b", ["a>1"]), "RUN python -m pip install 'a>1' b"),
        (
            lambda i: i.pip_install(
                "a",
                find_links=["l m"],
                index_url="i j",
                extra_index_urls=["e"],
                pre=True,
                extra_options="  --x y ",
            ),
            "RUN python -m pip install a"
            " --find-links 'l m' --index-url 'i j' --extra-index-url e --pre --x y",
        ),
        (lambda i: i.run_commands("a", ["b", "c d"]), 'RUN a\nRUN "b" "c d"'),
        (lambda i: i.run_commands(["b", 'c"d', "e'f"]), 'RUN "b" "c\\\\\\"d" "e\\\'f"'),
        (lambda i: i.env({"A": "1", "B": "x y"}), "ENV A=1\nENV B='x y'"),
        (lambda i: i.workdir("/a b"), "WORKDIR '/a b'"),
        (lambda i: i.entrypoint(["a", "b c"]), 'ENTRYPOINT ["a", "b c"]'),
        (lambda i: i.entrypoint(["a", ["b"]]), 'ENTRYPOINT ["a", "b"]'),
        (lambda i: i.cmd([]), "CMD []"),
        (lambda i: i.cmd(['a "b"', "ö"]), 'CMD ["a \\"b\\"", "ö"]'),
        (lambda i: i.dockerfile_commands(["RUN a", "USER b"]), "RUN a\nUSER b"),
    ],
)
def test_each_step_is_a_line(image: object, line: str) -> None:
    assert callable(image)
    assert f"FROM x\n{line}\n" == image(Image.base("x")).dockerfile()


def test_no_packages_are_no_step() -> None:
    assert Image.base("x").pip_install().dockerfile() == "FROM x\n"


def test_a_dockerfile_is_taken_as_it_is_and_can_be_added_to(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM y\nRUN z")
    image = Image.from_dockerfile(tmp_path / "Dockerfile").run_commands("k")
    assert image.dockerfile() == "FROM y\nRUN z\nRUN k\n"
    assert Image.from_text("FROM y\nRUN z").dockerfile() == "FROM y\nRUN z\n"


def test_a_dockerfile_that_isn_t_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(DaytonaNotFoundError, match="does not exist"):
        Image.from_dockerfile(tmp_path / "none")
    with pytest.raises(DaytonaValidationError, match="is not a file"):
        Image.from_dockerfile(tmp_path)


def test_local_files_are_copied_from_names_that_don_t_tell_where_they_lie(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "main file.py").write_text("")
    image = (
        Image.base("x")
        .add_local_file(tmp_path / "main file.py", "/srv/")
        .add_local_file(str(tmp_path / "main file.py"), "/srv/other.py")
        .add_local_dir(tmp_path / "app", "/srv/app dir")
    )
    file, folder = image.contexts
    assert [
        "FROM x",
        f'COPY ["{file.archive_path}", "/srv/main file.py"]',
        f'COPY ["{file.archive_path}", "/srv/other.py"]',
        f'COPY ["{folder.archive_path}", "/srv/app dir"]',
    ] == image.dockerfile().splitlines()
    assert str(tmp_path).strip("/") not in image.dockerfile()
    assert [str(tmp_path / "main file.py"), str(tmp_path / "app")] == [file.source_path, folder.source_path]


def test_the_home_folder_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "f").write_text("")
    (context,) = Image.base("x").add_local_file("~/f", "/f").contexts
    assert str(tmp_path / "f") == context.source_path


def test_requirements_are_sent_and_installed(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("a\n")
    image = Image.base("x").pip_install_from_requirements(
        tmp_path / "requirements.txt", index_url="i", pre=True
    )
    (context,) = image.contexts
    assert [
        "FROM x",
        f"COPY {context.archive_path} /.requirements.txt",
        "RUN python -m pip install -r /.requirements.txt --index-url i --pre",
    ] == image.dockerfile().splitlines()


def test_a_project_s_dependencies_are_installed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["b>1"]\n[project.optional-dependencies]\ndev = ["a"]\nother = ["c"]\n'
    )
    image = Image.base("x").pip_install_from_pyproject(
        str(tmp_path / "pyproject.toml"), ["dev", "none"], find_links="l", extra_index_url="e"
    )
    assert (
        "FROM x\nRUN python -m pip install a 'b>1' --find-links l --extra-index-url e\n" == image.dockerfile()
    )
    assert image.contexts == []


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (lambda image, path: image.add_local_file(path, "/f"), "Local file"),
        (lambda image, path: image.add_local_dir(path, "/d"), "Local directory"),
        (lambda image, path: image.pip_install_from_requirements(path), "Requirements file"),
        (lambda image, path: image.pip_install_from_pyproject(path, []), "pyproject.toml file"),
        (lambda image, path: image.dockerfile_commands([], path), "Context directory"),
    ],
)
def test_what_isn_t_there_or_is_of_another_kind_is_named(tmp_path: Path, step: Any, kind: str) -> None:
    with pytest.raises(DaytonaNotFoundError, match=f"{kind} .*none does not exist"):
        step(Image.base("x"), tmp_path / "none")
    (tmp_path / "file").write_text("")
    wrong = tmp_path / "file" if "irectory" in kind else tmp_path
    with pytest.raises(DaytonaValidationError, match=f"{kind} .* exists but is not a"):
        step(Image.base("x"), wrong)


def test_lines_are_added_with_what_they_copy(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    image = Image.base("x").dockerfile_commands(["COPY a /a", "RUN b"], tmp_path)
    assert image.dockerfile() == "FROM x\nCOPY a /a\nRUN b\n"
    assert [("a", str(tmp_path / "a"))] == [(one.archive_path, one.source_path) for one in image.contexts]


def test_lines_without_a_folder_copy_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    (context,) = Image.base("x").dockerfile_commands(["COPY a /a"]).contexts
    assert str(Path.cwd() / "a") == context.source_path


def test_a_dockerfile_copies_from_its_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "docker"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM y\nCOPY app.py /\n")
    (folder / "app.py").write_text("")
    (context,) = Image.from_dockerfile(folder / "Dockerfile", strict_context=True).contexts
    assert ("app.py", str(folder / "app.py")) == (context.archive_path, context.source_path)


def test_one_name_can_t_stand_for_two_places(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "app.py").write_text(name)
    image = Image.base("x").dockerfile_commands(["COPY app.py /"], tmp_path / "one")
    assert len(image.dockerfile_commands(["COPY app.py /again"], tmp_path / "one").contexts) == 1
    with pytest.raises(
        DaytonaValidationError, match=r"app\.py would be copied from two places, .*one.* and .*two"
    ):
        image.dockerfile_commands(["COPY app.py /"], tmp_path / "two")


def test_a_strict_context_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(DaytonaValidationError, match="needs context_dir"):
        Image.base("x").dockerfile_commands([], strict_context=True)
    with pytest.raises(DaytonaValidationError, match=r"outside the build context: \.\./secret"):
        Image.base("x").dockerfile_commands(["COPY ../secret /"], tmp_path, strict_context=True)


def test_text_can_t_copy_local_files() -> None:
    image = Image.from_text("FROM y\nCOPY app.py lib /")
    assert image.dockerfile() == "FROM y\nCOPY app.py lib /\n"
    with pytest.raises(DaytonaValidationError, match=r"copies local files \(app\.py, lib\)"):
        image.buildable()
    assert Image.base("x").buildable() == "FROM x\n"
