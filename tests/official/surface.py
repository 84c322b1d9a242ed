"""What a client package offers, as JSON: `python surface.py daytona` or `python surface.py daytona_httpx`.

It runs in the environment of the package that it looks at, so it needs nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import importlib
import inspect
import json
import pkgutil
import re
import sys
import types
import typing
from collections.abc import Iterator
from typing import Any

SERVICES = re.compile(r"\.(_async|_sync|handle)\.")
"""The modules of what a client gives: sandboxes, and their services."""


def surface(package: str) -> dict[str, Any]:
    """Return what a package exports, and every class that it gives or answers with."""
    module = importlib.import_module(package)
    exported = {name: getattr(module, name) for name in module.__all__}
    classes = {kind.__name__: kind for kind in _all_classes(module)}
    services = [kind for kind in classes.values() if SERVICES.search(f"{kind.__module__}.")]
    reached = {
        kind.__name__: kind for kind in _reach([*services, *filter(inspect.isclass, exported.values())])
    }
    return {
        "exports": {name: _described(value) for name, value in exported.items() if name[0] != "_"},
        "classes": {name: _described(kind) for name, kind in sorted((classes | reached).items())},
        "reached": sorted(reached),
    }


def _all_classes(module: types.ModuleType) -> Iterator[type]:
    for info in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
        if "internal" in info.name:
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            if inspect.isclass(value) and value.__module__ == info.name and name[0] != "_":
                yield value


def _reach(kinds: list[type]) -> set[type]:
    """Follow what methods return and what fields hold, from class to class."""
    found: set[type] = set()
    while kinds:
        kind = kinds.pop()
        if kind not in found and kind.__module__.startswith("daytona"):
            found.add(kind)
            kinds += _named_in(kind)
    return found


def _named_in(kind: type) -> list[type]:
    hints = [field.annotation for field in getattr(kind, "model_fields", {}).values()]
    for name, function in inspect.getmembers(kind, inspect.isfunction):
        if name[0] != "_" and function.__module__.startswith("daytona"):
            hints.append(_hints(function).get("return"))
    return [named for hint in hints for named in _classes_in(hint)]


def _hints(function: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except NameError:  # imported for type checkers only
        return {}


def _classes_in(hint: Any) -> list[type]:
    inner = [named for part in typing.get_args(hint) for named in _classes_in(part)]
    return [hint] if inspect.isclass(hint) and not inner else inner


def _described(value: Any) -> dict[str, Any]:
    if not inspect.isclass(value):
        return {"kind": "alias"}
    described = {"kind": _kind(value), "methods": _methods(value), "names": sorted(_names(value))}
    if issubclass(value, enum.Enum):
        described["members"] = {member.name: member.value for member in value}
    if issubclass(value, Exception):
        described["bases"] = [base.__name__ for base in value.__mro__ if base.__name__.startswith("Daytona")]
    return {**described, "parameters": _parameters(value)}


def _kind(value: type) -> str:
    for kind, base in (("enum", enum.Enum), ("error", Exception)):
        if issubclass(value, base):
            return kind
    is_service = SERVICES.search(f"{value.__module__}.")
    return "service" if is_service else "data"


def _own(value: type) -> dict[str, Any]:
    """Return what the package itself put into a class, without what a code generator or pydantic did."""
    bases = [base for base in reversed(value.__mro__) if base.__module__.split(".")[0] in PACKAGES]
    return {name: member for base in bases for name, member in vars(base).items() if name[0] != "_"}


def _methods(value: type) -> dict[str, Any]:
    found = {name: member.__func__ if _is_bound(member) else member for name, member in _own(value).items()}
    return {name: _signatures(member) for name, member in found.items() if inspect.isfunction(member)}


def _is_bound(member: Any) -> bool:
    return isinstance(member, staticmethod | classmethod)


def _signatures(function: Any) -> dict[str, Any]:
    """Return a function's signature, or each of those that it really takes where it says ``*args``."""
    inner = inspect.unwrap(function)
    signatures = [_signature(inner)]
    if signatures[0][:1] and signatures[0][0][1] == "VAR_POSITIONAL":
        signatures = [_only_places(_signature(each)) for each in typing.get_overloads(inner)]
    return {"signatures": signatures, "waits": inspect.iscoroutinefunction(inner)}


def _only_places(signature: list[list[Any]]) -> list[list[Any]]:
    return [[name, "POSITIONAL_ONLY", default] for name, _, default in signature]


def _signature(function: Any) -> list[list[Any]]:
    parameters = inspect.signature(function).parameters.values()
    return [
        [each.name, each.kind.name, _plain(each.default)]
        for each in parameters
        if each.name not in ("self", "cls")
    ]


def _parameters(value: type) -> list[list[Any]]:
    """Return what a caller gives to make one: for data and errors only, the client makes the rest."""
    if hasattr(value, "model_fields"):
        fields = value.model_fields.items()
        return [[name, "KEYWORD_ONLY", _plain(_default(field))] for name, field in fields]
    if dataclasses.is_dataclass(value) or issubclass(value, Exception):
        return _signature(value.__init__)
    return []


def _default(field: Any) -> Any:
    return inspect.Parameter.empty if field.is_required() else field.get_default(call_default_factory=True)


def _plain(value: Any) -> Any:
    if value is inspect.Parameter.empty:
        return "required"
    if isinstance(value, enum.Enum):
        return value.value
    return value if isinstance(value, str | int | float | None) else repr(value)


def _names(value: type) -> set[str]:
    """Return the attributes: fields, properties, and what ``__init__`` sets."""
    found = set(getattr(value, "model_fields", ()))
    found |= {field.name for field in dataclasses.fields(value)} if dataclasses.is_dataclass(value) else set()
    found |= {
        name for name, member in _own(value).items() if hasattr(member, "__get__") and not callable(member)
    }
    return found.union(*map(_set_by, value.__mro__))


def _set_by(base: type) -> list[str]:
    made = vars(base).get("__init__")
    if base.__module__.split(".")[0] not in PACKAGES or not inspect.isfunction(made):
        return []
    with contextlib.suppress(OSError):  # a dataclass's own has no source
        return re.findall(r"^        self\.([a-z]\w*)\b[^=(\n]*= ", inspect.getsource(made), re.MULTILINE)
    return []


PACKAGES = ("daytona", "daytona_httpx")

if __name__ == "__main__":
    json.dump(surface(sys.argv[1]), sys.stdout)
