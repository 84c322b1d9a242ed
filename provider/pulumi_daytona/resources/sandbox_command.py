# Generated from the core's definitions by `make generate`; do not edit.
"""The ``SandboxCommand`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class SandboxCommand(
    DaytonaResource,
    kind="SandboxCommand",
    secrets=("stdout", "stderr"),
    secret_with={
        "stdout": ("create", "update", "environment", "stdin"),
        "stderr": ("create", "update", "environment", "stdin"),
    },
):
    """Declare what runs in a sandbox: once when it is made, again when it changes, and when it is taken away
    (session execute command).

    A command that fails is an error that shows the end of what it wrote. Another sandbox, and changed
    triggers, run it anew; a sandbox that was only restarted doesn't.

    Attributes:
        stdout: What it wrote, without a line break at the end.
        stderr: Its errors, without a line break at the end.
        exit_code: Its exit code.
    """

    stdout: Output[str]
    stderr: Output[str]
    exit_code: Output[int]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        create: Input[str] | None = None,
        update: Input[str] | None = None,
        delete: Input[str] | None = None,
        triggers: Input[Sequence[Input[Any]]] | None = None,
        environment: Input[Mapping[str, Input[str]]] | None = None,
        dir: Input[str] | None = None,
        stdin: Input[str] | None = None,
        interpreter: Input[Sequence[Input[str]]] | None = None,
        add_previous_output_in_env: Input[bool] | None = None,
        allow_failure: Input[bool] | None = None,
        timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare what runs in a sandbox: once when it is made, again when it changes, and when it is taken
        away (session execute command).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own. A change
                replaces.
            create: The command line that runs once, at the start. Changes in place.
            update: What runs when an input has changed; the create command again when left out. Changes in
                place.
            delete: What runs at the end; nothing when left out, nor when the sandbox is gone or doesn't run.
                Changes in place.
            triggers: Any values; when one changes the command is replaced: create runs, then delete for the
                old one. A change replaces.
            environment: More environment variables; secret ones stay secret, and what the command writes then
                too. Changes in place.
            dir: The folder to run in; the working directory when left out. Changes in place.
            stdin: What the command reads; nothing when left out. Changes in place.
            interpreter: The program that gets the command line as its last argument. Default ["/bin/sh",
                "-c"]. Changes in place.
            add_previous_output_in_env: Whether update and delete find in PULUMI_COMMAND_STDOUT and
                PULUMI_COMMAND_STDERR what was written last. Default True. Changes in place.
            allow_failure: Whether an exit code other than 0 is a result, and not an error. Default False.
                Changes in place.
            timeout: Seconds that a command may run before it is ended, 0 for no limit. Default 1800. Changes
                in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "create": create,
                "update": update,
                "delete": delete,
                "triggers": triggers,
                "environment": environment,
                "dir": dir,
                "stdin": stdin,
                "interpreter": interpreter,
                "add_previous_output_in_env": add_previous_output_in_env,
                "allow_failure": allow_failure,
                "timeout": timeout,
            },
            opts,
        )
