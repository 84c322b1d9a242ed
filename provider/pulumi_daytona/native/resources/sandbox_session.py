# Generated from the core by `make generate`; do not edit.
"""The ``SandboxSession`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class SandboxSession(NativeResource, kind="SandboxSession"):
    """Declare a process that goes on running in a sandbox, such as a server (create session).

    ``pulumi up`` returns when it is ready. One that has ended, by itself or with a sandbox that was
    restarted, is seen by a refresh, and the next ``pulumi up`` starts it again.

    Attributes:
        session_id: The session's id in the sandbox.
        command_id: The id of its command, for its logs.
        running: Whether the process runs.
        exit_code: How it ended, when it has.
        sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own.
        command: The command line; another one is started in its place.
        name: The session's id in the sandbox; by default it follows from who the session is.
        dir: The folder to run in; the working directory when left out.
        environment: More environment variables; secret ones stay secret.
        interpreter: The program that gets the command line as its last argument. Default ["/bin/sh", "-c"].
        triggers: Any values; when one changes the process is started anew.
        ready_port: It is ready when something listens on this port.
        ready_command: It is ready when this command, run again and again in the same folder, succeeds.
        ready_timeout: Seconds until it is ready, 0 for no limit. Default 60. It is at once without a port or
            command.
    """

    session_id: Output[str]
    command_id: Output[str]
    running: Output[bool]
    exit_code: Output[int | None]
    sandbox_id: Output[str]
    command: Output[str]
    name: Output[str | None]
    dir: Output[str | None]
    environment: Output[dict[str, str] | None]
    interpreter: Output[list[str] | None]
    triggers: Output[list[Any] | None]
    ready_port: Output[int | None]
    ready_command: Output[str | None]
    ready_timeout: Output[float | None]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        command: Input[str],
        name: Input[str] | None = None,
        dir: Input[str] | None = None,
        environment: Input[Mapping[str, Input[str]]] | None = None,
        interpreter: Input[Sequence[Input[str]]] | None = None,
        triggers: Input[Sequence[Input[Any]]] | None = None,
        ready_port: Input[int] | None = None,
        ready_command: Input[str] | None = None,
        ready_timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a process that goes on running in a sandbox, such as a server (create session).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own. A change
                replaces.
            command: The command line; another one is started in its place. Changes in place.
            name: The session's id in the sandbox; by default it follows from who the session is. A change
                replaces.
            dir: The folder to run in; the working directory when left out. Changes in place.
            environment: More environment variables; secret ones stay secret. Changes in place.
            interpreter: The program that gets the command line as its last argument. Default ["/bin/sh",
                "-c"]. Changes in place.
            triggers: Any values; when one changes the process is started anew. Changes in place.
            ready_port: It is ready when something listens on this port. Changes in place.
            ready_command: It is ready when this command, run again and again in the same folder, succeeds.
                Changes in place.
            ready_timeout: Seconds until it is ready, 0 for no limit. Default 60. It is at once without a port
                or command. Changes in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "command": command,
                "name": name,
                "dir": dir,
                "environment": environment,
                "interpreter": interpreter,
                "triggers": triggers,
                "ready_port": ready_port,
                "ready_command": ready_command,
                "ready_timeout": ready_timeout,
            },
            opts,
        )
