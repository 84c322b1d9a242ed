"""The settings that change in place, lists with their filters, previews, volumes, keys and unknown routes."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.contract.conftest import KEY, Api
from tests.contract.test_lifecycle import becomes, passes, settled

pytestmark = pytest.mark.anyio


async def ready(api: Api, volume_id: str) -> None:
    await settled(api)
    assert "ready" == (await api.client.volume.get_by_id(volume_id)).state


async def test_labels_are_replaced_and_taken_as_sent(api: Api) -> None:
    await api.made(name="a", labels={"a": "b"})
    answer = await api.call("PUT", "/sandbox/a/labels", {"labels": {"c": "d"}})
    assert (200, {"c": "d"}) == (answer.status_code, answer.json()["labels"])
    await api.call("PUT", "/sandbox/a/labels", {})
    assert {"c": "d"} == (await api.get("a"))["labels"]
    await api.call("PUT", "/sandbox/a/labels", {"labels": None})
    assert (await api.get("a"))["labels"] is None


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        ("autostop/7", "autoStopInterval", 7),
        ("autoarchive/0", "autoArchiveInterval", 43200),
        ("autodelete/-1", "autoDeleteInterval", -1),
        ("autodelete/-5", "autoDeleteInterval", -5),
        ("public/true", "public", True),
        ("public/yes", "public", False),
    ],
)
async def test_a_setting_is_a_201_with_the_sandbox(api: Api, path: str, field: str, value: Any) -> None:
    await api.made(name="a")
    answer = await api.call("POST", f"/sandbox/a/{path}")
    assert (201, value) == (answer.status_code, answer.json()[field])


@pytest.mark.parametrize("path", ["autostop/-1", "autostop/abc", "autostop/1.5", "autoarchive/-1", "ttl/-1"])
async def test_an_interval_that_can_t_be_is_refused(api: Api, path: str) -> None:
    await api.made(name="a")
    assert 400 == (await api.refusal("POST", f"/sandbox/a/{path}"))[0]


@pytest.mark.parametrize(
    ("before", "sent", "after"),
    [
        ({}, {"networkBlockAll": True}, (True, None)),
        ({"networkBlockAll": True}, {"networkAllowList": "10.0.0.0/8"}, (False, "10.0.0.0/8")),
        ({"networkAllowList": "10.0.0.0/8"}, {"networkAllowList": ""}, (False, None)),
        ({"networkAllowList": "10.0.0.0/8"}, {"networkBlockAll": False}, (False, None)),
    ],
)
async def test_network_settings(
    api: Api, before: dict[str, Any], sent: dict[str, Any], after: tuple[bool, str | None]
) -> None:
    await api.made(name="a", **before)
    answer = await api.call("POST", "/sandbox/a/network-settings", sent)
    assert 200 == answer.status_code, answer.text
    found = await api.get("a")
    assert after == (found["networkBlockAll"], found["networkAllowList"])


async def test_a_second_change_of_the_network_waits_for_the_first(slow: Api) -> None:
    await slow.call("POST", "/sandbox", {"name": "a"})
    await passes(slow)
    await becomes(slow, "a", "started")
    body = {"networkBlockAll": True}
    assert 200 == (await slow.call("POST", "/sandbox/a/network-settings", body)).status_code
    assert (409, "An operation is already in progress for this resource") == await slow.refusal(
        "POST", "/sandbox/a/network-settings", body
    )
    assert 400 == (await slow.refusal("POST", "/sandbox/a/network-settings", {}))[0]


async def test_lists_walk_by_cursor_newest_first_and_meet_each_once(api: Api) -> None:
    for number in range(5):
        await api.made(name=f"box-{number}")
        api.clock.advance(1)
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await api.call("GET", f"/sandbox?limit=2&cursor={cursor}")).json()
        seen += [item["name"] for item in page["items"]]
        if page["nextCursor"] is None:
            break
        cursor = page["nextCursor"]
        await api.call("DELETE", f"/sandbox/{seen[-1]}")  # what a cursor was made from may go meanwhile
    assert [f"box-{number}" for number in (4, 3, 2, 1, 0)] == seen


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("labels=" + json.dumps({"team": "a"}), ["x"]),
        ("labels=" + json.dumps({"team": "a", "n": "2"}), []),
        ("labels=" + json.dumps({"n": "1"}), []),
        ("labels=[]", ["x", "yy"]),
        ("states=started&states=stopped", ["x", "yy"]),
        ("states=archived", []),
        ("name=y", ["yy"]),
        ("sort=name&order=asc", ["x", "yy"]),
        ("isPublic=true", ["yy"]),
        ("minCpu=2", []),
        ("maxCpu=1&snapshots=daytona-local:default", ["x", "yy"]),
        ("regionIds=eu", []),
    ],
)
async def test_lists_are_filtered(api: Api, query: str, names: list[str]) -> None:
    await api.made(name="x", labels={"team": "a", "n": 1})
    await api.made(name="yy", public=True)
    for path in ("/sandbox", "/sandbox/paginated"):
        if "regionIds" in query and path.endswith("paginated"):
            continue
        found = (await api.call("GET", f"{path}?{query}")).json()["items"]
        assert names == sorted(item["name"] for item in found), path


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("labels=nope", "Invalid labels JSON format"),
        ("limit=0", "limit must not be less than 1"),
        ("limit=201", "limit must not be greater than 200"),
        ("cursor=zzz", "Invalid cursor provided: zzz"),
        ("createdAtAfter=yesterday", "createdAtAfter must be a valid ISO 8601 date string"),
    ],
)
async def test_what_no_list_can_be_asked_for(api: Api, query: str, message: str) -> None:
    assert (400, message) == await api.refusal("GET", f"/sandbox?{query}")


async def test_a_state_that_can_t_be_listed(api: Api) -> None:
    assert (await api.refusal("GET", "/sandbox?states=destroyed"))[1].startswith("each value in states must")


async def test_list_items_leave_out_what_a_get_shows(api: Api) -> None:
    await api.made(name="a", env={"A": "b"})
    (item,) = (await api.call("GET", "/sandbox")).json()["items"]
    assert not {"env", "volumes", "buildInfo"} & item.keys()


async def test_a_volume_s_life(api: Api) -> None:
    made = await api.client.volume.create("data")
    assert "data" == (await api.call("GET", "/volumes/by-name/data")).json()["name"]
    assert (409, "Volume with name data already exists") == await api.refusal(
        "POST", "/volumes", {"name": "data"}
    )
    await ready(api, made.id)
    sandbox = await api.made(name="a", volumes=[{"volumeId": made.id, "mountPath": "/data"}])
    assert [{"volumeId": made.id, "mountPath": "/data"}] == sandbox["volumes"]
    status, _ = await api.refusal("DELETE", f"/volumes/{made.id}")
    assert 409 == status
    await (await api.client.get("a")).delete(wait=True)
    assert 200 == (await api.call("DELETE", f"/volumes/{made.id}")).status_code
    await settled(api)
    assert 404 == (await api.call("GET", f"/volumes/{made.id}")).status_code
    assert [] == (await api.call("GET", "/volumes")).json()


async def test_what_is_in_a_volume_outlives_the_sandbox(api: Api) -> None:
    volume = await api.client.volume.create("data")
    await ready(api, volume.id)
    mount = {"volumeId": volume.id, "mountPath": "/data"}
    first = await api.client.get((await api.made(volumes=[mount]))["id"])
    await first.fs.upload_file(b"kept", "/data/file")
    await first.delete(wait=True)
    second = await api.client.get((await api.made(volumes=[mount]))["id"])
    assert b"kept" == await second.fs.download_file("/data/file")


async def test_the_preview_of_a_port_is_the_same_token_for_all_ports(api: Api) -> None:
    await api.made(name="a")
    first = (await api.call("GET", "/sandbox/a/ports/8000/preview-url")).json()
    second = (await api.call("GET", "/sandbox/a/ports/9000/preview-url")).json()
    assert first["token"] == second["token"]
    assert first["url"] != second["url"]
    for port in ("0", "65536", "-1"):
        assert (400, "Invalid port") == await api.refusal("GET", f"/sandbox/a/ports/{port}/preview-url")


async def test_the_key_in_use_and_the_snapshots(api: Api) -> None:
    key = (await api.call("GET", "/api-keys/current")).json()
    assert KEY not in json.dumps(key)
    page = (await api.call("GET", "/snapshots")).json()
    assert (1, "daytona-local:default") == (page["total"], page["items"][0]["name"])
    assert 200 == (await api.call("GET", "/snapshots/daytona-local:default")).status_code
    assert (404, "Snapshot with name nope not found") == await api.refusal("GET", "/snapshots/nope")


async def test_a_route_that_the_api_has_and_this_server_hasn_t_is_a_501_with_its_name(api: Api) -> None:
    status, message = await api.refusal("GET", "/users/account-providers")
    assert (501, "getAvailableAccountProviders is not implemented by daytona-local") == (status, message)


@pytest.mark.parametrize("path", ["/runners/me", "/docker-registry/registry-push-access"])
async def test_it_is_not_taken_for_the_id_of_something(api: Api, path: str) -> None:
    assert 501 == (await api.refusal("GET", path))[0]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_route_that_nobody_has_is_a_404(api: Api, method: str) -> None:
    assert (404, f"Cannot {method} /api/nobody/has/this") == await api.refusal(method, "/nobody/has/this")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nope"}, {"Authorization": KEY}])
async def test_without_the_key_nothing_is_told(api: Api, headers: dict[str, str]) -> None:
    del api.raw.headers["Authorization"]
    for path in ("/api/sandbox", "/toolbox/x/process/execute", "/api/nobody"):
        answer = await api.raw.get(path, headers=headers)
        assert (401, "Invalid credentials") == (answer.status_code, answer.json()["message"])
    assert 200 == (await api.raw.get("/api/health", headers=headers)).status_code


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
async def test_a_foreign_host_name_is_refused_even_with_the_key(api: Api, host: str) -> None:
    """A page whose name was made to lead here (DNS rebinding) must get nothing."""
    answer = await api.raw.get("/api/sandbox", headers={"Host": host})
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:80"])
async def test_a_loopback_name_is_fine(api: Api, host: str) -> None:
    assert 200 == (await api.raw.get("/api/sandbox", headers={"Host": host})).status_code


async def test_a_toolbox_of_a_stopped_or_unknown_sandbox_says_so(api: Api) -> None:
    sandbox = await api.client.get((await api.made(name="a"))["id"])
    await sandbox.stop()
    answer: httpx.Response = await api.raw.get(f"/toolbox/{sandbox.id}/work-dir")
    assert 400 == answer.status_code
    assert "is stopped" in answer.json()["message"]
    assert 404 == (await api.raw.get("/toolbox/nobody/work-dir")).status_code
