"""Write the reference in docs/ from the core's definitions and docs/examples; `make generate` runs it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

from document_words import change_words, default_words, input_type, plain, type_words, unit_words
from pulumi_daytona.core.definition import Definition
from pulumi_daytona.core.functions import TOPICS, look_ups
from pulumi_daytona.core.functions.look_up import Argument, LookUp
from pulumi_daytona.core.resources import RESOURCES, definition_of, module_of
from pulumi_daytona.core.traits import SECRET, SecretWith
from pulumi_daytona.schema.naming import camel, token
from pulumi_daytona.schema.types import models_in, type_name
from pulumi_daytona.schema.words import field_words, model_words
from pydantic import BaseModel
from pydantic.fields import FieldInfo

DOCS = Path(__file__).resolve().parent / "docs"
HEADER = "<!-- Generated from the core's definitions and docs/examples by `make generate`; do not edit. -->"
INPUTS = "| input | type | unit | default | a change | |\n|---|---|---|---|---|---|"
FIELDS = "| name | type | unit | |\n|---|---|---|---|"
ARGUMENTS = "| argument | type | unit | default | |\n|---|---|---|---|---|"

Lines = Iterator[str]


def generate(target: Path) -> None:
    """Write the reference into a folder."""
    for folder in ("resources", "functions"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    _write(target / "README.md", _index())
    for name in RESOURCES:
        _write(target / "resources" / f"{module_of(name)}.md", _resource(definition_of(name)))
    for topic in TOPICS:
        _write(target / "functions" / f"{topic}.md", _topic(topic))


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


def _index() -> Lines:
    yield "# Reference\n"
    yield (
        "Every name is given as Python has it, and as the wire and the other languages have it. What a "
        "changed input leads to: *in place* changes what is there, *replaces* makes another one, and *no "
        "change* is something that only the provider reads, so that nothing is asked of Daytona."
    )
    yield "\n## Resources\n\n| resource | |\n|---|---|"
    for name in RESOURCES:
        summary = plain(definition_of(name).doc.split("\n\n")[0])
        yield f"| [{name}](resources/{module_of(name)}.md) | {summary} |"
    yield "\n## Look-ups\n\nAll of them in one table: [look-ups.md](look-ups.md).\n\n| topic | |\n|---|---|"
    for topic in TOPICS:
        names = ", ".join(f"`{look_up.name}`" for look_up in look_ups(topic))
        yield f"| [{_title(topic)}](functions/{topic}.md) | {names} |"


def _resource(definition: Definition[Any]) -> Lines:
    traits = definition.inputs.traits()
    fields = {
        name: info for name, info in definition.inputs.model_fields.items() if not traits[name].internal
    }
    yield f"# {definition.name}\n"
    yield "\n\n".join(plain(paragraph) for paragraph in definition.doc.split("\n\n"))
    yield from _example(module_of(definition.name))
    yield f"\n## Inputs\n\n{INPUTS}"
    for name in sorted(fields, key=lambda name: not fields[name].is_required()):
        yield _input(name, fields[name], definition)
    if definition.unique_name:
        name = definition.unique_name
        yield f"\nWhere the program fixes `{name}`, a replacement deletes the old one first."
    yield f"\n## Outputs\n\nBeside these, what was set, and `id`.\n\n{FIELDS}"
    yield from _outputs(definition)
    yield from _types(info.annotation for info in fields.values())


def _input(name: str, info: FieldInfo, definition: Definition[Any]) -> str:
    trait, described = definition.inputs.traits()[name], info.description or ""
    kind = f"{input_type(info)}, secret" if trait.secret else input_type(info)
    unit, default = unit_words(name, info.annotation, described), default_words(info, trait)
    return _row(_names(name), kind, unit, default, change_words(trait), described)


def _outputs(definition: Definition[Any]) -> Lines:
    hints, traits = get_type_hints(definition.outputs, include_extras=True), definition.inputs.traits()
    for name in definition.outputs.names():
        marks = hints[name].__metadata__
        described = next(mark.description or "" for mark in marks if isinstance(mark, FieldInfo))
        secret = SECRET in marks or (name in traits and traits[name].secret)
        causes = next((mark.inputs for mark in marks if isinstance(mark, SecretWith)), ())
        kind = type_words(hints[name]) + (", secret" if secret else "")
        kind += f", secret where {' or '.join(f'`{cause}`' for cause in causes)} is" if causes else ""
        yield _row(_names(name), kind, unit_words(name, hints[name], described), described)


def _title(topic: str) -> str:
    words = str(import_module(f"pulumi_daytona.core.functions.{topic}").__doc__).strip()
    heading = words.removeprefix("Look up ").rstrip(".")
    return f"{heading[0].upper()}{heading[1:]}"


def _topic(topic: str) -> Lines:
    yield f"# {_title(topic)}\n"
    yield (
        "Each function asks at once, in `pulumi preview` too. Its twin, with `_output` at the end, takes "
        "outputs and returns one, a secret where there is a secret in it."
    )
    yield from _example(topic)
    for look_up in look_ups(topic):
        yield from _function(look_up)
    yield from _types(look_up.result for look_up in look_ups(topic))


def _function(look_up: LookUp[Any]) -> Lines:
    secret = ", secret" if look_up.secret else ""
    needs = f" It needs {look_up.needs}." if look_up.needs else ""
    first, dot, others = look_up.doc.partition(". ")
    yield f"\n## {look_up.name}\n"
    yield plain(f"{first.rstrip('.')} ({look_up.operation_words}).{' ' * bool(dot)}{others}{needs}")
    yield f"\nReturns {type_words(look_up.result)}{secret}. On the wire: `{token(camel(look_up.name))}`."
    if look_up.arguments:
        yield f"\n{ARGUMENTS}"
        yield from (_argument(each) for each in look_up.arguments)


def _argument(argument: Argument) -> str:
    default = "**required**" if argument.required else ""
    default = default or (f"`{argument.default!r}`" if argument.default is not None else "")
    kind = type_words(argument.type) + (", secret" if argument.secret else "")
    unit = unit_words(argument.name, argument.type, argument.doc)
    return _row(_names(argument.name), kind, unit, default, argument.doc)


def _types(hints: Iterable[Any]) -> Lines:
    """Yield what the models are that types name, each once."""
    models = dict.fromkeys(model for hint in hints for model in models_in(hint))
    if models:
        yield "\n## Types"
    for model in models:
        yield f"\n### {type_name(model)}\n\n{model_words(model)}\n\n{FIELDS}"
        yield from (_field(model, name, info) for name, info in model.model_fields.items())


def _field(model: type[BaseModel], name: str, info: FieldInfo) -> str:
    described = info.description or field_words(model, name)
    kind = type_words(info.annotation) + ("" if info.repr else ", secret")
    kind += ", **required**" if info.description and info.is_required() else ""
    return _row(_names(name), kind, unit_words(name, info.annotation, described), described)


def _names(name: str) -> str:
    return f"`{name}`" if camel(name) == name else f"`{name}`<br>`{camel(name)}`"


def _row(*cells: str) -> str:
    return "| " + " | ".join(plain(cell).replace("|", "\\|") for cell in cells) + " |"


def _example(name: str) -> Lines:
    """Yield an example: what its docstring says of it, and the program."""
    source = (DOCS / "examples" / f"{name}.py").read_text(encoding="utf-8")
    first = ast.parse(source).body[0]
    program = "\n".join(source.splitlines()[first.end_lineno :]).strip()
    yield f"\n## Example\n\n{ast.get_docstring(ast.parse(source))}\n\n```python\n{program}\n```"


if __name__ == "__main__":
    generate(DOCS)
