"""What the resource classes of programs have in common."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pulumi
import pulumi.dynamic

from pulumi_daytona.dynamic import provider_class
from pulumi_daytona.ownership import owner


class DaytonaResource(pulumi.dynamic.Resource, module="daytona"):
    """Register a resource with the engine, as the generated classes describe it.

    A class that is given a kind takes its annotations for the outputs; one that isn't, a user's own or
    one with methods written by hand, stays what it derives from.
    """

    _kind: ClassVar[str] = ""
    _outputs: ClassVar[tuple[str, ...]] = ()
    _secrets: ClassVar[tuple[str, ...]] = ()
    _secret_with: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init_subclass__(
        cls,
        kind: str = "",
        secrets: tuple[str, ...] = (),
        secret_with: Mapping[str, tuple[str, ...]] | None = None,
        **options: Any,
    ) -> None:
        """Keep what the class declares.

        Args:
            kind: The kind of resource, for example ``Sandbox``.
            secrets: The names of the inputs and outputs that are secrets.
            secret_with: Those of the outputs that a program sees as secrets only where inputs are.
            options: What other base classes take.
        """
        if kind:
            cls._kind, cls._secrets, cls._outputs = kind, secrets, tuple(inspect.get_annotations(cls))
            cls._secret_with = secret_with or {}
        super().__init_subclass__(module="daytona", name=cls._kind, **options)

    def __init__(
        self, resource_name: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None
    ) -> None:
        """Register the resource.

        Args:
            resource_name: The logical name in the program.
            inputs: The inputs, by name.
            opts: Pulumi's resource options.
        """
        given = self._translated(inputs)
        given["owner"] = owner(f"pulumi-python:{self._resource_type_name}", resource_name, opts)
        for name in self._secrets:
            if given.get(name) is not None:
                given[name] = pulumi.Output.secret(given[name])
        hidden = pulumi.ResourceOptions(additional_secret_outputs=[*self._secrets])
        merged = pulumi.ResourceOptions.merge(opts, hidden)
        properties = {**dict.fromkeys(self._outputs), **given}
        super().__init__(provider_class(self._kind)(), resource_name, properties, merged)
        for name, causes in self._secret_with.items():
            setattr(self, name, _secret_as(getattr(self, name), [given.get(cause) for cause in causes]))

    def _translated(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs as the core takes them; for what programs may write in another way."""
        return dict(inputs)


def _secret_as(value: pulumi.Output[Any], causes: Sequence[Any]) -> pulumi.Output[Any]:
    """Return an output that is a secret exactly when one of its causes is."""
    return pulumi.Output.all(pulumi.Output.unsecret(value), *causes).apply(lambda found: found[0])
