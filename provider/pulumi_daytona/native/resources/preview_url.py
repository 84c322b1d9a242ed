# Generated from the core by `make generate`; do not edit.
"""The ``PreviewUrl`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class PreviewUrl(NativeResource, kind="PreviewUrl", secrets=("token", "signed_url", "signed_token")):
    """Declare the link to a port of a sandbox (get port preview url).

    A signed link that is over is renewed by the next ``pulumi up``, and ended with the resource.

    Attributes:
        url: The link; for a public sandbox it is enough.
        token: What a private sandbox asks for, in the header ``x-daytona-preview-token``.
        signed_url: The link that works without a token, for a while.
        signed_token: The token in the signed link.
        expires_at: Until when the signed link works.
        sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own.
        port: The port inside the sandbox, 1 to 65535.
        signed: Whether to make a link too that works without a token, for a while. Default False.
        expires_in: For how many seconds a signed link works, 1 to 86400. Default 3600. Then ``up`` makes
            another.
        timeout: Seconds for an operation, 0 for no limit. Default 300.
    """

    url: Output[str]
    token: Output[str]
    signed_url: Output[str | None]
    signed_token: Output[str | None]
    expires_at: Output[str | None]
    sandbox_id: Output[str]
    port: Output[int]
    signed: Output[bool | None]
    expires_in: Output[int | None]
    timeout: Output[float | None]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        port: Input[int],
        signed: Input[bool] | None = None,
        expires_in: Input[int] | None = None,
        timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the link to a port of a sandbox (get port preview url).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own. A change
                replaces.
            port: The port inside the sandbox, 1 to 65535. A change replaces.
            signed: Whether to make a link too that works without a token, for a while. Default False. Changes
                in place.
            expires_in: For how many seconds a signed link works, 1 to 86400. Default 3600. Then ``up`` makes
                another. Changes in place.
            timeout: Seconds for an operation, 0 for no limit. Default 300.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "port": port,
                "signed": signed,
                "expires_in": expires_in,
                "timeout": timeout,
            },
            opts,
        )
