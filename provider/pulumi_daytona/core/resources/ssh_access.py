"""The SSH access: a token to get into a sandbox with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from daytona_httpx import DaytonaForbiddenError
from pydantic import Field

from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.models import OutputModel, ResourceInputs
from pulumi_daytona.core.record import RecordVerbs
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import SECRET, Change, doc, replaces
from pulumi_daytona.core.values import Name

DEFAULT_MINUTES = 60
"""How long a token is good for when nobody says."""


class SshAccessInputs(ResourceInputs):
    """Say what an SSH access should be."""

    sandbox_id: Annotated[Name, replaces(), doc("Id of the sandbox.")]
    expires_in_minutes: Annotated[
        Annotated[int, Field(ge=1)] | None,
        replaces(DEFAULT_MINUTES),
        doc("Minutes that the token is good for. Default 60."),
    ] = None


class SshAccessOutputs(OutputModel):
    """Tell what can be read of an SSH access."""

    sandbox_id: Annotated[str, doc("Id of its sandbox.")]
    token: Annotated[str, SECRET, doc("The token, which is the user name for SSH.")]
    ssh_command: Annotated[str | None, SECRET, doc("The command that gets into the sandbox.")]
    expires_at: Annotated[str, doc("When the token ends.")]
    created_at: Annotated[str | None, doc("When it was made.")]


class SshAccessVerbs(RecordVerbs[SshAccessInputs]):
    """Make, read and revoke an SSH access."""

    noun: ClassVar[str] = "SSH access"
    title: ClassVar[str] = "sandbox_id"

    async def make(self, session: Session, inputs: SshAccessInputs) -> Live:
        """Make a token; the API ends those that the sandbox had before."""
        sandbox = await session.client.get(inputs.sandbox_id)
        made = await sandbox.create_ssh_access(inputs.expires_in_minutes)
        return Live(made.id, SshAccessOutputs.of(made))

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the access as it is; where only the SSH gateway may ask for a token, as the state has it."""
        sandbox = await session.client.get(state["sandbox_id"])
        try:
            valid = (await sandbox.validate_ssh_access(state["token"])).valid
        except DaytonaForbiddenError:
            valid = not is_over(state)
        kept = {name: state.get(name) for name in SshAccessOutputs.names()}
        return Live(resource_id, kept) if valid else None

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Revoke the token, and no other one of the sandbox."""
        sandbox = await session.client.get(state["sandbox_id"])
        await sandbox.revoke_ssh_access(state["token"])


def is_over(state: State) -> bool:
    """Tell whether the token has ended by this machine's clock."""
    ends = state.get("expires_at")
    return isinstance(ends, str) and datetime.fromisoformat(ends) <= datetime.now(UTC)


def ssh_access_faults(state: State) -> Mapping[str, Change]:
    """Say that a token which has ended needs another one."""
    return {"expires_at": Change.REPLACE} if is_over(state) else {}


SSH_ACCESS: Definition[SshAccessInputs] = Definition(
    name="SshAccess",
    doc="Declare a token to get into a sandbox with SSH (create ssh access).\n\n"
    "A sandbox has one: a new one ends those before it, so declare one for each sandbox. A token that has "
    "ended is replaced by the next ``pulumi up``.",
    inputs=SshAccessInputs,
    outputs=SshAccessOutputs,
    verbs=SshAccessVerbs(),
    faults=ssh_access_faults,
)
