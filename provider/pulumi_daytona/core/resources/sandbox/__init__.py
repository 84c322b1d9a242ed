"""The sandbox: an isolated machine for agents, previews, evaluations and CI."""

from __future__ import annotations

from functools import partial

from daytona_httpx import AsyncSandbox

from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.inside.reach import ON_THE_WAY
from pulumi_daytona.core.operation import limit, operation
from pulumi_daytona.core.ownership import without_mark
from pulumi_daytona.core.progress import States, log_listener, progress
from pulumi_daytona.core.record import existing, found
from pulumi_daytona.core.resources.sandbox.adopt import take_over
from pulumi_daytona.core.resources.sandbox.create import CREATE_S, Creation, clean_up, keep
from pulumi_daytona.core.resources.sandbox.inputs import SandboxInputs
from pulumi_daytona.core.resources.sandbox.live import SandboxOutputs, live, sandbox_faults
from pulumi_daytona.core.resources.sandbox.power import reach
from pulumi_daytona.core.resources.sandbox.remove import remove
from pulumi_daytona.core.resources.sandbox.rules import sandbox_rules
from pulumi_daytona.core.resources.sandbox.update import Update, wanted
from pulumi_daytona.core.session import Session

UPDATE_S = 300.0
DELETE_S = 120.0
"""The timeouts, in seconds, of a program that sets none; 0 in a program is no limit."""


class SandboxVerbs:
    """Create, read, update and delete a sandbox."""

    async def create(self, session: Session, inputs: SandboxInputs) -> Live:
        """Make a sandbox and return it when it is in the state asked for.

        A failure leaves nothing behind, unless who listens keeps what isn't ready.

        Raises:
            ProviderError: What the API said, or that the time ran out.
        """
        taken_over = await take_over(session, inputs)
        if taken_over is not None:
            return live(taken_over, inputs.labels)
        creation, sandbox = Creation(session.client, inputs, session.in_state), None
        timeout_s = limit(inputs.create_timeout, CREATE_S)
        try:
            async with operation(session, f'create sandbox "{creation.name}"', timeout_s, "create_timeout"):
                sandbox = await creation.claim()
                progress().made(live(sandbox, inputs.labels))
                await _settle(sandbox, inputs)
        except ProviderError as error:
            if sandbox is not None and progress().keeps_unready:
                raise
            raise await clean_up(creation, error) from None
        unmark = partial(sandbox.set_labels, without_mark(sandbox.labels))
        session.hand_over.add(sandbox.id, unmark)
        return live(sandbox, inputs.labels)

    async def read(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the sandbox as it is; None when the API says that it doesn't exist.

        Raises:
            ProviderError: It can't be known whether it exists.
        """
        async with operation(session, f'read sandbox "{state.get("name", resource_id)}"'):
            sandbox = await found(session.client.get(resource_id))
        if sandbox is None or "destroyed" in (sandbox.state, sandbox.desired_state):
            return None
        return live(sandbox, _declared_labels(state), state)

    async def update(self, session: Session, resource_id: str, state: State, inputs: SandboxInputs) -> Live:
        """Change what differs, and return the sandbox as it is then; it can be repeated.

        Raises:
            ProviderError: What the API said, or that the time ran out.
        """
        action = f'update sandbox "{state.get("name", resource_id)}"'
        timeout_s = limit(inputs.update_timeout, UPDATE_S)
        async with operation(session, action, timeout_s, "update_timeout"):
            sandbox = await existing(session.client.get(resource_id))
            session.hand_over.drop(resource_id)
            if sandbox.state in ON_THE_WAY and inputs.wait is not False:
                await _started(sandbox)  # its creation was cut short
            await keep(sandbox, inputs)  # of one whose creation was cut short
            await Update(sandbox, state, wanted(state, inputs), inputs.owner).run()
            await sandbox.refresh_data()
        return live(sandbox, inputs.labels)

    async def delete(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the sandbox and return when it is gone.

        One that a create of this process has taken over from itself stays.

        Raises:
            ProviderError: What the API said, or that the time ran out.
        """
        if resource_id in session.adopted:
            return
        session.hand_over.drop(resource_id)
        timeout_s = limit(state.get("delete_timeout"), DELETE_S)
        action = f'delete sandbox "{state.get("name", resource_id)}"'
        async with operation(session, action, timeout_s, "delete_timeout"):
            await remove(session.client, resource_id, 0)


SANDBOX: Definition[SandboxInputs] = Definition(
    name="Sandbox",
    doc="Declare a sandbox: an isolated machine for agents, previews, evaluations, CI (create sandbox).\n\n"
    "``pulumi up`` returns when it is usable.",
    inputs=SandboxInputs,
    outputs=SandboxOutputs,
    verbs=SandboxVerbs(),
    rules=sandbox_rules,
    faults=sandbox_faults,
    unique_name="name",
    refers_to={"snapshot": "Snapshot", "target": "Region"},
)


async def _settle(sandbox: AsyncSandbox, inputs: SandboxInputs) -> None:
    if sandbox.state == "creating":
        await keep(sandbox, inputs)  # the API's create has blocked: mostly it is started by now
    if inputs.wait is not False:
        await _reached(sandbox, inputs.state)
    await keep(sandbox, inputs)


async def _reached(sandbox: AsyncSandbox, state: str | None) -> None:
    if sandbox.state != "started":
        await _started(sandbox)
    if state is not None and sandbox.state != state:
        await reach(sandbox, state)
        await sandbox.refresh_data()


async def _started(sandbox: AsyncSandbox) -> None:
    tell = States("sandbox")
    tell(sandbox.state)
    await sandbox.wait_for_sandbox_start(timeout=0, on_state=tell, on_logs=log_listener())


def _declared_labels(state: State) -> dict[str, str]:
    return state.get("labels") or {}
