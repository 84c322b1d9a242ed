"""What the operations of the groups send: every argument, by its name on the wire."""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncDaytona, DaytonaError

from tests.unit.daytona_httpx.fake_api import API_URL

pytestmark = pytest.mark.anyio

AT = datetime(2026, 1, 2, tzinfo=UTC)
REFUSED = r"^Failed to [^:]+: no$"
WIRE_AT = "2026-01-02T00:00:00.000Z"
OIDC: dict[str, Any] = {"issuer_url": "https://i", "client_id": "c", "client_secret": "s", "scope": "openid"}
WIRE_OIDC: dict[str, Any] = {
    "issuerUrl": "https://i",
    "clientId": "c",
    "clientSecret": "s",
    "scope": "openid",
}
TOTALS: dict[str, Any] = {
    "total_cpu_quota": 1, "total_memory_quota": 2, "total_disk_quota": 3, "total_gpu_quota": 4
}  # fmt: skip
WIRE_TOTALS = {"totalCpuQuota": 1, "totalMemoryQuota": 2, "totalDiskQuota": 3, "totalGpuQuota": 4}

Call = Callable[[AsyncDaytona], Awaitable[Any]]

BODIES: list[tuple[str, Call, Any]] = [
    (
        "POST /organizations",
        lambda c: c.organizations.create("n", "us"),
        {"name": "n", "defaultRegionId": "us"},
    ),
    (
        "PATCH /organizations/o/default-region",
        lambda c: c.organizations.set_default_region("o", "eu"),
        {"defaultRegionId": "eu"},
    ),
    (
        "PATCH /organizations/o/default-queue-timeout",
        lambda c: c.organizations.set_default_queue_timeout("o", None),
        {"defaultQueueTimeout": None},
    ),
    (
        "PUT /organizations/o/experimental-config",
        lambda c: c.organizations.update_experimental_config("o", {"a": 1}),
        {"a": 1},
    ),
    (
        "PATCH /organizations/o/quota",
        lambda c: c.organizations.update_quota("o", volume_quota=5, max_snapshot_size=None),
        {"volumeQuota": 5, "maxSnapshotSize": None},
    ),
    (
        "PATCH /organizations/o/quota/us",
        lambda c: c.organizations.update_region_quota("o", "us", **TOTALS, max_cpu_per_gpu=None),
        {**WIRE_TOTALS, "maxCpuPerGpu": None},
    ),
    (
        "POST /organizations/o/suspend",
        lambda c: c.organizations.suspend("o", "unpaid", AT, 24),
        {"reason": "unpaid", "until": WIRE_AT, "suspensionCleanupGracePeriodHours": 24},
    ),
    (
        "POST /organizations/o/sandbox-default-limited-network-egress",
        lambda c: c.organizations.set_limited_network_egress("o", True),
        {"sandboxDefaultLimitedNetworkEgress": True},
    ),
    (
        "POST /organizations/o/preview-warning",
        lambda c: c.organizations.set_preview_warning("o", False),
        {"previewWarningEnabled": False},
    ),
    (
        "POST /organizations/o/sso-enabled",
        lambda c: c.organizations.set_sso_enabled("o", True),
        {"ssoEnabled": True},
    ),
    (
        "PUT /organizations/o/otel-config",
        lambda c: c.otel_configs.update("o", "https://t", {"k": "v"}),
        {"endpoint": "https://t", "headers": {"k": "v"}},
    ),
    (
        "POST /organizations/o/roles",
        lambda c: c.roles.create("o", "n", "d", ("write:sandboxes",)),
        {"name": "n", "description": "d", "permissions": ["write:sandboxes"]},
    ),
    (
        "PUT /organizations/o/roles/r",
        lambda c: c.roles.update("o", "r", "n", "d", []),
        {"name": "n", "description": "d", "permissions": []},
    ),
    (
        "POST /organizations/o/users/u/access",
        lambda c: c.members.update_access("o", "u", "member", ["r"]),
        {"role": "member", "assignedRoleIds": ["r"]},
    ),
    (
        "POST /organizations/o/invitations",
        lambda c: c.invitations.create("o", "a@b", "member", ["r"], AT),
        {"email": "a@b", "role": "member", "assignedRoleIds": ["r"], "expiresAt": WIRE_AT},
    ),
    (
        "PUT /organizations/o/invitations/i",
        lambda c: c.invitations.update("o", "i", "owner", []),
        {"role": "owner", "assignedRoleIds": []},
    ),
    (
        "POST /organizations/o/identity-providers",
        lambda c: c.identity_providers.create("o", "n", **OIDC, email_domains=["b"], enabled=False),
        {"name": "n", "oidcConfig": WIRE_OIDC, "emailDomains": ["b"], "enabled": False},
    ),
    (
        "PATCH /organizations/o/identity-providers/p",
        lambda c: c.identity_providers.update("o", "p", client_secret="new"),
        {"oidcConfig": {"clientSecret": "new"}},
    ),
    (
        "PATCH /organizations/o/identity-providers/p",
        lambda c: c.identity_providers.update("o", "p", allow_any_domain=True),
        {"allowAnyDomain": True},
    ),
    (
        "POST /organizations/o/identity-providers/test-connection",
        lambda c: c.identity_providers.test_connection("o", "https://i"),
        {"issuerUrl": "https://i"},
    ),
    (
        "POST /api-keys",
        lambda c: c.api_keys.create("n", ["write:sandboxes"], AT),
        {"name": "n", "permissions": ["write:sandboxes"], "expiresAt": WIRE_AT},
    ),
    (
        "POST /docker-registry",
        lambda c: c.docker_registries.create("n", "https://r", "u", "pw", "p"),
        {"name": "n", "url": "https://r", "username": "u", "password": "pw", "project": "p"},
    ),
    (
        "PATCH /docker-registry/r",
        lambda c: c.docker_registries.update("r", "n", "https://r", "u"),
        {"name": "n", "url": "https://r", "username": "u"},
    ),
    (
        "POST /regions",
        lambda c: c.regions.create("n", proxy_url="https://p"),
        {"name": "n", "proxyUrl": "https://p"},
    ),
    (
        "PATCH /regions/r",
        lambda c: c.regions.update("r", ssh_gateway_url=None, otel_endpoint="https://t"),
        {"sshGatewayUrl": None, "otelEndpoint": "https://t"},
    ),
    (
        "POST /runners",
        lambda c: c.runners.create("us", "n", ["t"], "container"),
        {"regionId": "us", "name": "n", "tags": ["t"], "sandboxClass": "container"},
    ),
    (
        "PATCH /runners/r/scheduling",
        lambda c: c.runners.update_scheduling("r", True),
        {"unschedulable": True},
    ),
    ("PATCH /runners/r/draining", lambda c: c.runners.update_draining("r", False), {"draining": False}),
    (
        "POST /users/linked-accounts",
        lambda c: c.users.link_account("github", "7"),
        {"provider": "github", "userId": "7"},
    ),
    (
        "POST /admin/runners",
        lambda c: c.admin.create_runner("us", "n", "k", "2", tags=["t"], cpu=1, memory_gib=2, disk_gib=3),
        {
            "regionId": "us", "name": "n", "apiKey": "k", "apiVersion": "2", "tags": ["t"], "cpu": 1,
            "memoryGiB": 2, "diskGiB": 3,
        },
    ),
    (
        "PATCH /admin/runners/r/scheduling",
        lambda c: c.admin.update_runner_scheduling("r", True),
        {"unschedulable": True},
    ),
    (
        "POST /admin/organizations/o/quota/us",
        lambda c: c.admin.create_region_quota("o", "us", "container", **TOTALS, max_sandbox_lifespan=60),
        {**WIRE_TOTALS, "sandboxClass": "container", "maxSandboxLifespan": 60},
    ),
    (
        "PATCH /admin/organizations/o/quota/us",
        lambda c: c.admin.update_region_quota("o", "us", "container", **TOTALS),
        {**WIRE_TOTALS, "sandboxClass": "container"},
    ),
]  # fmt: skip

