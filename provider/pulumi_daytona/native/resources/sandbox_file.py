# Generated from the core by `make generate`; do not edit.
"""The ``SandboxFile`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class SandboxFile(NativeResource, kind="SandboxFile"):
    """Declare a file in a sandbox (upload files).

    A changed content is uploaded again, and so is one that was changed in the sandbox, after a refresh.

    Attributes:
        sha256: The SHA-256 of its content, in hexadecimal digits.
        mode: Its mode, as octal text.
        sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own.
        path: Where it is in the sandbox; a relative path starts from the working directory. Folders are made.
        content: The text in it; a secret stays one.
        source: Instead of content: the path of a local file, a ``FileAsset`` or a ``StringAsset``.
        user: The user that it belongs to; not read again.
        group: The group that it belongs to; not read again.
        timeout: Seconds for an operation, 0 for no limit. Default 300.
    """

    sha256: Output[str]
    mode: Output[str]
    sandbox_id: Output[str]
    path: Output[str]
    content: Output[str | None]
    source: Output[Any]
    user: Output[str | None]
    group: Output[str | None]
    timeout: Output[float | None]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        path: Input[str],
        content: Input[str] | None = None,
        source: Input[str | pulumi.Asset] | None = None,
        mode: Input[str] | None = None,
        user: Input[str] | None = None,
        group: Input[str] | None = None,
        timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a file in a sandbox (upload files).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own. A change
                replaces.
            path: Where it is in the sandbox; a relative path starts from the working directory. Folders are
                made. A change replaces.
            content: The text in it; a secret stays one. Changes in place.
            source: Instead of content: the path of a local file, a ``FileAsset`` or a ``StringAsset``.
                Changes in place.
            mode: Its mode, as octal text such as 600. Left out, a new file gets what the sandbox gives.
                Changes in place.
            user: The user that it belongs to; not read again. Changes in place.
            group: The group that it belongs to; not read again. Changes in place.
            timeout: Seconds for an operation, 0 for no limit. Default 300.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "path": path,
                "content": content,
                "source": source,
                "mode": mode,
                "user": user,
                "group": group,
                "timeout": timeout,
            },
            opts,
        )
