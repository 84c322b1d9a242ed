"""The sandbox command: what runs in a sandbox when it is made, changed and taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from daytona_httpx import AsyncSandbox, DaytonaError, DaytonaTimeoutError

from pulumi_daytona.core.definition import Definition, Failure, Live, State, changed_values
from pulumi_daytona.core.inside.paths import FolderPath
from pulumi_daytona.core.inside.running import Ended, Running
from pulumi_daytona.core.inside.scripts import SHELL, CommandLine, Environment, Interpreter, Script
from pulumi_daytona.core.inside.verbs import InsideInputs, InsideVerbs, id_of
from pulumi_daytona.core.models import OutputModel, Seconds, Text
from pulumi_daytona.core.operation import limit
from pulumi_daytona.core.ownership import names_for
from pulumi_daytona.core.traits import SecretWith, doc, in_place, replaces

COMMAND_S = 1800.0

STDOUT, STDERR = "PULUMI_COMMAND_STDOUT", "PULUMI_COMMAND_STDERR"
"""The variables in which an update and a delete find what the command before them wrote."""

_GIVEN = ("create", "update", "environment", "stdin")
_RUNS_NOTHING = {"delete", "timeout", "allow_failure", "add_previous_output_in_env"}


class SandboxCommandInputs(InsideInputs):
    """Say what runs in a sandbox, and when."""

    create: Annotated[
        CommandLine | None, in_place(""), doc("The command line that runs once, at the start.")
    ] = None
    update: Annotated[
        CommandLine | None,
        in_place(""),
        doc("What runs when an input has changed; the create command again when left out."),
    ] = None
    delete: Annotated[
        CommandLine | None,
        in_place(""),
        doc("What runs at the end; nothing when left out, nor when the sandbox is gone or doesn't run."),
    ] = None
    triggers: Annotated[
        list[Any] | None,
        replaces([]),
        doc(
            "Any values; when one changes the command is replaced: create runs, then delete for the old one."
        ),
    ] = None
    environment: Annotated[
        Environment | None,
        in_place({}),
        doc("More environment variables; secret ones stay secret, and what the command writes then too."),
    ] = None
    dir: Annotated[
        FolderPath | None, in_place("."), doc("The folder to run in; the working directory when left out.")
    ] = None
    stdin: Annotated[Text | None, in_place(""), doc("What the command reads; nothing when left out.")] = None
    interpreter: Annotated[
        Interpreter | None,
        in_place([*SHELL]),
        doc('The program that gets the command line as its last argument. Default ["/bin/sh", "-c"].'),
    ] = None
    add_previous_output_in_env: Annotated[
        bool | None,
        in_place(True),
        doc(f"Whether update and delete find in {STDOUT} and {STDERR} what was written last. Default True."),
    ] = None
    allow_failure: Annotated[
        bool | None,
        in_place(False),
        doc("Whether an exit code other than 0 is a result, and not an error. Default False."),
    ] = None
    timeout: Annotated[
        Seconds | None,
        in_place(COMMAND_S),
        doc("Seconds that a command may run before it is ended, 0 for no limit. Default 1800."),
    ] = None


class SandboxCommandOutputs(OutputModel):
    """Tell how a command ended."""

    stdout: Annotated[str, SecretWith(_GIVEN), doc("What it wrote, without a line break at the end.")]
    stderr: Annotated[str, SecretWith(_GIVEN), doc("Its errors, without a line break at the end.")]
    exit_code: Annotated[int, doc("Its exit code.")]


class SandboxCommandVerbs(InsideVerbs[SandboxCommandInputs]):
    """Run the commands of a resource's life."""

    noun: ClassVar[str] = "command"
    outputs: ClassVar[type[OutputModel]] = SandboxCommandOutputs
    is_place: ClassVar[bool] = False

    def limit_s(self, timeout: float | None) -> float | None:
        """Set no limit: that is for the command itself, which is ended then."""
        return None

    def name_of(self, inputs: SandboxCommandInputs) -> str:
        """Return the name that follows from who the command is."""
        return next(names_for(inputs.owner or "command"))

    async def make(self, sandbox: AsyncSandbox, inputs: SandboxCommandInputs) -> Live:
        """Run the create command; one that an earlier, broken off create has started is not started again."""
        return await _run(sandbox, self.name_of(inputs), inputs.create, inputs.plain(), {})

    async def look(self, sandbox: AsyncSandbox, name: str, state: State) -> Live | None:
        """Return how it ended: nothing of that can change."""
        return self.at_rest(id_of(sandbox, name), state)

    async def change(
        self, sandbox: AsyncSandbox, name: str, state: State, inputs: SandboxCommandInputs
    ) -> Live:
        """Run the update command, or the create command again, when something that it needs has changed."""
        if not changed_values(state, inputs).keys() - _RUNS_NOTHING:
            return self.at_rest(id_of(sandbox, name), state)
        return await _run(sandbox, name, inputs.update or inputs.create, inputs.plain(), state)

    async def remove(self, sandbox: AsyncSandbox, name: str, state: State) -> None:
        """Run the delete command."""
        await _run(sandbox, name, state.get("delete"), state, state)


