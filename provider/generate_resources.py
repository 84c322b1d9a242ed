"""Write pulumi_daytona/resources from the core's definitions; `make generate` runs it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pulumi_daytona.core.definition import Definition
from pulumi_daytona.core.models import InputModel, models_in
from pulumi_daytona.core.resources import RESOURCES, definition_of, module_of
from pulumi_daytona.core.traits import Change, Shown, Trait, never
from pydantic.fields import FieldInfo

PACKAGE = Path(__file__).resolve().parent / "pulumi_daytona"
HEADER = "# Generated from the core's definitions by `make generate`; do not edit.\n"
WIDTH = 110
BEHAVIOUR = {Change.UPDATE: "Changes in place.", Change.REPLACE: "A change replaces.", Change.NONE: ""}
IMPORTS = (
    ("Mapping", "collections.abc"), ("Sequence", "collections.abc"), ("Any", "typing"),
    ("Image", "daytona_httpx"),
)  # fmt: skip
"""What annotations may name, beside our own types and what every module imports."""


def generate(target: Path) -> None:
    """Write the modules into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    definitions = [definition_of(name) for name in RESOURCES]
    types = types_of(definitions)
    _write(target / "__init__.py", _package())
    _write(target / "types.py", _types_module(types))
    for definition in definitions:
        _write(target / f"{module_of(definition.name)}.py", _module(definition, {*types}))
    first_party = 'lint.isort.known-first-party = ["pulumi_daytona"]'
    _ruff("check", "--select", "I", "--fix", "--config", first_party, str(target))
    _ruff("format", "--line-length", str(WIDTH), str(target))


