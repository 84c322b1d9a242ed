"""The gateway for SSH, as asyncssh's own client meets it: who is let in, for how long, and to what."""

from __future__ import annotations

import asyncio
import logging
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import httpx
import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona
from daytona_local import LocalDaytona, ManualClock

from tests.unit.daytona_local.ssh_client import Box, connected, said, where

BYTES = bytes(range(256)) * 2000
WAIT_S = 60
SERVE = """
import socket
server = socket.create_server(("127.0.0.1", 8000))
open("up", "w")
while True:
    with server.accept()[0] as one:
        asked = b""
        while piece := one.recv(65536):
            asked += piece
        one.sendall(asked[::-1])
"""


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with (
        LocalDaytona(transition_s=0) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        params = CreateSandboxFromSnapshotParams(name="box", env_vars={"FROM_RECORD": "yes"})
        yield Box(server, client, client.create(params))


async def refused(box: Box, user: str) -> bool:
    """Tell whether a user is not let in."""
    try:
        (await connected(box.access(), user=user)).abort()
    except asyncssh.PermissionDenied:
        return True
    return False


async def test_a_command_runs_with_its_exit_status_and_both_of_its_streams(box: Box) -> None:
    command = "echo $0 out; echo err >&2; exit 7"
    assert (7, b"/usr/bin/bash out\n", b"err\n") == await said(box.access(), command)


async def test_a_command_runs_as_the_toolbox_runs_it(box: Box) -> None:
    access, command = box.access(), "whoami; pwd; echo $FROM_RECORD"
    expected = box.sandbox.process.exec(command).result.encode()
    assert (0, expected, b"") == await said(access, command)
    assert b"yes\n" in expected


async def test_what_goes_in_and_comes_out_keeps_every_byte(box: Box) -> None:
    assert (0, BYTES, b"") == await said(box.access(), "cat", BYTES)


async def test_more_than_any_buffer_holds_goes_through(box: Box) -> None:
    size = 12_000_000
    assert (0, f"{size}\n".encode(), b"") == await said(box.access(), "wc -c", bytes(size))
    status, out, _ = await said(box.access(), f"head -c {size} /dev/zero")
    assert (0, size) == (status, len(out))


async def test_a_command_that_reads_nothing_ends_all_the_same(box: Box) -> None:
    assert (3, b"", b"") == await said(box.access(), "exec <&-; exit 3", bytes(3_000_000))


async def test_what_a_command_left_behind_does_not_keep_it(box: Box) -> None:
    assert (0, b"done\n", b"") == await said(box.access(), "sleep 1000 & echo done")


async def test_a_shell_on_a_terminal_is_a_real_one(box: Box) -> None:
    async with await connected(box.access()) as connection:
        process = await connection.create_process(term_type="vt100", term_size=(100, 30))
        # All in one line: before each prompt, the shell sets the size that it has read.
        resized = "until stty size | grep '20 90'; do sleep 0.05; done"
        process.stdin.write(f"tty; stty size; echo $TERM; {resized}; exit 5\n")
        seen = await asyncio.wait_for(process.stdout.readuntil("vt100\r\n"), WAIT_S)
        process.change_terminal_size(90, 20)
        seen += await asyncio.wait_for(process.stdout.read(), WAIT_S)
        await process.wait()

    assert "/dev/pts/" in seen
    assert seen.index("30 100\r\n") < seen.index("20 90\r\n")
    assert 5 == process.exit_status


async def test_a_shell_without_a_terminal_reads_its_commands(box: Box) -> None:
    async with await connected(box.access()) as connection:
        process = await connection.create_process()
        process.stdin.write("echo one\nexit 4\n")
        done = await asyncio.wait_for(process.wait(), WAIT_S)

    assert (4, "one\n") == (done.exit_status, done.stdout)


async def test_a_client_sends_variables_and_signals(box: Box) -> None:
    async with await connected(box.access()) as connection:
        command = "trap 'echo $WORD; exit 6' TERM; echo up; while :; do sleep 0.01; done"
        process = await connection.create_process(command, env={"WORD": "term"})
        await process.stdout.readline()
        process.send_signal("TERM")
        done = await asyncio.wait_for(process.wait(), WAIT_S)

    assert (6, "term\n") == (done.exit_status, done.stdout)


async def test_who_leaves_is_hung_up_on(box: Box) -> None:
    async with await connected(box.access()) as connection:
        command = "trap 'echo gone > left; exit' HUP; rm -f left; echo up; while :; do sleep 0.01; done"
        process = await connection.create_process(command)
        await process.stdout.readline()

    assert 0 == box.sandbox.process.exec("until test -s left; do sleep 0.01; done", timeout=WAIT_S).exit_code


@pytest.mark.parametrize("user", ["0" * 32, "root", "daytona", "\u00e9"])
async def test_who_brings_no_token_is_not_let_in(box: Box, user: str) -> None:
    assert await refused(box, user)


async def test_no_password_and_no_key_helps(box: Box) -> None:
    port, _ = where(box.access())
    key = asyncssh.generate_private_key("ssh-ed25519")
    with pytest.raises(asyncssh.PermissionDenied):
        await asyncssh.connect(
            "127.0.0.1", port, username="root", password="", client_keys=[key], known_hosts=None, config=[]
        )


async def test_a_revoked_token_lets_nobody_in_and_ends_who_is_there(box: Box) -> None:
    other = box.another("other")
    one, two = box.access(), other.access()
    told = asyncio.get_running_loop().create_future()

    class Listening(asyncssh.SSHClient):
        def connection_lost(self, exc: Exception | None) -> None:
            told.set_result(exc)

    async with await connected(one, Listening) as ending, await connected(two) as staying:
        process = await ending.create_process("sleep 1000")
        box.sandbox.revoke_ssh_access(one.token)
        await asyncio.wait_for(process.wait(), WAIT_S)
        assert 0 == (await staying.run("true")).exit_status
    assert "the access was revoked" in str(await told)
    assert await refused(box, one.token)
    other.sandbox.delete()


async def test_a_new_token_ends_who_came_with_the_older_one(box: Box) -> None:
    async with await connected(box.access()) as connection:
        box.access()
        await asyncio.wait_for(connection.wait_closed(), WAIT_S)


async def test_connections_end_with_their_sandbox(box: Box) -> None:
    stopping = box.another("stopping")
    access = stopping.access()
    async with await connected(access) as connection:
        stopping.sandbox.stop()
        await asyncio.wait_for(connection.wait_closed(), WAIT_S)
    status, out, err = await said(access, "true")
    stopping.sandbox.delete(wait=True)

    assert (255, b"") == (status, out)
    assert f"Sandbox {stopping.sandbox.id} is stopped".encode() in err
    assert await refused(box, access.token)


async def test_files_go_by_sftp(box: Box, tmp_path: Path) -> None:
    if box.sandbox.process.exec("test -x /usr/lib/openssh/sftp-server").exit_code:
        pytest.skip("this host has no openssh-sftp-server")
    (tmp_path / "up").write_bytes(BYTES)
    async with await connected(box.access()) as connection, connection.start_sftp_client() as sftp:
        await sftp.put(tmp_path / "up", "by-sftp")
        await sftp.get("/home/daytona/by-sftp", tmp_path / "down")

    assert BYTES == (tmp_path / "down").read_bytes()
    assert BYTES == box.sandbox.fs.download_file("by-sftp")


async def test_a_port_of_the_sandbox_is_forwarded(box: Box) -> None:
    box.sandbox.process.exec(f"python3 -c '{SERVE}' & until test -e up; do sleep 0.01; done")
    async with await connected(box.access()) as connection:
        reader, writer = await connection.open_connection("localhost", 8000)
        writer.write(BYTES)
        writer.write_eof()
        found = await asyncio.wait_for(reader.read(), WAIT_S)
        writer.close()
        with pytest.raises(asyncssh.ChannelOpenError, match="listens on port 8001"):
            await connection.open_connection("127.0.0.1", 8001)

    assert BYTES[::-1] == found


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "0.0.0.0"])
async def test_nothing_else_is_forwarded(box: Box, host: str) -> None:
    async with await connected(box.access()) as connection:
        with pytest.raises(asyncssh.ChannelOpenError, match="only ports of the sandbox"):
            await connection.open_connection(host, 80)


