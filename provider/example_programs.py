"""Read the examples of the reference, which are Python, as programs that other languages can say too."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_daytona.core.resources import RESOURCES
from pulumi_daytona.schema.naming import camel

FIELDS = ("VolumeMount", "Resources")
"""What Python calls a map with the fields of a type."""


@dataclass(frozen=True)
class Reference:
    """Name an output of a resource."""

    resource: str
    output: str


@dataclass(frozen=True)
class Setting:
    """Name a value of the stack's configuration."""

    key: str
    secret: bool


@dataclass(frozen=True)
class Joined:
    """Put texts and other values together to one text."""

    parts: tuple[Any, ...]


@dataclass(frozen=True)
class Declared:
    """Hold a resource of a program.

    Args:
        name: Its logical name.
        kind: The kind of resource.
        inputs: Its inputs, by the names of the wire.
        after: The resources that it depends on.
    """

    name: str
    kind: str
    inputs: dict[str, Any]
    after: tuple[str, ...] = ()


@dataclass
class Program:
    """Hold a program: its resources by their variables, and what it exports."""

    words: str = ""
    resources: dict[str, Declared] = field(default_factory=dict)
    outputs: dict[str, Reference] = field(default_factory=dict)


class NotPlainError(Exception):
    """Say that an example does what only Python can say."""


def read(source: str) -> Program:
    """Return the program of an example.

    Raises:
        NotPlainError: It has more in it than resources, values and exports.
    """
    program, local = Program(), dict[str, Any]()
    module = ast.parse(source)
    program.words = ast.get_docstring(module) or ""
    for node in module.body[1:]:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            _keep(program, node, local)
    return program


def _keep(program: Program, node: ast.stmt, local: dict[str, Any]) -> None:
    target, call = _assigned(node)
    if not isinstance(call, ast.Call):
        raise NotPlainError(ast.unparse(node))
    if (name := _called(call)) in RESOURCES:
        declared = _declared(call, name, local)
        program.resources[target or camel(declared.name.replace("-", "_"))] = declared
    elif name == "export":
        _export(program, call, local)
    elif target:
        local[target] = _value(call, local)
    else:
        raise NotPlainError(ast.unparse(node))


def _assigned(node: ast.stmt) -> tuple[str, ast.expr | None]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, node.value
    return "", node.value if isinstance(node, ast.Expr) else None


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _declared(call: ast.Call, kind: str, local: Mapping[str, Any]) -> Declared:
    given = {each.arg or "": each.value for each in call.keywords}
    options = given.pop("opts", None)
    inputs = {camel(name): _value(node, local) for name, node in given.items()}
    return Declared(str(ast.literal_eval(call.args[0])), kind, inputs, _after(options))


def _after(options: ast.expr | None) -> tuple[str, ...]:
    if options is None:
        return ()
    if not isinstance(options, ast.Call) or [each.arg for each in options.keywords] != ["depends_on"]:
        raise NotPlainError(ast.unparse(options))
    return tuple(ast.unparse(options.keywords[0].value).strip("[]").split(", "))


def _export(program: Program, call: ast.Call, local: Mapping[str, Any]) -> None:
    """Keep what is exported; what Python's own classes make of an output is left out."""
    try:
        found = _value(call.args[1], local)
    except NotPlainError:
        return
    if isinstance(found, Reference):
        program.outputs[str(ast.literal_eval(call.args[0]))] = found


def _value(node: ast.expr, local: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.List):
        return [_value(each, local) for each in node.elts]
    if isinstance(node, ast.Dict):
        keys = [ast.literal_eval(key) for key in node.keys if key]
        return dict(zip(keys, (_value(each, local) for each in node.values), strict=True))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return Reference(node.value.id, camel(node.attr))
    if isinstance(node, ast.Name) and node.id in local:
        return local[node.id]
    if isinstance(node, ast.Call):
        return _made(node, local)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _value(node.left, local) * _value(node.right, local)
    if isinstance(node, ast.Constant):
        return node.value
    raise NotPlainError(ast.unparse(node))


def _made(call: ast.Call, local: Mapping[str, Any]) -> Any:
    name = _called(call)
    if name in FIELDS:
        return {camel(each.arg or ""): _value(each.value, local) for each in call.keywords}
    if name in ("require", "require_secret"):
        return Setting(str(ast.literal_eval(call.args[0])), name == "require_secret")
    if name == "format":
        texts = str(ast.literal_eval(call.args[0])).split("{}")
        values = [_value(each, local) for each in call.args[1:]]
        pairs = zip(texts[1:], values, strict=True)
        return Joined((texts[0], *(part for text, value in pairs for part in (value, text))))
    raise NotPlainError(ast.unparse(call))
