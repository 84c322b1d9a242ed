"""What the engine keeps of a resource, as the core takes it and as the engine does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from google.protobuf.struct_pb2 import Struct

from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.traits import Change
from pulumi_daytona.plugin.codec import decode, encode
from pulumi_daytona.plugin.status import Code, RefusedError
from pulumi_daytona.plugin.values import Path, plain, secret_paths, with_secrets
from pulumi_daytona.plugin.wire import from_wire, input_types, state_types, to_wire
from pulumi_daytona.schema.naming import camel

VERSION: Final = 1
VERSION_KEY: Final = "__version"
"""A hidden output: the version of how the state is written."""


@dataclass(frozen=True)
class Given:
    """Hold properties of the engine in the open, and where the secrets in them are."""

    properties: dict[str, Any] = field(repr=False)
    secrets: tuple[Path, ...] = ()

    @classmethod
    def of(cls, struct: Struct) -> Given:
        """Read the engine's properties.

        Raises:
            RefusedError: There is a value of a kind that isn't known.
        """
        try:
            decoded = decode(struct)
        except ValueError as error:
            raise RefusedError(str(error)) from None
        return cls(plain(decoded), tuple(secret_paths(decoded)))


def state_of(kind: str, olds: Given, inputs: Given) -> State:
    """Return a resource's state as the core takes it.

    What only the provider reads is as it was last given, also when that was no reason for an update.

    Args:
        kind: The kind of resource.
        olds: The outputs that the engine has.
        inputs: The inputs that the engine has.

    Raises:
        RefusedError: A newer version has written it.
    """
    version = olds.properties.get(VERSION_KEY, VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise RefusedError(
            f"the state of this {kind} was written by a newer pulumi-daytona (format {version}, this one "
            f"knows {VERSION}); upgrade pulumi-daytona",
            Code.FAILED_PRECONDITION,
        )
    given = from_wire(inputs.properties, input_types(kind))
    traits = definition_of(kind).inputs.traits()
    settings = {name: value for name, value in given.items() if traits[name].change is Change.NONE}
    outputs = from_wire(olds.properties, state_types(kind))
    return {**given, **outputs, **settings, "declared": sorted(given)}


def outputs_of(kind: str, inputs: Mapping[str, Any], live: Live, secrets: Iterable[Path]) -> Struct:
    """Return what the engine keeps of a resource: its inputs, and over them what is live.

    Args:
        kind: The kind of resource.
        inputs: The inputs as the core has them.
        live: The resource.
        secrets: Where in the inputs the secrets are.
    """
    return written(kind, definition_of(kind).state(inputs, live), secrets)


def written(kind: str, values: Mapping[str, Any], secrets: Iterable[Path]) -> Struct:
    """Return a state of the core as the engine keeps it."""
    shown = {name: value for name, value in values.items() if name not in ("declared", "owner")}
    there = {name: value for name, value in shown.items() if value is not None}
    properties = {**to_wire(there, state_types(kind)), VERSION_KEY: VERSION}
    return encode(with_secrets(properties, all_secrets(definition_of(kind), secrets)))


def written_inputs(kind: str, values: Mapping[str, Any], secrets: Iterable[Path], **hidden: Any) -> Struct:
    """Return inputs of the core as the engine keeps them.

    Args:
        kind: The kind of resource.
        values: The inputs, by Python's names.
        secrets: Where the secrets are that the program gave.
        hidden: What no program sees.
    """
    properties = {**to_wire(values, input_types(kind)), **hidden}
    return encode(with_secrets(properties, all_secrets(definition_of(kind), secrets)))


def all_secrets(definition: Definition[Any], secrets: Iterable[Path]) -> list[Path]:
    """Return where the secrets are: those of the program, those that always are, and what shows either."""
    given = [*secrets]
    roots = {path[0] for path in given}
    shows = definition.secret_with
    always = [name for name in definition.secrets if name not in shows]
    roots |= {camel(name) for name in always}
    showing = [name for name, causes in shows.items() if roots & {camel(cause) for cause in causes}]
    return [*given, *((camel(name),) for name in (*always, *showing))]
