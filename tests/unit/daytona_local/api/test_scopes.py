"""Every operation that changes something has a rule, and no rule is for an operation that there isn't."""

from __future__ import annotations

from importlib.resources import files

import pytest
from daytona_local.api import audited, operations, scopes
from daytona_local.api_keys import PERMISSIONS, ApiKey, Identity
from daytona_local.errors import ForbiddenError, UnauthorizedError

ROWS = [
    line.split(" ", 2)
    for line in files("daytona_local.api").joinpath("operations.txt").read_text().splitlines()
]
NAMES = {name for _, _, name in ROWS}
RULED = {*scopes.PERMISSION_OF, *scopes.FOR_USERS, *scopes.FOR_ADMINISTRATORS, *scopes.FOR_SERVICES}


def identity(*permissions: str) -> Identity:
    return Identity(ApiKey(name="a", permissions=[*permissions]), is_user=False)


@pytest.mark.parametrize("name", [name for method, _, name in ROWS if method != "GET"])
def test_what_changes_something_is_not_open_to_every_key(name: str) -> None:
    assert name in RULED or name.startswith("admin")


def test_rules_are_for_operations_that_there_are_with_permissions_that_there_are() -> None:
    assert set() == RULED - NAMES
    assert set() == audited.AUDITED.keys() - NAMES
    assert set() == {*scopes.PERMISSION_OF.values()} - {*PERMISSIONS}


def test_what_changes_something_and_can_be_done_is_audited() -> None:
    open_to_keys = {name for method, _, name in ROWS if method != "GET"} & scopes.PERMISSION_OF.keys()
    unaudited = {"updateLastActivity", "expireSignedPortPreviewUrl"}
    assert unaudited == open_to_keys - audited.AUDITED.keys()


def test_the_own_key_may_everything() -> None:
    own = Identity(ApiKey(name="own"), is_user=True)
    for method, _, name in ROWS:
        scopes.refuse(own, method, name)
    scopes.refuse(own, "POST", None)


def test_a_key_may_what_its_permission_says() -> None:
    scopes.refuse(identity("write:sandboxes"), "POST", "createSandbox")
    with pytest.raises(ForbiddenError, match="Access denied"):
        scopes.refuse(identity("write:sandboxes"), "DELETE", "deleteSandbox")


def test_what_is_for_others_is_refused_in_their_words() -> None:
    everything = identity(*PERMISSIONS)
    with pytest.raises(UnauthorizedError, match="Invalid credentials"):
        scopes.refuse(everything, "GET", "listOrganizations")
    with pytest.raises(ForbiddenError, match="Invalid authentication context"):
        scopes.refuse(everything, "GET", "listJobs")
    with pytest.raises(ForbiddenError, match="Access denied"):
        scopes.refuse(everything, "GET", "adminListRunners")


def test_a_route_that_the_api_doesn_t_have_is_for_reading_only() -> None:
    scopes.refuse(identity(), "GET", None)
    with pytest.raises(ForbiddenError):
        scopes.refuse(identity(*PERMISSIONS), "POST", None)


@pytest.mark.parametrize(
    ("method", "template", "name"),
    [
        ("GET", "/sandbox/{whatever}", "getSandbox"),
        ("HEAD", "/sandbox/{whatever}", "getSandbox"),
        ("GET", "/volumes/by-name/{name:path}", "getVolumeByName"),
        ("GET", "/api-keys/current", "getCurrentApiKey"),
        ("PUT", "/sandbox/{whatever}", None),
    ],
)
def test_a_route_stands_for_an_operation_whatever_its_parameters_are_called(
    method: str, template: str, name: str | None
) -> None:
    assert name == operations.operation_at(method, template)
