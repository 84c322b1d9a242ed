"""Secrets."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    CreateSecretParams,
    DaytonaConflictError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaValidationError,
    UpdateSecretParams,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

SECRET = {
    "id": "x1",
    "name": "TOKEN",
    "placeholder": "dtn_secret_x1",
    "hosts": ["api.test"],
    "createdAt": "2026-01-01T00:00:00Z",
    "updatedAt": "2026-01-01T00:00:00Z",
}


async def test_secrets_are_listed_page_by_page(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/secret/paginated", {"items": [SECRET], "total": 3, "nextCursor": "c2"})
    page = await client.secret.list(cursor="c1", limit=1, name="TOK", sort="name", order="asc")
    assert ("TOKEN", 3, "c2") == (page.items[0].name, page.total, page.next_cursor)
    expected = {"cursor": "c1", "limit": "1", "name": "TOK", "sort": "name", "order": "asc"}
    assert expected == dict(api.requests[0].url.params)


async def test_a_page_without_secrets_is_refused(client: AsyncDaytona, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to list secrets: limit must be at least 1"):
        await client.secret.list(limit=0)
    assert api.requests == []


async def test_a_secret_is_made_and_only_its_placeholder_comes_back(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/secret", httpx.Response(201, json=SECRET))
    made = await client.secret.create(CreateSecretParams(name="TOKEN", value="v4lue", hosts=["api.test"]))
    assert [{"name": "TOKEN", "value": "v4lue", "hosts": ["api.test"]}] == api.bodies("POST")
    assert ("dtn_secret_x1", ["api.test"]) == (made.placeholder, made.hosts)
    assert "v4lue" not in repr(made)


async def test_only_what_is_given_is_changed(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("PATCH", "/secret/x1", SECRET)
    await client.secret.update("x1", UpdateSecretParams(value="n3w"))
    await client.secret.update("x1", UpdateSecretParams(description="", hosts=[]))
    assert [{"value": "n3w"}, {"description": "", "hosts": []}] == api.bodies("PATCH")


async def test_a_change_of_nothing_is_refused(client: AsyncDaytona, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to update secret: give at least one"):
        await client.secret.update("x1", UpdateSecretParams())
    assert api.requests == []


async def test_a_secret_is_got_and_deleted(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/secret/x1", SECRET)
    api.on("DELETE", "/secret/x1", httpx.Response(204))
    assert (await client.secret.get("x1")).name == "TOKEN"
    await client.secret.delete("x1")
    assert len(api.sent("DELETE")) == 1


async def test_a_delete_whose_first_answer_was_lost_is_done(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("DELETE", "/secret/x1", httpx.ReadError("reset"), refusal(404, "Secret not found"))
    await client.secret.delete("x1")
    with pytest.raises(DaytonaNotFoundError, match="Failed to delete secret: Secret not found"):
        await client.secret.delete("x1")


@pytest.mark.parametrize(
    ("status", "kind", "call", "prefix"),
    [
        (404, DaytonaNotFoundError, lambda s: s.get("x"), "Failed to get secret: "),
        (404, DaytonaNotFoundError, lambda s: s.delete("x"), "Failed to delete secret: "),
        (
            409,
            DaytonaConflictError,
            lambda s: s.create(CreateSecretParams(name="T", value="hidden")),
            "Failed to create secret: ",
        ),
        (
            404,
            DaytonaNotFoundError,
            lambda s: s.update("x", UpdateSecretParams(value="hidden")),
            "Failed to update secret: ",
        ),
    ],
)
async def test_refusals_are_this_package_s_errors(
    client: AsyncDaytona, api: FakeApi, status: int, kind: type[DaytonaError], call: Any, prefix: str
) -> None:
    for method, path in (("GET", "/secret/x"), ("POST", "/secret"), ("PATCH", "/x"), ("DELETE", "/x")):
        api.on(method, path, refusal(status, "no"))
    with pytest.raises(kind) as caught:
        await call(client.secret)
    assert f"{prefix}no" == str(caught.value)


async def test_an_empty_id_reaches_no_other_operation(client: AsyncDaytona, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="secret_id must not be empty"):
        await client.secret.get("")
    assert api.requests == []


def test_values_are_not_shown() -> None:
    shown = [CreateSecretParams(name="T", value="hidden"), UpdateSecretParams(value="hidden")]
    assert "hidden" not in repr(shown)
