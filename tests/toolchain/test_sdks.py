"""What is said, and what is not made twice, where SDKs are generated."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.toolchain import node, sdks
from tests.toolchain.errors import MissingError, SdkError

# Builds a generator that writes one file, and keeps count.
GO = """\
case "$1" in
  env) echo go1.26.8 ;;
  build) echo once >> "$COUNT"; mkdir -p product; cp "$GENERATOR" product/sdkgen ;;
esac
"""
GENERATOR = 'echo "$2" >> "$COUNT"; mkdir -p "$3"; echo "$2" > "$3/made"'
NPM = 'echo "npm error code $CODE" >&2; exit 1'


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder on PATH besides the system's own, with an empty cache beside it."""
    folder = tmp_path / "tools"
    folder.mkdir()
    system = tmp_path / "system"
    system.mkdir()
    for name in ("sh", "cp", "mkdir"):
        (system / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), str(system)]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def put(folder: Path, name: str, script: str) -> Path:
    executable = folder / name
    executable.write_text(f"#!/bin/sh\n{script}\n")
    executable.chmod(0o755)
    return executable


def put_node(folder: Path, version: str, npm: str = NPM) -> None:
    put(folder, "node", f"echo {version}")
    put(folder, "npm", npm)


@pytest.fixture
def count(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a Go in place; return the file where its builds, and what they generate, are counted."""
    put(tools, "go", GO)
    monkeypatch.setenv("GENERATOR", str(put(tmp_path, "generator", GENERATOR)))
    monkeypatch.setenv("COUNT", str(tmp_path / "count"))
    return tmp_path / "count"


def test_an_sdk_is_generated_once_for_each_schema(
    count: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "go\n" == (sdks.sdk("go", print) / "made").read_text()
    sdks.sdk("go", print)
    assert ["once", "go"] == count.read_text().split()

    other = tmp_path / "schema.json"
    other.write_text("{}")
    monkeypatch.setattr(sdks, "SCHEMA", other)
    sdks.sdk("go", print)
    assert ["once", "go", "go"] == count.read_text().split()


def test_the_go_sdk_says_which_pulumi_it_needs(count: Path) -> None:
    assert "github.com/pulumi/pulumi/sdk/v3 v3.259.0" in (sdks.sdk("go", print) / "go.mod").read_text()


def test_only_the_last_few_are_kept(count: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = tmp_path / "schema.json"
    monkeypatch.setattr(sdks, "SCHEMA", schema)
    for number in range(5):
        schema.write_text(str(number))
        made = sdks.sdk("go", print)
    assert 3 == len([each for each in made.parent.iterdir() if each.is_dir()])


def test_without_go_it_is_said_that_go_is_missing(tools: Path) -> None:
    with pytest.raises(MissingError, match="Go is not on PATH"):
        sdks.sdk("go", print)


@pytest.mark.parametrize(
    ("words", "kind"), [("dial tcp: lookup proxy: no such host", MissingError), ("undefined: x", SdkError)]
)
def test_a_proxy_that_is_out_of_reach_is_missing_and_any_other_failure_is_a_failure(
    tools: Path, words: str, kind: type[Exception]
) -> None:
    put(tools, "go", f'[ "$1" = env ] && echo go1.26.8 && exit; echo "{words}" >&2; exit 1')
    with pytest.raises(kind, match="build what generates the SDKs"):
        sdks.sdk("go", print)


def test_without_node_it_is_said_that_node_is_missing(tools: Path) -> None:
    with pytest.raises(MissingError, match="node and npm are not on PATH"):
        sdks.sdk("nodejs", print)


def test_an_old_node_is_as_good_as_none(tools: Path) -> None:
    put_node(tools, "v18.20.0")
    with pytest.raises(MissingError, match=r"is v18\.20\.0; install Node\.js 20 or newer"):
        node.packages(print)


@pytest.mark.parametrize(("code", "kind"), [("ENOTFOUND", MissingError), ("ETARGET", SdkError)])
def test_a_registry_that_is_out_of_reach_is_missing_and_any_other_failure_is_a_failure(
    tools: Path, monkeypatch: pytest.MonkeyPatch, code: str, kind: type[Exception]
) -> None:
    put_node(tools, "v20.1.0")
    monkeypatch.setenv("CODE", code)
    with pytest.raises(kind, match=f"install Node.js packages: npm error code {code}"):
        node.packages(print)
