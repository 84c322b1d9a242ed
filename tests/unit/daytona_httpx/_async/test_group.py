"""What every group does alike: errors in its own words, pages walked to their end, deletes that were done."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    DaytonaAuthenticationError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaValidationError,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, Record, refusal

pytestmark = pytest.mark.anyio


def job(job_id: str) -> Record:
    return {"id": job_id, "type": "CREATE_SANDBOX", "status": "PENDING"}


def record_of(log_id: str) -> Record:
    return {"id": log_id, "action": "create"}


async def test_a_refusal_says_what_was_being_done(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/organizations", refusal(401, "Invalid credentials"))
    with pytest.raises(
        DaytonaAuthenticationError, match=r"^Failed to list organizations: Invalid credentials$"
    ):
        await client.organizations.list()


async def test_an_empty_id_is_refused_before_any_request(client: AsyncDaytona, api: FakeApi) -> None:
    with pytest.raises(
        DaytonaValidationError, match="Failed to delete registry: an id or name must not be ''"
    ):
        await client.docker_registries.delete("")
    assert api.requests == []


async def test_an_answer_of_another_form_is_an_error(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/regions", {"items": []})
    with pytest.raises(DaytonaError, match="Failed to list regions: the API answered dict where a list"):
        await client.regions.list()


async def test_pages_are_walked_to_the_last(client: AsyncDaytona, api: FakeApi) -> None:
    pages = [{"items": [job(one)], "total": 2, "page": n, "totalPages": 2} for n, one in ((1, "a"), (2, "b"))]
    api.on("GET", "/jobs", *pages)
    assert ["a", "b"] == [one.id async for one in client.jobs.list(status="PENDING", limit=1)]
    asked = [dict(one.url.params) for one in api.requests]
    assert asked == [{"status": "PENDING", "limit": "1", "page": page} for page in ("1", "2")]


async def test_pages_that_have_tokens_end_with_the_tokens(client: AsyncDaytona, api: FakeApi) -> None:
    page = {"total": 9, "page": 1, "totalPages": 9}
    api.on(
        "GET",
        "/audit/organizations/o",
        {**page, "items": [record_of("a")], "nextToken": "t1"},
        {**page, "items": [record_of("b")]},
    )
    assert ["a", "b"] == [one.id async for one in client.audit.list("o")]
    assert [None, "t1"] == [one.url.params.get("nextToken") for one in api.requests]


async def test_an_empty_page_is_the_last_whatever_its_counts_say(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/jobs", {"items": [], "total": 5, "page": 1, "totalPages": 5})
    assert [] == [one async for one in client.jobs.list()]
    assert len(api.requests) == 1


async def test_a_page_that_fails_says_so_and_keeps_what_came_before(
    client: AsyncDaytona, api: FakeApi
) -> None:
    first = {"items": [job("a")], "total": 2, "page": 1, "totalPages": 2}
    api.on("GET", "/jobs", httpx.Response(200, json=first), refusal(401, "Invalid credentials"))
    jobs = client.jobs.list()
    assert "a" == (await anext(jobs)).id
    with pytest.raises(DaytonaAuthenticationError, match="Failed to list jobs: "):
        await anext(jobs)


async def test_a_delete_whose_first_answer_was_lost_is_done(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("DELETE", "/api-keys/ci", httpx.ReadError("reset"), refusal(404, "API key not found"))
    await client.api_keys.delete("ci")
    with pytest.raises(DaytonaNotFoundError, match="Failed to delete API key: API key not found"):
        await client.api_keys.delete("ci")


async def test_a_create_whose_answer_was_lost_is_not_sent_again(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/api-keys", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError, match="Failed to create API key: no answer"):
        await client.api_keys.create("ci", [])
    assert len(api.requests) == 1


async def test_a_bare_value_is_read(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/invitations/count", httpx.Response(200, text="3"))
    api.on("GET", "/signing-key", httpx.Response(200, text="k3y", headers={"Content-Type": "text/html"}))
    assert 3 == await client.invitations.count_mine()
    assert "k3y" == await client.previews.get_signing_key("s1")


async def test_a_no_in_the_form_of_a_404_is_false(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/public", httpx.Response(200, text="true"))
    assert await client.previews.is_public("s1") is True
    assert await client.previews.has_access("s2") is False


async def test_a_404_of_something_else_is_no_answer(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/access", httpx.Response(404, text="<html>"))
    with pytest.raises(DaytonaError, match="Failed to get access: HTTP 404"):
        await client.previews.has_access("s1")


async def test_a_part_that_is_down_is_an_error(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/health/ready", httpx.Response(503, json={"status": "error", "error": {"redis": {}}}))
    with pytest.raises(DaytonaError, match=r"Failed to check the API's parts: .*redis"):
        await client.system.check_ready()
