"""Write the Python program that declares what exists.

Names and labels come from whoever made a sandbox: everything is written as a literal, comments too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pulumi_daytona.core.importing import Unowned, distinct
from pulumi_daytona.core.importing_inputs import Placeholder

WIDTH: Final = 88

_HEAD = '''"""Sandboxes, volumes and snapshots that no stack owned; written by `pulumi-daytona import`.

`pulumi up` takes over those with adopt=True, and protects them as `pulumi import` does. It refuses the other
sandboxes, since their names are taken, and leaves them as they are. What Daytona's vault gives a sandbox
(secrets) can't be read back, and has to be added.
"""
'''


class Program:
    """Write one program.

    Args:
        resources: What it declares, volumes before the sandboxes that mount them.

    Attributes:
        secrets: The configuration keys that it reads, each to be set with `pulumi config set --secret`.
    """

    def __init__(self, resources: Sequence[Unowned]) -> None:
        self._resources = resources
        volumes = [one for one in resources if one.kind == "Volume"]
        variables = distinct((f"volume_{one.name}" for one in volumes), unsafe=r"[^A-Za-z0-9]+")
        self._variables = {
            one.id: variable.replace("-", "_") for one, variable in zip(volumes, variables, strict=True)
        }
        wanted = [(one.logical_name, place) for one in resources for place in _placeholders(one.inputs)]
        self.secrets = distinct(f"{name}-{place.name}" for name, place in wanted)
        self._keys = {
            (name, place.name): key for (name, place), key in zip(wanted, self.secrets, strict=True)
        }

    def text(self) -> str:
        """Return the program."""
        return "".join([_HEAD, "\n", *self._imports(), *map(self._resource, self._resources)])

    def _imports(self) -> Iterator[str]:
        kinds = {one.kind for one in self._resources}
        kinds |= {"VolumeMount"} if any("volumes" in one.inputs for one in self._resources) else set()
        if self.secrets or any(one.inputs.get("adopt") for one in self._resources):
            yield "import pulumi\n"
        if kinds:
            yield f"from pulumi_daytona import {', '.join(sorted(kinds))}\n"
        if self.secrets:
            yield "\n# Each has to be set once: pulumi config set --secret <key>\nconfig = pulumi.Config()\n"

    def _resource(self, one: Unowned) -> str:
        remarks = "".join(f"# {literal(remark)[1:-1]}\n" for remark in one.remarks)
        arguments = [literal(one.logical_name)]
        arguments += [f"{name}={self._value(one, name, value)}" for name, value in one.inputs.items()]
        variable = ""
        if one.id in self._variables:
            variable = f"{self._variables[one.id]} = "
        if one.inputs.get("adopt"):
            arguments.append("opts=pulumi.ResourceOptions(protect=True)")
        return f"\n{remarks}{variable}{call(one.kind, arguments)}\n"

    def _value(self, one: Unowned, name: str, value: Any) -> str:
        if name == "volumes":
            return listed([self._mount(mount) for mount in value], depth=1)
        return self._written(one, value)

    def _written(self, one: Unowned, value: Any) -> str:
        if isinstance(value, Placeholder):
            return f"config.require_secret({literal(self._keys[one.logical_name, value.name])})"
        if isinstance(value, Mapping):
            return mapped({literal(key): self._written(one, item) for key, item in value.items()}, depth=1)
        return literal(value, depth=1)

    def _mount(self, mount: Mapping[str, str]) -> str:
        variable = self._variables.get(mount["volume_id"])
        volume_id = f"{variable}.id" if variable else literal(mount["volume_id"])
        others = [f"{name}={literal(value)}" for name, value in mount.items() if name != "volume_id"]
        return f"VolumeMount({', '.join([f'volume_id={volume_id}', *others])})"


def literal(value: Any, depth: int = 0) -> str:
    """Return a value as Python source that means exactly it; a text of several lines takes several.

    Args:
        value: A text, number, boolean, list or map.
        depth: How far the source is indented that it goes into.
    """
    if isinstance(value, str):
        lines = value.splitlines(keepends=True) if depth else [value]
        return _text(value) if len(lines) < 2 else bracketed("()", map(_text, lines), depth, comma="")
    if isinstance(value, Mapping):
        return mapped({literal(key): literal(item) for key, item in value.items()}, depth)
    return listed(map(literal, value), depth) if isinstance(value, list) else repr(value)


def call(name: str, arguments: Sequence[str]) -> str:
    """Return the source of a call at the left margin."""
    return name + bracketed("()", arguments, depth=0)


def mapped(items: Mapping[str, str], depth: int) -> str:
    """Return the source of a map, of sources."""
    return _short_or_long("{}", [f"{key}: {item}" for key, item in items.items()], depth)


def listed(items: Sequence[str] | Iterator[str], depth: int) -> str:
    """Return the source of a list, of sources."""
    return _short_or_long("[]", list(items), depth)


def bracketed(brackets: str, items: Sequence[str] | Iterator[str], depth: int, comma: str = ",") -> str:
    """Return the source of items in brackets, each on a line of its own."""
    inner, outer = "    " * (depth + 1), "    " * depth
    lines = "".join(f"{inner}{item}{comma}\n" for item in items)
    return f"{brackets[0]}\n{lines}{outer}{brackets[1]}"


def _short_or_long(brackets: str, items: Sequence[str], depth: int) -> str:
    short = f"{brackets[0]}{', '.join(items)}{brackets[1]}"
    # The argument's own name and comma have to fit as well.
    fits = len(short) + 4 * depth + 24 <= WIDTH and "\n" not in short
    return short if fits else bracketed(brackets, items, depth)


def _text(value: str) -> str:
    """Return a text as source: readable where it can be, escaped where it must."""
    written = json.dumps(value, ensure_ascii=False)
    return written if written.isprintable() else ascii(value)


def _placeholders(value: Any) -> Iterator[Placeholder]:
    if isinstance(value, Placeholder):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _placeholders(item)
