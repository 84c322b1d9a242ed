"""The verbs of what is inside a sandbox: it is reached first, and one that is gone has nothing in it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Generic, TypeVar

from daytona_httpx import AsyncSandbox, DaytonaNotFoundError
from pydantic import AfterValidator

from pulumi_daytona.core.definition import Live, State
from pulumi_daytona.core.inside.reach import existing, find, is_reached, started
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Seconds, maybe_unknown
from pulumi_daytona.core.operation import limit, operation
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, provider_only, replaces

OPERATION_S = 300.0


def _sandbox_id(text: str) -> str:
    if not text.strip() or "/" in text or ":" in text:
        raise ValueError(f"needs the id of a sandbox, such as sandbox.id, got {text!r}")
    return text


SandboxId = Annotated[
    Annotated[str, AfterValidator(_sandbox_id), maybe_unknown],
    replaces(),
    doc("Id of the sandbox that it is in; another sandbox gets one of its own."),
]
Timeout = Annotated[
    Seconds | None,
    provider_only(),
    doc("Seconds for an operation, 0 for no limit. Default 300."),
]


class InsideInputs(ResourceInputs):
    """Say what should be inside a sandbox; each kind adds its own inputs."""

    sandbox_id: SandboxId


Inputs = TypeVar("Inputs", bound=InsideInputs)


class InsideVerbs(Generic[Inputs]):
    """Create, read, update and delete what is inside a sandbox, by the steps that each kind of it gives.

    Its id is the sandbox's id and its own name, which is unique in there, such as a path.

    Attributes:
        noun: What one is called in messages, for example ``file``.
        outputs: The model of its outputs.
        needs_started: Whether it is reached only while the sandbox runs.
        is_place: Whether its name is a place that can be taken over. What takes the place of one, even of
            itself when the user forces a replacement, has its id: then deleting the old one does nothing.
    """

    noun: ClassVar[str]
    outputs: ClassVar[type[OutputModel]]
    needs_started: ClassVar[bool] = True
    is_place: ClassVar[bool] = True

    def name_of(self, inputs: Inputs) -> str:
        """Return the name of one in its sandbox."""
        raise NotImplementedError

    async def make(self, sandbox: AsyncSandbox, inputs: Inputs) -> Live:
        """Make one; what an earlier create left behind is no hindrance."""
        raise NotImplementedError

    async def look(self, sandbox: AsyncSandbox, name: str, state: State) -> Live | None:
        """Return it as it is, None when it isn't there."""
        raise NotImplementedError

    async def change(self, sandbox: AsyncSandbox, name: str, state: State, inputs: Inputs) -> Live:
        """Change what differs, and return it as it is then; it can be repeated."""
        raise NotImplementedError

    async def remove(self, sandbox: AsyncSandbox, name: str, state: State) -> None:
        """Remove it; DaytonaNotFoundError when it isn't there is a success."""
        raise NotImplementedError

    def limit_s(self, timeout: float | None) -> float | None:
        """Return how many seconds an operation may take; None is no limit."""
        return limit(timeout, OPERATION_S)

    def at_rest(self, resource_id: str, state: State) -> Live:
        """Return it as it is in a sandbox that doesn't run: as it was when it last did."""
        return Live(resource_id, {name: state.get(name) for name in self.outputs.names()})

    async def create(self, session: Session, inputs: Inputs) -> Live:
        """Make one, and return when it can be used.

        Raises:
            ProviderError: The sandbox isn't started, what it said, or that the time ran out.
        """
        timeout_s = self.limit_s(getattr(inputs, "timeout", None))
        action = self._action("create", inputs.sandbox_id, self.name_of(inputs))
        async with operation(session, action, timeout_s, "timeout"):
            live = await self.make(await self._reached(session, inputs.sandbox_id), inputs)
        if self.is_place:
            session.adopted.add(live.id)
        return live

    async def read(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return it as it is; None when it, or its sandbox, is gone.

        Raises:
            ProviderError: It can't be known whether it is there.
        """
        sandbox_id, name = parts_of(resource_id)
        async with operation(session, self._action("read", sandbox_id, name)):
            sandbox = await find(session, sandbox_id)
            if sandbox is None:
                return None
            if self.needs_started and sandbox.state != "started":
                return self.at_rest(resource_id, state)
            return await self.look(sandbox, name, state)

    async def update(self, session: Session, resource_id: str, state: State, inputs: Inputs) -> Live:
        """Change what differs, and return it as it is then; it can be repeated.

        Raises:
            ProviderError: The sandbox isn't started, what it said, or that the time ran out.
        """
        sandbox_id, name = parts_of(resource_id)
        timeout_s = self.limit_s(getattr(inputs, "timeout", None))
        async with operation(session, self._action("update", sandbox_id, name), timeout_s, "timeout"):
            return await self.change(await self._reached(session, sandbox_id), name, state, inputs)

    async def delete(self, session: Session, resource_id: str, state: State) -> None:
        """Remove it; one that is gone, with its sandbox or alone, is a success.

        In a sandbox that doesn't run it stays, with a warning.

        Raises:
            ProviderError: What the sandbox said, or that the time ran out.
        """
        if resource_id in session.adopted:
            return
        sandbox_id, name = parts_of(resource_id)
        timeout_s = self.limit_s(state.get("timeout"))
        async with operation(session, self._action("delete", sandbox_id, name), timeout_s, "timeout"):
            sandbox = await find(session, sandbox_id)
            if sandbox is None or (self.needs_started and not is_reached(sandbox, f'{self.noun} "{name}"')):
                return
            try:
                await self.remove(sandbox, name, state)
            except DaytonaNotFoundError:
                return

    async def _reached(self, session: Session, sandbox_id: str) -> AsyncSandbox:
        return await (started if self.needs_started else existing)(session, sandbox_id)

    def _action(self, verb: str, sandbox_id: str, name: str) -> str:
        return f'{verb} {self.noun} "{name}" in sandbox {sandbox_id}'


def id_of(sandbox: AsyncSandbox, name: str) -> str:
    """Return the id of what has a name in a sandbox."""
    return f"{sandbox.id}:{name}"


def parts_of(resource_id: str) -> tuple[str, str]:
    """Return the sandbox's id, and the name in there, of a resource's id."""
    sandbox_id, _, name = resource_id.partition(":")
    return sandbox_id, name
