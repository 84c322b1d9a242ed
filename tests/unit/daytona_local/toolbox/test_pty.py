"""Terminals as a client meets them: a real shell on a real pseudo-terminal in a real sandbox."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from daytona_local.toolbox import pty_routes
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.pty import Terminals
from daytona_local.toolbox.pty_routes import routes
from daytona_local.toolbox.running import Running
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.conftest import Serve

EXIT_CONTROL = Subprotocol("X-Daytona-Pty-Exit-Control")
CONNECTED = {"type": "control", "status": "connected"}


class Screen:
    """Look at a terminal through a websocket, and type into it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seen = bytearray()
        self._looked_at = 0

    async def greeting(self) -> dict[str, Any]:
        """Return the first message."""
        found: dict[str, Any] = json.loads(await self.socket.recv())
        return found

    async def type(self, line: str) -> None:
        """Type a line."""
        await self.socket.send(f"{line}\n".encode())

    async def see(self, wanted: str) -> str:
        """Return what is shown when this has been shown."""
        async with asyncio.timeout(20):
            while self.seen.find(wanted.encode(), self._looked_at) < 0:
                self._looked_at = max(0, len(self.seen) - len(wanted))
                data = await self.socket.recv()
                assert isinstance(data, bytes), data
                self.seen += data
        return self.seen.decode()

    async def end(self) -> tuple[dict[str, Any] | None, int | None, str | None]:
        """Return the last text message, the close code and the close reason."""
        control = None
        with suppress(ConnectionClosed):
            async with asyncio.timeout(20):
                while True:
                    message = await self.socket.recv()
                    if isinstance(message, str):
                        control = json.loads(message)
                    else:
                        self.seen += message
        return control, self.socket.close_code, self.socket.close_reason


def opened(address: str, path: str, *offers: str) -> AbstractAsyncContextManager[ClientConnection]:
    """Open a websocket as the official client does, which pings and offers subprotocols."""
    offered = [Subprotocol(offer) for offer in (EXIT_CONTROL, *offers)]
    return connect(f"{address}/process/pty/{path}", subprotocols=offered)


def packed(envs: object) -> str:
    """Return environment variables as clients send them."""
    encoded = base64.urlsafe_b64encode(json.dumps(envs).encode()).rstrip(b"=").decode()
    return f"X-Daytona-Pty-Envs~{encoded}"


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
async def http(toolbox: ClientOf) -> httpx.AsyncClient:
    return toolbox(routes)


@pytest.fixture
async def address(serve: Serve) -> str:
    return await serve(routes)


async def test_a_terminal_is_one_to_the_programs_on_it(address: str) -> None:
    async with opened(address, "create-connect?id=t&cols=91&rows=31&cwd=/usr", packed({"A": "b c"})) as link:
        screen = Screen(link)
        assert CONNECTED == await screen.greeting()
        await screen.type(
            'tty; stty size; pwd; echo "[$A|$TERM|$FROM_RECORD]"; shopt login_shell; echo $((40 + 2))'
        )
        shown = await screen.see("42\r\n")

    assert EXIT_CONTROL == link.subprotocol
    assert "/dev/pts/" in shown
    assert "31 91\r\n/usr\r\n[b c|xterm-256color|yes]\r\nlogin_shell" in shown
    assert "\ton\r\n" in shown


async def test_control_c_reaches_the_program_in_front_only(address: str) -> None:
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await screen.type("echo $((40 + 2)); sleep 1000")
        await screen.see("42\r\n")
        await link.send(b"\x03")
        await screen.type("echo $? $((42 + 1))")

        assert "130 43\r\n" in await screen.see(" 43\r\n")


@pytest.mark.parametrize(
    ("code", "reason", "close_code"),
    [(0, None, 1000), (7, "non-zero exit", 1011), (143, "SIGTERM", 1011), (131, "signal 3", 1011)],
)
async def test_the_exit_code_comes_after_the_last_output(
    address: str, code: int, reason: str | None, close_code: int
) -> None:
    ending = {"exitCode": code} | ({"exitReason": reason} if reason else {})
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await screen.type(f"echo $((40 + 2)); exit {code}")
        control, closed, because = await screen.end()

    assert {"type": "control", "status": "exited", **ending} == control
    assert (close_code, ending) == (closed, json.loads(because or ""))
    assert b"42\r\n" in screen.seen


