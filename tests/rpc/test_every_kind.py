"""What holds for any inputs of any kind: the wire changes nothing, and nothing differs from itself."""

from __future__ import annotations

import asyncio
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
from pulumi_daytona.plugin.kept import outputs_of
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import plain
from pulumi_daytona.plugin.wire import from_wire, input_types, state_types, to_wire
from pulumi_daytona.schema.naming import camel

from tests.unit.pulumi_daytona.given import inputs_of

NONE = provider_pb2.DiffResponse.DIFF_NONE
SESSION = Session(Settings(api_key="nobody asks"))


def urn(kind: str) -> str:
    return f"urn:pulumi:dev::test::daytona:index:{kind}::it"


def checked(kind: str, news: dict[str, Any]) -> provider_pb2.CheckResponse:
    request = provider_pb2.CheckRequest(urn=urn(kind), news=encode(news))
    answer = asyncio.run(check(None, request))
    assert [] == [*answer.failures]
    return answer


@pytest.mark.parametrize("kind", RESOURCES)
@settings(max_examples=10)
@given(data=st.data())
def test_the_wire_changes_nothing_of_what_is_checked(kind: str, data: st.DataObject) -> None:
    inputs = data.draw(inputs_of(definition_of(kind), unknown=True))
    inputs.pop("owner", None)
    expected = check_inputs(definition_of(kind), inputs)
    assume(not expected.failures)
    answer = checked(kind, to_wire(inputs, input_types(kind)))
    assert expected.inputs == from_wire(plain(decode(answer.inputs)), input_types(kind))
    assert answer == checked(kind, decode(answer.inputs))


@pytest.mark.parametrize("kind", RESOURCES)
@settings(max_examples=10)
@given(data=st.data())
def test_what_was_made_of_inputs_is_as_they_say(kind: str, data: st.DataObject) -> None:
    inputs = data.draw(inputs_of(definition_of(kind)))
    inputs.pop("owner", None)
    expected = check_inputs(definition_of(kind), inputs)
    assume(not expected.failures)
    news = checked(kind, to_wire(inputs, input_types(kind))).inputs
    olds = outputs_of(kind, expected.inputs, Live("id", {}), ())
    difference = provider_pb2.DiffRequest(id="id", urn=urn(kind), olds=olds, old_inputs=news, news=news)
    assert NONE == asyncio.run(diff(SESSION, difference)).changes


@pytest.mark.parametrize("kind", RESOURCES)
def test_every_property_has_a_name_of_its_own_on_the_wire(kind: str) -> None:
    names = [*state_types(kind)]
    assert len(names) == len({camel(name) for name in names})
    assert "owner" not in names
