"""Turn a live sandbox into the inputs that would make it: only those that differ from the defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from daytona_httpx import AsyncSandbox

from pulumi_daytona.core.resources.sandbox.inputs import SandboxInputs
from pulumi_daytona.core.resources.sandbox.told import Defaults, told_inputs
from pulumi_daytona.core.traits import KEEP, Trait

Inputs = Mapping[str, Any]
"""Inputs by name; a secret is a ``Placeholder``, never its value."""


@dataclass(frozen=True)
class Placeholder:
    """Stand for a secret value, which is read from the stack's configuration.

    Args:
        name: What it is, for example the name of an environment variable.
    """

    name: str


def sandbox_inputs(sandbox: AsyncSandbox, defaults: Defaults) -> Inputs:
    """Return the inputs that would make a sandbox like this one.

    Args:
        sandbox: The sandbox, read in full.
        defaults: What needs no input.
    """
    values, traits = told_inputs(sandbox, defaults), SandboxInputs.traits()
    return {
        name: _hidden(name, values[name]) if trait.secret else values[name]
        for name, trait in traits.items()
        if name in values and _differs(trait, values[name])
    }


def remarks_on(sandbox: AsyncSandbox) -> list[str]:
    """Return what the API doesn't tell of a sandbox, so that a program can't say it."""
    return list(_remarks(sandbox))


def _differs(trait: Trait, value: Any) -> bool:
    if value is None:
        return False
    return trait.default is KEEP or not trait.same(trait.default, value)


def _hidden(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: Placeholder(str(key)) for key in value}
    return Placeholder(name.replace("_", "-"))


def _remarks(sandbox: AsyncSandbox) -> Iterator[str]:
    if sandbox.build_info and sandbox.build_info.context_hashes:
        yield "its Dockerfile copies local files, which can't be read back; use an Image that adds them"
    if sandbox.auto_destroy_at:
        yield f"it is destroyed at {sandbox.auto_destroy_at}; set ttl_minutes to keep to that"
