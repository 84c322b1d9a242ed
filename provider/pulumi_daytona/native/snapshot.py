"""The ``Snapshot`` resource of programs that use the native plugin, which may give it an ``Image``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_daytona.images import with_image
from pulumi_daytona.native.resources import snapshot


class Snapshot(snapshot.Snapshot):
    __doc__ = snapshot.Snapshot.__doc__

    def _translated(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return with_image(inputs)
