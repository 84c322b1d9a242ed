"""The API's previews, signing keys and SSH tokens, as a client asks for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from daytona_local.api import preview, ssh_access
from daytona_local.api.answers import EXCEPTION_HANDLERS
from daytona_local.clock import ManualClock
from daytona_local.lifecycle import Lifecycle
from daytona_local.previews import Previews
from daytona_local.records import Sandbox
from daytona_local.settings import ORGANIZATION_ID, Settings
from daytona_local.ssh_access import SshAccess, SshAccesses
from daytona_local.store import Store
from daytona_local.tables import Table
from starlette.applications import Starlette
from starlette.routing import Mount

pytestmark = pytest.mark.anyio

PORTS = "/sandbox/box/ports"


class Found(Lifecycle):
    """Stand in for the lifecycle: it finds what there is."""

    def __init__(self, sandboxes: Table[Sandbox]) -> None:
        self._sandboxes = sandboxes
        self.before_stop = []


class Gateway:
    """Stand in for the SSH gateway: it only says how it is reached."""

    def command(self, token: str) -> str:
        """Return the command that leads into a sandbox."""
        return f"ssh -p 2222 {token}@127.0.0.1"


@dataclass
class Api:
    """Hold what the tests work with."""

    client: httpx.AsyncClient
    sandbox: Sandbox
    sandboxes: Table[Sandbox]
    clock: ManualClock

    async def get(self, path: str) -> tuple[int, object]:
        """Return the status and body of an answer."""
        answer = await self.client.get(path)
        return answer.status_code, answer.json()

    async def revoke(self, token: str = "", organization: str = "") -> httpx.Response:
        """Revoke SSH access."""
        headers = {"X-Daytona-Organization-ID": organization} if organization else {}
        params = {"token": token} if token else {}
        return await self.client.request("DELETE", "/sandbox/box/ssh-access", headers=headers, params=params)

    async def is_valid(self, token: str) -> bool:
        """Tell whether a token for SSH is valid."""
        answer = await self.client.get("/sandbox/ssh-access/validate", params={"token": token})
        expected = {"valid": True, "sandboxId": self.sandbox.id}
        assert answer.json() in (expected, {"valid": False, "sandboxId": ""})
        return bool(answer.json()["valid"])


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    clock = ManualClock()
    store, settings = Store(tmp_path / "daytona.db"), Settings(tmp_path, clock=clock)
    sandboxes = Table(Sandbox, store)
    lifecycle = Found(sandboxes)
    previews = Previews(lifecycle, settings)
    app = Starlette(
        routes=[Mount("/api", routes=[*ssh_access.routes, *preview.routes])],
        exception_handlers=EXCEPTION_HANDLERS,
    )
    app.state.services = SimpleNamespace(
        base_url="http://127.0.0.1:8080",
        sandboxes=sandboxes,
        lifecycle=lifecycle,
        previews=previews,
        ssh_accesses=SshAccesses(Table(SshAccess, store), clock),
        ssh_gateway=Gateway(),
    )
    sandbox = Sandbox(name="box", state="stopped")
    sandboxes.save(sandbox)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/api") as client:
        yield Api(client, sandbox, sandboxes, clock)
    await previews.close()
    store.close()


async def test_a_preview_url_is_given_in_every_state_and_keeps_its_token(api: Api) -> None:
    first, second = [(await api.client.get(f"{PORTS}/{port}/preview-url")).json() for port in (1, 65535)]
    assert {"sandboxId", "url", "token"} == first.keys()
    assert (api.sandbox.id, api.sandbox.auth_token) == (first["sandboxId"], first["token"])
    assert first["token"] == second["token"]
    assert first["url"] != second["url"]
    assert first["url"].startswith("http://127.0.0.1:")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "8_0", "1.0", "٨٠"])
@pytest.mark.parametrize("kind", ["preview-url", "signed-preview-url"])
async def test_what_is_no_port_is_refused(api: Api, port: str, kind: str) -> None:
    answer = await api.client.get(f"{PORTS}/{port}/{kind}")
    assert (400, "Invalid port") == (answer.status_code, answer.json()["message"])


@pytest.mark.parametrize("path", ["ports/1/preview-url", "toolbox-proxy-url", "signing-key"])
async def test_an_unknown_sandbox_is_not_found(api: Api, path: str) -> None:
    answer = await api.client.get(f"/sandbox/nope/{path}")
    assert (404, "Sandbox with ID or name nope not found") == (answer.status_code, answer.json()["message"])


async def test_a_signed_url_is_new_each_time_and_leads_to_its_sandbox(api: Api) -> None:
    one, other = [(await api.client.get(f"{PORTS}/80/signed-preview-url")).json() for _ in range(2)]
    assert {"sandboxId": api.sandbox.id, "port": 80, "token": one["token"], "url": one["url"]} == one
    assert one["token"] != other["token"]
    assert (200, api.sandbox.id) == await api.get(f"/preview/{one['token']}/80/sandbox-id")
    assert 404 == (await api.get(f"/preview/{one['token']}/81/sandbox-id"))[0]


async def test_a_signed_url_lasts_a_minute_unless_told_otherwise(api: Api) -> None:
    short = (await api.client.get(f"{PORTS}/80/signed-preview-url")).json()["token"]
    long = (await api.client.get(f"{PORTS}/80/signed-preview-url?expiresInSeconds=86400")).json()["token"]
    api.clock.advance(60)
    assert 404 == (await api.get(f"/preview/{short}/80/sandbox-id"))[0]
    assert 200 == (await api.get(f"/preview/{long}/80/sandbox-id"))[0]


@pytest.mark.parametrize("seconds", ["0", "86401", "-1", "x", "99999999999"])
async def test_a_signed_url_lasts_a_second_to_a_day(api: Api, seconds: str) -> None:
    assert 400 == (await api.get(f"{PORTS}/80/signed-preview-url?expiresInSeconds={seconds}"))[0]


async def test_a_signed_url_is_ended_and_again_is_fine(api: Api) -> None:
    token = (await api.client.get(f"{PORTS}/80/signed-preview-url")).json()["token"]
    for _ in range(2):
        answer = await api.client.post(f"{PORTS}/80/signed-preview-url/{token}/expire")
        assert (201, b"") == (answer.status_code, answer.content)
        assert 404 == (await api.get(f"/preview/{token}/80/sandbox-id"))[0]


async def test_the_toolbox_has_one_url_for_all(api: Api) -> None:
    expected = {"url": "http://127.0.0.1:8080/toolbox"}
    assert (200, expected) == await api.get("/sandbox/box/toolbox-proxy-url")


async def test_a_signing_key_is_replaced_for_good(api: Api) -> None:
    old = (await api.client.get("/sandbox/box/signing-key")).json()
    new = (await api.client.post("/sandbox/box/signing-key/rotate")).json()
    assert old != new
    assert (200, new) == await api.get("/sandbox/box/signing-key")
    assert (200, new) == await api.get(f"/preview/{api.sandbox.id}/signing-key")


async def test_a_no_to_the_proxy_looks_as_if_there_were_no_sandbox(api: Api) -> None:
    token = api.sandbox.auth_token
    refused = [
        await api.client.get(f"/preview/{sandbox}/{asked}")
        for sandbox in ("nope", api.sandbox.id)
        for asked in ("public", "validate/wrong", "validate/\xe9")
    ] + [await api.client.get(f"/preview/nope/{asked}") for asked in ("access", f"validate/{token}")]
    assert {404} == {answer.status_code for answer in refused}
    words = [answer.json()["message"].replace(api.sandbox.id, "nope") for answer in refused]
    assert {"Sandbox with ID nope not found"} == set(words)


async def test_a_yes_to_the_proxy_is_true(api: Api) -> None:
    api.sandbox.public = True
    for asked in ("public", "access", f"validate/{api.sandbox.auth_token}"):
        assert (200, True) == await api.get(f"/preview/{api.sandbox.id}/{asked}")


async def test_no_warning_comes_before_a_preview(api: Api) -> None:
    assert (200, {"enabled": False}) == await api.get(f"/preview/{api.sandbox.id}/preview-warning?port=80")


async def test_ssh_access_is_given_for_an_hour(api: Api) -> None:
    made = (await api.client.post("/sandbox/box/ssh-access")).json()
    assert {"id", "sandboxId", "token", "expiresAt", "createdAt", "updatedAt", "sshCommand"} == made.keys()
    assert f"ssh -p 2222 {made['token']}@127.0.0.1" == made["sshCommand"]
    api.clock.advance(3599)
    assert await api.is_valid(made["token"])
    api.clock.advance(1)
    assert not await api.is_valid(made["token"])


@pytest.mark.parametrize("minutes", ["0", "-1", "1e300", "0.5"])
async def test_ssh_access_takes_any_number_of_minutes(api: Api, minutes: str) -> None:
    answer = await api.client.post(f"/sandbox/box/ssh-access?expiresInMinutes={minutes}")
    assert 200 == answer.status_code


@pytest.mark.parametrize("minutes", ["x", "nan", "inf", "1e999"])
async def test_ssh_access_takes_nothing_else(api: Api, minutes: str) -> None:
    answer = await api.client.post(f"/sandbox/box/ssh-access?expiresInMinutes={minutes}")
    assert (400, "expiresInMinutes must be a number") == (answer.status_code, answer.json()["message"])


async def ssh_token(api: Api) -> str:
    return str((await api.client.post("/sandbox/box/ssh-access")).json()["token"])


async def test_a_token_is_revoked_and_again_is_fine(api: Api) -> None:
    token = await ssh_token(api)
    for _ in range(2):
        answer = await api.revoke(token)
        assert (200, api.sandbox.id) == (answer.status_code, answer.json()["id"])
        assert not await api.is_valid(token)


async def test_another_token_is_left_alone(api: Api) -> None:
    token = await ssh_token(api)
    await api.revoke("another")
    await api.revoke(organization="another")
    assert await api.is_valid(token)


async def test_the_token_is_taken_from_where_the_official_client_puts_it(api: Api) -> None:
    token = await ssh_token(api)
    await api.revoke(organization=token)
    assert not await api.is_valid(token)


@pytest.mark.parametrize("organization", ["", ORGANIZATION_ID, "9f1c1d2e-0000-4000-8000-000000000000"])
async def test_without_a_token_all_are_revoked(api: Api, organization: str) -> None:
    token = await ssh_token(api)
    await api.revoke(organization=organization)
    assert not await api.is_valid(token)


async def test_a_token_of_a_sandbox_that_is_gone_is_not_valid(api: Api) -> None:
    token = await ssh_token(api)
    api.sandboxes.remove(api.sandbox)
    assert not await api.is_valid(token)


async def test_no_token_can_t_be_checked(api: Api) -> None:
    assert 400 == (await api.get("/sandbox/ssh-access/validate"))[0]
