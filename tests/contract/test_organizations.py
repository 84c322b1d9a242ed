"""Organizations: the own one, others as records, their settings, and what a suspension stops."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from daytona_httpx.errors import DaytonaForbiddenError, DaytonaNotFoundError

from tests.contract.conftest import Api
from tests.contract.test_lifecycle import becomes

pytestmark = pytest.mark.anyio

OWN = "00000000-0000-4000-8000-00000000da71"


async def test_the_own_organization_is_always_there(api: Api) -> None:
    listed = (await api.call("GET", "/organizations")).json()
    assert [OWN] == [one["id"] for one in listed]
    own = (await api.call("GET", f"/organizations/{OWN}")).json()
    assert ("us", False, 4, 8, 10) == (
        own["defaultRegionId"], own["suspended"],
        own["maxCpuPerSandbox"], own["maxMemoryPerSandbox"], own["maxDiskPerSandbox"],
    )  # fmt: skip
    assert 403 == (await api.refusal("DELETE", f"/organizations/{OWN}"))[0]
    said = f"Organization with ID {OWN} must have at least one owner"
    assert (403, said) == await api.refusal("POST", f"/organizations/{OWN}/leave")


async def test_others_are_records(api: Api) -> None:
    answer = await api.call("POST", "/organizations", {"name": "other", "defaultRegionId": "us"})
    made = answer.json()
    assert (201, "other", False) == (answer.status_code, made["name"], made["personal"])
    path = f"/organizations/{made['id']}"
    assert made == (await api.call("GET", path)).json()
    assert ["owner"] == [one["role"] for one in (await api.call("GET", f"{path}/users")).json()]
    assert 204 == (await api.call("DELETE", path)).status_code
    missing = (404, f"Organization with ID {made['id']} not found")
    for method, more in (
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/roles"),
        ("GET", "/users"),
        ("GET", "/usage"),
    ):
        assert missing == await api.refusal(method, path + more)


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"name": "a"}, 400), ({"name": "a", "defaultRegionId": "mars"}, 404)],
)
async def test_an_organization_that_can_t_be(api: Api, body: dict[str, Any], status: int) -> None:
    assert status == (await api.refusal("POST", "/organizations", body))[0]


async def test_settings_through_the_client(api: Api) -> None:
    organizations = api.client.organizations
    await organizations.set_default_queue_timeout(OWN, 5)
    await organizations.update_experimental_config(OWN, {"fast": True})
    own = await organizations.get(OWN)
    assert (5, {"fast": True}) == (own.default_queue_timeout, own.experimental_config)
    await organizations.set_default_queue_timeout(OWN, None)
    await organizations.update_experimental_config(OWN, None)
    own = await organizations.get(OWN)
    assert (None, {}) == (own.default_queue_timeout, own.experimental_config)


async def test_the_default_region_is_where_sandboxes_go_that_don_t_say(api: Api) -> None:
    region = (await api.call("POST", "/regions", {"name": "mine"})).json()["id"]
    answer = await api.call("PATCH", f"/organizations/{OWN}/default-region", {"defaultRegionId": region})
    assert 204 == answer.status_code
    assert (400, "No available runners") == await api.refusal("POST", "/sandbox", {})
    assert "us" == (await api.made(target="us"))["target"]
    assert (404, "Region not found") == await api.refusal(
        "PATCH", f"/organizations/{OWN}/default-region", {"defaultRegionId": "mars"}
    )


async def test_where_telemetry_goes_is_kept(api: Api) -> None:
    configs = api.client.otel_configs
    with pytest.raises(DaytonaNotFoundError):
        await configs.get(OWN)
    await configs.update(OWN, "https://otel.example.com:4318", {"x-key": "throw-away"})
    found = await configs.get(OWN)
    assert ("https://otel.example.com:4318", {"x-key": "throw-away"}) == (found.endpoint, found.headers)
    assert found == (await api.client.organizations.get(OWN)).otel_config
    await configs.delete(OWN)
    with pytest.raises(DaytonaNotFoundError):
        await configs.delete(OWN)
    assert 400 == (await api.refusal("PUT", f"/organizations/{OWN}/otel-config", {"headers": "x"}))[0]


async def test_a_suspended_organization_reads_and_makes_nothing(api: Api) -> None:
    await api.made(name="a")
    until = datetime.fromtimestamp(api.clock.now() + 60, UTC)
    await api.client.organizations.suspend(OWN, "unpaid", until)
    suspended = (403, "Organization is suspended: unpaid")
    assert suspended == await api.refusal("POST", "/sandbox", {})
    assert 200 == (await api.call("GET", "/sandbox/a")).status_code
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    assert suspended == await api.refusal("POST", "/sandbox/a/start")
    api.clock.advance(60)
    assert not (await api.client.organizations.get(OWN)).suspended
    assert 200 == (await api.call("POST", "/sandbox/a/start")).status_code


async def test_a_suspension_can_be_ended(api: Api) -> None:
    assert 204 == (await api.call("POST", f"/organizations/{OWN}/suspend")).status_code
    assert (403, "Organization is suspended") == await api.refusal("POST", "/sandbox", {})
    await api.client.organizations.unsuspend(OWN)
    assert 200 == (await api.call("POST", "/sandbox", {})).status_code


async def test_a_suspension_stops_warm_pools_too(api: Api) -> None:
    await api.client.warm_pool.create("daytona-local:default", 1)
    await api.client.organizations.suspend(OWN, "unpaid", "2100-01-01T00:00:00Z")
    assert 403 == (await api.refusal("POST", "/sandbox", {}))[0]


async def test_the_organization_of_a_sandbox(api: Api) -> None:
    sandbox = await api.made()
    assert OWN == (await api.client.organizations.of_sandbox(sandbox["id"])).id


async def test_roles_through_the_client(api: Api) -> None:
    roles = api.client.roles
    known = await roles.list(OWN)
    assert ("Developer", True) == (known[0].name, known[0].is_global)
    made = await roles.create(OWN, "deployer", "deploys", ["write:snapshots"])
    changed = await roles.update(
        OWN, made.id, "deployer", "deploys more", ["write:snapshots", "write:sandboxes"]
    )
    assert [*known, changed] == await roles.list(OWN)
    await roles.delete(OWN, made.id)
    assert known == await roles.list(OWN)
    with pytest.raises(DaytonaForbiddenError, match="Global roles cannot be deleted"):
        await roles.delete(OWN, known[0].id)


async def test_a_role_of_another_organization_is_not_there(api: Api) -> None:
    other = await api.client.organizations.create("other", "us")
    role = await api.client.roles.create(other.id, "a", "b", [])
    said = (404, f"Organization role with ID {role.id} not found")
    assert said == await api.refusal("DELETE", f"/organizations/{OWN}/roles/{role.id}")
    assert 400 == (await api.refusal("POST", f"/organizations/{OWN}/roles", {"name": "a"}))[0]


async def test_who_is_invited_and_accepts_is_a_member(api: Api) -> None:
    invitations, members = api.client.invitations, api.client.members
    role = await api.client.roles.create(OWN, "deployer", "deploys", [])
    sent = await invitations.create(OWN, "Ada@example.com", "member", [role.id])
    assert ("pending", "ada@example.com", "daytona-local") == (
        sent.status,
        sent.email,
        sent.organization_name,
    )
    assert 1 == await invitations.count_mine()
    assert [sent.id] == [one.id for one in await invitations.list_mine()]
    assert "accepted" == (await invitations.accept(sent.id)).status
    assert [] == await invitations.list(OWN)
    ada = (await members.list(OWN))[1]
    assert ("ada@example.com", "member", ["deployer"]) == (
        ada.email, ada.role, [one.name for one in ada.assigned_roles]
    )  # fmt: skip
    changed = await members.update_access(OWN, ada.user_id, "owner", [])
    assert ("owner", []) == (changed.role, changed.assigned_roles)
    await members.delete(OWN, ada.user_id)
    assert 1 == len(await members.list(OWN))
    with pytest.raises(DaytonaNotFoundError):
        await members.delete(OWN, ada.user_id)


async def test_the_last_owner_stays(api: Api) -> None:
    own = (await api.client.members.list(OWN))[0]
    body = {"role": "member", "assignedRoleIds": []}
    said = await api.refusal("POST", f"/organizations/{OWN}/users/{own.user_id}/access", body)
    assert (403, "The organization must have at least one owner") == said


async def test_an_invitation_is_changed_cancelled_or_declined_once(api: Api) -> None:
    invitations = api.client.invitations
    first = await invitations.create(OWN, "a@example.com", "member", [])
    assert "owner" == (await invitations.update(OWN, first.id, "owner", [])).role
    await invitations.cancel(OWN, first.id)
    path = f"/organizations/{OWN}/invitations/{first.id}"
    assert (403, f"Invitation with ID {first.id} is already cancelled") == await api.refusal(
        "POST", f"{path}/cancel"
    )
    second = await invitations.create(OWN, "a@example.com", "member", [])
    await invitations.decline(second.id)
    third = await invitations.create(OWN, "a@example.com", "member", [])
    api.clock.advance(7 * 24 * 3600)
    assert [] == await invitations.list(OWN)
    said = await api.refusal("POST", f"/organizations/invitations/{third.id}/accept")
    assert (403, f"Invitation with ID {third.id} is expired") == said


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"email": "nobody"}, 400, "email must be an email"),
        ({"email": "a@b", "role": "king"}, 400, None),
        ({"email": "a@b", "assignedRoleIds": ["nope"]}, 400, "One or more role IDs are invalid"),
        ({"email": "taken@b"}, 409, 'User with email "taken@b" already invited to this organization'),
        (
            {"email": "daytona-local@localhost"},
            409,
            "User with email daytona-local@localhost is already associated with this organization",
        ),
    ],
)
async def test_an_invitation_that_can_t_be(
    api: Api, body: dict[str, Any], status: int, message: str | None
) -> None:
    await api.client.invitations.create(OWN, "taken@b", "member", [])
    found = await api.refusal("POST", f"/organizations/{OWN}/invitations", body)
    assert status == found[0]
    assert message in (None, found[1])


async def test_identity_providers_through_the_client(api: Api) -> None:
    providers = api.client.identity_providers
    made = await providers.create(
        OWN,
        "corp",
        issuer_url="https://id.example.com",
        client_id="daytona",
        client_secret="throw-away",
        email_domains=["example.com"],
    )
    assert "throw-away" not in str(made)
    assert made == await providers.get(OWN, made.id)
    changed = await providers.update(OWN, made.id, enabled=False, client_id="other")
    assert changed.oidc_config is not None
    assert (False, "other", "https://id.example.com", ["example.com"]) == (
        changed.enabled, changed.oidc_config.client_id, changed.oidc_config.issuer_url, changed.email_domains
    )  # fmt: skip
    assert [changed] == await providers.list(OWN)
    await providers.delete(OWN, made.id)
    assert [] == await providers.list(OWN)
    assert 400 == (await api.refusal("POST", f"/organizations/{OWN}/identity-providers", {"name": "a"}))[0]


async def test_the_user_and_what_webhooks_say(api: Api) -> None:
    assert "daytona-local" == (await api.client.users.get_me()).id
    assert [] == await api.client.users.list_pending_sso_links()
    with pytest.raises(DaytonaNotFoundError):
        await api.client.webhooks.get_initialization_status(OWN)
