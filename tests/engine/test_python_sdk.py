"""What Pulumi generates for Python from our schema takes and tells what our own typed classes do."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pulumi_daytona import functions, native
from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.core.resources import RESOURCES, module_of
from pydantic import BaseModel

from tests.toolchain import sdks
from tests.toolchain.errors import MissingError

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]  # what compiles is built first, once

SET_BY_OURS = {"contexts"}
"""What the hand-written classes make of an Image; other languages give it."""

LOOK_UPS = {look_up.name: look_up for look_up in every_look_up()}


@pytest.fixture(scope="module")
def package() -> Path:
    try:
        return sdks.sdk("python", print) / "pulumi_daytona_sdk"
    except MissingError as reason:
        pytest.skip(str(reason))


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


def found(module: Path, name: str) -> Any:
    """Return a class or a function of a module; of several forms the one that is written out."""
    return [each for each in parsed(module).body if getattr(each, "name", "") == name][-1]


def taken(function: ast.FunctionDef) -> dict[str, str]:
    """Return the arguments of a function, each with its type in words."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    given = {each.arg: each.annotation for each in arguments if each.annotation is not None}
    return {name: in_words(node) for name, node in given.items() if name != "opts"}


def ours(function: Any) -> dict[str, str]:
    parameters = inspect.signature(function).parameters
    given = {name: ast.parse(each.annotation, mode="eval").body for name, each in parameters.items()}
    return {name: in_words(node) for name, node in given.items() if name not in ("resource_name", "opts")}


def in_words(annotation: ast.expr) -> str:
    """Return a type in words, whether or not it may be an output, or be left out."""
    return " or ".join(sorted({*kinds(annotation)}))


def kinds(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield from kinds(ast.parse(node.value, mode="eval").body)
    elif isinstance(node, ast.BinOp):
        yield from kinds(node.left)
        yield from kinds(node.right)
    elif isinstance(node, ast.Subscript):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        yield from of(last_name(node.value), inner)
    else:
        yield from called(last_name(node))


def of(container: str, inner: list[ast.expr]) -> Iterator[str]:
    if container in ("Sequence", "list"):
        yield f"list of ({in_words(inner[0])})"
    elif container in ("Mapping", "dict"):
        yield f"map of ({in_words(inner[1])})"
    else:  # Input, InputType, Optional or Union
        for each in inner:
            yield from kinds(each)


def called(name: str) -> Iterator[str]:
    """Yield what a type is called: enums and times are texts, and an Image becomes other inputs."""
    plain = name.removesuffix("Dict").removesuffix("Args")
    if plain in ("Asset", "Archive"):
        yield "asset"
    elif plain == "datetime" or plain in enums():
        yield "str"
    elif plain not in ("Image", "None"):
        yield plain


def last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@cache
def enums() -> set[str]:
    module = sdks.sdk("python", print) / "pulumi_daytona_sdk" / "_enums.py"
    return {each.name for each in parsed(module).body if isinstance(each, ast.ClassDef)}


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_generated_resource_takes_what_ours_takes(package: Path, kind: str) -> None:
    arguments = found(package / f"{module_of(kind)}.py", f"{kind}Args")
    made = taken(next(each for each in arguments.body if each.name == "__init__"))
    assert made == ours(getattr(native, kind)) | {name: made[name] for name in SET_BY_OURS & made.keys()}


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_generated_resource_tells_what_ours_tells(package: Path, kind: str) -> None:
    resource = found(package / f"{module_of(kind)}.py", kind)
    getters = (each for each in resource.body if isinstance(each, ast.FunctionDef) and each.decorator_list)
    told = {each.name for each in getters if last_name(each.decorator_list[0]) == "property"}
    assert {*getattr(native, kind)._outputs} == told - SET_BY_OURS


@pytest.mark.parametrize("name", LOOK_UPS)
def test_a_generated_function_takes_and_tells_what_ours_does(package: Path, name: str) -> None:
    module = package / f"{name}.py"
    assert taken(found(module, name)) == ours(getattr(native, name))
    result = LOOK_UPS[name].result
    if isinstance(result, type) and issubclass(result, BaseModel):
        made = found(module, f"{''.join(word.capitalize() for word in name.split('_'))}Result")
        told = {each.name for each in made.body if isinstance(each, ast.FunctionDef)} - {"__init__"}
        ours_is = getattr(functions, inspect.signature(getattr(native, name)).return_annotation)
        assert {*ours_is.__dataclass_fields__} == told
