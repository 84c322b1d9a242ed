"""Names: those that follow from who a resource is, unless the project's settings order others."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_daytona.plugin.codec import decode
from pulumi_daytona.plugin.naming import AUTONAMED
from pulumi_daytona.plugin.protocol import provider_pb2

from tests.rpc.engine import Engine

Options = provider_pb2.CheckRequest.AutonamingOptions


def options(mode: Any, name: str = "") -> Options:
    return Options(mode=mode, proposed_name=name)


async def test_a_proposal_is_for_those_that_have_no_names_of_their_own(engine: Engine) -> None:
    assert {} == await engine.check("Sandbox", {}, autonaming=options(Options.PROPOSE, "it-1234567"))
    named = await engine.check("Sandbox", {"name": "a"}, autonaming=options(Options.ENFORCE, "b"))
    assert {"name": "a"} == named


async def test_an_order_names_what_is_made_and_stays(engine: Engine) -> None:
    ordered = {"name": "ordered-1", AUTONAMED: True}
    assert ordered == await engine.check("Sandbox", {}, autonaming=options(Options.ENFORCE, "ordered-1"))
    again = options(Options.ENFORCE, "ordered-2")
    assert ordered == await engine.check("Sandbox", {}, olds=ordered, autonaming=again)
    assert ordered == await engine.check("Sandbox", {}, olds=ordered, autonaming=options(Options.PROPOSE))
    before = {"labels": {"a": "b"}}
    assert {} == await engine.check("Sandbox", {}, olds=before, autonaming=again)


async def test_a_project_without_autonaming_has_to_name_everything(engine: Engine) -> None:
    answer = await engine.checked("Sandbox", {}, autonaming=options(Options.DISABLE))
    assert ["name"] == [each.property for each in answer.failures]
    await engine.check("Sandbox", {"name": "a"}, autonaming=options(Options.DISABLE))
    await engine.check("PreviewUrl", {"sandboxId": "a", "port": 80}, autonaming=options(Options.DISABLE))


async def test_a_replacement_under_an_ordered_name_comes_first(engine: Engine) -> None:
    engine.inputs = {"name": "ordered", AUTONAMED: True, "user": "a"}
    engine.outputs = {**engine.inputs, "state": "started"}
    answer = await engine.diff("Sandbox", "an id", {"user": "b"})
    assert (["user"], False) == ([*answer.replaces], answer.deleteBeforeReplace)


@pytest.mark.parametrize("parent", ["", "my:component:Box$"])
async def test_a_resource_in_a_component_is_of_its_own_kind(engine: Engine, parent: str) -> None:
    urn = f"urn:pulumi:dev::test::{parent}daytona:index:Sandbox::it"
    answer = await engine.stub.Check(provider_pb2.CheckRequest(urn=urn))
    assert {} == decode(answer.inputs)
