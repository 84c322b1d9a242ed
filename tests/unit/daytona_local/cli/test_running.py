"""`exec` and `shell`: what runs in a sandbox, by real processes and on a real terminal."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import termios
import time

import pytest

from tests.unit.daytona_local.cli.commands import LIMIT_S, Cli, Here, Terminal, line_of, run, started


def test_a_command_has_its_streams_apart_its_arguments_whole_and_its_own_status(served: Cli) -> None:
    done = run(
        "exec", "box", "--data-dir", served.folder, "--",
        "sh", "-c", 'printf "%s|" "$@"; echo err >&2; exit 7', "sh", "a b", "$HOME", "'", "-x", "",
    )  # fmt: skip
    assert (7, "a b|$HOME|'|-x||", "err\n") == (done.status, done.out, done.err)


def test_the_outcome_can_be_json(served: Cli) -> None:
    done = served("exec", "box", "--json", "--no-stdin", "--", "sh", "-c", "echo out; echo err >&2; exit 3")
    assert {"exit_code": 3, "stdout": "out\n", "stderr": "err\n"} == done.json
    assert 3 == done.status


def test_a_command_that_is_not_there_has_the_shells_status(served: Cli) -> None:
    done = served("exec", "box", "-n", "--", "no-such-program")
    assert 127 == done.status
    assert "no-such-program: command not found" in done.err


def test_what_is_piped_in_is_the_commands_input(served: Cli, here: Here) -> None:
    given = bytes(range(256)) * 5000
    counted = run("exec", "box", "--data-dir", served.folder, "--", "wc", "-c", given=given)
    assert f"{len(given)}\n" == counted.out
    assert "0\n" == served("exec", "box", "-n", "--", "wc", "-c").out
    left = here.client.get("box").process.exec("ls -A /tmp").result
    assert ".daytona-exec" not in left


def test_a_stopped_sandbox_is_started_when_that_is_asked_for(cli: Cli, here: Here) -> None:
    sandbox = here.client.create()
    try:
        sandbox.stop()
        done = cli.bare("exec", sandbox.name, "--start", "-n", "--data-dir", here.folder, "--", "echo", "up")
        assert (0, "up\n") == (done.status, done.out)
    finally:
        sandbox.delete(wait=True)


def test_ctrl_c_ends_the_command_in_the_sandbox_too(served: Cli, here: Here) -> None:
    command = ("sh", "-c", "echo up; exec sleep 4711")
    with started("exec", "box", "-n", "--data-dir", served.folder, "--", *command) as process:
        assert "up\n" == line_of(process)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=LIMIT_S)
    assert (130, "daytona-local: interrupted\n") == (process.returncode, complaints)
    box, deadline = here.client.get("box"), time.monotonic() + LIMIT_S
    while box.process.exec("pgrep -f '[s]leep 4711'").exit_code == 0:
        assert time.monotonic() < deadline


def test_a_command_that_its_sandboxs_stop_breaks_off_is_one_line(here: Here) -> None:
    sandbox = here.client.create()
    command = ("sh", "-c", "echo up; sleep 4713")
    with started("exec", sandbox.name, "-n", "--data-dir", here.folder, "--", *command) as process:
        assert "up\n" == line_of(process)
        sandbox.stop()
        _, complaints = process.communicate(timeout=LIMIT_S)
    sandbox.delete(wait=True)
    assert 1 == process.returncode
    said = complaints.splitlines()[-1]  # the shell in the sandbox may have said before what was killed
    assert re.fullmatch('daytona-local: the command was broken off: sandbox ".*" is stop.*', said)
    assert "Traceback" not in complaints


def test_programs_heed_ctrl_c_where_the_server_was_started_to_ignore_it(here: Here) -> None:
    numbers = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        sandbox = here.client.create()
        ignored = sandbox.process.exec("grep SigIgn /proc/self/status").result
        sandbox.delete(wait=True)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert 0 == int(ignored.split()[1], 16) & sum(1 << number - 1 for number in numbers)


def test_a_shell_follows_the_terminals_size_and_ends_with_its_own_status(served: Cli) -> None:
    terminal = Terminal("shell", "box", "--data-dir", served.folder)
    terminal.until(b"$ ")
    # All in one line: before each prompt, the shell sets the size that it has read.
    resized = b"until stty size | grep '40 100'; do sleep 0.05; done"
    terminal.write(b"stty size; echo done-$((1+1)); " + resized + b"; echo done-$((1+2))\n")
    assert b"24 80" in terminal.until(b"done-2")
    fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    terminal.until(b"done-3")
    terminal.write(b"sh -c 'echo up-$((2+2)); exec sleep 4712'\n")
    terminal.until(b"up-4")
    terminal.write(b"\x03")  # which is for what runs inside
    terminal.until(b"$ ")
    terminal.write(b"echo $TERM-$((2+3))\n")
    terminal.until(b"xterm-256color-5")
    terminal.write(b"exit 9\n")
    assert 9 == terminal.end()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_shell_that_is_told_to_end_leaves_the_terminal_as_it_was_and_nothing_running(
    served: Cli, here: Here, number: signal.Signals
) -> None:
    others = _terminals(here)
    terminal = Terminal("shell", "box", "--data-dir", served.folder)
    before = termios.tcgetattr(terminal.fd)
    terminal.until(b"$ ")
    assert before != termios.tcgetattr(terminal.fd)
    os.kill(terminal.pid, number)
    deadline = time.monotonic() + LIMIT_S
    while termios.tcgetattr(terminal.fd) != before:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert 128 + number == terminal.end()
    assert others == _terminals(here)


def _terminals(here: Here) -> set[str]:
    """Return the terminals of the sandbox in which something runs."""
    return {session.id for session in here.client.get("box").process.list_pty_sessions() if session.active}
