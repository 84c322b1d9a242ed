"""Preview URLs: opened when asked for, kept while they may be, and closed with all that goes on."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from daytona_local import previews
from daytona_local.errors import NotFoundError, ThrottledError, UnavailableError
from daytona_local.records import Sandbox
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import boot
from tests.unit.daytona_local.previewed import Parts, Wire, previewed, wires

pytestmark = pytest.mark.anyio

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


async def test_a_preview_url_reaches_the_server_inside(parts: Parts, client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{await parts.url()}/a%2Fb?c=1", content=b"body", headers=parts.token)
    told = answer.json()
    assert ("POST", "/a%2Fb?c=1", "body") == (told["method"], told["target"], told["body"])


async def test_a_port_has_one_url_and_another_port_another(parts: Parts) -> None:
    assert await parts.url() == await parts.url()
    assert await parts.url() != await parts.previews.url(parts.sandbox, parts.port + 1)


async def test_a_blocked_network_does_not_block_previews(
    runtime: BubblewrapRuntime, tmp_path: Path, client: httpx.AsyncClient
) -> None:
    box = await boot(runtime, Sandbox(name="blocked"), network=False)
    async with previewed(box, tmp_path) as parts:
        assert 200 == (await client.get(await parts.url(), headers=parts.token)).status_code


async def test_a_signed_url_needs_no_token(parts: Parts, client: httpx.AsyncClient) -> None:
    token, url = await parts.signed()
    assert 200 == (await client.get(url)).status_code
    assert parts.sandbox.id == parts.previews.sandbox_id(token, parts.port)


async def test_each_signed_url_is_another(parts: Parts) -> None:
    (one, first), (other, second) = await parts.signed(), await parts.signed()
    assert one != other
    assert first != second


async def test_a_signed_url_is_over_when_its_time_is(parts: Parts, client: httpx.AsyncClient) -> None:
    token, url = await parts.signed(60)
    parts.clock.advance(59)
    assert 200 == (await client.get(url)).status_code
    parts.clock.advance(1)
    answer = await client.get(url)  # on the connection that there was
    assert (401, "this preview URL has expired; ask for a new one") == (
        answer.status_code,
        answer.json()["message"],
    )
    with pytest.raises(httpx.ConnectError):
        await client.get(url)
    with pytest.raises(NotFoundError):
        parts.previews.sandbox_id(token, parts.port)


async def test_an_answer_that_is_under_way_outlives_its_signed_url(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    _, url = await parts.signed(60)
    async with client.stream("GET", f"{url}/stream") as answer:
        pieces = answer.aiter_raw()
        assert b"first" == await anext(pieces)
        parts.clock.advance(60)
        await client.get(f"{await parts.url()}/go", headers=parts.token)
        assert b"second" == await anext(pieces)


async def test_a_revoked_url_is_closed_with_all_that_goes_on(parts: Parts, client: httpx.AsyncClient) -> None:
    token, url = await parts.signed()
    async with client.stream("GET", f"{url}/stream") as answer:
        pieces = answer.aiter_raw()
        await anext(pieces)
        await parts.previews.expire(parts.sandbox, parts.port, token)
        assert [] == [piece async for piece in pieces]
    with pytest.raises(httpx.ConnectError):
        await client.get(url)
    await parts.previews.expire(parts.sandbox, parts.port, token)


async def test_a_token_is_revoked_for_its_own_port_only(parts: Parts, client: httpx.AsyncClient) -> None:
    token, url = await parts.signed()
    await parts.previews.expire(parts.sandbox, parts.port + 1, token)
    await parts.previews.expire(Sandbox(name="other"), parts.port, token)
    assert 200 == (await client.get(url)).status_code
    with pytest.raises(NotFoundError):
        parts.previews.sandbox_id(token, parts.port + 1)


async def test_signed_urls_are_bounded(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "MOST_SIGNED", 1)
    token, _ = await parts.signed()
    with pytest.raises(ThrottledError, match="1 signed preview URLs are open"):
        await parts.signed()
    await parts.previews.expire(parts.sandbox, parts.port, token)
    await parts.signed()


async def test_the_ports_of_a_sandbox_that_have_urls_are_bounded(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST_PORTS", 1)
    url = await parts.url()
    with pytest.raises(ThrottledError, match="1 ports of the sandbox have preview URLs"):
        await parts.previews.url(parts.sandbox, parts.port + 1)
    assert url == await parts.url()
    await parts.previews.url(Sandbox(name="other"), parts.port)


async def test_a_stopped_sandbox_keeps_its_urls_and_a_destroyed_one_does_not(
    parts: Parts, client: httpx.AsyncClient
) -> None:
    url, (_, signed) = await parts.url(), await parts.signed()
    parts.sandbox.state = "stopping"
    await stopping(parts)
    assert [502, 502] == [(await client.get(one, headers=parts.token)).status_code for one in (url, signed)]
    parts.sandbox.state = "destroying"
    await stopping(parts)
    for one in (url, signed):
        with pytest.raises(httpx.ConnectError):
            await client.get(one)
    assert url != await parts.url()


async def stopping(parts: Parts) -> None:
    """Do what the lifecycle does before processes end."""
    for tell in parts.previews._lifecycle.before_stop:
        await tell(parts.sandbox.id)


async def test_closing_ends_every_connection(parts: Parts, wire: Open) -> None:
    idle, busy = await wire(await parts.url()), await wire((await parts.signed())[1])
    await busy.send(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await busy.reader.readuntil(b"first")
    await parts.previews.close()
    assert [b"", b""] == [await idle.rest(), await busy.rest()]


async def test_no_free_port_is_said_in_one_line(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(socket, "create_server", none_left)
    with pytest.raises(UnavailableError, match="open a preview URL: Too many open files; close some"):
        await parts.url()
