"""What the resource classes of programs that use the native plugin have in common."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any, ClassVar, Self

import pulumi

from pulumi_daytona.native.shapes import as_python, as_wire
from pulumi_daytona.schema.naming import camel, token


class NativeResource(pulumi.CustomResource):
    """Register a resource with the engine, as the generated classes describe it.

    A class that is given a kind takes its annotations for what can be read of it; one that isn't, a user's
    own or one with methods written by hand, stays what it derives from.
    """

    _kind: ClassVar[str] = ""
    _outputs: ClassVar[tuple[str, ...]] = ()
    _secrets: ClassVar[tuple[str, ...]] = ()
    _shaped: ClassVar[tuple[str, ...]] = ()
    pulumi_type: ClassVar[str]

    def __init_subclass__(
        cls, kind: str = "", secrets: tuple[str, ...] = (), shaped: tuple[str, ...] = (), **options: Any
    ) -> None:
        """Keep what the class declares.

        Args:
            kind: The kind of resource, for example ``Sandbox``.
            secrets: The names of the inputs and outputs that are secrets.
            shaped: The names of those with fields inside, whose names the wire spells otherwise.
            options: What other base classes take.
        """
        if kind:
            cls._kind, cls._secrets, cls._shaped = kind, secrets, shaped
            hints = inspect.get_annotations(cls, eval_str=True)
            cls._outputs, cls.pulumi_type = tuple(hints), token(kind)
            for name, hint in hints.items():
                setattr(cls, name, _property(name, hint))
        super().__init_subclass__(**options)

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
        for name in self._shaped:
            given[name] = as_wire(given.get(name))
        for name in self._secrets:
            if given.get(name) is not None:
                given[name] = pulumi.Output.secret(given[name])
        self._register(resource_name, given, opts)

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Self:
        """Return a resource that exists already, and that this stack doesn't own.

        Args:
            resource_name: The logical name in the program.
            id: Its id in Daytona.
            opts: Pulumi's resource options.
        """
        found = cls.__new__(cls)
        merged = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        found._register(resource_name, {}, merged)
        return found

    def _register(
        self, resource_name: str, given: Mapping[str, Any], opts: pulumi.ResourceOptions | None
    ) -> None:
        properties = {**dict.fromkeys(self._outputs), **given}
        ours = pulumi.ResourceOptions(version=plugin_version(), additional_secret_outputs=[*self._secrets])
        merged = pulumi.ResourceOptions.merge(ours, opts)
        super().__init__(self.pulumi_type, resource_name, arguments(properties), merged)
        for name in properties.keys() & {*self._shaped}:
            self.__dict__[name] = self.__dict__[name].apply(as_python)

    def _translated(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs as the plugin takes them; for what programs may write in another way."""
        return dict(inputs)


@cache
def plugin_version() -> str:
    """Return the version of the plugin: it comes with this package."""
    return version("pulumi-daytona")


def arguments(values: Mapping[str, Any]) -> Any:
    """Return values as Pulumi takes arguments whose names the wire spells otherwise than Python."""
    made = _arguments(tuple(values))()
    made.__dict__.update(values)
    return made


@cache
def _arguments(names: Iterable[str]) -> type:
    """Return a class of arguments; without one Pulumi would respell the keys of a user's maps too."""
    fields = {name: pulumi.property(camel(name), default=None) for name in names}
    annotations = dict.fromkeys(names, Any)
    return pulumi.input_type(type("Arguments", (), {**fields, "__annotations__": annotations}))


def _property(name: str, hint: Any) -> property:
    """Return a property that Pulumi knows by the wire's name, and with its type."""

    def read(self: NativeResource) -> Any:
        return self.__dict__[name]

    read.__name__, read.__annotations__ = name, {"return": hint}
    return property(pulumi.getter(name=camel(name))(read))
