"""`pulumi-daytona graph`: where the picture goes, and what bad input says."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from pulumi_daytona.cli.app import app
from typer.testing import CliRunner

from tests.unit.pulumi_daytona.graph.given import FOLDER, SHOP, STACK, resource, state


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the command runs in, without an engine on PATH."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.defpath)
    return tmp_path


def run(*arguments: str, status: int = 0) -> tuple[str, str]:
    """Run the command, and return what is printed and what is said beside it."""
    done = CliRunner().invoke(app, ["graph", *arguments])
    assert status == done.exit_code, done.output
    return done.stdout, done.stderr


def kept(folder: Path, value: Any) -> str:
    file = folder / "state.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value))
    return str(file)


def test_the_picture_goes_to_a_file_or_to_standard_output(folder: Path) -> None:
    golden = (FOLDER / "shop.svg").read_text()
    assert (golden, "") == run("--state", str(SHOP))
    assert "Written: a.svg" in run("--state", str(SHOP), "--out", "a.svg")[0]
    assert golden == (folder / "a.svg").read_text()


def test_scripts_are_told_the_same_and_get_the_file_too(folder: Path) -> None:
    printed, said = run("--state", str(SHOP), "--json", "--out", "a.svg")
    told = json.loads(printed)
    assert ("organization/shop/dev", "") == (told["stack"], said)
    assert {"kind", "name", "urn", "state", "facts", "in_this_stack", "parts"} == told["items"][1].keys()
    assert {"used", "by"} == told["uses"][0].keys()
    assert (folder / "a.svg").is_file()


def test_a_stack_with_nothing_of_ours_says_so_in_one_line_and_writes_nothing(folder: Path) -> None:
    other = {**resource("Volume", "data"), "type": "aws:s3/bucket:Bucket"}
    for exported, options in ((state(), ("--stack", STACK)), (state(other), ())):
        printed, said = run("--state", kept(folder, exported), *options, "--out", "a.svg")
        assert ("", 1) == (printed, len(said.splitlines()))
        assert "has nothing of Daytona; nothing is drawn" in said
    assert [] == json.loads(run("--state", kept(folder, state(other)), "--json")[0])["items"]
    assert not (folder / "a.svg").exists()


@pytest.mark.parametrize(
    ("exported", "options", "words"),
    [
        ("{", (), "is not what `pulumi stack export` writes"),
        ("[]", (), "doesn't tell which stack it is of; add --stack"),
        (state(), (), "doesn't tell which stack it is of; add --stack"),
        (state(), ("--stack", "dev"), "name it in full"),
        (state(resource("Volume", "a")), ("--stack", "acme/other/dev"), "is not of that stack"),
        ({**state(resource("Volume", "a")), "version": 9}, (), "its version is 9"),
        (state(resource("Volume", "a")), ("--out", "no/folder/a.svg"), "choose another --out"),
    ],
)
def test_bad_input_is_one_line(folder: Path, exported: Any, options: tuple[str, ...], words: str) -> None:
    _, said = run("--state", kept(folder, exported), *options, status=1)
    assert (1, True) == (len(said.splitlines()), words in said)


def test_no_file_and_no_engine_are_one_line_each(folder: Path) -> None:
    assert "can't be read (No such file or directory)" in run("--state", "nothing", status=1)[1]
    assert "`pulumi` is not on PATH" in run(status=1)[1]


def test_a_file_that_may_not_be_written_is_one_line(folder: Path) -> None:
    (folder / "a.svg").mkdir(mode=stat.S_IRWXU)
    said = run("--state", str(SHOP), "--out", "a.svg", status=1)[1]
    assert "write a.svg: Is a directory; choose another --out" in said
