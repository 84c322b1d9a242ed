"""Every look-up of the table, asked of a server that has one of everything."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, get_args, get_type_hints

import pulumi
import pulumi_daytona
import pytest
from daytona_httpx import ListSandboxesQuery
from daytona_httpx.audit_query import AuditQuery
from pulumi_daytona import ProviderError
from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.core.functions.look_up import LookUp
from pulumi_daytona.core.functions.sandboxes import FILTERS
from pulumi_daytona.core.functions.telemetry import AUDIT_FILTERS

from tests.unit.pulumi_daytona.looked_up import FAR_AHEAD, LONG_AGO, World
from tests.unit.pulumi_daytona.looked_up import world as furnished

pytestmark = pytest.mark.anyio

LOOK_UPS = {look_up.name: look_up for look_up in every_look_up()}

UNANSWERED = {
    "get_otel_config_by_sandbox_auth_token": "is not implemented by daytona-local",
    "get_webhook_portal_access": "is not implemented by daytona-local",
    "list_account_providers": "is not implemented by daytona-local",
    # The local server has no such operation, and may take the last part of the path for an id.
    "get_docker_registry_push_access": "is not implemented by daytona-local|not found",
    "list_snapshot_runners": "is not implemented by daytona-local|not found",
    "get_current_runner": "is not implemented by daytona-local|not found",
    "get_webhook_status": "Webhook initialization status not found",  # it has none to set up
}
EMPTY = {
    "list_sandbox_logs": "the local server collects none",
    "list_sandbox_traces": "the local server collects none",
    "list_sandbox_trace_spans": "the local server collects none",
    "list_my_invitations": "the user was not invited",
    "list_pending_sso_links": "nobody signs in at the local server",
}
NOT_LOOKED_UP = {
    "older names of other operations": """
        listSandboxesPaginated_deprecated listSecrets getBuildLogs getSnapshotBuildLogs""",
    "the client does it itself": "getToolboxProxyUrl getPushAccess HealthController_live",
    "a runner's or service's own side of the API": """
        pollJobs getSandboxesForRunner getSnapshotRefsForAuthenticatedRunner resolveSandboxSecrets
        getSandboxIdentityBySandboxAuthToken""",
    "the client doesn't have it": """
        listWorkosSsoConnections adminListUsers adminGetUser adminGetAllAuditLogs adminGetWebhookStatus
        adminGetMessageAttempts adminCanCleanupImage""",
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with furnished() as made:
        yield made


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS)
def test_a_look_up_returns_its_type_or_says_why_not(world: World, look_up: LookUp[Any]) -> None:
    function = getattr(pulumi_daytona, look_up.name)
    if look_up.name in UNANSWERED:
        with pytest.raises(ProviderError, match=UNANSWERED[look_up.name]) as caught:
            function(**world.required(look_up))
        assert str(caught.value).startswith(look_up.name)
        return
    found = function(**world.required(look_up))
    assert_typed(get_type_hints(function)["return"], found)
    assert found not in ([], None, "") or look_up.name in EMPTY


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS)
async def test_its_twin_takes_every_argument_as_an_output(world: World, look_up: LookUp[Any]) -> None:
    plain, function = (getattr(pulumi_daytona, look_up.name + end) for end in ("", "_output"))
    assert f"Output[{plain.__annotations__['return']}]" == function.__annotations__["return"]
    given = {name: pulumi.Output.from_input(value) for name, value in world.everything(look_up).items()}
    output = function(**given)
    if look_up.name in UNANSWERED:
        with pytest.raises(ProviderError, match=UNANSWERED[look_up.name]):
            await output.future()
        return
    assert_typed(get_type_hints(plain)["return"], await output.future())


def assert_typed(expected: Any, found: object) -> None:
    """Check a value, and what is in it, against an annotation."""
    if dataclasses.is_dataclass(expected):
        assert type(found) is expected
        for name, hint in get_type_hints(expected).items():
            assert_typed(hint, getattr(found, name))
    elif getattr(expected, "__origin__", None) is list:
        assert isinstance(found, list)
        for item in found:
            assert_typed(get_args(expected)[0], item)
    elif isinstance(expected, type):
        assert isinstance(found, expected) or (expected is float and isinstance(found, int))


def test_everything_readable_of_the_api_is_looked_up_or_left_out_for_a_reason() -> None:
    rows = files("daytona_local.api").joinpath("operations.txt").read_text().splitlines()
    readable = {name for method, _, name in (row.split() for row in rows) if method == "GET"}
    looked_up = {look_up.operation for look_up in LOOK_UPS.values()}
    left_out = {name for names in NOT_LOOKED_UP.values() for name in names.split()}
    assert readable == (looked_up & readable) | left_out
    assert set() == looked_up & left_out
    # One is the toolbox's, one asks with a POST.
    assert {"getSystemMetrics", "WebhookController_getAppPortalAccess"} == looked_up - readable


FINDS_THE_BOX: dict[str, Any] = {
    "id": "",
    "name": "bo",
    "labels": {"team": "a"},
    "states": ["stopped", "started"],
    "targets": ["us"],
    "is_public": False,
    "is_recoverable": False,
    "min_cpu": 2,
    "max_cpu": 2,
    "min_memory_gib": 2,
    "max_memory_gib": 2,
    "min_disk_gib": 4,
    "max_disk_gib": 4,
    "created_at_after": LONG_AGO,
    "created_at_before": FAR_AHEAD,
    "last_activity_after": LONG_AGO,
    "last_activity_before": FAR_AHEAD,
    "auto_destroy_at_after": LONG_AGO,
    "auto_destroy_at_before": FAR_AHEAD,
}
FINDS_NOTHING: dict[str, Any] = {
    "id": "no-uuid-begins-so",
    "name": "x",
    "labels": {"team": "b"},
    "states": ["stopped"],
    "snapshots": ["other"],
    "targets": ["eu"],
    "is_public": True,
    "is_recoverable": True,
    "min_cpu": 3,
    "max_cpu": 1,
    "min_memory_gib": 3,
    "max_memory_gib": 1,
    "min_disk_gib": 5,
    "max_disk_gib": 3,
    "created_at_after": FAR_AHEAD,
    "created_at_before": LONG_AGO,
    "last_activity_after": FAR_AHEAD,
    "last_activity_before": LONG_AGO,
    "auto_destroy_at_after": FAR_AHEAD,
    "auto_destroy_at_before": LONG_AGO,
}


def test_a_sandbox_is_found_by_all_filters_at_once(world: World) -> None:
    assert ["box"] == [sandbox.name for sandbox in pulumi_daytona.list_sandboxes(**FINDS_THE_BOX)]


@pytest.mark.parametrize("name", FINDS_NOTHING)
def test_each_filter_reaches_the_api(world: World, name: str) -> None:
    assert [] == pulumi_daytona.list_sandboxes(**{name: FINDS_NOTHING[name]})


@pytest.mark.parametrize(
    ("filters", "query", "ours"),
    [(FILTERS, ListSandboxesQuery, set()), (AUDIT_FILTERS, AuditQuery, {"limit"})],
)
def test_a_list_takes_every_filter_of_the_client(filters: Any, query: Any, ours: set[str]) -> None:
    assert {each.name for each in dataclasses.fields(query)} == {each.name for each in filters} | ours


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS)
def test_the_docstring_says_what_it_returns_and_explains_every_argument(look_up: LookUp[Any]) -> None:
    words = " ".join((getattr(pulumi_daytona, look_up.name).__doc__ or "").split())
    assert re.match(r"(Return|Tell) [^.]+ \([a-z ]+\)\.", words)
    assert look_up.needs in words
    for argument in look_up.arguments:
        assert f"{argument.name}: {argument.doc}" in words


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS)
def test_a_look_up_is_declared_in_good_order(look_up: LookUp[Any]) -> None:
    assert look_up.name.startswith("list_") == str(look_up.result).startswith("list[")
    assert look_up.doc.endswith(".")
    assert all(argument.doc.endswith(".") for argument in look_up.arguments)
    order = [argument.required for argument in look_up.arguments]
    assert sorted(order, reverse=True) == order