def _ruff(*arguments: str) -> None:
    command = [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache", "--isolated"]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments


def home_of(name: str) -> str:
    """Return the module of a class: the one written by hand, where what is generated has methods added."""
    by_hand = (PACKAGE / f"{module_of(name)}.py").exists()
    return f"pulumi_daytona.{module_of(name)}" if by_hand else f"pulumi_daytona.resources.{module_of(name)}"


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _package() -> Iterator[str]:
    names = sorted(RESOURCES)
    yield '"""The resource classes; each is imported when it is first used."""'
    yield "from __future__ import annotations"
    yield "from importlib import import_module\nfrom typing import TYPE_CHECKING, Any\n"
    yield "if TYPE_CHECKING:"
    yield from sorted(f"    from {home_of(name)} import {name}" for name in names)
    yield "\n__all__ = [" + " ".join(f'"{name}",' for name in names) + "]"
    yield "\n_MODULES = {" + " ".join(f'"{name}": "{home_of(name)}",' for name in names) + "}"
    yield textwrap.dedent('''
        def __getattr__(name: str) -> Any:
            """Import a class when it is first used."""
            if name not in _MODULES:
                raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
            value = getattr(import_module(_MODULES[name]), name)
            globals()[name] = value
            return value


        def __dir__() -> list[str]:
            """Return the public names."""
            return sorted(__all__)
        ''')


def _module(definition: Definition[Any], types: set[str]) -> Iterator[str]:
    summary, *more = definition.doc.split("\n\n")
    body = "\n".join([*_class(definition, summary, more), *constructor(definition, summary)])
    yield f'"""The ``{definition.name}`` resource of Pulumi programs."""'
    yield "from __future__ import annotations\n"
    yield from imports_of(body, types, "from pulumi_daytona.resource import DaytonaResource")
    yield body


def imports_of(body: str, types: set[str], base: str) -> Iterator[str]:
    """Yield what a class needs: Pulumi, its base class, and what its annotations name."""
    yield f"import pulumi\nfrom pulumi import Input, Output\n{base}"
    nested = [(name, "pulumi_daytona.resources.types") for name in sorted(types)]
    yield from (f"from {module} import {name}" for name, module in [*IMPORTS, *nested] if _names(body, name))
    yield ""


def _names(body: str, name: str) -> bool:
    """Tell whether an annotation has a name."""
    return any(f"{before}{name}{after}" in body for before in "[ " for after in ("[", "]", ",", "\n", " |"))


def _class(definition: Definition[Any], summary: str, more: list[str]) -> Iterator[str]:
    secrets = f", secrets={tuple(definition.secrets)}" if definition.secrets else ""
    secret_with = f", secret_with={definition.secret_with}" if definition.secret_with else ""
    options = f'kind="{definition.name}"{secrets}{secret_with}'
    hints = get_type_hints(definition.outputs, include_extras=True)
    outputs = {name: hints[name] for name in definition.outputs.names()}
    attributes = ((name, _description(hint)) for name, hint in outputs.items())
    yield f"\nclass {definition.name}(DaytonaResource, {options}):"
    yield from docstring_of(4, summary, more, "Attributes", attributes)
    yield from (f"    {name}: Output[{read(hint)}]" for name, hint in outputs.items())


def constructor(definition: Definition[Any], summary: str) -> Iterator[str]:
    """Yield the constructor of a class: all that programs may set."""
    fields = {
        name: info
        for name, info in definition.inputs.model_fields.items()
        if not definition.inputs.traits()[name].internal
    }
    required = [name for name, info in fields.items() if info.is_required()]
    names = [*required, *(name for name in fields if name not in required)]
    yield "\n    def __init__(\n        self,\n        resource_name: str,\n        *,"
    for name in names:
        given = _shown(fields[name])
        yield f"        {name}: {given}," if name in required else f"        {name}: {given} | None = None,"
    yield "        opts: pulumi.ResourceOptions | None = None,\n    ) -> None:"
    arguments = [(name, _explained(fields[name], definition.inputs.traits()[name])) for name in names]
    first, last = (
        ("resource_name", "The logical name in the program."),
        ("opts", "Pulumi's resource options."),
    )
    yield from docstring_of(8, summary, [], "Args", [first, *arguments, last])
    given = "".join(f'"{name}": {name}, ' for name in names)
    yield f"        super().__init__(resource_name, {{{given}}}, opts)"


def _explained(info: FieldInfo, trait: Trait) -> str:
    place = BEHAVIOUR[trait.change] if trait.replace_if is never else "Other changes are in place."
    secret = "Kept as a secret." if trait.secret else ""
    return " ".join(text for text in (info.description or "", place, secret) if text)


def docstring_of(
    indent: int, summary: str, more: list[str], title: str, items: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Yield the lines of a docstring."""
    yield _wrapped(f'"""{summary}', indent, indent)
    for paragraph in more:
        yield "\n" + _wrapped(paragraph, indent, indent)
    yield f"\n{' ' * indent}{title}:"
    for name, text in items:
        yield _wrapped(f"{name}: {text}", indent + 4, indent + 8)
    yield f'{" " * indent}"""'


def _wrapped(text: str, first: int, others: int) -> str:
    words = " ".join(text.split())
    return textwrap.fill(
        words, WIDTH, initial_indent=" " * first, subsequent_indent=" " * others, break_on_hyphens=False
    )


def _description(hint: Any) -> str:
    return next(mark.description or "" for mark in hint.__metadata__ if isinstance(mark, FieldInfo))


def _shown(info: FieldInfo) -> str:
    """Return the annotation of an input, as programs give it."""
    shown = [mark.type for mark in info.metadata if isinstance(mark, Shown)]
    return shown[0] if shown else f"Input[{_given(info.annotation)}]"


def _given(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _given(arguments[0])
    if origin in (Union, UnionType):
        return " | ".join(_given(each) for each in arguments if each is not NoneType)
    if origin is Literal:
        return str(type(arguments[0]).__name__)
    if origin is list:
        return f"Sequence[Input[{_given(arguments[0])}]]"
    if origin is dict:
        return "Mapping[str, Any]" if arguments[1] is Any else f"Mapping[str, Input[{_given(arguments[1])}]]"
    return "Any" if hint is Any else str(hint.__name__)


def read(hint: Any) -> str:
    """Return the annotation of an output."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return read(arguments[0])
    if origin in (Union, UnionType):
        return " | ".join(read(each) for each in arguments)
    if origin is Literal:
        return str(type(arguments[0]).__name__)
    if origin is not None:
        return f"{origin.__name__}[{', '.join(read(each) for each in arguments)}]"
    return "None" if hint is NoneType else "Any" if hint is Any else str(hint.__name__)


def types_of(definitions: Iterable[Definition[Any]]) -> dict[str, type[InputModel]]:
    """Return the models that programs write as dictionaries, by name."""
    fields = (
        info
        for definition in definitions
        for name, info in definition.inputs.model_fields.items()
        if not definition.inputs.traits()[name].internal
    )
    found = {model.__name__: model for info in fields for model in models_in(info.annotation)}
    return dict(sorted(found.items()))


def _types_module(types: dict[str, type[InputModel]]) -> Iterator[str]:
    body = "\n".join(line for name, model in types.items() for line in _typed_dict(name, model))
    yield '"""The shapes of nested inputs, for programs that like to be helped by their editor."""'
    yield "from __future__ import annotations\n"
    if "Sequence[" in body:
        yield "from collections.abc import Sequence"
    yield "from typing import NotRequired, TypedDict\n\nfrom pulumi import Input\n"
    yield body


def _typed_dict(name: str, model: type[InputModel]) -> Iterator[str]:
    fields = model.model_fields
    yield f"\nclass {name}(TypedDict):"
    items = ((each, info.description or "") for each, info in fields.items())
    yield from docstring_of(4, model.__doc__ or "", [], "Args", items)
    for each, info in fields.items():
        given = _shown(info)
        yield f"    {each}: {given if info.is_required() else f'NotRequired[{given}]'}"


if __name__ == "__main__":
    generate(PACKAGE / "resources")