QUERIES: list[tuple[str, Callable[[AsyncDaytona], Any], dict[str, list[str]]]] = [
    (
        "/docker-registry/registry-push-access",
        lambda c: c.docker_registries.get_push_access("us"),
        {"regionId": ["us"]},
    ),
    ("/runners", lambda c: c.runners.list("us"), {"regionId": ["us"]}),
    ("/runners", lambda c: c.runners.list(), {}),
    ("/runners/by-snapshot-ref", lambda c: c.runners.list_by_snapshot_ref("a:b"), {"ref": ["a:b"]}),
    ("/runners/r", lambda c: c.runners.delete("r", force=True), {"force": ["true"]}),
    ("/admin/runners", lambda c: c.admin.list_runners("us"), {"regionId": ["us"]}),
    ("/admin/runners/r", lambda c: c.admin.delete_runner("r", force=False), {"force": ["false"]}),
    ("/preview/s/preview-warning", lambda c: c.previews.get_warning("s", 3000), {"port": ["3000"]}),
    (
        "/jobs",
        lambda c: c.jobs.list_page(2, 5, "FAILED"),
        {"page": ["2"], "limit": ["5"], "status": ["FAILED"]},
    ),
    (
        "/sandbox/s/telemetry/logs",
        lambda c: c.telemetry.list_logs("s", AT, "2026-01-03", severities=["ERROR", "WARN"], search="x"),
        {
            "from": [WIRE_AT], "to": ["2026-01-03"], "severities": ["ERROR", "WARN"], "search": ["x"],
            "page": ["1"],
        },
    ),
    (
        "/sandbox/s/telemetry/logs",
        lambda c: c.telemetry.get_logs_page("s", AT, AT, page=2, limit=5),
        {"from": [WIRE_AT], "to": [WIRE_AT], "page": ["2"], "limit": ["5"]},
    ),
    (
        "/sandbox/s/telemetry/traces",
        lambda c: c.telemetry.get_traces_page("s", AT, AT, page=3),
        {"from": [WIRE_AT], "to": [WIRE_AT], "page": ["3"]},
    ),
    (
        "/sandbox/s/telemetry/metrics",
        lambda c: c.telemetry.get_metrics("s", AT, AT, ["a", "b"]),
        {"from": [WIRE_AT], "to": [WIRE_AT], "metricNames": ["a", "b"]},
    ),
    (
        "/audit/organizations/o",
        lambda c: c.audit.list_page("o", page=2, next_token="t"),
        {"page": ["2"], "nextToken": ["t"]},
    ),
]  # fmt: skip


