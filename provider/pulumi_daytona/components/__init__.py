"""Components: what programs often make of several resources; each is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_daytona.components.dev_environment import DevEnvironment
    from pulumi_daytona.components.dev_environment_args import (
        EnvironmentFile,
        EnvironmentRepository,
        EnvironmentVolume,
    )
    from pulumi_daytona.components.ephemeral_environment import EphemeralEnvironment
    from pulumi_daytona.components.sandbox_args import SandboxArgs
    from pulumi_daytona.components.sandbox_pool import SandboxPool

__all__ = [
    "DevEnvironment",
    "EnvironmentFile",
    "EnvironmentRepository",
    "EnvironmentVolume",
    "EphemeralEnvironment",
    "SandboxArgs",
    "SandboxPool",
]

_MODULES = {
    "DevEnvironment": "dev_environment",
    "EnvironmentFile": "dev_environment_args",
    "EnvironmentRepository": "dev_environment_args",
    "EnvironmentVolume": "dev_environment_args",
    "EphemeralEnvironment": "ephemeral_environment",
    "SandboxArgs": "sandbox_args",
    "SandboxPool": "sandbox_pool",
}


def __getattr__(name: str) -> Any:
    """Import a class when it is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
