# Generated from the core by `make generate`; do not edit.
"""The ``SshAccess`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class SshAccess(NativeResource, kind="SshAccess", secrets=("token", "ssh_command")):
    """Declare a token to get into a sandbox with SSH (create ssh access).

    A sandbox has one: a new one ends those before it, so declare one for each sandbox. A token that has ended
    is replaced by the next ``pulumi up``.

    Attributes:
        sandbox_id: Id of its sandbox.
        token: The token, which is the user name for SSH.
        ssh_command: The command that gets into the sandbox.
        expires_at: When the token ends.
        created_at: When it was made.
        expires_in_minutes: Minutes that the token is good for. Default 60.
    """

    sandbox_id: Output[str]
    token: Output[str]
    ssh_command: Output[str | None]
    expires_at: Output[str]
    created_at: Output[str | None]
    expires_in_minutes: Output[int | None]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        expires_in_minutes: Input[int] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a token to get into a sandbox with SSH (create ssh access).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox. A change replaces.
            expires_in_minutes: Minutes that the token is good for. Default 60. A change replaces.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "expires_in_minutes": expires_in_minutes,
            },
            opts,
        )
