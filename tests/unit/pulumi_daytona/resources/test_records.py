"""Every record: made, left alone, changed in place, replaced and removed, with only the calls needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import definition_of

from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

ORGANIZATION = "<the organization>"
REGION = "<a region of its own>"


@dataclass
class Case:
    """Say what is declared of a kind of resource, and what a change of it costs.

    Args:
        kind: The kind.
        given: The inputs.
        change: Inputs that change in place.
        calls: What an update with them asks, without ids.
        replacement: Inputs that replace.
    """

    kind: str
    given: dict[str, Any]
    change: dict[str, Any] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    replacement: dict[str, Any] = field(default_factory=dict)


SECRETS = Case(
    "Secret",
    {"value": "v1", "hosts": ["*.example.com"]},
    {"value": "v2"},
    ["PATCH /secret/*"],
    {"name": "OTHER"},
)
REGISTRIES = Case(
    "DockerRegistry",
    {"url": "https://registry.example.com", "username": "u", "password": "p1"},
    {"password": "p2", "project": "images"},
    ["PATCH /docker-registry/*"],
)
ROLES = Case(
    "OrganizationRole",
    {"organization_id": ORGANIZATION, "permissions": ["write:sandboxes"]},
    {"description": "they may", "permissions": ["write:sandboxes", "delete:sandboxes"]},
    ["PUT /organizations/*/roles/*"],
)
KEYS = Case("ApiKey", {"permissions": ["write:sandboxes"]}, replacement={"permissions": []})
REGIONS = Case(
    "Region",
    {"proxy_url": "https://proxy.example.com"},
    {"proxy_url": "https://other.example.com", "otel_endpoint": "https://otel.example.com"},
    ["PATCH /regions/*"],
    {"name": "other"},
)
RUNNERS = Case(
    "Runner",
    {"region_id": REGION},
    {"unschedulable": True, "draining": True},
    ["PATCH /runners/*/scheduling", "PATCH /runners/*/draining"],
    {"tags": ["big"]},
)
ADMIN_RUNNERS = Case(
    "AdminRunner",
    {"region_id": REGION, "api_key": "k", "api_version": "2"},
    {"unschedulable": True},
    ["PATCH /admin/runners/*/scheduling"],
    {"api_key": "other"},
)
PROVIDERS = Case(
    "IdentityProvider",
    {
        "organization_id": ORGANIZATION,
        "issuer_url": "https://id.example.com",
        "client_id": "c",
        "client_secret": "s1",
        "email_domains": ["example.com"],
    },
    {"client_secret": "s2", "enabled": False},
    ["PATCH /organizations/*/identity-providers/*"],
)
ORGANIZATIONS = Case(
    "Organization",
    {"default_region_id": "us"},
    {"experimental_config": {"a": 1}, "default_queue_timeout": 5},
    ["PATCH /organizations/*/default-queue-timeout", "PUT /organizations/*/experimental-config"],
    {"name": "other"},
)
NAMED = [SECRETS, REGISTRIES, ROLES, KEYS, REGIONS, RUNNERS, ADMIN_RUNNERS, PROVIDERS, ORGANIZATIONS]
INVITATIONS = Case(
    "OrganizationInvitation",
    {"organization_id": ORGANIZATION, "email": "ada@example.com", "role": "member", "assigned_role_ids": []},
    {"role": "owner"},
    ["PUT /organizations/*/invitations/*"],
    {"email": "bob@example.com"},
)
TELEMETRY = Case(
    "OrganizationOtelConfig",
    {"organization_id": ORGANIZATION, "endpoint": "https://otel.example.com", "headers": {"k": "v1"}},
    {"headers": {"k": "v2"}},
    ["PUT /organizations/*/otel-config"],
)
QUOTAS = Case(
    "OrganizationQuota",
    {"organization_id": ORGANIZATION, "max_cpu_per_sandbox": 3, "volume_quota": 7},
    {"volume_quota": 8},
    ["PATCH /organizations/*/quota"],
)
REGION_QUOTAS = Case(
    "AdminOrganizationRegionQuota",
    {
        "organization_id": ORGANIZATION,
        "region_id": REGION,
        "sandbox_class": "container",
        "total_cpu_quota": 10,
        "total_memory_quota": 20,
        "total_disk_quota": 30,
        "total_gpu_quota": 0,
        "max_cpu_per_sandbox": 2,
    },
    {"total_cpu_quota": 11, "max_cpu_per_sandbox": None},
    ["PATCH /admin/organizations/*/quota/*"],
    {"sandbox_class": "windows"},
)
POOLS = Case(
    "WarmPool", {"snapshot": "<the default snapshot>", "pool": 1}, {"pool": 2}, ["PATCH /warm-pools/*"]
)
CASES = [*NAMED, INVITATIONS, TELEMETRY, QUOTAS, REGION_QUOTAS, POOLS]
IDS: Callable[[Case], str] = lambda case: case.kind  # noqa: E731 - a name for pytest


async def given(stack: Stack, case: Case, **changes: Any) -> dict[str, Any]:
    """Return what a case declares on this server."""
    real = {ORGANIZATION: stack.organization_id}
    values = {**case.given, **changes}
    if REGION in values.values():
        region = (await stack.up(definition_of("Region"), "region", name="own")).id
        real[REGION] = region
    snapshots = (await stack.session.client.snapshot.list()).items
    real["<the default snapshot>"] = snapshots[0].name
    return {
        name: real.get(value, value) if isinstance(value, str) else value for name, value in values.items()
    }


def without_ids(asked: str) -> str:
    """Return a request with * for what differs from server to server."""
    method, path = asked.split(" ")
    words = path.split("/")
    return f"{method} " + "/".join(
        "*" if any(letter.isdigit() for letter in word) else word for word in words
    )


@pytest.mark.parametrize("case", CASES, ids=IDS)
async def test_what_did_not_change_costs_nothing(stack: Stack, case: Case) -> None:
    definition, inputs = definition_of(case.kind), await given(stack, case)
    first = await stack.up(definition, **inputs)
    await stack.refresh()
    stack.transport.requests.clear()
    assert first.id == (await stack.up(definition, **inputs)).id
    assert [] == stack.transport.requests


@pytest.mark.parametrize("case", [case for case in CASES if case.change], ids=IDS)
async def test_a_change_in_place_asks_only_what_it_must(stack: Stack, case: Case) -> None:
    definition, inputs = definition_of(case.kind), await given(stack, case)
    first = await stack.up(definition, **inputs)
    stack.transport.requests.clear()
    changed = await stack.up(definition, **{**inputs, **case.change})
    assert first.id == changed.id
    assert case.calls == [without_ids(asked) for asked in stack.transport.changes]
    await stack.refresh()
    stack.transport.requests.clear()
    await stack.up(definition, **{**inputs, **case.change})
    assert [] == stack.transport.requests


@pytest.mark.parametrize("case", [case for case in CASES if case.replacement], ids=IDS)
async def test_what_can_not_change_replaces(stack: Stack, case: Case) -> None:
    definition, inputs = definition_of(case.kind), await given(stack, case)
    first = await stack.up(definition, **inputs)
    second = await stack.up(definition, **{**inputs, **case.replacement})
    assert first.id != second.id
    assert await definition.verbs.read(stack.session, first.id, first.state) is None
    assert await stack.refresh() is second


@pytest.mark.parametrize("case", [case for case in CASES if case.kind != "OrganizationQuota"], ids=IDS)
async def test_destroying_leaves_nothing_and_can_be_repeated(stack: Stack, case: Case) -> None:
    definition = definition_of(case.kind)
    made = await stack.up(definition, **await given(stack, case))
    await stack.destroy()
    assert await definition.verbs.read(stack.session, made.id, made.state) is None
    await definition.verbs.delete(stack.session, made.id, made.state)


@pytest.mark.parametrize("case", NAMED, ids=IDS)
async def test_what_a_killed_engine_lost_is_met_again(stack: Stack, case: Case) -> None:
    definition, inputs = definition_of(case.kind), await given(stack, case)
    lost = (await stack.up(definition, **inputs)) and stack.forget()
    again = await stack.up(definition, **inputs)
    assert lost.state["name"] == again.state["name"]
    if lost.id != again.id:
        assert await definition.verbs.read(stack.session, lost.id, lost.state) is None


@pytest.mark.parametrize("case", NAMED, ids=IDS)
async def test_a_forced_replacement_takes_the_next_name_and_its_predecessor_goes(
    stack: Stack, case: Case
) -> None:
    definition = definition_of(case.kind)
    first = await stack.up(definition, **await given(stack, case))
    second = await stack.replace()
    assert f"{first.state['name']}-2" == second.state["name"]
    assert await definition.verbs.read(stack.session, first.id, first.state) is None
    assert await stack.refresh() is second


NO_ABSENCE = [(404, "Cannot GET /x"), (404, "<html>not found"), (401, "Invalid credentials"), (403, "Denied")]
UNREADABLE = [
    pytest.param(case, status, message, id=f"{case.kind}-{message}")
    for case in CASES
    for status, message in NO_ABSENCE
    if (case.kind, status) != ("OrganizationOtelConfig", 403)  # the collector alone may read it: it is kept
]


@pytest.mark.parametrize(("case", "status", "message"), UNREADABLE)
async def test_what_can_not_be_read_is_an_error_and_never_gone(
    stack: Stack, case: Case, status: int, message: str
) -> None:
    made = await stack.up(definition_of(case.kind), **await given(stack, case))
    stack.transport.refusals["/"] = (status, message)
    with pytest.raises(ProviderError, match=f"read .*HTTP {status}"):
        await stack.refresh()
    assert made is stack.resources["it"]


POSTS = {
    "Secret": "POST /secret",
    "DockerRegistry": "POST /docker-registry",
    "ApiKey": "POST /api-keys",
    "Region": "POST /regions",
    "Runner": "POST /runners",
    "AdminRunner": "POST /admin/runners",
    "Organization": "POST /organizations",
}


@pytest.mark.parametrize("name", [None, "fixed"])
@pytest.mark.parametrize("case", [case for case in NAMED if case.kind in POSTS], ids=IDS)
async def test_a_create_whose_answer_is_lost_makes_exactly_one(
    stack: Stack, case: Case, name: str | None
) -> None:
    definition, inputs = definition_of(case.kind), await given(stack, case, name=name)
    stack.transport.lost[POSTS[case.kind]] = 1
    made = await stack.up(definition, **inputs)
    assert 0 == stack.transport.lost[POSTS[case.kind]]
    await stack.destroy()
    assert await definition.verbs.read(stack.session, made.id, made.state) is None
    stack.transport.requests.clear()
    await stack.up(definition, **inputs)
    assert 1 == stack.transport.changes.count(POSTS[case.kind]), "one was left over"
