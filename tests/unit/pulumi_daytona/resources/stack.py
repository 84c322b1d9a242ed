"""A stack without an engine: declares resources as the engine does, and keeps what it would keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx
from pulumi_daytona.core.check import check
from pulumi_daytona.core.definition import Definition, State
from pulumi_daytona.core.diff import diff
from pulumi_daytona.core.ownership import owner_of
from pulumi_daytona.core.session import Session


class LossyTransport(httpx.AsyncBaseTransport):
    """Pass requests on, note them, and lose the answers to some.

    Attributes:
        requests: What was asked: ``POST /secret``, for example.
        lost: How many answers are still to be lost, by what was asked.
        refusals: What is answered instead, status and message, by how the path begins.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.requests: list[str] = []
        self.lost: dict[str, int] = {}
        self.refusals: dict[str, tuple[int, str]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, or fail after it was carried out."""
        asked = f"{request.method} {request.url.path.removeprefix('/api')}"
        self.requests.append(asked)
        for path, (status, message) in self.refusals.items():
            if asked.partition(" ")[2].startswith(path):
                return httpx.Response(status, json={"statusCode": status, "message": message})
        response = await self._inner.handle_async_request(request)
        if self.lost.get(asked, 0):
            self.lost[asked] -= 1
            raise httpx.ReadError("the connection was closed", request=request)
        return response

    @property
    def changes(self) -> list[str]:
        """Return what was asked that may change something."""
        return [asked for asked in self.requests if not asked.startswith(("GET", "HEAD"))]


@dataclass
class Resource:
    """Hold what the engine keeps of a resource."""

    definition: Definition[Any]
    id: str
    state: State


@dataclass
class Stack:
    """Do with resources what the engine does.

    Args:
        session: The provider's session.
        transport: Notes the requests.
        organization_id: Id of the server's organization.
    """

    session: Session
    transport: LossyTransport
    organization_id: str
    resources: dict[str, Resource] = field(default_factory=dict)

    def inputs(self, definition: Definition[Any], name: str, given: dict[str, Any]) -> dict[str, Any]:
        """Return the checked inputs of a resource."""
        urn = f"urn:pulumi:dev::test::pulumi-python:dynamic/daytona:{definition.name}::{name}"
        checked = check(definition, {**given, "owner": owner_of("acme", urn)})
        assert () == checked.failures
        return checked.inputs

    async def up(self, definition: Definition[Any], name: str = "it", /, **given: Any) -> Resource:
        """Declare a resource: create it, update it, replace it, or leave it."""
        inputs = self.inputs(definition, name, given)
        old = self.resources.get(name)
        if old is None:
            return await self._create(definition, name, inputs)
        self.session.in_state.add(old.id)
        difference = diff(definition, old.state, inputs)
        if difference.replaces:
            return await self._replace(old, name, inputs, delete_first=difference.delete_before_replace)
        if difference.changes:
            model = definition.inputs.model_validate(inputs)
            live = await definition.verbs.update(self.session, old.id, old.state, model)
            old.state = definition.state(model.plain(), live)
        return old

    async def refresh(self, name: str = "it") -> Resource | None:
        """Read a resource; one that is gone leaves the stack."""
        old = self.resources[name]
        live = await old.definition.verbs.read(self.session, old.id, old.state)
        if live is None:
            return self.resources.pop(name) and None
        old.state = old.definition.state(old.definition.declared(old.state), live)
        return old

    async def replace(self, name: str = "it") -> Resource:
        """Replace a resource that doesn't differ, as ``--target-replace`` does."""
        old = self.resources[name]
        self.session.in_state.add(old.id)
        return await self._replace(old, name, old.definition.declared(old.state), delete_first=False)

    async def destroy(self, name: str = "it") -> None:
        """Delete a resource."""
        old = self.resources.pop(name)
        await old.definition.verbs.delete(self.session, old.id, old.state)

    def forget(self, name: str = "it") -> Resource:
        """Lose a resource, as an engine does that is killed before it has written its state."""
        self.session.in_state.discard(self.resources[name].id)
        return self.resources.pop(name)

    async def _replace(
        self, old: Resource, name: str, inputs: dict[str, Any], *, delete_first: bool
    ) -> Resource:
        if delete_first:
            await old.definition.verbs.delete(self.session, old.id, old.state)
        new = await self._create(old.definition, name, inputs)
        if not delete_first:
            await old.definition.verbs.delete(self.session, old.id, old.state)
        return new

    async def _create(self, definition: Definition[Any], name: str, inputs: dict[str, Any]) -> Resource:
        model = definition.inputs.model_validate(inputs)
        live = await definition.verbs.create(self.session, model)
        made = Resource(definition, live.id, definition.state(model.plain(), live))
        self.resources[name] = made
        return made
