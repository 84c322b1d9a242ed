"""The client: create, get, list."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    DaytonaBadRequestError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    DaytonaValidationError,
    ListSandboxesQuery,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, record, refusal

pytestmark = pytest.mark.anyio


async def test_a_create_that_answers_creating_ends_when_the_sandbox_is_started(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/sandbox", record("n1", "creating"))
    api.sandboxes["n1"] = record("n1")
    sandbox = await client.create(CreateSandboxFromSnapshotParams(name="n1-name"))
    assert (sandbox.id, sandbox.state) == ("n1", "started")
    assert ["POST", "GET"] == [request.method for request in api.requests]


async def test_a_create_that_doesn_t_wait_returns_after_the_post(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record("n1", "creating"))
    assert (await client.create(wait=False)).state == "creating"
    assert len(api.requests) == 1


async def test_a_failed_create_keeps_the_api_s_words(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", refusal(400, "Sandbox failed to start: no runner"))
    with pytest.raises(DaytonaBadRequestError) as caught:
        await client.create()
    assert str(caught.value) == "Failed to create sandbox: Sandbox failed to start: no runner"
    assert caught.value.api_message == "Sandbox failed to start: no runner"


async def test_a_name_that_is_taken_is_said_at_once(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", refusal(409, "Sandbox with name x already exists"))
    with pytest.raises(DaytonaConflictError, match="already exists"):
        await client.create(CreateSandboxFromSnapshotParams(name="x"))
    assert len(api.requests) == 1


async def test_a_create_is_never_sent_twice_when_its_answer_was_lost(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/sandbox", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError, match="Failed to create sandbox: no answer from"):
        await client.create()
    assert len(api.requests) == 1


async def test_a_create_that_runs_out_of_time_says_which_sandbox_exists(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/sandbox", record("n1", "creating"))
    api.sandboxes["n1"] = record("n1", "creating")
    with pytest.raises(DaytonaTimeoutError) as caught:
        await client.create(timeout=3)
    assert caught.value.sandbox_id == "n1"
    expected = "Failed to create sandbox: Sandbox n1 failed to start within the 3 seconds timeout period; "
    assert str(caught.value).startswith(expected)


async def test_a_create_whose_post_runs_out_of_time_says_how_to_look_for_the_sandbox(
    client: AsyncDaytona, api: FakeApi
) -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(request.extensions["timeout"]["read"])
        raise httpx.ReadTimeout("")

    client._transport._client._transport = httpx.MockTransport(never)
    with pytest.raises(
        DaytonaTimeoutError, match=r"within the 2 seconds timeout period; .*look for it by its name"
    ):
        await client.create(timeout=2)


async def test_a_sandbox_that_fails_after_its_create_is_an_error_with_its_id(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/sandbox", record("n1", "pending_build"))
    api.sandboxes["n1"] = record("n1", "build_failed", errorReason="no such base")
    with pytest.raises(
        DaytonaError, match="entered error state: build_failed, error reason: no such base"
    ) as caught:
        await client.create(CreateSandboxFromImageParams(image="x"))
    assert caught.value.sandbox_id == "n1"


@pytest.mark.parametrize("timeout", [-1, float("nan"), float("inf")])
async def test_a_timeout_that_can_t_be_is_refused_before_any_request(
    client: AsyncDaytona, api: FakeApi, timeout: float
) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to create sandbox: Timeout must be"):
        await client.create(timeout=timeout)
    assert api.requests == []


async def test_a_create_has_the_client_s_target(api: FakeApi) -> None:
    api.on("POST", "/sandbox", record())
    transport = httpx.MockTransport(api.ahandle)
    async with AsyncDaytona(api_key="k", api_url="http://a/api", target="eu", transport=transport) as client:
        await client.create()
    assert api.bodies("POST")[0]["target"] == "eu"


async def test_a_sandbox_is_got_by_id_or_name(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/sandbox/a/b c", record())
    assert (await client.get("a/b c")).id == "s1"
    assert api.requests[0].url.raw_path == b"/api/sandbox/a%2Fb%20c"


async def test_a_sandbox_that_isn_t_there_is_not_found(client: AsyncDaytona) -> None:
    with pytest.raises(
        DaytonaNotFoundError, match="Failed to get sandbox: Sandbox with ID or name x not found"
    ):
        await client.get("x")


async def test_no_name_is_refused_before_any_request(client: AsyncDaytona, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="must not be empty"):
        await client.get("")
    assert api.requests == []


async def test_a_list_goes_through_every_page(client: AsyncDaytona, api: FakeApi) -> None:
    api.on(
        "GET",
        "/sandbox",
        {"items": [record("a"), record("b")], "nextCursor": "c1"},
        {"items": [record("c")], "nextCursor": None},
    )
    query = ListSandboxesQuery(labels={"k": "v"}, states=["started", "stopped"], limit=2)
    assert ["a", "b", "c"] == [sandbox.id async for sandbox in client.list(query)]
    first, second = (request.url.params for request in api.requests)
    assert (first["labels"], first.get_list("states"), first["limit"]) == (
        '{"k": "v"}',
        ["started", "stopped"],
        "2",
    )
    assert second["cursor"] == "c1"


async def test_a_list_that_is_refused_says_so(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/sandbox", refusal(400, "Invalid cursor provided: zzz"))
    with pytest.raises(DaytonaBadRequestError, match="Failed to list sandboxes: Invalid cursor"):
        [sandbox async for sandbox in client.list()]


async def test_the_client_s_own_start_stop_and_delete_are_the_sandbox_s(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/stop", record(state="stopped"))
    api.on("POST", "/start", record())
    api.on("DELETE", "/s1", record(state="destroying"))
    sandbox = await client.get("s1")
    await client.stop(sandbox, 5)
    await client.start(sandbox, 5)
    await client.delete(sandbox, 5)
    assert ["stop", "start", "s1"] == [request.url.path.split("/")[-1] for request in api.requests[1:]]


async def test_a_page_that_is_no_api_says_to_check_the_url(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/s1", httpx.Response(200, text="<html>Dashboard</html>"))
    with pytest.raises(DaytonaError, match=r"http://daytona\.test is not JSON; check the API URL"):
        await client.get("s1")
