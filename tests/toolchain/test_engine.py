"""How an engine is looked for, and what is said when there is none."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.toolchain import go_build, official_install
from tests.toolchain.engine import find_engine
from tests.toolchain.environment import engine_environment
from tests.toolchain.errors import EngineError

# Builds what `-o` names after a moment, and keeps count; knows where its Python scripts are.
GO = """\
case "$1" in
  env) echo go1.26.8 ;;
  build) echo once >> "$COUNT"; sleep 0.2; while [ "$1" != -o ]; do shift; done; echo built > "$2" ;;
  list) echo '{"Dir": "'"$SDK"'"}' ;;
esac
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder on PATH besides the system's own, with an empty cache beside it."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), "/usr/bin", "/bin"]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def put(folder: Path, name: str, script: str) -> Path:
    """Write an executable shell script."""
    folder.mkdir(parents=True, exist_ok=True)
    executable = folder / name
    executable.write_text(f"#!/bin/sh\n{script}\n")
    executable.chmod(0o755)
    return executable


def put_engine(folder: Path, version: str) -> Path:
    """Write what looks like a complete engine of this version."""
    put(folder, "pulumi-language-python", "")
    put(folder, "pulumi-resource-pulumi-python", "")
    return put(folder, "pulumi", f"echo v{version}")


def put_go(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a Go that builds at once; return the file where its builds are counted."""
    put(folder, "go", GO)
    put(tmp_path / "sdk/python/dist", "pulumi-resource-pulumi-python", "")
    put(tmp_path / "sdk/python/cmd", "pulumi-language-python-exec", "")
    monkeypatch.setenv("SDK", str(tmp_path / "sdk"))
    monkeypatch.setenv("COUNT", str(tmp_path / "count"))
    return tmp_path / "count"


def test_a_recent_engine_on_path_is_used(tools: Path) -> None:
    pulumi = put_engine(tools, "3.260.1")

    engine = find_engine()

    assert engine is not None
    assert (pulumi, "3.260.1", "PATH") == (engine.pulumi, engine.version, engine.origin)


def test_an_engine_that_is_too_old_is_passed_over_with_its_version(tools: Path) -> None:
    put_engine(tools, "3.199.0")
    said: list[str] = []

    assert find_engine(said.append) is None
    assert [f"not using {tools}/pulumi: version 3.199.0 is older than 3.200"] == said


def test_an_engine_without_a_python_language_host_is_passed_over_for_the_cached_one(
    tools: Path, tmp_path: Path
) -> None:
    put(tools, "pulumi", "echo v3.260.1")
    cached = put_engine(tmp_path / "cache/pulumi-daytona/engine" / go_build.VERSION / "bin", "3.259.0")
    said: list[str] = []

    engine = find_engine(said.append)

    assert engine is not None
    assert cached == engine.pulumi
    assert "pulumi-language-python and pulumi-resource-pulumi-python not found" in said[0]


def test_an_engine_that_does_not_run_is_passed_over(tools: Path) -> None:
    put(tools, "pulumi", "exit 1")

    assert find_engine() is None


def test_an_official_installer_that_is_out_of_reach_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(EngineError, match="the official Pulumi installer can't be reached"):
        official_install.install(tmp_path, print)


def test_a_missing_go_is_named_together_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(EngineError, match=r"Go is not on PATH; install Go 1\.21 or newer, or Pulumi"):
        go_build.build(tmp_path / "engine", print)


def test_a_go_that_is_too_old_is_named(tools: Path, tmp_path: Path) -> None:
    put(tools, "go", "echo go1.19.8")

    with pytest.raises(EngineError, match=r"is go1\.19\.8; install Go 1\.21 or newer"):
        go_build.build(tmp_path / "engine", print)


def test_a_failed_build_gives_its_last_line_and_leaves_nothing(tools: Path, tmp_path: Path) -> None:
    put(tools, "go", '[ "$1" = env ] && echo go1.26.8 && exit; echo "no such host" >&2; exit 1')

    with pytest.raises(EngineError, match=r"go build failed \(no such host\)"):
        go_build.build(tmp_path / "engine", print)
    assert ["lock"] == os.listdir(tmp_path / "engine")


def test_two_builds_at_once_build_once(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = put_go(tools, tmp_path, monkeypatch)
    builds = [
        threading.Thread(target=go_build.build, args=(tmp_path / "engine", lambda line: None))
        for _ in range(2)
    ]

    for build in builds:
        build.start()
    for build in builds:
        build.join()

    assert "once\n" == count.read_text()
    made = sorted(os.listdir(tmp_path / "engine" / go_build.VERSION / "bin"))
    scripts = ["pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python"]
    assert ["language_host.py", "pulumi", *scripts] == made


def test_a_language_host_of_another_checkout_is_brought_up_to_date(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_go(tools, tmp_path, monkeypatch)
    made = go_build.build(tmp_path / "engine", print)
    (made / "language_host.py").write_text("old")

    go_build.refresh_language_host(made)

    current = Path(go_build.__file__).with_name("language_host.py").read_text()
    assert current == (made / "language_host.py").read_text()


def test_the_environment_leaves_out_what_the_user_has_set_for_their_own_pulumi(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_engine(tools, "3.260.1")
    monkeypatch.setenv("PULUMI_ACCESS_TOKEN", "the user's")
    monkeypatch.setenv("DAYTONA_API_KEY", "the user's")
    engine = find_engine()
    assert engine is not None

    environment = engine_environment(engine, tmp_path / "private")

    assert "the user's" not in environment.values()
    assert str(tools) == environment["PATH"].split(os.pathsep)[0]
    assert (tmp_path / "private" / "state").as_uri() == environment["PULUMI_BACKEND_URL"]
    assert 0o700 == (tmp_path / "private").stat().st_mode & 0o777
