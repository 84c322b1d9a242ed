"""The engine's values that Python has no type for, and where in a value the secrets are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Path = tuple[str | int, ...]
"""Where something is in a value: the keys and indexes that lead there."""

WHOLE: Final[Path] = ()


@dataclass(frozen=True)
class Secret:
    """Hold a value that must not be shown."""

    value: Any = field(repr=False)


@dataclass(frozen=True)
class Asset:
    """Hold a file that a program names.

    Args:
        form: ``text``, ``path`` or ``uri``; empty where the engine left the content out.
        content: The text, or where the file is.
        hash: The engine's hash.
    """

    form: str
    content: str = field(repr=False)
    hash: str = ""


@dataclass(frozen=True)
class Archive:
    """Hold a folder that a program names.

    Args:
        form: ``assets``, ``path`` or ``uri``; empty where the engine left the content out.
        content: The files by name, or where the folder is.
        hash: The engine's hash.
    """

    form: str
    content: Any
    hash: str = ""


@dataclass(frozen=True)
class Reference:
    """Hold a resource that a program hands over whole.

    Args:
        urn: Its URN.
        id: Its id, ``UNKNOWN`` before it is made; None for a component.
        version: The version of the package that it is of.
    """

    urn: str
    id: Any = None
    version: str = ""


def plain(value: Any) -> Any:
    """Return a value as the core takes it: files by their places, resources by their ids, secrets open."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Asset):
        return {value.form: value.content} if value.form else {}
    if isinstance(value, Archive):
        key = "archive" if value.form == "path" else value.form
        return {key: plain(value.content)} if key else {}
    if isinstance(value, Reference):
        return value.urn if value.id is None else value.id
    return value


def secret_paths(value: Any, path: Path = WHOLE) -> Iterator[Path]:
    """Yield where the secrets in a value are; what is below one is one."""
    if isinstance(value, Secret):
        yield path
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from secret_paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from secret_paths(item, (*path, index))
    elif isinstance(value, Archive) and any(secret_paths(value.content)):
        yield path


def with_secrets(properties: Mapping[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Return properties in which what is at the paths is secret.

    Where a path leads on to what a property doesn't have (a list that has become a text), all that it would
    be in is secret. A property that isn't there at all is not made.
    """
    given = [*paths]
    return {key: _marked(item, _below(key, given)) for key, item in properties.items()}


def _marked(value: Any, paths: list[Path]) -> Any:
    if not paths:
        return value
    inside = dict(_items(value))
    if any(path == WHOLE or path[0] not in inside for path in paths):
        return Secret(value)
    marked = {key: _marked(item, _below(key, paths)) for key, item in inside.items()}
    return [*marked.values()] if isinstance(value, list) else marked


def _below(key: object, paths: Iterable[Path]) -> list[Path]:
    return [path[1:] for path in paths if path[0] == key]


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
