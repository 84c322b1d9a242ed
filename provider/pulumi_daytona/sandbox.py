"""The ``Sandbox`` resource of Pulumi programs, with what is written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi_daytona.images import with_image
from pulumi_daytona.resources import sandbox

if TYPE_CHECKING:
    from pulumi_daytona.types import PreviewLink


class Sandbox(sandbox.Sandbox):
    __doc__ = sandbox.Sandbox.__doc__

    def get_preview_link(self, port: int) -> PreviewLink:
        """Return the link to a port of the sandbox, and the token that a private one asks for.

        Args:
            port: The port inside the sandbox, 1 to 65535.
        """
        from pulumi_daytona.function import preview_link  # the client is imported for those who look up

        return preview_link(self.id, port)

    def _translated(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return with_image(inputs)
