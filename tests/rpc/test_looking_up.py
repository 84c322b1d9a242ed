"""Functions and lists over the protocol."""

from __future__ import annotations

import grpc
import pytest
from daytona_httpx import AsyncDaytona, CreateSandboxFromSnapshotParams
from daytona_local import LocalDaytona
from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.plugin.codec import encode
from pulumi_daytona.plugin.listing import LISTS
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import Secret
from pulumi_daytona.schema.naming import camel

from tests.engine.control import Control
from tests.rpc.engine import Engine, failing


async def listed(engine: Engine, kind: str, **how: object) -> tuple[list[tuple[str, str]], str]:
    """Return what a list names, and where it goes on."""
    request = provider_pb2.ListRequest(token=f"daytona:index:{kind}", **how)  # type: ignore[arg-type]
    answers = [each async for each in engine.stub.List(request)]
    found = [(each.result.id, each.result.name) for each in answers if each.HasField("result")]
    return found, answers[-1].continuation.continuation_token if answers else ""


async def test_an_object_is_told_by_the_wire_s_names_and_its_secrets_are_secret(
    engine: Engine, client: AsyncDaytona
) -> None:
    params = CreateSandboxFromSnapshotParams(name="one", labels={"my_key": "1"}, env_vars={"MY_ENV": "hush"})
    made = await client.create(params)
    found = await engine.invoke("getSandbox", sandbox="one")
    assert (made.id, 15, {"my_key": "1"}) == (
        found["id"],
        found["autoStopInterval"],
        {"my_key": found["labels"]["my_key"]},
    )
    assert Secret({"MY_ENV": "hush"}) == found["env"]


async def test_lists_and_bare_values_are_in_an_object(engine: Engine, client: AsyncDaytona) -> None:
    await client.create(CreateSandboxFromSnapshotParams(name="one", env_vars={"A": "hush"}))
    [one] = (await engine.invoke("listSandboxes"))["items"]
    assert "one" == one["name"]


@pytest.mark.parametrize("name", [camel(each.name) for each in every_look_up()])
async def test_every_function_is_there(engine: Engine, name: str) -> None:
    request = provider_pb2.InvokeRequest(tok=f"daytona:index:{name}", args=encode({"nonsense": 1}))
    [failure] = (await engine.stub.Invoke(request)).failures
    assert ("nonsense", True) == (failure.property, "there is no argument of this name" in failure.reason)


async def test_what_a_function_is_refused_is_one_line_with_its_code(engine: Engine, control: Control) -> None:
    with failing() as failed:
        await engine.invoke("getSandbox", sandbox="nobody")
    assert (grpc.StatusCode.NOT_FOUND, True) == (failed[0].code, 'getSandbox "nobody"' in failed[0].text)
    with failing() as failed:
        await engine.invoke("getSandbox")
    assert (grpc.StatusCode.FAILED_PRECONDITION, True) == (failed[0].code, "is missing" in failed[0].text)
    with failing() as failed:
        await engine.invoke("getSandboxx", sandbox="a")
    assert (grpc.StatusCode.UNIMPLEMENTED, True) == (failed[0].code, "getSandbox?" in failed[0].text)
    control.fault(method="GET", path="/api/sandbox/*", status=403)
    with failing() as failed:
        await engine.invoke("getSandbox", sandbox="a")
    assert grpc.StatusCode.PERMISSION_DENIED == failed[0].code


async def test_resources_are_listed_page_by_page(engine: Engine, client: AsyncDaytona) -> None:
    names = ["a", "b", "c"]
    made = {name: (await client.volume.create(name)).id for name in names}
    everything = [(made[name], name) for name in names]
    whole, end = await listed(engine, "Volume")
    assert (everything, "") == (sorted(whole, key=lambda each: each[1]), end)
    first, token = await listed(engine, "Volume", page_size=2)
    rest, end = await listed(engine, "Volume", page_size=2, continuation_token=token)
    assert (whole, "") == ([*first, *rest], end)
    assert (whole[:1], "") == await listed(engine, "Volume", limit=1)
    for name in names:
        await client.volume.delete(await client.volume.get(name))


async def test_of_snapshots_those_that_were_taken_of_a_sandbox_are_a_kind_of_their_own(
    engine: Engine, client: AsyncDaytona
) -> None:
    box = await client.create()
    await box.create_snapshot("taken")
    taken = await client.snapshot.get("taken")
    assert ([(taken.id, "taken")], "") == await listed(engine, "SandboxSnapshot")
    await client.snapshot.delete(taken)
    await box.delete()


@pytest.mark.parametrize("kind", sorted(LISTS))
async def test_every_list_is_answered(
    bare: Engine, server: LocalDaytona, client: AsyncDaytona, kind: str
) -> None:
    [organization, *_] = await client.organizations.list()
    await bare.configure(apiKey=server.api_key, apiUrl=server.api_url, organizationId=organization.id)
    assert "" == (await listed(bare, kind))[1]


async def test_what_can_t_be_listed_says_so(engine: Engine) -> None:
    with failing() as failed:
        await listed(engine, "SshAccess")
    assert (grpc.StatusCode.UNIMPLEMENTED, True) == (failed[0].code, "can't be listed" in failed[0].text)
