"""`pulumi-daytona graph`: draw a stack's sandboxes and what belongs to them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pulumi_daytona.cli import output
from pulumi_daytona.cli.engine import require_engine
from pulumi_daytona.cli.graph.summary import as_json
from pulumi_daytona.cli.graph.svg import svg
from pulumi_daytona.cli.state_file import exported
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.stack_graph import stack_graph, stack_of


def run(stack: str | None, state: Path | None, out: Path | None, *, in_json: bool) -> int:
    """Draw a stack, and return the exit status.

    Args:
        stack: The stack; None is the selected one, or the one that the file is of.
        state: A file that `pulumi stack export` wrote, instead of asking the engine.
        out: The file to write; None writes to standard output.
        in_json: Whether to print JSON; the file is a picture all the same.

    Raises:
        ProviderError: The state can't be read, or the file can't be written.
    """
    name, found = _state(stack, state)
    graph = stack_graph(name, found)
    if in_json:
        output.print_json(as_json(graph))
    if not graph.stack.items:
        output.say(f'stack "{name}" has nothing of Daytona; nothing is drawn')
    elif out is not None:
        _write(out, svg(graph), quiet=in_json)
    elif not in_json:
        sys.stdout.write(svg(graph))
    return output.DONE


def _state(stack: str | None, file: Path | None) -> tuple[str, Any]:
    """Return the stack's full name and its state."""
    if file is None:
        engine = require_engine()
        with output.working("Reading the state"):
            name = engine.stack_name(stack)
            return name, engine.export(name)
    found = exported(stack, file)
    told = stack or stack_of(found)
    if told is None:
        raise ProviderError(f"read the state in {file}: it doesn't tell which stack it is of; add --stack")
    return told, found


def _write(file: Path, picture: str, *, quiet: bool) -> None:
    try:
        file.write_text(picture, "utf-8")
    except OSError as error:
        raise ProviderError(f"write {file}: {error.strerror}; choose another --out") from None
    if not quiet:
        output.console().print(f"Written: {output.clean(str(file))}", soft_wrap=True)
