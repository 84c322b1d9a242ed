"""The audit log: who did what, and how it ended."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from daytona_httpx import AuditQuery

from tests.contract.conftest import Api
from tests.contract.test_api_keys import bearing, key

pytestmark = pytest.mark.anyio

OWN = "00000000-0000-4000-8000-00000000da71"


async def test_what_was_asked_for_is_in_the_log_the_newest_first(api: Api) -> None:
    sandbox = await api.made(name="a")
    await api.call("PUT", "/sandbox/a/labels", {"labels": {"x": "throw-away"}})
    await api.refusal("POST", "/sandbox", {"name": "a"})
    page = (await api.call("GET", f"/audit/organizations/{OWN}")).json()
    assert (3, 1, 1) == (page["total"], page["page"], page["totalPages"])
    refused, labels, made = page["items"]
    assert ("create", "sandbox", 409, "Sandbox with name a already exists") == (
        refused["action"], refused["targetType"], refused["statusCode"], refused["errorMessage"]
    )  # fmt: skip
    assert ("replace_labels", sandbox["id"], 200) == (
        labels["action"], labels["targetId"], labels["statusCode"]
    )  # fmt: skip
    assert ("create", sandbox["id"], "daytona-local") == (
        made["action"], made["targetId"], made["actorId"]
    )  # fmt: skip
    assert "throw-away" not in str(page)


async def test_reading_leaves_no_trace(api: Api) -> None:
    await api.call("GET", "/sandbox")
    await api.refusal("GET", "/sandbox/nope")
    assert 0 == (await api.call("GET", f"/audit/organizations/{OWN}")).json()["total"]


async def test_what_a_key_may_not_is_noted_with_the_key(api: Api) -> None:
    value = await key(api)
    async with bearing(api, value):
        await api.refusal("DELETE", "/sandbox/nope")
    denied = (await api.call("GET", f"/audit/organizations/{OWN}")).json()["items"][0]
    assert ("delete", "nope", 403, "Access denied", value[-3:]) == (
        denied["action"], denied["targetId"], denied["statusCode"],
        denied["errorMessage"], denied["actorApiKeySuffix"],
    )  # fmt: skip
    assert value not in str(denied)


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        (AuditQuery(action="delete"), ["delete"]),
        (AuditQuery(action=["create", "delete"]), ["delete", "create", "create"]),
        (AuditQuery(target_type={"not": "secret"}), ["delete", "create"]),
        (AuditQuery(target_type={"notIn": ["secret", "docker_registry"]}), []),
        (AuditQuery(status_code={"gte": 400}), ["delete"]),
        (AuditQuery(status_code=201), ["create", "create"]),
        (AuditQuery(limit=1), ["delete", "create", "create"]),
        (AuditQuery(end=datetime(2020, 1, 1, tzinfo=UTC)), []),
        (AuditQuery(start=datetime(2020, 1, 1, tzinfo=UTC)), ["delete", "create", "create"]),
    ],
)
async def test_the_log_is_filtered_through_the_client(
    api: Api, query: AuditQuery, actions: list[str]
) -> None:
    await api.call("POST", "/secret", {"name": "a", "value": "b"})
    registry = {"name": "a", "url": "r.example.com", "username": "b", "password": "c"}
    await api.call("POST", "/docker-registry", registry)
    await api.call("DELETE", "/docker-registry/nope")
    assert actions == [entry.action async for entry in api.client.audit.list(OWN, query)]


@pytest.mark.parametrize(
    "query", ["action[like]=x", "statusCode[gte]=many", "createdAt[gte]=soon", "limit=0", "body[eq]=x"]
)
async def test_what_the_log_can_t_be_asked_for(api: Api, query: str) -> None:
    assert 400 == (await api.refusal("GET", f"/audit/organizations/{OWN}?{query}"))[0]


async def test_the_scenarios_are_what_can_be_in_it(api: Api) -> None:
    scenarios = await api.client.audit.get_scenarios()
    actions = {target.target_type: target.actions for target in scenarios.targets}
    assert {"create", "start", "stop", "delete"} <= set(actions["sandbox"])
    assert ["create", "update", "delete"] == actions["secret"]
