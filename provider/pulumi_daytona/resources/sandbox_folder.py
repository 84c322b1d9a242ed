# Generated from the core's definitions by `make generate`; do not edit.
"""The ``SandboxFolder`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class SandboxFolder(
    DaytonaResource, kind="SandboxFolder", secrets=("sha256",), secret_with={"sha256": ("source",)}
):
    """Declare the files of a folder in a sandbox, as they are in a local folder (upload files).

    Only changed files are uploaded, files that are taken away are deleted, and what else is in the folder
    stays. Contents and modes count, times don't. A file that was changed in the sandbox is uploaded again,
    after a refresh.

    Attributes:
        sha256: One SHA-256 over the paths, modes and contents of its files.
        file_count: How many of its files are there.
    """

    sha256: Output[str]
    file_count: Output[int]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        path: Input[str],
        source: Input[str | pulumi.Archive],
        exclude: Input[Sequence[Input[str]]] | None = None,
        timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the files of a folder in a sandbox, as they are in a local folder (upload files).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own. A change
                replaces.
            path: Where it is in the sandbox; a relative path starts from the working directory. It is made. A
                change replaces.
            source: The path of a local folder, a tar or a zip file, a ``FileArchive`` or an ``AssetArchive``.
                Only regular files are allowed. A file that its owner may run gets the mode 755, any other
                644. Changes in place.
            exclude: Patterns of names, such as ``*.pyc`` or ``.git``, or of paths, such as ``docs/*.md``, to
                leave out.
            timeout: Seconds for an operation, 0 for no limit. Default 300.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "path": path,
                "source": source,
                "exclude": exclude,
                "timeout": timeout,
            },
            opts,
        )
