"""Rewrite an exported state: what the dynamic provider has made becomes the native plugin's."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import RESOURCES, definition_of
from pulumi_daytona.core.sweep_states import read_state
from pulumi_daytona.plugin.kept import VERSION, VERSION_KEY
from pulumi_daytona.plugin.migration_properties import GONE, Properties, respelled_properties, shown
from pulumi_daytona.plugin.wire import input_types, state_types, wire_path
from pulumi_daytona.schema.naming import camel, token

Resource = Properties

_DYNAMIC: Final = "pulumi-python:dynamic/daytona:"
_PROVIDER: Final = "pulumi:providers:daytona"
_CONFIG: Final = "daytona:"
_PATHS: Final = ("ignoreChanges", "replaceOnChanges", "hideDiff", "additionalSecretOutputs")
"""Where the engine keeps paths of properties."""


@dataclass(frozen=True)
class Move:
    """Say which resource becomes the plugin's.

    Args:
        kind: The kind of resource.
        name: Its logical name.
        id: Its id, which stays.
        urn: Its URN before.
        new_urn: Its URN after.
    """

    kind: str
    name: str
    id: str
    urn: str
    new_urn: str


@dataclass(frozen=True)
class Migration:
    """Hold what becomes the plugin's, and the whole state then."""

    moves: tuple[Move, ...]
    state: dict[str, Any]


def migration(stack: str, sealed: Any, opened: Any, version: str) -> Migration:
    """Return a stack's state in which the native plugin has what the dynamic provider has made.

    Args:
        stack: The stack's full name.
        sealed: The state as `pulumi stack export` writes it, as JSON is read.
        opened: The same, with ``--show-secrets``.
        version: The plugin's version.

    Raises:
        ProviderError: The state can't be read, isn't a finished one, or has a kind that isn't known.
    """
    read_state(stack, sealed)
    before, also = sealed["deployment"], opened["deployment"]
    if before.get("manifest") != also.get("manifest"):
        raise ProviderError(f'read the state of stack "{stack}": it has changed meanwhile; run it again')
    resources: list[Resource] = before.get("resources") or []
    ours = {index: _kind(stack, one) for index, one in enumerate(resources) if _is_dynamic(one)}
    if not ours:
        return Migration((), sealed)
    _refuse_pending(stack, before)
    provider = _provider(resources, resources[min(ours)], version)
    plain = also["resources"]
    moved = [
        _moved(ours[index], one, plain[index], provider) if index in ours else _related(one)
        for index, one in enumerate(resources)
    ]
    moves = tuple(_move(kind, resources[index]) for index, kind in ours.items())
    state = {**sealed, "deployment": {**before, "resources": _ordered(moved, provider, min(ours))}}
    return Migration(moves, state)


def _is_dynamic(resource: Resource) -> bool:
    return str(resource.get("type")).startswith(_DYNAMIC)


def _kind(stack: str, resource: Resource) -> str:
    kind = str(resource["type"]).removeprefix(_DYNAMIC)
    if kind not in RESOURCES:
        name = str(resource["urn"]).rpartition("::")[2]
        raise ProviderError(f'migrate stack "{stack}": {name} is a {kind}, which the plugin doesn\'t know')
    return kind


def _refuse_pending(stack: str, deployment: Mapping[str, Any]) -> None:
    for pending in deployment.get("pending_operations") or []:
        name = str(pending["resource"]["urn"]).rpartition("::")[2]
        begun = f"the last operation ({pending.get('type')}) on {name} was cut short"
        raise ProviderError(f'migrate stack "{stack}": {begun}; run `pulumi up` to its end, then migrate')


def _move(kind: str, resource: Resource) -> Move:
    urn = str(resource["urn"])
    return Move(kind, urn.rpartition("::")[2], str(resource.get("id")), urn, _new_urn(urn))


def _new_urn(urn: str) -> str:
    """Return a URN, or what begins with one, with the plugin's types in it; those of parents too."""
    parts = urn.split("::", 3)
    if len(parts) == 4:
        types = (
            token(each.removeprefix(_DYNAMIC)) if each.startswith(_DYNAMIC) else each
            for each in parts[2].split("$")
        )
        parts[2] = "$".join(types)
    return "::".join(parts)


def _provider(resources: list[Resource], first: Resource, version: str) -> Resource:
    """Return the plugin's default provider: the state's, or one as the engine would have made it."""
    name = f"default_{re.sub('[^A-Za-z0-9]', '_', version)}"
    urn = "::".join([*str(first["urn"]).split("::", 2)[:2], _PROVIDER, name])
    for each in resources:
        if each["urn"] == urn:
            return each
    dynamic = next((one for one in resources if str(first.get("provider")).startswith(f"{one['urn']}::")), {})
    config = {
        key.removeprefix(_CONFIG): value
        for key, value in dynamic.get("inputs", {}).items()
        if key.startswith(_CONFIG)
    }
    inputs = {**config, "version": version}
    made = {"urn": urn, "custom": True, "id": str(uuid.uuid4()), "type": _PROVIDER}
    return {**made, "inputs": inputs, "outputs": inputs}


def _ordered(resources: list[Resource], provider: Resource, first: int) -> list[Resource]:
    """Return the resources with the provider before all that are its, and without one that nobody has."""
    there = [index for index, one in enumerate(resources) if one["urn"] == provider["urn"]]
    index = min([first, *there])
    others = [one for one in resources[index:] if one["urn"] != provider["urn"]]
    ordered = [*resources[:index], provider, *others]
    used = {str(one.get("provider")).rpartition("::")[0] for one in ordered}
    return [one for one in ordered if one["type"] != "pulumi:providers:pulumi-python" or one["urn"] in used]


def _related(resource: Resource) -> Resource:
    """Return what isn't the plugin's, with the new URNs of what is."""
    kept = ("inputs", "outputs") if resource.get("custom") else ()
    return {key: value if key in kept else _respelled(value) for key, value in resource.items()}


def _respelled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _respelled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_respelled(item) for item in value]
    return _new_urn(value) if isinstance(value, str) and value.startswith("urn:pulumi:") else value


def _moved(kind: str, resource: Resource, opened: Resource, provider: Resource) -> Resource:
    moved = _related(resource)
    moved["type"], moved["provider"] = token(kind), f"{provider['urn']}::{provider['id']}"
    moved["inputs"] = respelled_properties(resource.get("inputs"), opened.get("inputs"), input_types(kind))
    outputs = shown(kind, resource.get("outputs") or {}, opened.get("outputs") or {})
    moved["outputs"] = {
        **respelled_properties(outputs, opened.get("outputs"), state_types(kind)),
        VERSION_KEY: VERSION,
    }
    if "propertyDependencies" in moved:
        named = moved["propertyDependencies"].items()
        moved["propertyDependencies"] = {camel(key): urns for key, urns in named if key not in GONE}
    shows, types = definition_of(kind).secret_with, {**state_types(kind), **input_types(kind)}
    for field in _PATHS:
        if field in moved:
            moved[field] = [wire_path(path, types) for path in moved[field] if path not in shows]
    return moved
