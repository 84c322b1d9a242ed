"""`pulumi-daytona import`: write the program and the import file of what no stack owns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi_daytona.cli import output
from pulumi_daytona.cli.connection import connected
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.importing import Findings, adopting, import_file, unowned
from pulumi_daytona.core.importing_program import Program

PROGRAM = "__main__.py"
IMPORT_FILE = "daytona-import.json"

_DYNAMIC = "The dynamic provider (from pulumi_daytona import ...) can't import through the engine. With it, "
_NATIVE = f"{IMPORT_FILE} is for the native plugin: `pulumi import --file {IMPORT_FILE}`."
ADOPTING = (
    f"{_DYNAMIC}`pulumi up` takes over volumes, snapshots and sandboxes (adopt=True, protected). A sandbox "
    "is taken over only while no stack owns it, and where it is what the program says; where it isn't, "
    f"`pulumi up` says what is another, and leaves it as it is. {_NATIVE}"
)
NOT_ADOPTING = (
    f"{_DYNAMIC}`pulumi up` takes over volumes and snapshots (adopt=True, protected). It refuses the "
    "sandboxes, whose names are taken, and leaves them as they are; --adopt writes a program that takes them "
    f"over. {_NATIVE}"
)


def run(
    labels: Mapping[str, str],
    prefix: str | None,
    folder: Path | None,
    stack: str | None,
    *,
    adopt: bool = False,
    as_json: bool,
) -> int:
    """List what no stack owns, write the files, and return the exit status.

    Args:
        labels: Labels that sandboxes must have.
        prefix: What names must begin with.
        folder: Where to write; None writes nothing.
        stack: The stack whose configuration says where Daytona is.
        adopt: Whether the program takes over the sandboxes, too.
        as_json: Whether to print JSON.

    Raises:
        ProviderError: Daytona can't be reached, or a file can't be written.
    """
    with output.working("Looking at what there is"), connected(stack) as session:
        found = session.run(unowned(session, labels, prefix))
    program = Program([adopting(one) for one in found.unowned] if adopt else found.unowned)
    written = _write(folder, program, found) if folder is not None else []
    how = ADOPTING if adopt else NOT_ADOPTING
    if as_json:
        output.print_json(_as_json(found, program, written, how))
    else:
        _show(found, program, written, how)
    return output.DONE


def _write(folder: Path, program: Program, found: Findings) -> list[Path]:
    """Write both files; none that exists is overwritten."""
    texts = {
        folder / PROGRAM: program.text(),
        folder / IMPORT_FILE: json.dumps(import_file(found.unowned), indent=2) + "\n",
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in texts:
            if file.exists():
                raise ProviderError(f"write {file}: it exists already; choose another --out")
        for file, text in texts.items():
            with file.open("x", encoding="utf-8") as opened:
                opened.write(text)
    except OSError as error:
        raise ProviderError(f"write to {folder}: {error.strerror or error}; choose another --out") from None
    return list(texts)


def _as_json(found: Findings, program: Program, written: Sequence[Path], how: str) -> dict[str, Any]:
    return {
        "unowned": [
            {
                "kind": one.kind,
                "id": one.id,
                "name": one.name,
                "state": one.state,
                "logical_name": one.logical_name,
            }
            for one in found.unowned
        ],
        "left_out": [{"kind": kind, "name": name, "why": why} for kind, name, why in found.left_out],
        "secrets": list(program.secrets),
        "written": [str(file) for file in written],
        "how": how,
    }


def _show(found: Findings, program: Program, written: Sequence[Path], how: str) -> None:
    console = output.console()
    if found.unowned:
        rows = [(one.kind, one.name, one.state, one.id) for one in found.unowned]
        console.print(output.table(("", "name", "state", "id"), rows))
    else:
        console.print("There is nothing that no stack owns.")
    if found.left_out:
        console.print("\nLeft out:")
        console.print(output.table(("", "name", "why"), found.left_out))
    if not found.unowned:
        return
    console.print("")
    for file in written:
        console.print(f"Written: {output.clean(str(file))}")
    if not written:
        console.print("Nothing was written; --out FOLDER writes the program and the import file.")
    for key in program.secrets if written else ():
        console.print(f"To be set, with its value: pulumi config set --secret {key}")
    console.print(how)
