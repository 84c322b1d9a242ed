"""What is special about some records: values shown once, what there can be only one of, who was invited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from daytona_httpx import CreateSecretParams
from pulumi_daytona.core.definition import State
from pulumi_daytona.core.diff import diff
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.resources.ssh_access import SSH_ACCESS
from pulumi_daytona.core.traits import Change

from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

API_KEY, DOCKER_REGISTRY = definition_of("ApiKey"), definition_of("DockerRegistry")
REGION, RUNNER, SECRET = definition_of("Region"), definition_of("Runner"), definition_of("Secret")
INVITATION, MEMBER = definition_of("OrganizationInvitation"), definition_of("OrganizationMember")
SANDBOX, WARM_POOL = definition_of("Sandbox"), definition_of("WarmPool")
PROXY = "https://proxy.example.com"


def kept(state: State, *names: str) -> list[Any]:
    """Return values of a state; each must be there."""
    values = [state.get(name) for name in names]
    assert all(values), f"one of {names} is missing"
    return values


async def test_the_value_of_a_key_is_kept_through_a_refresh(stack: Stack) -> None:
    made = await stack.up(API_KEY, permissions=[])
    before = kept(made.state, "value")
    await stack.refresh()
    assert before == kept(made.state, "value")


async def test_the_time_at_which_a_key_ends_may_be_spelled_in_another_way(stack: Stack) -> None:
    made = await stack.up(API_KEY, permissions=[], expires_at="2030-01-31T12:00:00Z")
    await stack.refresh()
    again = await stack.up(API_KEY, permissions=[], expires_at="2030-01-31T13:00:00+01:00")
    assert made is again


async def test_the_keys_of_a_region_are_kept_through_a_refresh_and_a_change(stack: Stack) -> None:
    names = ("proxy_api_key", "snapshot_manager_username", "snapshot_manager_password")
    urls = {"proxy_url": PROXY, "snapshot_manager_url": "https://manager.example.com"}
    made = await stack.up(REGION, **urls)
    before = kept(made.state, *names)
    await stack.refresh()
    await stack.up(REGION, **{**urls, "proxy_url": "https://other.example.com"})
    assert before == kept(made.state, *names)


async def test_a_service_that_a_region_gets_later_has_a_key(stack: Stack) -> None:
    made = await stack.up(REGION)
    assert made.state["ssh_gateway_api_key"] is None
    await stack.up(REGION, ssh_gateway_url="https://ssh.example.com")
    kept(made.state, "ssh_gateway_api_key")


async def test_a_rotation_gives_a_region_a_new_key_and_leaves_the_others(stack: Stack) -> None:
    urls = {"proxy_url": PROXY, "ssh_gateway_url": "https://ssh.example.com"}
    made = await stack.up(REGION, **urls, proxy_rotation="1")
    proxy, gateway = kept(made.state, "proxy_api_key", "ssh_gateway_api_key")
    await stack.up(REGION, **urls, proxy_rotation="2")
    assert gateway == made.state["ssh_gateway_api_key"]
    assert proxy != made.state["proxy_api_key"]


async def test_an_address_that_is_no_longer_given_is_cleared(stack: Stack) -> None:
    made = await stack.up(REGION, proxy_url=PROXY)
    await stack.up(REGION)
    await stack.refresh()
    assert made.state["proxy_url"] is None


async def test_the_key_of_a_runner_is_kept(stack: Stack) -> None:
    region = await stack.up(REGION, "region")
    made = await stack.up(RUNNER, region_id=region.id, unschedulable=True)
    before = kept(made.state, "api_key")
    await stack.refresh()
    await stack.up(RUNNER, region_id=region.id)
    assert (before, False) == (kept(made.state, "api_key"), made.state["unschedulable"])


async def test_a_secret_s_value_is_compared_with_what_was_last_set(stack: Stack) -> None:
    made = await stack.up(SECRET, value="v1", description="d")
    await stack.refresh()
    assert "v1" == made.state["value"]
    stack.transport.requests.clear()
    await stack.up(SECRET, value="v1", description="d")
    assert [] == stack.transport.requests


async def test_a_secret_whose_logical_name_begins_with_a_digit_has_a_name_that_it_may_have(
    stack: Stack,
) -> None:
    made = await stack.up(SECRET, "1st", value="v")
    assert made.state["name"].startswith("_1st-")
    stack.forget("1st")
    assert made.id == (await stack.up(SECRET, "1st", value="v")).id


async def test_what_changed_outside_is_seen_and_put_right(stack: Stack) -> None:
    secret = await stack.up(SECRET, value="v", hosts=["a.example.com"])
    registry = await stack.up(DOCKER_REGISTRY, "r", url="https://a.example.com", username="u", password="p")
    client = stack.session.client
    await client.docker_registries.update(registry.id, registry.state["name"], "https://b.example.com", "u")
    assert await stack.refresh("r") is registry
    assert "https://b.example.com" == registry.state["url"]
    await stack.up(DOCKER_REGISTRY, "r", url="https://a.example.com", username="u", password="p")
    assert "https://a.example.com" == (await client.docker_registries.get(registry.id)).url
    await client.secret.delete(secret.id)
    assert await stack.refresh() is None


@pytest.mark.parametrize("adopt", [False, True])
async def test_a_fixed_name_that_is_taken_is_an_error_unless_it_is_adopted(stack: Stack, adopt: bool) -> None:
    there = await stack.session.client.secret.create(CreateSecretParams(name="TOKEN", value="theirs"))
    if adopt:
        assert there.id == (await stack.up(SECRET, name="TOKEN", value="ours", adopt=True)).id
        return
    with pytest.raises(ProviderError, match='create secret "TOKEN": the name is taken; ') as error:
        await stack.up(SECRET, name="TOKEN", value="hush")
    assert "hush" not in str(error.value)
    assert there == await stack.session.client.secret.get(there.id)


async def test_one_more_registry_of_a_fixed_name_is_one_more(stack: Stack) -> None:
    given = {"name": "same", "url": "https://a.example.com", "username": "u", "password": "p"}
    first = await stack.up(DOCKER_REGISTRY, "a", **given)
    stack.transport.lost["POST /docker-registry"] = 1
    second = await stack.up(DOCKER_REGISTRY, "b", **given)
    assert {first.id, second.id} == {each.id for each in await stack.session.client.docker_registries.list()}
    assert first.id != second.id


async def test_a_warm_pool_of_the_same_snapshot_is_an_error_unless_it_is_adopted(stack: Stack) -> None:
    snapshot = (await stack.session.client.snapshot.list()).items[0]
    there = await stack.session.client.warm_pool.create(snapshot.name, 1)
    with pytest.raises(ProviderError, match=r'create warm pool ".*": there is a pool of this snapshot'):
        await stack.up(WARM_POOL, snapshot=snapshot.name, pool=2)
    adopted = await stack.up(WARM_POOL, snapshot=snapshot.id, pool=2, adopt=True)
    assert (there.id, 2) == (adopted.id, adopted.state["pool"])


async def test_a_warm_pool_whose_answer_is_lost_is_made_once(stack: Stack) -> None:
    snapshot = (await stack.session.client.snapshot.list()).items[0].name
    stack.transport.lost["POST /warm-pools"] = 1
    made = await stack.up(WARM_POOL, snapshot=snapshot, pool=1)
    assert [made.id] == [pool.id for pool in await stack.session.client.warm_pool.list()]


async def test_an_invitation_that_was_accepted_stays_and_leaves_a_member(stack: Stack) -> None:
    given = {"organization_id": stack.organization_id, "email": "ada@example.com", "role": "member"}
    made = await stack.up(INVITATION, **given, assigned_role_ids=[])
    invitations = stack.session.client.invitations
    await invitations.accept(made.id)
    assert await stack.refresh() is made
    assert "accepted" == made.state["status"]
    stack.transport.requests.clear()
    await stack.up(INVITATION, **given, assigned_role_ids=[])
    assert [] == stack.transport.requests
    with pytest.raises(ProviderError, match="it was accepted; declare an OrganizationMember"):
        await stack.up(INVITATION, **{**given, "role": "owner"}, assigned_role_ids=[])
    await stack.destroy()
    emails = [member.email for member in await stack.session.client.members.list(stack.organization_id)]
    assert "ada@example.com" in emails


async def test_a_member_s_role_is_set_changed_and_ended(stack: Stack) -> None:
    client, organization_id = stack.session.client, stack.organization_id
    sent = await client.invitations.create(organization_id, "ada@example.com", "member", [])
    await client.invitations.accept(sent.id)
    members = await client.members.list(organization_id)
    user_id = next(member.user_id for member in members if member.email == "ada@example.com")
    given = {"organization_id": organization_id, "user_id": user_id, "assigned_role_ids": []}
    made = await stack.up(MEMBER, **given, role="member")
    await stack.up(MEMBER, **given, role="owner")
    assert await stack.refresh() is made
    assert "owner" == made.state["role"]
    await stack.destroy()
    assert await MEMBER.verbs.read(stack.session, made.id, made.state) is None


async def test_an_organization_that_is_not_known_is_one_clear_line(stack: Stack) -> None:
    with pytest.raises(ProviderError, match='create member "u": the organization is not known; set organ'):
        await stack.up(MEMBER, user_id="u", role="member", assigned_role_ids=[])


async def test_a_token_for_ssh_is_made_kept_and_only_it_is_revoked(stack: Stack) -> None:
    box = await stack.up(SANDBOX, "box")
    first = await stack.up(SSH_ACCESS, sandbox_id=box.id)
    token = kept(first.state, "token")[0]
    await stack.refresh()
    stack.transport.requests.clear()
    assert first is await stack.up(SSH_ACCESS, sandbox_id=box.id)
    assert [] == stack.transport.requests
    second = await stack.up(SSH_ACCESS, sandbox_id=box.id, expires_in_minutes=5)
    assert token != second.state["token"]
    assert 2 == sum(asked.startswith(("POST", "DELETE")) for asked in stack.transport.requests)
    sandbox = await stack.session.client.get(box.id)
    valid = [(await sandbox.validate_ssh_access(each)).valid for each in (token, second.state["token"])]
    assert [False, True] == valid
    assert await stack.refresh() is second
    await stack.destroy()
    await stack.destroy("box")
    await SSH_ACCESS.verbs.delete(stack.session, second.id, second.state)
    assert await SSH_ACCESS.verbs.read(stack.session, second.id, second.state) is None


async def test_a_token_that_only_the_gateway_may_ask_for_stays_until_it_ends(stack: Stack) -> None:
    box = await stack.up(SANDBOX, "box")
    made = await stack.up(SSH_ACCESS, sandbox_id=box.id)
    stack.transport.refusals["/sandbox/ssh-access/validate"] = (403, "Invalid authentication context")
    assert await stack.refresh() is made
    kept(made.state, "token", "ssh_command")
    made.state["expires_at"] = "2020-01-01T00:00:00Z"
    assert await stack.refresh() is None
    stack.transport.refusals.clear()
    await stack.destroy("box")


async def test_a_target_that_only_the_collector_may_read_is_kept(stack: Stack) -> None:
    given = {"organization_id": stack.organization_id, "endpoint": "https://otel.example.com"}
    made = await stack.up(definition_of("OrganizationOtelConfig"), **given)
    stack.transport.refusals["/organizations"] = (403, "Access denied")
    assert await stack.refresh() is made
    assert "https://otel.example.com" == made.state["endpoint"]


@pytest.mark.parametrize(("minutes", "changes"), [(-1, {"expires_at": Change.REPLACE}), (1, {})])
def test_a_token_for_ssh_that_has_ended_is_replaced(minutes: int, changes: dict[str, Change]) -> None:
    ends = datetime.now(UTC) + timedelta(minutes=minutes)
    state = {"sandbox_id": "s", "token": "t", "expires_at": ends.isoformat(), "declared": ["sandbox_id"]}
    assert changes == dict(diff(SSH_ACCESS, state, {"sandbox_id": "s"}).changes)
