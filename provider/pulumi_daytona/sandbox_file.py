"""The ``SandboxFile`` resource of Pulumi programs, which may give it assets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_daytona.assets import plain_source
from pulumi_daytona.resources import sandbox_file


class SandboxFile(sandbox_file.SandboxFile):
    __doc__ = sandbox_file.SandboxFile.__doc__

    def _translated(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {**inputs, "source": plain_source(inputs["source"])}
