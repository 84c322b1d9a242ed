"""Write the classes and functions of pulumi_daytona/native from the core; `make generate` runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_type_hints

from generate_functions import BY_PLUGIN, functions, homes_of_results, names_of
from generate_resources import constructor, docstring_of, imports_of, read, types_of
from pulumi_daytona.core.definition import Definition
from pulumi_daytona.core.functions import TOPICS
from pulumi_daytona.core.resources import RESOURCES, definition_of, module_of
from pulumi_daytona.core.traits import Shown
from pulumi_daytona.schema.types import models_in
from pydantic.fields import FieldInfo
from source_text import tidy, wrapped

PACKAGE = Path(__file__).resolve().parent / "pulumi_daytona" / "native"
HEADER = "# Generated from the core by `make generate`; do not edit.\n"
_NAME = "pulumi_daytona.native"

Lines = Iterator[str]


def generate(package: Path) -> None:
    """Write the modules into the folders of a package."""
    for folder, write in ((package / "resources", _resources), (package / "functions", _functions)):
        folder.mkdir(parents=True, exist_ok=True)
        write(folder)
        tidy(folder)


def _resources(folder: Path) -> None:
    definitions = [definition_of(name) for name in RESOURCES]
    homes = {name: _home(name) for name in RESOURCES}
    imports = sorted(f"{home} import {name}" for name, home in homes.items())
    _write(folder / "__init__.py", _index("Where the class of each resource is.", homes, imports))
    for definition in definitions:
        _write(folder / f"{module_of(definition.name)}.py", _module(definition, {*types_of(definitions)}))


def _functions(folder: Path) -> None:
    homes = {name: f"{_NAME}.functions.{topic}" for topic in TOPICS for name in names_of(topic)}
    imports = (f"{_NAME}.functions.{topic} import *" for topic in TOPICS)
    index = _index("Where each function is.", homes, imports)
    _write(folder / "__init__.py", ["# ruff: noqa: F403, F405", *index])
    for topic in TOPICS:
        _write(folder / f"{topic}.py", functions(topic, homes_of_results(), BY_PLUGIN))


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _home(name: str) -> str:
    """Return the module of a class: the one written by hand, where what is generated has methods added."""
    module = module_of(name)
    return f"{_NAME}{'' if (PACKAGE / f'{module}.py').exists() else '.resources'}.{module}"


def _index(words: str, homes: dict[str, str], imports: Iterable[str]) -> Lines:
    yield f'"""{words}"""\nfrom __future__ import annotations\n'
    yield "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:"
    yield from (f"    from {line}" for line in imports)
    yield "\n# fmt: off\n__all__ = ["
    yield wrapped(" ".join(f'"{name}",' for name in sorted(homes)), 4, 4)
    yield "]\n# fmt: on\nMODULES = {" + " ".join(f'"{name}": "{home}",' for name, home in homes.items()) + "}"


def _module(definition: Definition[Any], types: set[str]) -> Lines:
    summary, *more = definition.doc.split("\n\n")
    body = "\n".join([*_class(definition, summary, more), *constructor(definition, summary)])
    yield f'"""The ``{definition.name}`` resource of Pulumi programs, by the native plugin."""\n'
    yield "from __future__ import annotations\n\nfrom typing import Any"
    yield from imports_of(body, types, "from pulumi_daytona.native.resource import NativeResource")
    yield body


def _class(definition: Definition[Any], summary: str, more: list[str]) -> Lines:
    told = _told(definition)
    attributes = [(name, words) for name, (_, words) in told.items()]
    yield f"\nclass {definition.name}(NativeResource, {_options(definition)}):"
    yield from docstring_of(4, summary, more, "Attributes", attributes)
    yield from (f"    {name}: Output[{annotation}]" for name, (annotation, _) in told.items())


def _options(definition: Definition[Any]) -> str:
    secrets = tuple(name for name in definition.secrets if name not in definition.secret_with)
    shaped = tuple(
        name for name, info in definition.inputs.model_fields.items() if any(models_in(info.annotation))
    )
    options = [f'kind="{definition.name}"']
    options += [f"secrets={secrets}"] if secrets else []
    return ", ".join([*options, f"shaped={shaped}"] if shaped else options)


def _told(definition: Definition[Any]) -> dict[str, tuple[str, str]]:
    """Return what can be read of a resource: its outputs, and its inputs as they are kept."""
    hints = get_type_hints(definition.outputs, include_extras=True)
    outputs = {
        name: (read(hints[name]), _words(hints[name].__metadata__)) for name in definition.outputs.names()
    }
    traits = definition.inputs.traits()
    return outputs | {
        name: (_kept(info), info.description or "")
        for name, info in definition.inputs.model_fields.items()
        if name not in outputs and not traits[name].internal
    }


def _words(marks: Iterable[object]) -> str:
    return next(mark.description or "" for mark in marks if isinstance(mark, FieldInfo))


def _kept(info: FieldInfo) -> str:
    """Return the annotation of an input as it is kept: nested models are maps, and assets what they were."""
    if any(isinstance(mark, Shown) and "pulumi." in mark.type for mark in info.metadata):
        return "Any"
    annotation = read(info.annotation)
    for model in models_in(info.annotation):
        annotation = annotation.replace(model.__name__, "dict[str, Any]")
    return annotation


if __name__ == "__main__":
    generate(PACKAGE)
