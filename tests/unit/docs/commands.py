"""What a line of shell in the documentation calls, and whether there is such a thing."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import daytona_local.cli.app
import pulumi_daytona.cli.app
import typer
import typer.main

from tests.unit.docs.pages import ROOT

Words = list[str]

OURS = {
    "daytona-local": typer.main.get_command(daytona_local.cli.app.app),
    "pulumi-daytona": typer.main.get_command(pulumi_daytona.cli.app.app),
}
BUILTIN = {"cd", "export", "python", "pip", "pytest", "pulumi", "make", "venv/bin/pip"}
OTHERS = {"cat", "curl", "docker", "grep", "xargs", "go", "npm", "node", "terraform"}
"""Programs that a reader has or hasn't: what they take isn't ours to know."""

_WRONG_USAGE: type[Exception] = typer.BadParameter.__bases__[0]
"""Of the click that typer uses: newer ones bring their own."""

_ASSIGNMENT = re.compile(r"\w+=")
_HERE = re.compile(r"<<'END'\n.*?^END$", re.MULTILINE | re.DOTALL)


def commands(text: str) -> Iterator[Words]:
    """Yield the words of each command in some lines of shell, without comments and assignments."""
    joined = _HERE.sub("", text).replace("\\\n", " ")
    for line in joined.splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;()<>")
        lexer.whitespace_split = True
        yield from _split([*lexer])


def _split(words: Words) -> Iterator[Words]:
    found: Words = []
    each = iter([*words, ";"])
    for word in each:
        if word in (">", ">>", "<"):
            next(each)  # the file
        elif word and set(word) <= set("|&;()"):
            while found and _ASSIGNMENT.match(found[0]):
                del found[0]
            if found:
                yield found
            found = []
        else:
            found.append(word)


def faults(words: Words) -> Iterator[str]:
    """Yield what is wrong with a command."""
    program, *rest = words
    if program in OURS:
        yield from _unknown_to(OURS[program], program, rest)
    elif program == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        yield from (f"make has no target {target}" for target in rest if target not in targets)
    elif program not in BUILTIN | OTHERS and not Path(program).name.startswith("daytona-"):
        yield f"what is {program}?"


def _unknown_to(command: Any, name: str, arguments: Words) -> Iterator[str]:
    """Yield what a command of ours says of its arguments; nothing is run."""
    rest = list(arguments)
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    try:
        context = command.make_context(name, rest)
        if hasattr(command, "commands") and rest:
            command.resolve_command(context, rest)
    except typer.Exit:
        return  # as --help does
    except _WRONG_USAGE as error:
        yield f"{name} {shlex.join(arguments)}: {error}"
