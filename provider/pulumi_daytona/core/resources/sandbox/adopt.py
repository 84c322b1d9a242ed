"""Take over a sandbox that was made without a stack: by its name, where the program says so, and as it is.

What a change of would replace it has to be so already; the rest is changed in place. The owner's mark comes
last, so that a sandbox which could not be taken over is nobody's still.
"""

from __future__ import annotations

from typing import Any

from daytona_httpx import AsyncSandbox

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.operation import limit, operation
from pulumi_daytona.core.ownership import CREATING, OWNER, marked_labels
from pulumi_daytona.core.record import found
from pulumi_daytona.core.resources.sandbox.create import CREATE_S
from pulumi_daytona.core.resources.sandbox.inputs import SandboxInputs
from pulumi_daytona.core.resources.sandbox.live import FAILED_STATES
from pulumi_daytona.core.resources.sandbox.told import told_inputs
from pulumi_daytona.core.resources.sandbox.update import Update, wanted
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import Change, Trait

GOING = frozenset({"destroying", "destroyed"})


async def take_over(session: Session, inputs: SandboxInputs) -> AsyncSandbox | None:
    """Return the sandbox that the program takes over, None where there is none, and one is to be made.

    Raises:
        ProviderError: It is another's, or not what the program says; it is left as it was.
    """
    if inputs.adopt is not True or inputs.name is None:
        return None
    action, timeout_s = f'adopt sandbox "{inputs.name}"', limit(inputs.create_timeout, CREATE_S)
    async with operation(session, action, timeout_s, "create_timeout"):
        sandbox = await found(session.client.get(inputs.name))
        if sandbox is None or _is_replaced(session, sandbox, inputs) or not _may_be_meant(sandbox, inputs):
            return None
        if objection := _objection(sandbox, inputs):
            raise ProviderError(f"{action}: {objection}")
        if sandbox.labels.get(OWNER) == inputs.owner:
            session.adopted.add(sandbox.id)  # in a forced replacement it is its own predecessor, and stays
        await _bring_to(sandbox, inputs)
        return sandbox


async def _bring_to(sandbox: AsyncSandbox, inputs: SandboxInputs) -> None:
    await Update(sandbox, {}, wanted({}, inputs), None).run()
    await sandbox.refresh_data()
    await sandbox.set_labels(marked_labels(sandbox.labels, inputs.owner))
    await sandbox.refresh_data()


def _is_replaced(session: Session, sandbox: AsyncSandbox, inputs: SandboxInputs) -> bool:
    """Tell whether the engine has it in its state: it deletes it when the replacement is there."""
    return sandbox.id in session.in_state


def _may_be_meant(sandbox: AsyncSandbox, inputs: SandboxInputs) -> bool:
    """Tell whether it has the name, as its id is found by it too, and isn't what an earlier create left."""
    is_left = CREATING in sandbox.labels and sandbox.labels.get(OWNER) == inputs.owner
    return sandbox.name == inputs.name and sandbox.state not in GOING and not is_left


def _objection(sandbox: AsyncSandbox, inputs: SandboxInputs) -> str:
    """Return why a sandbox can't be taken over; nothing when it can."""
    owner = sandbox.labels.get(OWNER, inputs.owner)
    if owner != inputs.owner:
        return f"another resource owns it ({owner}); take it out of there first, or choose another name"
    if sandbox.state in FAILED_STATES:
        return f"it is {sandbox.state}; recover or delete it first"
    others = _others({**told_inputs(sandbox), "user": sandbox.user}, inputs)
    return f"the program gives it another {' and '.join(others)}; say what it has" if others else ""


def _others(told: dict[str, Any], inputs: SandboxInputs) -> list[str]:
    """Return the inputs that a sandbox would have to be replaced for."""
    traits = SandboxInputs.traits()
    given = inputs.plain().items()
    return [name for name, value in given if _replaces(traits[name], told.get(name), value)]


def _replaces(trait: Trait, old: Any, new: Any) -> bool:
    if trait.change is Change.REPLACE:
        return bool(new != trait.default if old is None else not trait.same(old, new))
    return bool(old is not None and trait.replace_if(old, new))
