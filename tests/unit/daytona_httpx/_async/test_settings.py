"""The settings of a sandbox."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncSandbox, DaytonaError, DaytonaNotFoundError, DaytonaValidationError

from tests.unit.daytona_httpx.fake_api import FakeApi, changing, record, refusal

pytestmark = pytest.mark.anyio


async def test_labels_are_replaced_and_returned(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("PUT", "/labels", {"labels": {"a": "b"}})
    given = {"a": "b"}
    returned = await sandbox.set_labels(given)
    assert {"a": "b"} == returned == sandbox.labels
    returned["mine"] = given["mine"] = "x"
    assert sandbox.labels == {"a": "b"}
    assert api.bodies("PUT") == [{"labels": {"a": "b"}}]


@pytest.mark.parametrize(
    ("method", "value", "path"),
    [
        ("set_autostop_interval", 0, "/autostop/0"),
        ("set_autostop_interval", 60, "/autostop/60"),
        ("set_auto_pause_interval", 5, "/autopause/5"),
        ("set_auto_archive_interval", 0, "/autoarchive/0"),
        ("set_auto_delete_interval", -1, "/autodelete/-1"),
        ("set_auto_delete_interval", 0, "/autodelete/0"),
        ("set_ttl", 9, "/ttl/9"),
        ("set_public", True, "/public/true"),
        ("set_public", False, "/public/false"),
    ],
)
async def test_each_setting_is_a_post_of_its_value(
    sandbox: AsyncSandbox, api: FakeApi, method: str, value: Any, path: str
) -> None:
    api.on("POST", path, httpx.Response(201, json=record(autoArchiveInterval=43200)))
    await getattr(sandbox, method)(value)
    assert [f"/api/sandbox/s1{path}"] == [request.url.path for request in api.requests]
    assert sandbox.auto_archive_interval == 43200


@pytest.mark.parametrize(
    ("method", "prefix"),
    [
        ("set_autostop_interval", "Failed to set auto-stop interval: "),
        ("set_auto_pause_interval", "Failed to set auto-pause interval: "),
        ("set_auto_archive_interval", "Failed to set auto-archive interval: "),
        ("set_ttl", "Failed to set TTL: "),
    ],
)
@pytest.mark.parametrize("value", [-1, 1.5, "5", None, True])
async def test_an_interval_that_can_t_be_is_refused_before_any_request(
    sandbox: AsyncSandbox, api: FakeApi, method: str, prefix: str, value: Any
) -> None:
    with pytest.raises(DaytonaValidationError) as caught:
        await getattr(sandbox, method)(value)
    assert str(caught.value).startswith(prefix)
    assert api.requests == []


async def test_only_the_network_settings_given_are_sent(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/network-settings", changing(), record(networkBlockAll=True))
    await sandbox.update_network_settings(network_block_all=True)
    assert api.bodies("POST")[-1] == {"networkBlockAll": True}
    assert sandbox.network_block_all is True


async def test_no_network_settings_are_refused(sandbox: AsyncSandbox, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to update network settings: give at least one"):
        await sandbox.update_network_settings()
    assert api.requests == []


async def test_secrets_are_a_list_of_pairs(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("PUT", "/secrets", record())
    await sandbox.update_secrets({"A": "vault-a", "B": "vault-b"})
    assert api.bodies("PUT") == [{"secrets": [{"A": "vault-a"}, {"B": "vault-b"}]}]


async def test_the_environment_is_set_in_the_toolbox(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/env", {"A": "1"})
    await sandbox.update_env({"A": "1"}, unset=["B"])
    assert str(api.requests[0].url) == "http://toolbox.test/toolbox/s1/env"
    assert api.bodies("POST") == [{"set": {"A": "1"}, "unset": ["B"]}]


async def test_activity_is_a_post_without_an_answer(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/last-activity", httpx.Response(201))
    await sandbox.refresh_activity()
    assert len(api.requests) == 1


async def test_refreshing_takes_over_everything_even_what_is_unknown(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.sandboxes["s1"] = record(state="stopped", newField=7, toolboxProxyUrl="http://moved.test/t")
    await sandbox.refresh_data()
    assert (sandbox.state, sandbox.data.model_dump()["newField"]) == ("stopped", 7)
    api.on("GET", "/work-dir", {"dir": "/w"})
    assert await sandbox.get_work_dir() == "/w"
    assert api.requests[-1].url.host == "moved.test"


async def test_fields_that_an_answer_leaves_out_stay(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on(
        "POST", "/autostop/5", {"id": "s1", "organizationId": "org", "name": "s1-name", "autoStopInterval": 5}
    )
    await sandbox.set_autostop_interval(5)
    assert (sandbox.auto_stop_interval, sandbox.state, sandbox.cpu) == (5, "started", 1)


async def test_refreshing_what_is_gone_is_not_found(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.sandboxes.clear()
    with pytest.raises(DaytonaNotFoundError, match="Failed to refresh sandbox data: "):
        await sandbox.refresh_data()


@pytest.mark.parametrize(
    ("method", "path", "prefix"),
    [
        ("get_user_home_dir", "/user-home-dir", "Failed to get user home directory: "),
        ("get_user_root_dir", "/user-home-dir", "Failed to get sandbox root directory: "),
        ("get_work_dir", "/work-dir", "Failed to get working directory path: "),
    ],
)
async def test_folders_come_from_the_toolbox(
    sandbox: AsyncSandbox, api: FakeApi, method: str, path: str, prefix: str
) -> None:
    api.on("GET", path, {"dir": "/home/daytona"})
    assert await getattr(sandbox, method)() == "/home/daytona"
    api.on("GET", path, refusal(400, "not started"))
    with pytest.raises(DaytonaError) as caught:
        await getattr(sandbox, method)()
    assert str(caught.value) == f"{prefix}not started"


async def test_a_toolbox_that_isn_t_known_is_asked_for_once(sandbox: AsyncSandbox, api: FakeApi) -> None:
    sandbox._toolbox.proxy_url = ""
    api.on("GET", "/toolbox-proxy-url", {"url": "http://asked.test/t/"})
    api.on("GET", "/work-dir", {"dir": "/w"})
    await sandbox.get_work_dir()
    await sandbox.get_work_dir()
    assert len(api.sent("GET", "/toolbox-proxy-url")) == 1
    assert str(api.requests[-1].url) == "http://asked.test/t/s1/work-dir"
