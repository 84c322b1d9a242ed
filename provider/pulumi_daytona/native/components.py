"""The components, of resources that the native plugin makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from pulumi_daytona import components, native

if TYPE_CHECKING:
    from pulumi_daytona.components import *  # noqa: F403 - each component, without another list of them

__all__ = [*components.__all__]


def __getattr__(name: str) -> Any:
    """Return a component that is made of native resources, or what describes one."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(components, name)
    if issubclass(found, pulumi.ComponentResource):
        fields = {"__doc__": found.__doc__, "__module__": __name__, "_made_of": native}
        found = type(name, (found,), fields)
    globals()[name] = found
    return found
