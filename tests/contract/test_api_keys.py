"""API keys: their life, what they may do, and that the server keeps none of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx.errors import DaytonaConflictError

from tests.contract.conftest import KEY, Api, serving

pytestmark = pytest.mark.anyio

DENIED = (403, "Access denied")
FOR_USERS = (401, "Invalid credentials")
ORGANIZATION = "00000000-0000-4000-8000-00000000da71"


async def key(api: Api, *permissions: str, name: str = "a", **more: Any) -> str:
    body = {"name": name, "permissions": [*permissions], **more}
    answer = await api.call("POST", "/api-keys", body)
    assert 201 == answer.status_code, answer.text
    value: str = answer.json()["value"]
    return value


@asynccontextmanager
async def bearing(api: Api, value: str) -> AsyncIterator[Api]:
    """Send plain requests with another key."""
    before = api.raw.headers["Authorization"]
    api.raw.headers["Authorization"] = f"Bearer {value}"
    yield api
    api.raw.headers["Authorization"] = before


async def test_a_key_s_life(api: Api) -> None:
    value = await key(api, "write:sandboxes")
    assert value.startswith("dtn_")
    assert 4 + 64 == len(value)
    listed = (await api.call("GET", "/api-keys")).json()
    assert ["a"] == [one["name"] for one in listed]
    assert value not in str(listed)
    assert (listed[0]["value"][:4], listed[0]["value"][-3:]) == (value[:4], value[-3:])
    async with bearing(api, value):
        current = (await api.call("GET", "/api-keys/current")).json()
    assert ("a", ["write:sandboxes"]) == (current["name"], current["permissions"])
    assert (await api.call("GET", "/api-keys/a")).json()["lastUsedAt"] is not None
    assert 204 == (await api.call("DELETE", "/api-keys/a")).status_code
    assert (404, "API key not found") == await api.refusal("DELETE", "/api-keys/a")
    async with bearing(api, value):
        assert FOR_USERS == await api.refusal("GET", "/sandbox")


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"name": "a"}, 400, "permissions must be an array"),
        ({"name": "a", "permissions": ["fly"]}, 400, None),
        ({"name": "a", "permissions": [], "expiresAt": "soon"}, 400, None),
        ({"name": "taken", "permissions": []}, 409, "API key with this name already exists"),
    ],
)
async def test_a_key_that_can_t_be(api: Api, body: Any, status: int, message: str | None) -> None:
    await key(api, name="taken")
    found = await api.refusal("POST", "/api-keys", body)
    assert status == found[0]
    assert message in (None, found[1])


async def test_a_key_ends_when_it_expires(api: Api) -> None:
    ends = datetime.fromtimestamp(api.clock.now() + 60, UTC).isoformat()
    value = await key(api, expiresAt=ends)
    async with bearing(api, value):
        assert 200 == (await api.call("GET", "/sandbox")).status_code
        api.clock.advance(60)
        assert FOR_USERS == await api.refusal("GET", "/sandbox")


async def test_a_key_does_what_it_may_and_no_more(api: Api) -> None:
    await api.made(name="a")
    async with bearing(api, await key(api, "write:sandboxes")):
        assert 200 == (await api.call("PUT", "/sandbox/a/labels", {"labels": {}})).status_code
        assert DENIED == await api.refusal("DELETE", "/sandbox/a")
        assert DENIED == await api.refusal("DELETE", "/sandbox/a/")
    async with bearing(api, await key(api, "delete:sandboxes", name="b")):
        assert DENIED == await api.refusal("POST", "/sandbox", {})
        assert 200 == (await api.call("DELETE", "/sandbox/a")).status_code


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/sandbox/nope"),
        ("POST", "/sandbox/nope/start"),
        ("GET", "/volumes"),
        ("GET", "/volumes/by-name/nope"),
        ("GET", "/runners"),
        ("POST", "/secret"),
        ("DELETE", "/docker-registry/nope"),
        ("PATCH", "/warm-pools/nope"),
        ("POST", "/regions"),
        ("GET", f"/audit/organizations/{ORGANIZATION}"),
        ("PATCH", f"/organizations/{ORGANIZATION}/quota"),
        ("GET", "/admin/runners"),
    ],
)
async def test_without_the_permission_it_is_denied_before_anything_is_looked_up(
    api: Api, method: str, path: str
) -> None:
    async with bearing(api, await key(api)):
        assert DENIED == await api.refusal(method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/sandbox",
        "/sandbox/paginated",
        "/snapshots",
        "/docker-registry",
        "/secret",
        "/warm-pools",
        "/regions",
    ],
)
async def test_reading_needs_a_valid_key_only(api: Api, path: str) -> None:
    async with bearing(api, await key(api)):
        assert 200 == (await api.call("GET", path)).status_code


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api-keys"), ("POST", "/api-keys"), ("GET", "/organizations"), ("GET", "/users/me")],
)
async def test_a_key_is_no_user_s_token(api: Api, method: str, path: str) -> None:
    async with bearing(api, await key(api, "manage:api_keys")):
        assert FOR_USERS == await api.refusal(method, path)


async def test_a_key_is_no_service_s(api: Api) -> None:
    async with bearing(api, await key(api, "write:sandboxes")):
        assert (403, "Invalid authentication context") == await api.refusal("GET", "/jobs")


async def test_keys_through_the_client(api: Api) -> None:
    keys = api.client.api_keys
    made = await keys.create("ci", ["write:sandboxes"])
    with pytest.raises(DaytonaConflictError):
        await keys.create("ci", [])
    assert made.value not in str([one.value for one in await keys.list()])
    assert "ci" == (await keys.get("ci")).name
    assert "daytona-local" == (await keys.get_current()).name
    await keys.delete_for_user((await keys.get("ci")).user_id, "ci")
    assert [] == await keys.list()


async def test_a_restarted_server_knows_its_keys_and_holds_none(tmp_path: Path) -> None:
    async with serving("in process", tmp_path, 0) as api:
        value = await key(api, "write:sandboxes")
    held = _database(tmp_path)
    assert value.encode() not in held
    assert KEY.encode() not in held
    async with serving("in process", tmp_path, 0) as api, bearing(api, value):
        assert 200 == (await api.call("GET", "/sandbox")).status_code


def _database(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("daytona.db*"))
