"""The preview URL: the link to a port of a sandbox, signed for a while where that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar

from daytona_httpx import AsyncSandbox, DaytonaNotFoundError
from pydantic import Field

from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.inside.verbs import InsideInputs, InsideVerbs, Timeout, id_of
from pulumi_daytona.core.models import OutputModel
from pulumi_daytona.core.traits import SECRET, Change, doc, in_place, replaces

SIGNED_S = 3600

_NOT_SIGNED = {"signed_url": None, "signed_token": None, "expires_at": None}


class PreviewUrlInputs(InsideInputs):
    """Say which port of a sandbox to link to."""

    port: Annotated[
        Annotated[int, Field(ge=1, le=65535)], replaces(), doc("The port inside the sandbox, 1 to 65535.")
    ]
    signed: Annotated[
        bool | None,
        in_place(False),
        doc("Whether to make a link too that works without a token, for a while. Default False."),
    ] = None
    expires_in: Annotated[
        Annotated[int, Field(ge=1, le=86400)] | None,
        in_place(SIGNED_S),
        doc("For how many seconds a signed link works, 1 to 86400. Default 3600. Then ``up`` makes another."),
    ] = None
    timeout: Timeout = None


class PreviewUrlOutputs(OutputModel):
    """Tell what can be read of a preview URL."""

    url: Annotated[str, doc("The link; for a public sandbox it is enough.")]
    token: Annotated[
        str, SECRET, doc("What a private sandbox asks for, in the header ``x-daytona-preview-token``.")
    ]
    signed_url: Annotated[str | None, SECRET, doc("The link that works without a token, for a while.")]
    signed_token: Annotated[str | None, SECRET, doc("The token in the signed link.")]
    expires_at: Annotated[str | None, doc("Until when the signed link works.")]


class PreviewUrlVerbs(InsideVerbs[PreviewUrlInputs]):
    """Make, read, renew and end links; a sandbox has them in any state."""

    noun: ClassVar[str] = "preview URL"
    outputs: ClassVar[type[OutputModel]] = PreviewUrlOutputs
    needs_started: ClassVar[bool] = False
    is_place: ClassVar[bool] = False

    def name_of(self, inputs: PreviewUrlInputs) -> str:
        """Return the port."""
        return str(inputs.port)

    async def make(self, sandbox: AsyncSandbox, inputs: PreviewUrlInputs) -> Live:
        """Ask for the links; a signed one of a create that was broken off ends by itself."""
        return await _live(sandbox, inputs.port, await _signed(sandbox, inputs))

    async def look(self, sandbox: AsyncSandbox, name: str, state: State) -> Live | None:
        """Return the link as it is now, and the signed one as it was made."""
        return await _live(sandbox, int(name), _kept(state))

    async def change(self, sandbox: AsyncSandbox, name: str, state: State, inputs: PreviewUrlInputs) -> Live:
        """Make another signed link where one is asked for, and end the old one."""
        if not changed_values(state, inputs).keys() & {"signed", "expires_in"} and not preview_faults(state):
            return await _live(sandbox, inputs.port, _kept(state))
        signed = await _signed(sandbox, inputs)
        await self.remove(sandbox, name, state)
        return await _live(sandbox, inputs.port, signed)

    async def remove(self, sandbox: AsyncSandbox, name: str, state: State) -> None:
        """End the signed link before its time."""
        token = state.get("signed_token")
        if not token:
            return
        try:
            await sandbox.expire_signed_preview_url(int(name), token)
        except DaytonaNotFoundError:
            return


def preview_faults(state: State) -> dict[str, Change]:
    """Say that a signed link whose time is over needs another one."""
    expires_at = state.get("expires_at")
    over = bool(expires_at) and datetime.fromisoformat(str(expires_at)) <= datetime.now(UTC)
    return {"signed_url": Change.UPDATE} if over else {}


PREVIEW_URL: Definition[PreviewUrlInputs] = Definition(
    name="PreviewUrl",
    doc="Declare the link to a port of a sandbox (get port preview url).\n\n"
    "A signed link that is over is renewed by the next ``pulumi up``, and ended with the resource.",
    inputs=PreviewUrlInputs,
    outputs=PreviewUrlOutputs,
    verbs=PreviewUrlVerbs(),
    faults=preview_faults,
)


def _kept(state: State) -> dict[str, Any]:
    return {name: state.get(name) for name in _NOT_SIGNED}


async def _signed(sandbox: AsyncSandbox, inputs: PreviewUrlInputs) -> Mapping[str, Any]:
    if inputs.signed is not True:
        return _NOT_SIGNED
    seconds = inputs.expires_in or SIGNED_S
    expires_at = datetime.now(UTC) + timedelta(seconds=seconds)
    link = await sandbox.create_signed_preview_url(inputs.port, seconds)
    return {
        "signed_url": link.url,
        "signed_token": link.token,
        "expires_at": expires_at.isoformat(timespec="seconds"),
    }


async def _live(sandbox: AsyncSandbox, port: int, signed: Mapping[str, Any]) -> Live:
    link = await sandbox.get_preview_link(port)
    return Live(id_of(sandbox, str(port)), {"url": link.url, "token": link.token, **signed})
