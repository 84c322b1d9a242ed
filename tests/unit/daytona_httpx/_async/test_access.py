"""Preview links and SSH."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx import AsyncSandbox, DaytonaBadRequestError

from tests.unit.daytona_httpx.fake_api import FakeApi, record, refusal

pytestmark = pytest.mark.anyio


async def test_a_preview_link_has_a_url_and_a_token_that_isn_t_shown(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("GET", "/ports/3000/preview-url", {"sandboxId": "s1", "url": "http://p", "token": "hidden"})
    link = await sandbox.get_preview_link(3000)
    assert ("http://p", "hidden") == (link.url, link.token)
    assert "hidden" not in repr(link)


async def test_a_port_that_can_t_be_is_refused_in_the_api_s_words(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("GET", "/ports/0/preview-url", refusal(400, "Invalid port"))
    with pytest.raises(DaytonaBadRequestError, match="Failed to get preview link: Invalid port"):
        await sandbox.get_preview_link(0)


async def test_a_signed_link_is_made_and_ended(sandbox: AsyncSandbox, api: FakeApi) -> None:
    answer = {"sandboxId": "s1", "port": 80, "token": "t/k", "url": "http://signed"}
    api.on("GET", "/signed-preview-url", answer)
    link = await sandbox.create_signed_preview_url(80, 60)
    assert api.requests[0].url.params["expiresInSeconds"] == "60"
    api.on("POST", "/expire", httpx.Response(201))
    await sandbox.expire_signed_preview_url(80, link.token)
    assert api.requests[1].url.raw_path.endswith(b"/ports/80/signed-preview-url/t%2Fk/expire")


async def test_ssh_access_is_made_for_some_minutes(sandbox: AsyncSandbox, api: FakeApi) -> None:
    answer = {"id": "a", "sandboxId": "s1", "token": "hidden", "expiresAt": "x", "sshCommand": "ssh hidden@h"}
    api.on("POST", "/ssh-access", answer)
    access = await sandbox.create_ssh_access(30)
    assert access.token == "hidden"
    assert "hidden" not in repr(access)
    assert api.requests[0].url.params["expiresInMinutes"] == "30"


async def test_revoking_names_the_token_and_no_other(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("DELETE", "/ssh-access", record())
    await sandbox.revoke_ssh_access("t0k")
    assert dict(api.requests[0].url.params) == {"token": "t0k"}
    assert "x-daytona-organization-id" not in api.requests[0].headers


async def test_validating_tells_the_sandbox(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/sandbox/ssh-access/validate", {"valid": True, "sandboxId": "s1"})
    answer = await sandbox.validate_ssh_access("t0k")
    assert (True, "s1") == (answer.valid, answer.sandbox_id)
    assert api.requests[0].url.params["token"] == "t0k"
