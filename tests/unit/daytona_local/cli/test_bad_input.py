"""What can't be done is one line that says what to do, never a traceback."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
from pathlib import Path

import pytest
from daytona_local.cli import connection
from daytona_local.data_dir import data_dir_locked
from daytona_local.run_file import RunFile
from daytona_local.store import Store

from tests.unit.daytona_local.cli.commands import LIMIT_S, Cli, line_of, started


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("serve", "--port", "x"), "'x' is no port; give a number from 0 to 65535"),
        (("serve", "--port", "-1"), "'-1' is no port"),
        (("serve", "--port", "65536"), "'65536' is no port"),
        (("serve", "--port", "٣"), "is no port"),
        (("serve", "--runtime", "docker"), "no runtime 'docker'; choose auto, bubblewrap or process"),
        (("serve", "--transition", "-1"), "--transition"),
        (("ls", "--label", "team"), "'team' is no label such as team=a"),
        (("logs", "--build"), "need the name of a sandbox"),
        (("logs", "box", "--build", "--entrypoint"), "ask for one"),
        (("exec", "box"), "Missing argument"),
        (("lst",), "No such command"),
        (("ls", "--colour"), "No such option"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(cli: Cli, args: tuple[str, ...], reason: str) -> None:
    done = cli.bare(*args)
    assert 2 == done.status
    assert reason in done.line
    assert done.line.endswith(" --help")
    assert not cli.folder.exists()


@pytest.mark.parametrize(
    "args",
    [
        ("ls",),
        ("logs",),
        ("logs", "box"),
        ("exec", "box", "--", "ls"),
        ("shell", "box"),
        ("seed", os.devnull),
    ],
)
def test_where_no_server_runs_it_says_how_to_start_one(cli: Cli, args: tuple[str, ...]) -> None:
    done = cli(*args)
    assert 1 == done.status
    assert (
        f"no server runs in {cli.folder}; start one: daytona-local serve --data-dir {cli.folder}" == done.line
    )
    assert not cli.folder.exists()


@pytest.mark.parametrize(
    "args", [("serve", "--port", "0"), ("reset", "--yes"), ("snapshot", "save", "x"), ("status",), ("ls",)]
)
def test_a_file_in_place_of_the_data_folder_is_refused(cli: Cli, args: tuple[str, ...]) -> None:
    cli.folder.write_text("mine")
    done = cli(*args)
    assert 1 == done.status
    assert f"{cli.folder} is no folder" in done.line
    assert "mine" == cli.folder.read_text()


@pytest.mark.parametrize(
    "args", [("serve", "--port", "0"), ("reset", "--yes"), ("snapshot", "save", "x"), ("status",), ("ls",)]
)
@pytest.mark.parametrize("fault", ["belongs to another user", "others may write to"])
def test_a_data_folder_that_is_not_this_users_alone_is_refused(
    cli: Cli, args: tuple[str, ...], fault: str
) -> None:
    cli.folder.mkdir(mode=0o700)
    if fault == "others may write to":
        cli.folder.chmod(0o770)
    elif os.geteuid() == 0:
        os.chown(cli.folder, 4711, -1)
    else:
        cli.folder = Path("/usr")
    before = os.listdir(cli.folder)
    done = cli(*args)
    assert 1 == done.status
    assert fault in done.line
    assert before == os.listdir(cli.folder)


def test_a_damaged_key_is_said_and_never_shown(cli: Cli) -> None:
    cli.folder.mkdir(mode=0o700)
    for content in (b"", b"short", b"dtn_\xff" * 20, b"dtn_secret secret secret"):
        (cli.folder / "api-key").write_bytes(content)
        done = cli("serve", "--port", "0")
        assert 1 == done.status
        assert f"the key in {cli.folder / 'api-key'} is damaged; put it back, or remove the file" in done.line
        assert "secret" not in done.err


def test_a_database_of_another_version_is_refused_and_left_as_it_is(cli: Cli) -> None:
    cli.folder.mkdir(mode=0o700)
    file = cli.folder / "daytona.db"
    for version, reason in (
        (0, "from an older daytona-local (schema 0; this one has 1); use that"),
        (99, "newer"),
    ):
        Store(file).close()
        with sqlite3.connect(file) as database:
            database.execute(f"PRAGMA user_version = {version}")
        database.close()
        done = cli("serve", "--port", "0")
        assert 1 == done.status
        assert reason in done.line
        with sqlite3.connect(file) as database:
            assert (version,) == database.execute("PRAGMA user_version").fetchone()
        database.close()
        file.unlink()


def test_a_folder_that_somebody_works_with_without_a_run_file_is_said(cli: Cli) -> None:
    with data_dir_locked(cli.folder):
        serve = cli("serve", "--port", "0")
        assert (1, f"another daytona-local works with {cli.folder}; stop it, or use another --data-dir") == (
            serve.status,
            serve.line,
        )
        for args in (("ls",), ("status",), ("reset", "--yes")):
            done = cli(*args)
            assert 1 == done.status
            assert f"a daytona-local works with {cli.folder}, but takes no requests" in done.line


def test_a_server_that_does_not_answer_is_said_with_its_process(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ANSWER_S", 0.2)
    with data_dir_locked(cli.folder), socket.create_server(("127.0.0.1", 0)) as silent:
        (cli.folder / "api-key").write_text("dtn_" + "0" * 64)
        RunFile(4711, f"http://127.0.0.1:{silent.getsockname()[1]}", 0, 0.0, "0").write(cli.folder)
        for args in (("ls",), ("status",)):
            done = cli(*args)
            assert 1 == done.status
            assert "(pid 4711) doesn't answer (timed out); wait, or end it with kill -9 4711" in done.line


def test_an_unknown_sandbox_is_said_with_the_nearest_name(served: Cli) -> None:
    for args in (("exec", "bix", "--", "ls"), ("logs", "bix"), ("logs", "bix", "--build")):
        assert 'there is no sandbox "bix"; did you mean "box"?' == served(*args).line
    assert 'there is no sandbox "zzz"; daytona-local ls lists them' == served("exec", "zzz", "--", "ls").line


def test_a_sandbox_that_does_not_run_is_said_with_its_state(served: Cli) -> None:
    for args in (("exec", "halted", "--", "ls"), ("logs", "halted")):
        assert 'sandbox "halted" is stopped; start it with --start' == served(*args).line


def test_an_unknown_state_is_said(served: Cli) -> None:
    assert (
        "there is no state 'running'; the most frequent are started and stopped"
        == served("ls", "--state", "running").line
    )


def test_a_shell_without_a_terminal_is_refused(served: Cli) -> None:
    done = served("shell", "box")
    assert 1 == done.status
    assert "a shell needs a terminal; for a command use daytona-local exec" in done.line


def test_ctrl_c_ends_a_command_with_status_130_and_one_line(served: Cli) -> None:
    served("ls")
    with started("logs", "--follow", "--data-dir", served.folder) as process:
        assert line_of(process)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=LIMIT_S)
    assert (130, "daytona-local: interrupted\n") == (process.returncode, complaints)


def test_a_data_folder_that_a_restore_left_half_done_is_not_served(cli: Cli) -> None:
    (cli.folder / "restoring").mkdir(mode=0o700, parents=True)
    cli.folder.chmod(0o700)
    (cli.folder / "lock").touch(mode=0o600)
    for args in (("serve", "--port", "0"), ("snapshot", "save", "never-made")):
        done = cli(*args)
        assert 1 == done.status
        assert f"a restore into {cli.folder} was broken off; repeat it" in done.line
    assert 0 == cli("reset", "--yes").status
    assert ["lock"] == os.listdir(cli.folder)
