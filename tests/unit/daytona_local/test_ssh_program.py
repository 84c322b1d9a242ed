"""The gateway as the real programs meet it: the command that the API tells, word for word."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona

from tests.unit.daytona_local.ssh_client import Box, command, where

pytestmark = pytest.mark.skipif(shutil.which("ssh") is None, reason="this host has no ssh (openssh-client)")

ANY_HOST_KEY = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-F", "none"]
QUIET = [*ANY_HOST_KEY, "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"]
WAIT_S = 60


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with (
        LocalDaytona(transition_s=0) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        yield Box(server, client, client.create())


def run(words: Sequence[str], given: bytes = b"") -> tuple[int, bytes, bytes]:
    """Run a program; return its exit status and what it wrote to each of its streams."""
    done = subprocess.run(words, input=given, capture_output=True, timeout=WAIT_S, check=False)
    return done.returncode, done.stdout, done.stderr


def ssh(box: Box, *options: str) -> list[str]:
    """Return the words of the command that the API tells, with some options more."""
    program, *rest = command(box.access())
    return [program, *QUIET, *options, *rest]


def test_the_command_runs_another_in_the_sandbox(box: Box) -> None:
    data = bytes(range(256)) * 100
    assert (7, data, b"err\n") == run([*ssh(box), "cat; echo err >&2; exit 7"], data)


def test_the_command_alone_is_a_shell_on_a_terminal(box: Box) -> None:
    ours, theirs = pty.openpty()
    words = ssh(box)
    with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as shell:
        os.close(theirs)
        os.write(ours, b"tty && cat /proc/sys/kernel/random/boot_id | wc -c; exit 9\n")
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # nobody has the other end any more
            os.close(ours)
        assert 9 == shell.wait(WAIT_S)

    assert b"/dev/pts/" in seen
    assert b"37\r\n" in seen


def test_a_token_that_is_none_is_refused(box: Box) -> None:
    words = ssh(box)
    status, out, err = run([*words[:-1], f"{'0' * 32}@127.0.0.1", "true"])
    assert (255, b"") == (status, out)
    assert b"Permission denied" in err


def test_files_are_copied_both_ways(box: Box, tmp_path: Path) -> None:
    if box.sandbox.process.exec("test -x /usr/lib/openssh/sftp-server").exit_code:
        pytest.skip("this host has no openssh-sftp-server")
    (tmp_path / "up").write_bytes(os.urandom(100_000))
    port, user = where(box.access())
    scp = ["scp", *QUIET, "-P", str(port)]

    assert (0, b"", b"") == run([*scp, str(tmp_path / "up"), f"{user}@127.0.0.1:copied"])
    assert (0, b"", b"") == run([*scp, f"{user}@127.0.0.1:/home/daytona/copied", str(tmp_path / "down")])
    assert (tmp_path / "up").read_bytes() == (tmp_path / "down").read_bytes()


def test_a_port_of_the_sandbox_is_reached(box: Box) -> None:
    served = "python3 -m http.server 8000 --bind 127.0.0.1 >/dev/null 2>&1 & "
    box.sandbox.process.exec(served + "until (exec 3<>/dev/tcp/127.0.0.1/8000) 2>/dev/null; do :; done")
    status, out, _ = run(ssh(box, "-W", "localhost:8000"), b"GET / HTTP/1.0\r\n\r\n")
    assert 0 == status
    assert out.startswith(b"HTTP/1.0 200 OK")


def test_nothing_outside_is_reached(box: Box) -> None:
    status, out, err = run(ssh(box, "-W", "192.0.2.1:80"))
    assert (255, b"") == (status, out)
    assert b"stdio forwarding failed\r\n" == err