@pytest.fixture
async def refusing() -> AsyncIterator[tuple[AsyncDaytona, list[httpx.Request]]]:
    """Return a client of an API that keeps every request and refuses it."""
    requests: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(418, json={"message": "no"})

    transport = httpx.MockTransport(refuse)
    async with AsyncDaytona(api_key="key", api_url=API_URL, transport=transport) as client:
        yield client, requests


@pytest.mark.parametrize(("line", "call", "body"), BODIES, ids=[line for line, *_ in BODIES])
async def test_a_body_has_what_was_given_and_nothing_else(
    refusing: tuple[AsyncDaytona, list[httpx.Request]], line: str, call: Call, body: Any
) -> None:
    client, requests = refusing
    with pytest.raises(DaytonaError, match=REFUSED):
        await call(client)
    (request,) = requests
    assert f"{request.method} {request.url.path.removeprefix('/api')}" == line
    assert json.loads(request.content) == body


@pytest.mark.parametrize(("path", "call", "query"), QUERIES, ids=[path for path, *_ in QUERIES])
async def test_a_query_has_what_was_given_and_nothing_else(
    refusing: tuple[AsyncDaytona, list[httpx.Request]],
    path: str,
    call: Callable[[AsyncDaytona], Any],
    query: dict[str, list[str]],
) -> None:
    client, requests = refusing
    result = call(client)
    with pytest.raises(DaytonaError, match=REFUSED):
        await (anext(result) if inspect.isasyncgen(result) else result)
    (request,) = requests
    assert request.url.path.removeprefix("/api") == path
    sent = request.url.params
    assert {name: sent.get_list(name) for name in sent} == query