def sandbox_command_rules(inputs: SandboxCommandInputs) -> Iterator[Failure]:
    """Yield what contradicts in a command's inputs."""
    if inputs.create is None and inputs.update is None and inputs.delete is None:
        yield Failure("create", "set at least one of create, update and delete")


SANDBOX_COMMAND: Definition[SandboxCommandInputs] = Definition(
    name="SandboxCommand",
    doc="Declare what runs in a sandbox: once when it is made, again when it changes, and when it is taken "
    "away (session execute command).\n\n"
    "A command that fails is an error that shows the end of what it wrote. Another sandbox, and changed "
    "triggers, run it anew; a sandbox that was only restarted doesn't.",
    inputs=SandboxCommandInputs,
    outputs=SandboxCommandOutputs,
    verbs=SandboxCommandVerbs(),
    rules=sandbox_command_rules,
)


async def _run(
    sandbox: AsyncSandbox, name: str, command: str | None, settings: Mapping[str, Any], before: State
) -> Live:
    """Run one command to its end.

    Args:
        sandbox: The sandbox, started.
        name: The resource's name in there.
        command: The command line; nothing is run when there is none.
        settings: The inputs, by name.
        before: The state before; empty when this is the first command.
    """
    if not command:
        return _live(sandbox, name, Ended(before.get("stdout") or "", before.get("stderr") or "", 0))
    script = Script(
        command,
        settings.get("dir"),
        {**_previous(settings, before), **(settings.get("environment") or {})},
        settings.get("stdin"),
        settings.get("interpreter") or SHELL,
    )
    async with Running(sandbox, name, script) as running:
        ended = await _ended(running, limit(settings.get("timeout"), COMMAND_S))
    if ended.exit_code != 0 and settings.get("allow_failure") is not True:
        raise DaytonaError(f"the exit code is {ended.exit_code}: {script.tail(ended.stdout, ended.stderr)}")
    return _live(sandbox, name, ended)


async def _ended(running: Running, timeout_s: float | None) -> Ended:
    command = await running.begin()
    try:
        async with asyncio.timeout(timeout_s):
            return await running.ended(command)
    except TimeoutError:
        tail = await running.tail(command)
    raise DaytonaTimeoutError(
        f"it was ended after {timeout_s:g} s; raise timeout, or set 0 for no limit; it last wrote: {tail}"
    )


def _previous(settings: Mapping[str, Any], before: State) -> dict[str, str]:
    if not before or settings.get("add_previous_output_in_env") is False:
        return {}
    return {STDOUT: before.get("stdout") or "", STDERR: before.get("stderr") or ""}


def _live(sandbox: AsyncSandbox, name: str, ended: Ended) -> Live:
    attributes = {"stdout": ended.stdout, "stderr": ended.stderr, "exit_code": ended.exit_code}
    return Live(id_of(sandbox, name), attributes)
