"""Read: tell a resource as it is, for a refresh, and for what a program imports or looks up by id or name."""

from __future__ import annotations

import asyncio
from typing import Any

from pulumi_daytona.core.definition import Live, State
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.operation import limit
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import Change
from pulumi_daytona.plugin.importing import found, imported_inputs, seeds
from pulumi_daytona.plugin.kept import VERSION_KEY, Given, outputs_of, state_of, written_inputs
from pulumi_daytona.plugin.naming import kind_of
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.wire import from_wire, input_types


async def read(session: Session, request: provider_pb2.ReadRequest) -> provider_pb2.ReadResponse:
    """Read a resource; one that is gone has no id, and one that never was has nothing at all.

    Args:
        session: The session.
        request: The request; without a state of ours it imports.

    Raises:
        ProviderError: It can't be known whether it is there.
        RefusedError: A newer version has written the state, or the kind can't be imported.
    """
    kind = kind_of(request.type or request.urn)
    session.in_state.add(request.id)
    olds, inputs = Given.of(request.properties), Given.of(request.inputs)
    try:
        async with asyncio.timeout(limit(request.timeout, 0)):
            if VERSION_KEY not in olds.properties:
                return await _imported(session, kind, request.id)
            return await _refreshed(session, kind, request.id, olds, inputs)
    except TimeoutError:
        raise ProviderError(f"read {kind} {request.id}: not done within {request.timeout:g} s") from None


async def _refreshed(
    session: Session, kind: str, id_: str, olds: Given, inputs: Given
) -> provider_pb2.ReadResponse:
    definition, state = definition_of(kind), state_of(kind, olds, inputs)
    live = await definition.verbs.read(session, id_, state)
    if live is None:
        return provider_pb2.ReadResponse()
    declared = from_wire(inputs.properties, input_types(kind))
    now = definition.state(definition.declared(state), live)
    hidden = {key: value for key, value in inputs.properties.items() if key.startswith("__")}
    secrets = (*olds.secrets, *inputs.secrets)
    return provider_pb2.ReadResponse(
        id=live.id,
        properties=outputs_of(kind, definition.declared(state), live, secrets),
        inputs=written_inputs(kind, _as_read(kind, declared, now), secrets, **hidden),
    )


def _as_read(kind: str, declared: dict[str, Any], now: State) -> dict[str, Any]:
    """Return the inputs as they read now, those that still mean the same as the program wrote them."""
    read: dict[str, Any] = {}
    for name, trait in definition_of(kind).inputs.traits().items():
        if name not in declared:
            continue
        old, new = declared[name], now.get(name)
        kept = trait.change is Change.NONE or (new is not None and trait.same(old, new))
        read[name] = old if kept else new
    return {name: value for name, value in read.items() if value is not None}


async def _imported(session: Session, kind: str, id_: str) -> provider_pb2.ReadResponse:
    seed = seeds(session, kind, id_)
    live: Live | None = await found(session, kind, id_, seed)
    if live is None:
        return provider_pb2.ReadResponse()
    session.in_state.add(live.id)
    inputs = await imported_inputs(session, kind, live, seed)
    return provider_pb2.ReadResponse(
        id=live.id,
        properties=outputs_of(kind, inputs, live, ()),
        inputs=written_inputs(kind, inputs, ()),
    )
