"""The shapes that programs pass and get."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from pulumi_daytona.resources.types import Resources, VolumeMount

__all__ = ["PreviewLink", "Resources", "VolumeMount"]


@dataclass(frozen=True)
class PreviewLink:
    """Hold the link to a port of a sandbox.

    Args:
        url: The address; for a public sandbox it is enough.
        token: What a private sandbox asks for, in the header ``x-daytona-preview-token``; a secret.
    """

    url: pulumi.Output[str]
    token: pulumi.Output[str]