async def test_an_older_client_is_told_of_the_end_by_the_close_frame_only(address: str) -> None:
    async with connect(f"{address}/process/pty/create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await screen.type("exit 3")
        control, _, because = await screen.end()

    assert (None, 3) == (control, json.loads(because or "")["exitCode"])


async def test_a_terminal_outlives_its_socket_and_shows_again_what_it_showed(
    address: str, http: httpx.AsyncClient
) -> None:
    async with opened(address, "create-connect?id=t") as link:
        first = Screen(link)
        await first.greeting()
        await first.type("cd /usr; echo $((40 + 2))")
        await first.see("42\r\n")

    assert (await http.get("/process/pty/t")).json()["active"]
    async with opened(address, "t/connect") as link:
        second = Screen(link)
        await second.greeting()
        await second.type("pwd; echo $((42 + 1))")
        shown = await second.see("43\r\n")
    assert "42\r\n" in shown
    assert "/usr\r\n43\r\n" in shown


async def test_two_sockets_share_a_terminal(address: str) -> None:
    async with opened(address, "create-connect?id=t") as one, opened(address, "t/connect") as other:
        first, second = Screen(one), Screen(other)
        assert [CONNECTED] * 2 == [await first.greeting(), await second.greeting()]
        await first.type("echo $((40 + 2))")
        await first.see("42\r\n")
        await second.see("42\r\n")
        await second.type("exit 5")
        endings = await asyncio.gather(first.end(), second.end())

    assert [5, 5] == [(control or {})["exitCode"] for control, _, _ in endings]


async def test_a_resize_reaches_the_programs(address: str, http: httpx.AsyncClient) -> None:
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await screen.see("$ ")  # before its prompt, the shell reads the size and sets it again
        resized = await http.post("/process/pty/t/resize", json={"cols": 132, "rows": 43})
        await screen.type("stty size; echo $((40 + 2))")
        shown = await screen.see("42\r\n")

    assert (200, 132, 43) == (resized.status_code, resized.json()["cols"], resized.json()["rows"])
    assert "43 132\r\n" in shown


@pytest.mark.parametrize("size", [{"cols": 0, "rows": 1}, {"cols": 1, "rows": 1001}, {"cols": 80}])
async def test_a_size_that_cannot_be_is_refused(http: httpx.AsyncClient, size: dict[str, int]) -> None:
    await http.post("/process/pty", json={"id": "t", "lazyStart": True})

    assert 400 == (await http.post("/process/pty/t/resize", json=size)).status_code


async def test_an_ended_terminal_can_neither_be_resized_nor_found(
    address: str, http: httpx.AsyncClient
) -> None:
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await screen.type("exit")
        await screen.end()

    resized = await http.post("/process/pty/t/resize", json={"cols": 80, "rows": 24})
    assert (410, "SESSION_ENDED") == code_of(resized)
    assert (404, "PROCESS_NOT_FOUND") == code_of(await http.get("/process/pty/t"))
    assert {"sessions": []} == (await http.get("/process/pty")).json()


async def test_a_terminal_is_described(http: httpx.AsyncClient, box: Running) -> None:
    wanted = {"id": "t", "cols": 100, "rows": 30, "envs": {"A": "b"}}
    created = await http.post("/process/pty", json=wanted)
    described = (await http.get("/process/pty/t")).json()
    made_at = described.pop("createdAt")

    assert (201, {"sessionId": "t"}) == (created.status_code, created.json())
    assert made_at.endswith("Z")
    assert (
        wanted
        | {
            "envs": {"A": "b", "TERM": "xterm-256color"},
            "cwd": box.agent.workdir,
            "active": True,
            "lazyStart": False,
        }
        == described
    )
    assert ["t"] == [one["id"] for one in (await http.get("/process/pty")).json()["sessions"]]


async def test_a_lazy_terminal_starts_with_the_first_who_connects(
    address: str, http: httpx.AsyncClient
) -> None:
    await http.post("/process/pty", json={"id": "t", "lazyStart": True})
    assert not (await http.get("/process/pty/t")).json()["active"]
    await http.post("/process/pty/t/resize", json={"cols": 77, "rows": 33})

    async with opened(address, "t/connect") as link:
        screen = Screen(link)
        await screen.greeting()
        assert (await http.get("/process/pty/t")).json()["active"]
        await screen.type("stty size")
        await screen.see("33 77\r\n")


async def test_deleting_a_terminal_kills_its_shell_and_its_jobs(
    address: str, http: httpx.AsyncClient, box: Running
) -> None:
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await screen.type("sleep 987 & nohup sleep 986 & echo $((40 + 2)); sleep 985")
        await screen.see("42\r\n")
        assert "sleep" in await programs(box)
        deleted = await http.delete("/process/pty/t")
        control, closed, _ = await screen.end()

    assert 200 == deleted.status_code
    assert ("exited", 137, "SIGKILL", 1011) == (
        (control or {})["status"],
        (control or {})["exitCode"],
        (control or {})["exitReason"],
        closed,
    )
    assert (404, "PROCESS_NOT_FOUND") == code_of(await http.delete("/process/pty/t"))
    async with asyncio.timeout(20):
        while "sleep" in await programs(box):  # noqa: ASYNC110 - they are other processes
            await asyncio.sleep(0.01)


async def programs(box: Running) -> list[str]:
    """Return the names of the programs that run in the sandbox."""
    return (await run_command(box, ["sh", "-c", "cat /proc/[0-9]*/comm"])).text.split()


async def test_a_shell_that_ignores_the_hang_up_is_killed(address: str, http: httpx.AsyncClient) -> None:
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await screen.type("trap '' HUP; echo $((40 + 2))")
        await screen.see("42\r\n")

        assert 200 == (await http.delete("/process/pty/t")).status_code
        assert 137 == ((await screen.end())[0] or {})["exitCode"]


async def test_a_second_terminal_of_the_same_name_is_a_conflict(
    address: str, http: httpx.AsyncClient
) -> None:
    await http.post("/process/pty", json={"id": "t", "lazyStart": True})

    assert (409, "CONFLICT") == code_of(await http.post("/process/pty", json={"id": "t"}))
    with pytest.raises(InvalidStatus) as refused:
        await opened(address, "create-connect?id=t").__aenter__()
    assert 409 == refused.value.response.status_code
    assert b'"CONFLICT"' in refused.value.response.body


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("", None),
        ("id=", None),
        ("id=t&cols=0", None),
        ("id=t&rows=1001", None),
        ("id=t&cols=wide", None),
        ("id=t&cwd=/none", None),
        ("id=t", "X-Daytona-Pty-Envs~!!"),
        ("id=t", packed(["A"])),
        ("id=t", packed({"A=B": "c"})),
        ("id=t", packed({"A": 1})),
    ],
)
async def test_a_terminal_that_cannot_be_is_refused_before_the_socket_opens(
    address: str, http: httpx.AsyncClient, query: str, offer: str | None
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await opened(address, f"create-connect?{query}", *([offer] if offer else [])).__aenter__()

    assert 400 == refused.value.response.status_code
    assert {"sessions": []} == (await http.get("/process/pty")).json()


async def test_who_connects_to_no_terminal_is_told_so(address: str) -> None:
    async with opened(address, "none/connect") as link:
        control, closed, _ = await Screen(link).end()

    assert ("error", 1008) == ((control or {})["status"], closed)
    assert "'none'" in (control or {})["error"]


async def test_fast_output_is_complete_for_every_viewer(address: str) -> None:
    async with opened(address, "create-connect?id=t") as one:
        first = Screen(one)
        await first.greeting()
        await first.type("stty -echo; PS1=; echo $((40 + 2))")
        await first.see("42\r\n")
        await first.type("seq 100000; echo $((42 + 1)).")
        shown = await first.see("43.\r\n")

    assert "".join(f"{n}\r\n" for n in range(1, 100_001)) in shown


async def test_a_viewer_that_does_not_read_is_left_behind(
    address: str, box: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pty_routes, "STALL_S", 0.1)
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        narrow: Any = {"sock": narrow_connection(address), "max_queue": 1, "compression": None}
        async with connect(f"{address}/process/pty/t/connect", **narrow) as stuck:
            await screen.type("head -c 12000000 /dev/zero; echo $((40 + 2)).")
            await screen.see("42.\r\n")
            _, closed, _ = await Screen(stuck).end()

    assert 1006 == closed
    assert ["t"] == [terminal.spec.id for terminal in box.service(Terminals)]


def narrow_connection(address: str) -> socket.socket:
    """Connect in a way that little can be on its way."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", urlsplit(address).port))
    return connection


async def test_the_end_of_the_sandbox_ends_its_terminals(address: str, box: Running) -> None:
    async with opened(address, "create-connect?id=t") as link:
        screen = Screen(link)
        await screen.greeting()
        await box.close()
        control, _, _ = await screen.end()

    assert 137 == (control or {})["exitCode"]
