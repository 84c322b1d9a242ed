"""Requests to a preview URL: through a real listener, to a server in a real sandbox."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from daytona_local import preview_proxy
from daytona_local.toolbox.running import Running
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from tests.unit.daytona_local.previewed import Parts, Wire, previewed, wires

pytestmark = pytest.mark.anyio

NOBODY_LISTENS = 1
"""No process of a sandbox could listen on such a port: it takes a privilege."""

Open = Callable[[str], Awaitable[Wire]]


@pytest.fixture
async def parts(box: Running, tmp_path: Path) -> AsyncIterator[Parts]:
    async with previewed(box, tmp_path) as made:
        yield made


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=30) as made:
        yield made


@pytest.fixture
async def wire() -> AsyncIterator[Open]:
    async with wires() as made:
        yield made


async def test_a_private_sandbox_needs_its_token(parts: Parts, client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{await parts.url()}/page?x=secret")
    assert 401 == answer.status_code
    body = answer.json()
    assert ("/page", 401, "Unauthorized") == (body["path"], body["statusCode"], body["error"])
    assert "x-daytona-preview-token" in body["message"]


async def test_a_wrong_token_lets_nobody_in(parts: Parts, client: httpx.AsyncClient) -> None:
    for given in ("", "wrong", "\xe9", parts.sandbox.signing_key):
        by_header = {b"x-daytona-preview-token": given.encode()}
        by_bearer = {b"Authorization": f"Bearer {given}".strip().encode()}
        by_query = {"DAYTONA_SANDBOX_AUTH_KEY": given}
        answers = [
            await client.get(await parts.url(), headers=by_header),
            await client.get(await parts.url(), headers=by_bearer),
            await client.get(await parts.url(), params=by_query),
        ]
        assert [401] * 3 == [answer.status_code for answer in answers]


async def test_a_public_sandbox_needs_none(parts: Parts, client: httpx.AsyncClient) -> None:
    parts.sandbox.public = True
    assert 200 == (await client.get(await parts.url())).status_code


async def test_a_sandbox_made_private_refuses_the_next_request_of_a_client_it_knew(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    parts.sandbox.public = True
    await client.get(await parts.url())
    parts.sandbox.public = False
    assert 401 == (await client.get(await parts.url())).status_code


async def test_the_server_inside_never_sees_the_token(parts: Parts, client: httpx.AsyncClient) -> None:
    query = f"a=%20b&DAYTONA_SANDBOX_AUTH_KEY={parts.sandbox.auth_token}&c"
    by_query = (await client.get(f"{await parts.url()}/p?{query}")).json()
    assert "/p?a=%20b&c" == by_query["target"]
    for _ in range(2):  # the second time on the same connection
        by_header = await client.get(await parts.url(), headers=parts.token)
        assert parts.sandbox.auth_token not in by_header.text
    alone = f"/?DAYTONA_SANDBOX_AUTH_KEY={parts.sandbox.auth_token}"
    assert "/" == (await client.get(f"{await parts.url()}{alone}")).json()["target"]


async def test_the_api_key_lets_one_in_and_stays_outside(parts: Parts, client: httpx.AsyncClient) -> None:
    key = {"Authorization": f"Bearer {parts.settings.api_key}"}
    answer = await client.get(await parts.url(), headers=key)
    assert 200 == answer.status_code
    assert "authorization" not in answer.json()["headers"]


async def test_what_authorizes_to_the_server_inside_gets_there(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    headers = {**parts.token, "Authorization": "Bearer its-own"}
    assert (
        "Bearer its-own"
        == (await client.get(await parts.url(), headers=headers)).json()["headers"]["authorization"]
    )


async def test_a_name_that_is_not_loopback_is_refused(parts: Parts, client: httpx.AsyncClient) -> None:
    headers = {**parts.token, "Host": f"evil.example:{urlsplit(await parts.url()).port}"}
    assert 403 == (await client.get(await parts.url(), headers=headers)).status_code


async def test_the_server_inside_sees_the_name_it_was_called_by(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    answer = await client.get(await parts.url(), headers={**parts.token, "Host": "3000-box.localhost:9"})
    assert "3000-box.localhost:9" == answer.json()["headers"]["host"]


async def test_requests_share_a_connection_all_the_way(parts: Parts, client: httpx.AsyncClient) -> None:
    answers = [await client.post(await parts.url(), content=b"x" * n, headers=parts.token) for n in (0, 9)]
    assert 1 == len({answer.json()["peer"] for answer in answers})
    assert ["", "x" * 9] == [answer.json()["body"] for answer in answers]


async def test_a_chunked_body_arrives_and_the_connection_goes_on(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two" * 50_000

    sent = await client.post(await parts.url(), content=pieces(), headers=parts.token)
    assert "one " + "two" * 50_000 == sent.json()["body"]
    after = await client.get(await parts.url(), headers=parts.token)
    assert sent.json()["peer"] == after.json()["peer"]


async def test_an_answer_is_streamed_while_it_is_made(parts: Parts, client: httpx.AsyncClient) -> None:
    async with client.stream("GET", f"{await parts.url()}/stream", headers=parts.token) as answer:
        pieces = answer.aiter_raw()
        assert b"first" == await anext(pieces)
        await client.get(f"{await parts.url()}/go", headers=parts.token)
        assert b"second" == await anext(pieces)


@pytest.mark.parametrize("origin", [None, Origin("http://another.example")])
async def test_websockets_work_whosever_page_opens_them(parts: Parts, origin: Origin | None) -> None:
    url = (await parts.url()).replace("http", "ws")
    opened = connect(f"{url}/websocket", additional_headers=parts.token, origin=origin)
    async with opened as websocket:
        await websocket.send("hello")
        assert "hello" == await websocket.recv()


async def test_a_websocket_without_a_token_is_refused(parts: Parts) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"{(await parts.url()).replace('http', 'ws')}/websocket")
    assert 401 == refused.value.response.status_code


async def test_the_client_may_end_first_and_still_listen(parts: Parts, wire: Open) -> None:
    raw = await (await wire((await parts.signed())[1])).leave_http("/raw")
    await raw.send(b"x" * 300_000)
    raw.writer.write_eof()
    assert b"300000" == await raw.rest()


async def test_the_server_inside_may_end_first_and_still_listen(
    parts: Parts, client: httpx.AsyncClient, wire: Open
) -> None:
    url = (await parts.signed())[1]
    raw = await (await wire(url)).leave_http("/listen")
    assert b"" == await raw.rest()
    raw.writer.write(b"more")
    raw.writer.write_eof()
    assert b"more" == (await client.get(f"{url}/heard")).content


async def test_requests_that_come_at_once_are_answered_in_turn(parts: Parts, wire: Open) -> None:
    parts.sandbox.public = True
    raw = await wire(await parts.url())
    await raw.send(
        b"\r\nPOST /1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nab"
        b"GET /2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    answers = (await raw.rest()).split(b"\r\n\r\n")
    first, second = answers[1].partition(b"HTTP/1.1")[0], answers[2]
    assert ["/1", "/2"] == [json.loads(answer)["target"] for answer in (first, second)]


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000])
async def test_what_is_not_http_is_refused(parts: Parts, wire: Open, sent: bytes) -> None:
    raw = await wire(await parts.url())
    await raw.send(sent)
    assert (await raw.rest()).startswith(b"HTTP/1.1 400 Bad Request\r\n")


@pytest.mark.parametrize("body", [b"0x1\r\na\r\n", b"1;" + b"x" * 70_000])
async def test_a_body_that_is_not_chunked_as_it_says_is_refused(
    parts: Parts, wire: Open, body: bytes
) -> None:
    parts.sandbox.public = True
    raw = await wire(await parts.url())
    await raw.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    assert (await raw.rest()).startswith(b"HTTP/1.1 400 Bad Request\r\n")


async def test_a_refusal_arrives_although_much_more_was_sent(parts: Parts, client: httpx.AsyncClient) -> None:
    answer = await client.post(await parts.url(), content=b"x" * 5_000_000)
    assert 401 == answer.status_code


async def test_a_refused_head_request_has_no_body(parts: Parts, client: httpx.AsyncClient) -> None:
    answer = await client.head(await parts.url())
    assert (401, b"") == (answer.status_code, answer.content)


async def test_who_says_nothing_is_sent_away(
    parts: Parts, wire: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_proxy, "HEAD_S", 0.01)
    raw = await wire(await parts.url())
    assert (await raw.rest()).startswith(b"HTTP/1.1 408 Request Timeout\r\n")


async def test_a_port_where_nothing_listens_says_so(parts: Parts, client: httpx.AsyncClient) -> None:
    url = await parts.previews.url(parts.sandbox, NOBODY_LISTENS)
    answer = await client.get(url, headers=parts.token)
    assert 502 == answer.status_code
    assert "nothing in the sandbox listens on port 1" == answer.json()["message"]


async def test_a_sandbox_that_is_stopped_says_so_and_works_when_it_is_started_again(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    parts.sandbox.state = "stopped"
    answer = await client.get(await parts.url(), headers=parts.token)
    assert 502 == answer.status_code
    assert f"the sandbox is stopped; start it to reach its port {parts.port}" == answer.json()["message"]
    parts.sandbox.state = "started"
    assert 200 == (await client.get(await parts.url(), headers=parts.token)).status_code


async def test_processes_that_have_ended_unasked_are_an_answer_too(
    parts: Parts, box: Running, client: httpx.AsyncClient
) -> None:
    box.agent.close()
    answer = await client.get(await parts.url(), headers=parts.token)
    assert (502, f"reach port {parts.port} of the sandbox: the sandbox has ended") == (
        answer.status_code,
        answer.json()["message"],
    )


async def test_every_request_keeps_a_sandbox_awake(parts: Parts, client: httpx.AsyncClient) -> None:
    for _ in range(2):
        parts.clock.advance(100)
        await client.get(await parts.url(), headers=parts.token)
        assert parts.clock.now() == parts.sandbox.last_activity_at


async def test_what_is_sent_long_after_the_request_keeps_a_sandbox_awake(parts: Parts, wire: Open) -> None:
    raw = await (await wire((await parts.signed())[1])).leave_http("/raw")
    parts.clock.advance(100)
    raw.writer.write(b"x")
    raw.writer.write_eof()
    assert b"1" == await raw.rest()
    assert parts.clock.now() == parts.sandbox.last_activity_at


async def test_a_refused_request_keeps_nothing_awake(parts: Parts, client: httpx.AsyncClient) -> None:
    parts.sandbox.last_activity_at = 1.0
    await client.get(await parts.url())
    assert 1.0 == parts.sandbox.last_activity_at


async def test_a_sandbox_that_is_gone_is_not_found(parts: Parts, client: httpx.AsyncClient) -> None:
    url = await parts.url()
    parts.sandbox.state = "destroyed"
    assert 404 == (await client.get(url)).status_code
