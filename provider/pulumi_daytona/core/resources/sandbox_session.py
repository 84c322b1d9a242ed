"""The sandbox session: a process that goes on running, such as a server."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, ClassVar

from daytona_httpx import AsyncSandbox, Command, DaytonaTimeoutError
from pydantic import AfterValidator, Field

from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.inside.paths import FolderPath
from pulumi_daytona.core.inside.ports import listens
from pulumi_daytona.core.inside.running import Running, commands
from pulumi_daytona.core.inside.scripts import (
    SHELL,
    CommandLine,
    Environment,
    Interpreter,
    Script,
)
from pulumi_daytona.core.inside.verbs import InsideInputs, InsideVerbs, id_of
from pulumi_daytona.core.models import OutputModel, Seconds, Text
from pulumi_daytona.core.operation import limit, pauses
from pulumi_daytona.core.ownership import names_for
from pulumi_daytona.core.record import or_removed
from pulumi_daytona.core.traits import Change, doc, in_place, replaces

READY_S = 60.0

_RESTARTS = {"command", "dir", "environment", "interpreter", "triggers"}


def _name(text: str) -> str:
    if not text or text in (".", "..", "entrypoint") or not all(c.isalnum() or c in "._-" for c in text):
        raise ValueError(f"needs letters, digits, '.', '_' and '-' only, got {text!r}")
    return text


class SandboxSessionInputs(InsideInputs):
    """Say what goes on running in a sandbox."""

    command: Annotated[CommandLine, in_place(), doc("The command line; another one is started in its place.")]
    name: Annotated[
        Annotated[Text, AfterValidator(_name)] | None,
        replaces(),
        doc("The session's id in the sandbox; by default it follows from who the session is."),
    ] = None
    dir: Annotated[
        FolderPath | None, in_place("."), doc("The folder to run in; the working directory when left out.")
    ] = None
    environment: Annotated[
        Environment | None, in_place({}), doc("More environment variables; secret ones stay secret.")
    ] = None
    interpreter: Annotated[
        Interpreter | None,
        in_place([*SHELL]),
        doc('The program that gets the command line as its last argument. Default ["/bin/sh", "-c"].'),
    ] = None
    triggers: Annotated[
        list[Any] | None, in_place([]), doc("Any values; when one changes the process is started anew.")
    ] = None
    ready_port: Annotated[
        Annotated[int, Field(ge=1, le=65535)] | None,
        in_place(),
        doc("It is ready when something listens on this port."),
    ] = None
    ready_command: Annotated[
        CommandLine | None,
        in_place(),
        doc("It is ready when this command, run again and again in the same folder, succeeds."),
    ] = None
    ready_timeout: Annotated[
        Seconds | None,
        in_place(READY_S),
        doc(
            "Seconds until it is ready, 0 for no limit. Default 60. It is at once without a port or command."
        ),
    ] = None


class SandboxSessionOutputs(OutputModel):
    """Tell what can be read of a session."""

    session_id: Annotated[str, doc("The session's id in the sandbox.")]
    command_id: Annotated[str, doc("The id of its command, for its logs.")]
    running: Annotated[bool, doc("Whether the process runs.")]
    exit_code: Annotated[int | None, doc("How it ended, when it has.")]


class SandboxSessionVerbs(InsideVerbs[SandboxSessionInputs]):
    """Start, look at, start anew and end a process."""

    noun: ClassVar[str] = "session"
    outputs: ClassVar[type[OutputModel]] = SandboxSessionOutputs

    def limit_s(self, timeout: float | None) -> float | None:
        """Set no limit: that is for the readiness."""
        return None

    def name_of(self, inputs: SandboxSessionInputs) -> str:
        """Return the session's id."""
        return inputs.name or next(names_for(inputs.owner or "session"))

    def at_rest(self, resource_id: str, state: State) -> Live:
        """Return that it doesn't run: nothing runs in a sandbox that is stopped."""
        known = super().at_rest(resource_id, state)
        return Live(resource_id, {**known.attributes, "running": False, "exit_code": None})

    async def make(self, sandbox: AsyncSandbox, inputs: SandboxSessionInputs) -> Live:
        """Start it, or go on with the one that was started, and return when it is ready."""
        return await _ready(sandbox, self.name_of(inputs), inputs)

    async def look(self, sandbox: AsyncSandbox, name: str, state: State) -> Live | None:
        """Return whether it runs; a sandbox that was stopped has lost it."""
        there = {command.id: command for command in await commands(sandbox, name)}
        command = there.get(state.get("command_id") or "")
        return self.at_rest(id_of(sandbox, name), state) if command is None else _live(sandbox, name, command)

    async def change(
        self, sandbox: AsyncSandbox, name: str, state: State, inputs: SandboxSessionInputs
    ) -> Live:
        """Start it anew when something that it needs has changed, or when it doesn't run."""
        if changed_values(state, inputs).keys() & _RESTARTS:
            await _running(sandbox, name, inputs).end()
        return await _ready(sandbox, name, inputs)

    async def remove(self, sandbox: AsyncSandbox, name: str, state: State) -> None:
        """End it."""
        await Running(sandbox, name, Script("")).end()


