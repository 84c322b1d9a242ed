"""Declare Daytona sandboxes, and what belongs to them, in a Pulumi program.

Every name is imported when it is first used: a program pays for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pulumi_daytona import components, functions, resources

if TYPE_CHECKING:
    from daytona_httpx import Image

    from pulumi_daytona.components import *  # noqa: F403 - each component, without another list of them
    from pulumi_daytona.core.errors import ProviderError
    from pulumi_daytona.functions import *  # noqa: F403 - each look-up, without another list of them
    from pulumi_daytona.resources import *  # noqa: F403 - each resource, without another list of them
    from pulumi_daytona.types import PreviewLink, Resources, VolumeMount

__all__ = ["Image", "PreviewLink", "ProviderError", "Resources", "VolumeMount"]
__all__ += components.__all__
__all__ += functions.__all__
__all__ += resources.__all__

_MODULES = {
    "Image": "daytona_httpx",
    "PreviewLink": "pulumi_daytona.types",
    "ProviderError": "pulumi_daytona.core.errors",
    "Resources": "pulumi_daytona.types",
    "VolumeMount": "pulumi_daytona.types",
    **dict.fromkeys(components.__all__, components.__name__),
    **dict.fromkeys(functions.__all__, functions.__name__),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(_MODULES.get(name, resources.__name__))
    globals()[name] = getattr(module, name)
    return globals()[name]


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
