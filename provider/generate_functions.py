"""Write pulumi_daytona/functions and docs/look-ups.md from the core's look-ups; `make generate` runs it."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from look_up_types import returned, taken
from pulumi_daytona.core.functions import TOPICS, look_ups
from pulumi_daytona.core.functions.look_up import Argument, LookUp
from pulumi_daytona.schema.naming import result_name
from pulumi_daytona.schema.types import models_in
from pydantic import BaseModel
from source_text import docstring, tidy, wrapped

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "pulumi_daytona" / "functions"
TABLE = HERE / "docs" / "look-ups.md"
HEADER = "Generated from the core's look-ups by `make generate`; do not edit."
FAILS = ("ProviderError", "An argument can't be, the API refused, or it can't be reached.")

Lines = Iterator[str]


@dataclass(frozen=True)
class Front:
    """Say which front end functions are of.

    Args:
        module: Where what they call is.
        options: The annotation of the options that they take, if any.
    """

    module: str
    options: str = ""


IN_PROGRAM = Front("pulumi_daytona.function")
BY_PLUGIN = Front("pulumi_daytona.native.function", "pulumi.InvokeOptions | None")


def generate(package: Path, table: Path) -> None:
    """Write the modules into a folder, and the table of all look-ups into a file."""
    (package / "results").mkdir(parents=True, exist_ok=True)
    table.parent.mkdir(exist_ok=True)
    homes = homes_of_results()
    _write(package / "__init__.py", _index(homes))
    _write(package / "results" / "__init__.py", ['"""What look-ups return, by topic."""'])
    for topic in TOPICS:
        _write(package / f"{topic}.py", functions(topic, homes, IN_PROGRAM))
        if models := [model for model, home in homes.items() if home == topic]:
            _write(package / "results" / f"{topic}.py", _results(topic, models, homes))
    tidy(package)
    table.write_text("\n".join(_table()) + "\n", encoding="utf-8")


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join([f"# {HEADER}", *lines]) + "\n", encoding="utf-8")


def homes_of_results() -> dict[type[BaseModel], str]:
    """Return for every model the topic whose module has its class: the first that returns it."""
    homes: dict[type[BaseModel], str] = {}
    for topic in TOPICS:
        for look_up in look_ups(topic):
            for model in models_in(look_up.result):
                homes.setdefault(model, topic)
    return homes


def _title(topic: str) -> str:
    return str(import_module(f"pulumi_daytona.core.functions.{topic}").__doc__).strip()


def _index(homes: dict[type[BaseModel], str]) -> Lines:
    modules = {topic: [*names_of(topic)] for topic in TOPICS}
    for model, home in homes.items():
        modules.setdefault(f"results.{home}", []).append(result_name(model))
    everything = sorted(name for names in modules.values() for name in names)
    if len(everything) != len(set(everything)):
        raise SystemExit("two look-ups or results have one name; see RENAMED in look_up_types.py")
    yield '"""The look-ups of programs, and what they return; each is imported when it is first used."""\n'
    yield "# ruff: noqa: F403, F405\nfrom __future__ import annotations\n"
    yield "from importlib import import_module\nfrom typing import TYPE_CHECKING, Any\n"
    yield "if TYPE_CHECKING:"
    yield from (f"    from pulumi_daytona.functions.{module} import *" for module in modules)
    yield "\n# fmt: off\n__all__ = ["
    yield _listed(everything, 4)
    yield "]\n_NAMES: dict[str, tuple[str, ...]] = {"
    for module, names in modules.items():
        yield f'    "{module}": (\n{_listed(sorted(names), 8)}\n    ),'
    yield "}\n# fmt: on\n_MODULES = {name: module for module, names in _NAMES.items() for name in names}\n"
    yield inspect.cleandoc('''
        def __getattr__(name: str) -> Any:
            """Import a name when it is first used."""
            if name not in _MODULES:
                raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
            globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
            return globals()[name]


        def __dir__() -> list[str]:
            """Return the public names."""
            return sorted(__all__)
        ''')


def names_of(topic: str) -> Lines:
    """Yield the names of a topic's functions."""
    for look_up in look_ups(topic):
        yield from (look_up.name, f"{look_up.name}_output")


def _listed(names: Iterable[str], indent: int) -> str:
    """Return names as they are in a list, as many on a line as there is room for."""
    return wrapped(" ".join(f'"{name}",' for name in names), indent, indent)


def _imports(homes: dict[type[BaseModel], str], front: Front = IN_PROGRAM) -> Lines:
    """Yield all that a module may need; what it doesn't is taken out again."""
    yield "from __future__ import annotations"
    yield "from collections.abc import Mapping, Sequence"
    yield "from dataclasses import dataclass, field"
    yield "from datetime import datetime"
    yield "from typing import Any"
    yield "import pulumi\nfrom pulumi import Input, Output"
    yield f"from {front.module} import look_up, look_up_output"
    for model, home in homes.items():
        yield f"from pulumi_daytona.functions.results.{home} import {result_name(model)}"


def _results(topic: str, models: list[type[BaseModel]], homes: dict[type[BaseModel], str]) -> Lines:
    yield f'"""What the look-ups of ``{topic}`` return."""'
    yield from _imports({model: home for model, home in homes.items() if home != topic})
    for model in models:
        yield from _result(model)


