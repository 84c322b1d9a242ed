"""Rewrite properties of an exported state as the native plugin has them.

Secrets stay as the engine has sealed them. Only where a name inside one is spelled otherwise, or where the
plugin takes for plain what the dynamic provider had to hide, is the opened value looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.plugin.codec import SECRET, SIGNATURE
from pulumi_daytona.plugin.wire import Types, arm_of, fields_of, is_model, item_of, models_in, written
from pulumi_daytona.schema.naming import camel

Properties = dict[str, Any]

GONE: Final = frozenset({"__provider", "declared", "owner"})
"""What only the dynamic provider keeps."""


def shown(kind: str, outputs: Properties, opened: Properties) -> Properties:
    """Return outputs in which what shows inputs is plain where none of those is a secret.

    The dynamic provider can't tell, and hides them always.

    Args:
        kind: The kind of resource.
        outputs: The outputs, their secrets sealed.
        opened: The same, their secrets opened.
    """
    hidden = {name for name, value in outputs.items() if any(_secrets_in(value))}
    shows = definition_of(kind).secret_with.items()
    plain = {name for name, causes in shows if _is_secret(outputs.get(name)) and not hidden & {*causes}}
    return {
        name: json.loads(opened[name]["plaintext"]) if name in plain else value
        for name, value in outputs.items()
    }


def respelled_properties(sealed: Properties | None, opened: Properties | None, types: Types) -> Properties:
    """Return properties by the wire's names, without what is the dynamic provider's alone.

    Args:
        sealed: The properties, their secrets sealed.
        opened: The same, their secrets opened.
        types: Their types, by Python's names.
    """
    there = {name: value for name, value in (sealed or {}).items() if name not in GONE and value is not None}
    return {
        camel(name): _renamed(value, (opened or {}).get(name), types.get(name, Any))
        for name, value in there.items()
    }


def _renamed(value: Any, opened: Any, hint: Any) -> Any:
    """Return a value with the wire's names, its secrets as they are where no name in them changes."""
    if _is_secret(value):
        if not any(models_in(hint)):
            return value
        return {SIGNATURE: SECRET, "plaintext": json.dumps(written(json.loads(opened["plaintext"]), hint))}
    if isinstance(value, Mapping):
        arm = arm_of(hint, dict)
        types = fields_of(arm) if is_model(arm) else None
        return {
            camel(key) if types else key: _renamed(
                item,
                opened[key] if isinstance(opened, Mapping) else None,
                types.get(key, Any) if types else item_of(arm),
            )
            for key, item in value.items()
        }
    if isinstance(value, list):
        item_hint = item_of(arm_of(hint, list))
        return [_renamed(item, also, item_hint) for item, also in zip(value, opened, strict=True)]
    return value


def _is_secret(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get(SIGNATURE) == SECRET


def _secrets_in(value: Any) -> Iterator[Any]:
    if _is_secret(value):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _secrets_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _secrets_in(item)
