"""The verbs of one resource in this process, as the front ends call them, over a transport to meddle with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx
from daytona_httpx import Daytona
from daytona_local.settings import DEFAULT_SNAPSHOT
from pulumi_daytona.core.check import check
from pulumi_daytona.core.definition import Definition
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session

OWNER = "organization/urn:pulumi:dev::test::daytona:{kind}::{kind}"
INPUTS: dict[str, dict[str, Any]] = {
    "Sandbox": {},
    "Snapshot": {"image": DEFAULT_SNAPSHOT, "state": "active"},
    "Volume": {},
}
CHANGED: dict[str, dict[str, Any]] = {
    "Sandbox": {"labels": {"team": "b"}, "public": True},
    "Snapshot": {"state": "inactive"},
    "Volume": {},
}

FAULTS: dict[str, dict[str, Any]] = {
    "500": {"status": 500},
    "503": {"status": 503},
    "429": {"status": 429, "headers": {"Retry-After": "0.1"}},
    "409 in progress": {"status": 409, "message": "Sandbox state change in progress"},
    "cut before": {"drop": "before"},
    "cut after": {"drop": "after"},
}
PASSES = {"429", "409 in progress"}
"""What says itself that it passes: the verb waits, and is a success."""


class Meddling(httpx.AsyncBaseTransport):
    """Pass requests on; before one of them, do something else."""

    def __init__(self) -> None:
        self._inner = httpx.AsyncHTTPTransport(verify=False)  # there is nothing to verify on loopback
        self._act: Callable[[], object] | None = None
        self._left = 0

    def before(self, number: int, act: Callable[[], object]) -> None:
        """Do something before the request of that number, counted from 0."""
        self._act, self._left = act, number

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on."""
        act, self._left = self._act, self._left - 1
        if act is not None and self._left < 0:
            self._act = None
            await asyncio.to_thread(act)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class Resource:
    """Do with one resource what the engine does.

    Args:
        session: The provider's session.
        kind: The resource's type name.
        inputs: What is added to the inputs that its kind has here.
    """

    def __init__(self, session: Session, kind: str, **inputs: Any) -> None:
        self.session = session
        self.definition: Definition[Any] = definition_of(kind)
        self.given = {"owner": OWNER.format(kind=kind), "create_timeout": 20, **INPUTS[kind], **inputs}
        self.id = ""
        self.state: dict[str, Any] = {}

    def failure(self, verb: str) -> str:
        """Run a verb; return the one line that says why it failed, nothing when it is a success."""
        try:
            getattr(self, verb)()
            return ""
        except ProviderError as error:
            said = str(error)
        assert said.startswith(f"{verb} {self.definition.name.lower()} ")
        assert "\n" not in said
        return said

    def create(self) -> None:
        """Create it, and keep what the engine would keep."""
        inputs = self._inputs(self.given)
        live = self.session.run(self.definition.verbs.create(self.session, inputs))
        self.id, self.state = live.id, self.definition.state(inputs.plain(), live)

    def read(self) -> None:
        """Read it; it is there."""
        assert self.session.run(self.definition.verbs.read(self.session, self.id, self.state)) is not None

    def update(self) -> None:
        """Change what of its kind can be changed here."""
        inputs = self._inputs({**self.given, **CHANGED[self.definition.name]})
        live = self.session.run(self.definition.verbs.update(self.session, self.id, self.state, inputs))
        self.state = self.definition.state(inputs.plain(), live)

    def delete(self) -> None:
        """Delete it."""
        self.session.run(self.definition.verbs.delete(self.session, self.id, self.state))

    def _inputs(self, given: dict[str, Any]) -> Any:
        checked = check(self.definition, given)
        assert not checked.failures
        return self.definition.inputs.model_validate(checked.inputs)


def there(client: Daytona) -> list[str]:
    """Return the ids of all sandboxes, snapshots and volumes that were made."""
    found: list[Any] = [*client.list(), *client.volume.list(), *client.snapshot.list().items]
    return [each.id for each in found if not getattr(each, "general", False)]


def order_removal(client: Daytona) -> None:
    """Order the removal of all that was made."""
    for sandbox in client.list():
        sandbox.delete()
    for volume in client.volume.list():
        client.volume.delete(volume)
    for snapshot in client.snapshot.list().items:
        if not snapshot.general:
            client.snapshot.delete(snapshot)


def remove_all(client: Daytona) -> None:
    """Remove all that was made, and return when it is gone."""
    for sandbox in client.list():
        sandbox.delete(wait=True)
    order_removal(client)
    until(lambda: not there(client))


def until(is_so: Callable[[], bool], limit_s: float = 60) -> None:
    """Return once something is so, and fail when that takes too long."""
    give_up_at = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)