def _result(model: type[BaseModel]) -> Lines:
    hidden = [name for name, info in model.model_fields.items() if not info.repr]
    words = inspect.cleandoc(model.__doc__ or "").split("\n\n")
    secrets = [f"What may be a secret and doesn't show in ``repr``: {', '.join(hidden)}."] if hidden else []
    yield f"\n@dataclass(frozen=True, kw_only=True)\nclass {result_name(model)}:"
    yield from docstring(4, [words[0], *secrets], [("Attributes", _attributes(words))])
    for name, info in model.model_fields.items():
        yield f"    {name}: {returned(info.annotation)}" + (" = field(repr=False)" if name in hidden else "")


def _attributes(words: list[str]) -> list[tuple[str, str]]:
    """Return the attributes that a docstring explains."""
    section = next((each for each in words if each.startswith("Attributes:")), "")
    pairs = (line.strip().partition(": ") for line in section.splitlines()[1:])
    return [(name, text) for name, _, text in pairs]


def functions(topic: str, homes: dict[type[BaseModel], str], front: Front) -> Lines:
    """Yield the module of a topic."""
    yield f'"""{_title(topic)}"""'
    yield from _imports(homes, front)
    for look_up in look_ups(topic):
        yield from _plain(topic, look_up, front)
        yield from _output(topic, look_up, front)


def _plain(topic: str, look_up: LookUp[Any], front: Front) -> Lines:
    result = returned(look_up.result)
    explained = [(argument.name, argument.doc) for argument in look_up.arguments]
    explained += [("opts", "Pulumi's options, for example another provider.")] if front.options else []
    yield f"\ndef {look_up.name}({_parameters(look_up, '', front)}) -> {result}:"
    yield from docstring(4, _words(look_up), [("Args", explained), ("Raises", [FAILS])])
    yield f'    return look_up({result}, "{topic}.{look_up.name}", {_given(look_up, front)})'


def _output(topic: str, look_up: LookUp[Any], front: Front) -> Lines:
    result, name = returned(look_up.result), look_up.name
    words = [f"Look up what ``{name}`` does, as an output; its arguments may be outputs."]
    words += ["It is a secret where there is one in it."] if _has_secrets(look_up) else []
    yield f"\ndef {name}_output({_parameters(look_up, 'Input', front)}) -> Output[{result}]:"
    yield from docstring(4, words)
    yield f'    return look_up_output({result}, "{topic}.{name}", {_given(look_up, front)})'


def _words(look_up: LookUp[Any]) -> Lines:
    first, dot, others = look_up.doc.partition(". ")
    yield f"{first.rstrip('.')} ({look_up.operation_words}).{' ' * bool(dot)}{others}"
    if look_up.needs:
        yield f"It needs {look_up.needs}."
    if _has_secrets(look_up):
        yield f"What is secret in it comes in the clear: export what ``{look_up.name}_output`` returns."


def _has_secrets(look_up: LookUp[Any]) -> bool:
    fields = (info for model in models_in(look_up.result) for info in model.model_fields.values())
    return look_up.secret or any(not info.repr for info in fields)


def _parameters(look_up: LookUp[Any], wrap: str, front: Front) -> str:
    required = [f"{each.name}: {taken(each.type, wrap)}" for each in look_up.arguments if each.required]
    optional = [_optional(each, wrap) for each in look_up.arguments if not each.required]
    optional += [f"opts: {front.options} = None"] if front.options else []
    return ", ".join([*required, *(["*"] if optional else []), *optional])


def _optional(argument: Argument, wrap: str) -> str:
    annotation = taken(argument.type, wrap)
    if argument.default is None:
        return f"{argument.name}: {annotation} | None = None"
    return f"{argument.name}: {annotation} = {argument.default!r}"


def _given(look_up: LookUp[Any], front: Front) -> str:
    values = ", ".join(f'"{each.name}": {each.name}' for each in look_up.arguments)
    return f"{{{values}}}, opts" if front.options else f"{{{values}}}"


def _table() -> Lines:
    yield f"<!-- {HEADER} -->"
    yield "# Look-ups\n"
    yield inspect.cleandoc("""
        Each is a function of `pulumi_daytona` that asks at once, in `pulumi preview` too, and returns its
        result. Each has a twin, for example `get_sandbox_output`, that takes outputs and returns an output:
        unknown while an argument is, and a secret where there is a secret in it. Arguments in brackets can be
        left out. They find Daytona, and the key, where resources do; a failure is a `ProviderError` of one
        line. In a unit test, Pulumi's mocks answer them, by tokens such as `daytona:index:getSandbox`.
        """)
    for topic in TOPICS:
        heading = _title(topic).removeprefix("Look up ").rstrip(".")
        yield f"\n## {heading[0].upper()}{heading[1:]}\n"
        yield "| look-up | returns | needs | operation |\n|---|---|---|---|"
        yield from (_row(look_up) for look_up in look_ups(topic))


def _row(look_up: LookUp[Any]) -> str:
    names = [each.name if each.required else f"[{each.name}]" for each in look_up.arguments]
    result = returned(look_up.result)
    return (
        f"| `{look_up.name}({', '.join(names)})` | `{result}` | {look_up.needs} | {look_up.operation_words} |"
    )


if __name__ == "__main__":
    generate(PACKAGE, TABLE)