def session_faults(state: State) -> dict[str, Change]:
    """Say that a process that doesn't run is to be started."""
    return {"running": Change.UPDATE} if state.get("running") is False else {}


SANDBOX_SESSION: Definition[SandboxSessionInputs] = Definition(
    name="SandboxSession",
    doc="Declare a process that goes on running in a sandbox, such as a server (create session).\n\n"
    "``pulumi up`` returns when it is ready. One that has ended, by itself or with a sandbox that was "
    "restarted, is seen by a refresh, and the next ``pulumi up`` starts it again.",
    inputs=SandboxSessionInputs,
    outputs=SandboxSessionOutputs,
    verbs=SandboxSessionVerbs(),
    faults=session_faults,
)


def _script(inputs: SandboxSessionInputs, command: str) -> Script:
    return Script(command, inputs.dir, inputs.environment or {}, None, inputs.interpreter or SHELL)


def _running(sandbox: AsyncSandbox, name: str, inputs: SandboxSessionInputs) -> Running:
    return Running(sandbox, name, _script(inputs, inputs.command))


async def _ready(sandbox: AsyncSandbox, name: str, inputs: SandboxSessionInputs) -> Live:
    """Start a process that doesn't run and return when it is ready; one started in vain is ended."""
    running = _running(sandbox, name, inputs)
    command = await running.found()
    if command is not None and command.exit_code is None:
        await _wait_until_ready(sandbox, running, command, inputs)
        return _live(sandbox, name, command)
    async with or_removed(running.end):
        if command is not None:
            await running.end()
        command = await running.begin()
        await _wait_until_ready(sandbox, running, command, inputs)
    return _live(sandbox, name, command)


async def _wait_until_ready(
    sandbox: AsyncSandbox, running: Running, command: Command, inputs: SandboxSessionInputs
) -> None:
    timeout_s = limit(inputs.ready_timeout, READY_S)
    try:
        async with asyncio.timeout(timeout_s):
            async for _ in pauses():
                if await _is_ready(sandbox, inputs):
                    return
                await running.must_run(command)
    except TimeoutError:
        tail = await running.tail(command)
    raise DaytonaTimeoutError(
        f"it is not ready after {timeout_s:g} s; raise ready_timeout, or set 0 for no limit; it last wrote: "
        f"{tail}"
    )


async def _is_ready(sandbox: AsyncSandbox, inputs: SandboxSessionInputs) -> bool:
    if inputs.ready_port is not None and not await listens(sandbox, inputs.ready_port):
        return False
    if inputs.ready_command is None:
        return True
    done = await sandbox.process.exec(inputs.ready_command, inputs.dir, dict(inputs.environment or {}))
    return done.exit_code == 0


def _live(sandbox: AsyncSandbox, name: str, command: Command) -> Live:
    attributes = {
        "session_id": name,
        "command_id": command.id,
        "running": command.exit_code is None,
        "exit_code": command.exit_code,
    }
    return Live(id_of(sandbox, name), attributes)