async def test_the_server_itself_is_not_reached_by_forwarding(box: Box) -> None:
    async with await connected(box.access()) as connection:
        port = int(box.server.url.rpartition(":")[2])
        with pytest.raises(asyncssh.ChannelOpenError, match=f"listens on port {port}"):
            await connection.open_connection("127.0.0.1", port)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.start_server(lambda *_: None, "127.0.0.1", 0)


async def test_no_log_shows_a_token(box: Box, caplog: pytest.LogCaptureFixture) -> None:
    access = box.access()
    with caplog.at_level(logging.DEBUG, "asyncssh"):
        await said(access, "true")

    assert "Auth for user <token> succeeded" in caplog.text
    assert access.token not in caplog.text


async def test_a_connection_in_use_keeps_its_sandbox_awake() -> None:
    clock = ManualClock()
    with (
        LocalDaytona(transition_s=0, clock=clock) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        sandbox = client.create(CreateSandboxFromSnapshotParams(auto_stop_interval=10))
        async with await connected(sandbox.create_ssh_access()) as connection:
            process = await connection.create_process("cat")
            for _ in range(3):
                clock.advance(9 * 60)
                process.stdin.write("more\n")
                await asyncio.wait_for(process.stdout.readline(), WAIT_S)
            sandbox.refresh_data()
            assert "started" == sandbox.state
            clock.advance(10 * 60)
            await asyncio.wait_for(connection.wait_closed(), WAIT_S)


async def test_port_and_host_key_outlive_the_server_and_are_private(tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        with (
            LocalDaytona(tmp_path, transition_s=0) as server,
            Daytona(api_key=server.api_key, api_url=server.api_url) as client,
        ):
            sandbox = next(iter(client.list()), None) or client.create()
            access = sandbox.create_ssh_access()
            async with await connected(access) as connection:
                key = connection.get_server_host_key()
                assert key is not None
                found.append((where(access)[0], key.get_fingerprint()))

    assert found[0] == found[1]
    assert {"host-key": 0o600, "port": 0o600} == {
        file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "ssh").iterdir()
    }


def test_the_configuration_names_the_command(box: Box) -> None:
    port, _ = where(box.access())
    config = httpx.get(f"{box.server.api_url}/config").json()
    assert f"ssh -p {port} {{{{TOKEN}}}}@127.0.0.1" == config["sshGatewayCommand"]


def test_the_start_of_a_server_does_not_load_the_library() -> None:
    code = "import sys; from daytona_local import LocalDaytona\n"
    code += "with LocalDaytona(): print('asyncssh' in sys.modules, 'cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False False\n" == done.stdout
