"""Declare the same by the native plugin: ``from pulumi_daytona.native import Sandbox``.

Programs are the same as with ``from pulumi_daytona import ...``. The plugin ``pulumi-resource-daytona`` comes
with this package, and has to be on the engine's PATH.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pulumi_daytona import components
from pulumi_daytona import functions as in_program
from pulumi_daytona.native import functions, resources

if TYPE_CHECKING:
    from daytona_httpx import Image

    from pulumi_daytona.core.errors import ProviderError
    from pulumi_daytona.functions import *  # noqa: F403 - what the functions return
    from pulumi_daytona.native.components import *  # noqa: F403 - each component, without another list of them
    from pulumi_daytona.native.functions import *  # noqa: F403 - each function, without another list of them
    from pulumi_daytona.native.provider import Provider
    from pulumi_daytona.native.resources import *  # noqa: F403 - each resource, without another list of them
    from pulumi_daytona.types import PreviewLink, Resources, VolumeMount

__all__ = ["Image", "PreviewLink", "Provider", "ProviderError", "Resources", "VolumeMount"]
__all__ += components.__all__
__all__ += in_program.__all__
__all__ += resources.__all__

_MODULES = {
    "Provider": "pulumi_daytona.native.provider",
    **functions.MODULES,
    **resources.MODULES,
    **dict.fromkeys(components.__all__, "pulumi_daytona.native.components"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(_MODULES.get(name, "pulumi_daytona")), name)
    return globals()[name]


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
