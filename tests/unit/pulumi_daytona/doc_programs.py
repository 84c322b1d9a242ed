"""Run the programs of documentation under Pulumi's mocks, and print what each declares and asks, as JSON.

It is a process of its own: mocks are for a whole process.
"""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pulumi
from pulumi.runtime import Mocks, rpc, set_config, set_mocks
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs
from pulumi_daytona.core.check import check
from pulumi_daytona.core.functions import every_look_up
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.schema.naming import camel
from pydantic import BaseModel

LOOK_UPS = {camel(look_up.name): look_up for look_up in every_look_up()}
KEY = re.compile(r'\b(?:require|get)(_int|_secret)?\("(\w+)"\)')
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Engine(Mocks):
    """Accept what the core accepts, and answer look-ups with one of what there may be."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.declared: list[str] = []
        self.asked: list[str] = []
        self.failures: list[str] = []

    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        """Check a resource, and return it with every output that there may be."""
        if args.typ.startswith("daytona:components:"):
            return "", args.inputs
        definition = definition_of(args.typ.rpartition(":")[2])
        given = {name: revealed(value) for name, value in args.inputs.items() if name != "__provider"}
        self.declared.append(definition.name)
        self.failures += [str(failure) for failure in check(definition, given).failures]
        hints = get_type_hints(definition.outputs, include_extras=True)
        return f"{args.name}-id", {**{name: one_of(hint) for name, hint in hints.items()}, **args.inputs}

    def call(self, args: MockCallArgs) -> Any:
        """Answer a look-up with something that its result may be."""
        name = args.token.rpartition(":")[2]
        self.asked.append(LOOK_UPS[name].name)
        return one_of(LOOK_UPS[name].result)


def revealed(value: Any) -> Any:
    """Return a value with the secrets in it as they are."""
    if isinstance(value, list):
        return [revealed(item) for item in value]
    if not isinstance(value, dict):
        return value
    is_secret = value.get(rpc._special_sig_key) == rpc._special_secret_sig
    return value["value"] if is_secret else {key: revealed(item) for key, item in value.items()}


def one_of(hint: Any) -> Any:
    """Return a value of a type, as JSON."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return one_of(arguments[0])
    if origin in (Union, UnionType):
        return one_of(next(each for each in arguments if each is not NoneType))
    if origin is Literal:
        return arguments[0]
    if origin is list:
        return [one_of(arguments[0])]
    if origin is dict:
        return {"key": one_of(arguments[1])}
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return {name: one_of(info.annotation) for name, info in hint.model_fields.items()}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    return {bool: True, int: 1, float: 1.0, datetime: "2030-01-31T12:00:00Z"}.get(hint, "one")


def programs(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of every block of code on a page."""
    yield from BLOCK.findall(page.read_text(encoding="utf-8"))


def run(program: str, name: str) -> None:
    """Run a program to its end, with a value for everything that it reads of the configuration."""
    for kind, key in KEY.findall(program):
        set_config(f"project:{key}", "7" if kind == "_int" else "given")
    code = compile(program, name, "exec")
    to_its_end: Any = pulumi.runtime.test  # Pulumi's own, without types
    to_its_end(lambda: exec(code, {"__name__": "__main__"}))()


def main(pages: list[str]) -> None:
    """Run the programs of pages, in the folder that holds the files that they read."""
    engine = Engine()
    set_mocks(engine)
    found = {}
    for page in pages:
        engine.clear()
        for _, program in programs(Path(page)):
            if "pulumi_daytona" not in program:
                continue
            try:
                run(program, page)
            except Exception:
                engine.failures.append(traceback.format_exc())
        found[page] = {name: getattr(engine, name) for name in ("declared", "asked", "failures")}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
