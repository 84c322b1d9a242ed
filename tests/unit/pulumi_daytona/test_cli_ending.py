"""How `pulumi-daytona` ends when it is interrupted or misused, what it completes, what it shows."""

from __future__ import annotations

import errno
import os
import pty
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from daytona_local import LocalDaytona
from pulumi_daytona.cli.running import run

COMMAND = [sys.executable, "-m", "pulumi_daytona.cli"]
ENGINE = """#!/bin/sh
case "$*" in
  "stack ls"*) echo '[{"name": "dev"}, {"name": "prod"}, {"name": "pr-7"}]' ;;
  "stack export"*) echo '{"version": 3, "deployment": {}}' ;;
  *) echo "acme/shop/dev" ;;
esac
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment with a stand-in for the engine, and with no Daytona."""
    pulumi = tmp_path / "bin" / "pulumi"
    pulumi.parent.mkdir()
    pulumi.write_text(ENGINE)
    pulumi.chmod(0o700)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PULUMI", "DAYTONA"))}
    return {**kept, "PATH": f"{pulumi.parent}{os.pathsep}{os.defpath}"}


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """Return a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


Said = Callable[..., str]


@pytest.fixture
def said(
    tmp_path: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Said:
    """Run a command in this process, and return the one line that it says on standard error."""
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str, status: int = 1, **variables: str) -> str:
        with monkeypatch.context() as patched:
            for name in [name for name in os.environ if name.startswith(("PULUMI", "DAYTONA"))]:
                patched.delenv(name)
            for name, value in {"PATH": environment["PATH"], **variables}.items():
                patched.setenv(name, value)
            assert status == run(arguments)
        [line] = capsys.readouterr().err.splitlines()
        return line

    return say


def ran(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", ["doctor", "import"])
def test_ctrl_c_ends_a_command_with_130_and_one_line(
    name: str, tmp_path: Path, environment: dict[str, str], silent: socket.socket
) -> None:
    url = f"http://127.0.0.1:{silent.getsockname()[1]}/api"
    where = {**environment, "DAYTONA_API_URL": url, "DAYTONA_API_KEY": "key"}
    with subprocess.Popen(
        [*COMMAND, name], cwd=tmp_path, env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        silent.settimeout(60)
        connection, _ = silent.accept()  # it has begun to wait
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
        connection.close()
    assert (130, "pulumi-daytona: interrupted\n") == (process.returncode, complaints)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sweep", "--nope"), "No such option: --nope"),
        (("sweep", "--older-than", "soon"), "'soon' is no duration such as"),
        (("graph", "more"), "unexpected extra argument"),
        (("nothing",), "No such command 'nothing'"),
    ],
)
def test_wrong_usage_is_one_line_that_names_the_help(
    arguments: tuple[str, ...], words: str, said: Said
) -> None:
    line = said(*arguments, status=2)
    assert words in line
    assert line.endswith("--help")


def test_a_stack_without_a_project_or_without_an_engine_is_one_line(said: Said) -> None:
    assert "there is no Pulumi.yaml here" in said("import", "-s", "dev")
    assert "`pulumi` is not on PATH" in said("import", "-s", "dev", PATH=os.defpath)


def test_a_project_that_can_t_be_read_is_one_line(said: Said, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_bytes(b"name: \xff")
    assert "(it is no UTF-8 text); correct it" in said("import")


def test_a_url_that_nobody_answers_or_that_is_none_is_one_line(said: Said) -> None:
    nobody = said("import", DAYTONA_API_KEY="key", DAYTONA_API_URL="http://127.0.0.1:9/api")
    assert "127.0.0.1:9" in nobody
    assert "ftp" in said("import", DAYTONA_API_KEY="key", DAYTONA_API_URL="ftp://x")


def test_a_key_that_is_refused_is_one_line(said: Said) -> None:
    with LocalDaytona() as server:
        line = said("import", DAYTONA_API_KEY="wrong", DAYTONA_API_URL=server.api_url)
    assert "list sandboxes" in line
    assert "wrong" not in line


def test_a_state_of_many_levels_is_no_state(said: Said, tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("[" * 100_000)
    assert "is not what `pulumi stack export` writes" in said("graph", "--state", "state.json")


def test_the_stacks_of_the_project_are_completed(tmp_path: Path, environment: dict[str, str]) -> None:
    asked = {
        **environment,
        "_PULUMI_DAYTONA_COMPLETE": "complete_bash",
        "COMP_WORDS": "pulumi-daytona graph --stack p",
        "COMP_CWORD": "3",
    }
    assert ["prod", "pr-7"] == ran(tmp_path, asked).stdout.split()
    without = {**asked, "PATH": os.defpath}
    assert [] == ran(tmp_path, without).stdout.split()


def test_a_shell_is_given_its_completion(tmp_path: Path, environment: dict[str, str]) -> None:
    line = f"{shlex.join([*COMMAND, '--show-completion'])}; exit $?"  # the shell that asks is its parent
    shown = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "_PULUMI_DAYTONA_COMPLETE" in shown.stdout


def test_what_takes_a_while_is_shown_on_a_terminal_only(tmp_path: Path, environment: dict[str, str]) -> None:
    assert 1 == len(ran(tmp_path, environment, "graph").stderr.splitlines())  # that there is nothing to draw
    screen, terminal = pty.openpty()
    where = {**environment, "TERM": "xterm"}
    with subprocess.Popen(
        [*COMMAND, "graph"],
        cwd=tmp_path,
        env=where,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        shown = b"".join(iter(lambda: _read(screen), b""))
        os.close(screen)
        printed, _ = process.communicate(timeout=60)
    assert (0, b"") == (process.returncode, printed)
    assert b"Reading the state" in shown


def _read(screen: int) -> bytes:
    """Return what a terminal shows next; nothing when nobody writes to it any more."""
    try:
        return os.read(screen, 65536)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return b""
