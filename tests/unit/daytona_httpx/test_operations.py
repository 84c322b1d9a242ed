"""Which operations of the main API the groups call: all that are theirs, each by its documented name."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncDaytona, Daytona
from daytona_httpx._async.groups import AsyncGroups
from daytona_httpx._sync.groups import Groups

from tests.unit.daytona_httpx.fake_api import API_URL
from tests.unit.daytona_httpx.group_calls import (
    AnsweringApi,
    answer_for,
    arguments,
    group_names,
    public_methods,
    result_kind,
)

pytestmark = pytest.mark.anyio

TABLE = [line.split() for line in Path(__file__).with_name("operations.txt").read_text().splitlines()]

LEFT_OUT = {
    "sandboxes have classes of their own": """
        listSandboxes createSandbox getSandbox deleteSandbox recoverSandbox startSandbox stopSandbox
        pauseSandbox resizeSandbox archiveSandbox replaceLabels updatePublicStatus updateLastActivity
        setAutostopInterval setAutoPauseInterval setAutoArchiveInterval setAutoDeleteInterval setTtl
        updateNetworkSettings updateSandboxSecrets createSandboxSnapshot forkSandbox getSandboxForks
        getSandboxParent getSandboxAncestors getSandboxSigningKey rotateSigningKey getPortPreviewUrl
        getSignedPortPreviewUrl expireSignedPortPreviewUrl getBuildLogsUrl createSshAccess revokeSshAccess
        validateSshAccess getToolboxProxyUrl""",
    "snapshots, volumes, secrets, warm pools and uploads have services of their own": """
        createSnapshot getAllSnapshots getSnapshot removeSnapshot activateSnapshot deactivateSnapshot
        getSnapshotBuildLogsUrl listVolumes createVolume getVolume deleteVolume getVolumeByName
        createSecret listSecretsPaginated getSecret updateSecret deleteSecret
        listWarmPools createWarmPool updateWarmPool deleteWarmPool getPushAccess""",
    "deprecated": """
        listSandboxesPaginated_deprecated listSecrets createBackup getBuildLogs getSnapshotBuildLogs""",
    "a runner's own side of the API": """
        getSandboxesForRunner updateSandboxState resolveSandboxSecrets runnerHealthcheck
        getSnapshotRefsForAuthenticatedRunner pollJobs updateJobStatus""",
    "for operators of Daytona, gone from the newest official client": """
        adminRecoverSandbox adminCreateUser adminListUsers adminRegenerateKeyPair adminGetUser
        adminSendWebhook adminGetMessageAttempts adminGetWebhookStatus adminInitializeWebhooks
        adminSetDefaultRegistry adminCanCleanupImage adminSetSnapshotGeneralStatus adminGetAllAuditLogs
        adminCreateOrganization adminUpdateOrganizationPreviewWarning""",
}
OF_ANALYTICS = {"list_periods", "get_aggregated", "list_by_sandbox", "get_chart"}
"""What another API is asked for: test_usage.py has them."""

NEWER_THAN_THE_TABLE = {"set_default_queue_timeout", "get_gpu_capacity"}


@pytest.fixture
async def answering() -> AsyncIterator[tuple[AsyncDaytona, AnsweringApi]]:
    """Return a client, and the API that answers it."""
    api = AnsweringApi()
    transport = httpx.MockTransport(api.handle)
    async with AsyncDaytona(api_key="key", api_url=API_URL, transport=transport) as client:
        yield client, api


def operation(request: httpx.Request) -> str | None:
    """Return the id of the operation that a request calls: of several, the one with the least variables."""
    path = request.url.path.removeprefix("/api")
    found = [
        (template.count("{"), name)
        for method, template, name in TABLE
        if method == request.method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
    ]
    return min(found)[1] if found else None


def methods_of(client: AsyncDaytona, group: str) -> dict[str, Callable[..., Any]]:
    """Return the methods of a group that call the main API."""
    found = public_methods(getattr(client, group)).items()
    return {name: method for name, method in found if name not in OF_ANALYTICS}


def words(operation_id: str) -> str:
    """Return an operation's id as it stands in docstrings: listRoles is "list roles"."""
    return re.sub(r"(?=[A-Z])", " ", operation_id.split("_")[-1]).lower().strip()


async def test_every_operation_is_called_or_left_out_for_a_reason(
    answering: tuple[AsyncDaytona, AnsweringApi],
) -> None:
    client, api = answering
    for name in group_names(AsyncGroups):
        for method in methods_of(client, name).values():
            api.answer = answer_for(method)
            result = method(**arguments(method))
            if inspect.isasyncgen(result):
                assert [result_kind(method)] == [type(item) async for item in result]
            else:
                answered = await result
                items = answered if isinstance(answered, list) else [answered]
                assert [result_kind(method)] == [type(item) for item in items]
    covered = {operation(request) for request in api.requests} - {None}
    left_out = [name for names in LEFT_OUT.values() for name in names.split()]
    assert len(left_out) == len(set(left_out))
    assert sorted(left_out) == sorted({name for *_, name in TABLE} - covered)


async def test_every_method_calls_one_operation_and_names_it(
    answering: tuple[AsyncDaytona, AnsweringApi],
) -> None:
    client, api = answering
    unknown = set()
    for group in group_names(AsyncGroups):
        for name, method in methods_of(client, group).items():
            api.answer = answer_for(method)
            api.requests.clear()
            result = method(**arguments(method))
            _ = [item async for item in result] if inspect.isasyncgen(result) else await result
            (request,) = api.requests
            if operation_id := operation(request):
                assert f"({words(operation_id)})" in (method.__doc__ or ""), f"{group}.{name}"
            else:
                unknown.add(name)
    assert unknown == NEWER_THAN_THE_TABLE


async def test_the_sync_client_has_the_same_groups_and_methods(
    client: AsyncDaytona, sync_client: Daytona
) -> None:
    assert group_names(AsyncGroups) == group_names(Groups)
    for name in group_names(Groups):
        methods = [*public_methods(getattr(sync_client, name))]
        assert [*public_methods(getattr(client, name))] == methods
