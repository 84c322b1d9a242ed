"""What the dynamic provider has made of any inputs of any kind is no change for the plugin, once migrated."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pulumi_daytona.core.check import check as check_inputs
from pulumi_daytona.core.definition import Live
from pulumi_daytona.core.resources import RESOURCES, definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings
from pulumi_daytona.plugin.checking import check
from pulumi_daytona.plugin.codec import decode, encode
from pulumi_daytona.plugin.differing import diff
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import plain
from pulumi_daytona.plugin.wire import input_types, to_wire

from tests.unit.pulumi_daytona.given import inputs_of
from tests.unit.pulumi_daytona.plugin.exported import HERE, dynamic, migrated, sealed, state

SESSION = Session(Settings(api_key="nobody asks"))


def revealed(value: Any) -> Any:
    """Return properties of an exported state with the secrets in the open."""
    if isinstance(value, dict):
        text = value.get("plaintext") or value.get("inside")
        return json.loads(text) if text else {key: revealed(item) for key, item in value.items()}
    return [revealed(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", RESOURCES)
@settings(max_examples=10)
@given(data=st.data())
def test_it_is_as_the_program_says(kind: str, data: st.DataObject) -> None:
    inputs = data.draw(inputs_of(definition_of(kind)))
    inputs.pop("owner", None)
    expected = check_inputs(definition_of(kind), inputs)
    assume(not expected.failures)
    hidden = data.draw(st.sets(st.sampled_from([*expected.inputs, "nothing"])))
    kept = {name: sealed(value) if name in hidden else value for name, value in expected.inputs.items()}
    made = definition_of(kind).state(kept, Live("id", {}))
    before = dynamic(kind, "it", inputs=kept, outputs=made)
    [_, after] = migrated(state(before)).state["deployment"]["resources"]
    assert f"{HERE}::daytona:index:{kind}::it" == after["urn"]

    news = provider_pb2.CheckRequest(urn=after["urn"], news=encode(to_wire(inputs, input_types(kind))))
    request = provider_pb2.DiffRequest(
        id="id",
        urn=after["urn"],
        olds=encode(revealed(after["outputs"])),
        old_inputs=encode(revealed(after["inputs"])),
        news=asyncio.run(check(None, news)).inputs,
    )
    difference = asyncio.run(diff(SESSION, request))
    assert provider_pb2.DiffResponse.DIFF_NONE == difference.changes, difference
    assert plain(decode(request.news)) == plain(decode(request.old_inputs))
