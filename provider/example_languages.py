"""Say the examples of the reference in TypeScript and YAML, as the schema shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]
from example_programs import Declared, Joined, NotPlainError, Program, Reference, Setting, read
from pulumi_daytona.core.resources import RESOURCES, module_of
from pulumi_daytona.schema.naming import camel

EXAMPLES = Path(__file__).resolve().parent / "docs" / "examples"

_PLAIN_KEY = re.compile(r"[A-Za-z_]\w*")


def usage(kind: str) -> str:
    """Return the example of a kind of resource, in the languages that can say it, as the Registry has it."""
    source = (EXAMPLES / f"{module_of(kind)}.py").read_text(encoding="utf-8")
    words, _, code = source.removeprefix('"""').partition('"""')
    python = code.strip().replace("from pulumi_daytona import", "from pulumi_daytona.native import")
    programs = {"python": python, **_others(source)}
    blocks = "\n".join(f"```{language}\n{text}\n```" for language, text in programs.items())
    example = f"{{{{% example %}}}}\n### {words.strip().rstrip('.')}\n\n{blocks}\n{{{{% /example %}}}}"
    return f"{{{{% examples %}}}}\n## Example Usage\n{example}\n{{{{% /examples %}}}}"


def usages() -> dict[str, str]:
    """Return the example of each kind of resource."""
    return {kind: usage(kind) for kind in RESOURCES}


def _others(source: str) -> dict[str, str]:
    try:
        program = read(source)
    except NotPlainError:
        return {}
    return {"typescript": "\n".join(typescript(program)), "yaml": as_yaml(program)}


def typescript(program: Program) -> Iterator[str]:
    """Yield the lines of a program in TypeScript."""
    body = [*_declarations(program)]
    if any("pulumi." in line for line in body):
        yield 'import * as pulumi from "@pulumi/pulumi";'
    yield 'import * as daytona from "pulumi-daytona";\n'
    yield from body


def _declarations(program: Program) -> Iterator[str]:
    for variable, each in program.resources.items():
        options = f", {{ dependsOn: [{', '.join(each.after)}] }}" if each.after else ""
        inputs = f", {_script(each.inputs, 0)}" if each.inputs or options else ""
        yield f"const {variable} = new daytona.{each.kind}({json.dumps(each.name)}{inputs}{options});"
    for name, output in program.outputs.items():
        told = name if name not in program.resources else camel(f"{name}_{output.output}")
        yield f"export const {told} = {_script(output, 0)};"


def _script(value: Any, depth: int) -> str:
    inner, outer = "    " * (depth + 1), "    " * depth
    if isinstance(value, Reference):
        return f"{value.resource}.{value.output}"
    if isinstance(value, Setting):
        return f"new pulumi.Config().require{'Secret' if value.secret else ''}({json.dumps(value.key)})"
    if isinstance(value, Joined):
        parts = (each if isinstance(each, str) else f"${{{_script(each, 0)}}}" for each in value.parts)
        return f"pulumi.interpolate`{''.join(parts)}`"
    if isinstance(value, dict) and value:
        keys = {key: key if _PLAIN_KEY.fullmatch(key) else json.dumps(key) for key in value}
        lines = "".join(f"{inner}{keys[key]}: {_script(item, depth + 1)},\n" for key, item in value.items())
        return f"{{\n{lines}{outer}}}"
    if isinstance(value, list):
        return f"[{', '.join(_script(item, depth) for item in value)}]"
    return json.dumps(value)


def as_yaml(program: Program) -> str:
    """Return a program in YAML."""
    declared = program.resources.values()
    settings = {each.key: each for resource in declared for each in _settings(resource.inputs)}
    whole: dict[str, Any] = {}
    if settings:
        whole["config"] = {
            key: {"type": "string", **({"secret": True} if each.secret else {})}
            for key, each in settings.items()
        }
    whole["resources"] = {variable: _entry(each) for variable, each in program.resources.items()}
    if program.outputs:
        whole["outputs"] = {name: _text(output) for name, output in program.outputs.items()}
    return str(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)).rstrip()


def _entry(declared: Declared) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": f"daytona:{declared.kind}"}
    if declared.inputs:
        entry["properties"] = {name: _text(value) for name, value in declared.inputs.items()}
    if declared.after:
        entry["options"] = {"dependsOn": [f"${{{each}}}" for each in declared.after]}
    return entry


def _settings(value: Any) -> Iterator[Setting]:
    if isinstance(value, Setting):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in value.parts if isinstance(value, Joined) else inner:
        yield from _settings(each)


def _text(value: Any) -> Any:
    if isinstance(value, Reference):
        return f"${{{value.resource}.{value.output}}}"
    if isinstance(value, Setting):
        return f"${{{value.key}}}"
    if isinstance(value, Joined):
        return "".join(_text(each) for each in value.parts)
    if isinstance(value, dict):
        return {key: _text(item) for key, item in value.items()}
    return [_text(item) for item in value] if isinstance(value, list) else value
