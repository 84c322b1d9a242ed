"""The commands and their options; what does the work is imported by the command that is run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from daytona_local.cli import output
from daytona_local.cli.completion import sandbox_names
from daytona_local.cli.snapshot_app import DataDir, folder, snapshots

app = typer.Typer(
    help="Run Daytona sandboxes on this machine: no account, offline, free.\n\n"
    "The commands find the server by its data folder. Exit status: 0; 1 it can't be done, and one line says "
    "why; 2 wrong usage; 3 status: no server runs; 130 interrupted. exec and shell end with the status of "
    "what they ran.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
app.add_typer(snapshots, name="snapshot")

LARGEST_PORT = 65535
RUNTIMES = ("auto", "bubblewrap", "process")
_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]
"""click's, or that of the copy of click that newer versions of typer bring."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Start = Annotated[bool, typer.Option("--start", help="Start the sandbox if it doesn't run.")]
Name = Annotated[str, typer.Argument(help="A sandbox, by name or id.", autocompletion=sandbox_names)]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]


def run(args: Sequence[str] | None) -> int:
    """Run a command, and return its exit status; wrong usage is one line."""
    try:
        return int(app(args, prog_name=output.PROGRAM, standalone_mode=False) or 0)
    except typer.Abort:
        output.say("interrupted")
        return output.INTERRUPTED
    except _USAGE_ERROR as error:
        if reason := error.format_message():  # type: ignore[attr-defined]
            output.say(f"{reason.rstrip('.')}; see {_path(error)} --help")
        return output.WRONG_USAGE


def _path(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else output.PROGRAM


def _port(text: str) -> int:
    if not (str(text).isascii() and str(text).isdigit() and int(text) <= LARGEST_PORT):
        raise typer.BadParameter(f"{text!r} is no port; give a number from 0 to {LARGEST_PORT}")
    return int(text)


def _runtime(name: str) -> str:
    if name not in RUNTIMES:
        raise typer.BadParameter(f"there is no runtime {name!r}; choose auto, bubblewrap or process")
    return name


@app.command()
def serve(
    port: Annotated[
        int, typer.Option(help="Loopback port; 0 takes a free one.", parser=_port, metavar="NUMBER")
    ] = 3986,
    data_dir: DataDir = None,
    runtime: Annotated[
        str,
        typer.Option(help="auto and bubblewrap isolate sandboxes; process does not.", callback=_runtime),
    ] = "auto",
    transition: Annotated[
        float, typer.Option(help="Seconds that each change of state takes at least.", min=0)
    ] = 0.05,
    control: Annotated[
        bool, typer.Option("--control", help="Serve faults and the clock below /_local, for tests.")
    ] = False,
    substitute_images: Annotated[
        bool,
        typer.Option("--substitute-images", help="Let the default image stand for any that isn't here."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON.")] = False,
) -> None:
    """Serve the API on the loopback interface until interrupted, which is its ordinary end."""
    with output.ending():
        from daytona_local.cli.serving import Options, run

        raise typer.Exit(
            run(folder(data_dir), Options(port, runtime, transition, control, substitute_images, as_json))
        )


@app.command()
def status(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Say whether a server runs, where it answers, and what it has.

    Exit status: 0 it runs; 1 it doesn't answer; 3 it doesn't run.
    """
    with output.ending():
        from daytona_local.cli.status import run

        raise typer.Exit(run(folder(data_dir), as_json=as_json))


@app.command()
def ls(
    state: Annotated[
        list[str] | None, typer.Option("--state", help="Only sandboxes in this state; may be repeated.")
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", "-l", help="Only those with this label: key=value.")
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List the sandboxes."""
    labels = dict(map(_label, label or ()))
    with output.ending():
        from daytona_local.cli.listing import run

        run(folder(data_dir), state or [], labels, as_json=as_json)


@app.command()
def logs(
    name: Annotated[
        str | None, typer.Argument(help="A sandbox, by name or id.", autocompletion=sandbox_names)
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes.")] = False,
    build: Annotated[bool, typer.Option("--build", help="What the build of its image wrote.")] = False,
    entrypoint: Annotated[
        bool, typer.Option("--entrypoint", help="What its entry point writes; the default.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Print the log of a sandbox, or without a name the requests that the server has answered.

    With --json, each request, or each piece of a log, is a line of JSON.
    """
    if build and entrypoint:
        raise typer.BadParameter("--build and --entrypoint are two logs; ask for one")
    if name is None and (build or entrypoint):
        raise typer.BadParameter("--build and --entrypoint need the name of a sandbox")
    with output.ending():
        from daytona_local.cli import logs

        if name is None:
            logs.journal(folder(data_dir), follow=follow, as_json=as_json)
        else:
            logs.of_sandbox(folder(data_dir), name, build=build, follow=follow, as_json=as_json)


@app.command("exec")
def exec_(
    name: Name,
    command: Annotated[list[str], typer.Argument(help="The command and its arguments, behind --.")],
    start: Start = False,
    no_stdin: Annotated[
        bool, typer.Option("--no-stdin", "-n", help="Don't read what is piped to this command.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole outcome as JSON.")] = False,
) -> None:
    """Run a command in a sandbox: daytona-local exec box -- ls -la.

    Output and errors come as they are written, each on its own stream, as text. What is piped to this command
    is read to its end first, and is the command's input.

    Exit status: the command's; 1 if it can't be run.
    """
    with output.ending():
        from daytona_local.cli.execute import run

        raise typer.Exit(
            run(folder(data_dir), name, command, start=start, takes_input=not no_stdin, as_json=as_json)
        )


@app.command()
def shell(name: Name, start: Start = False, data_dir: DataDir = None) -> None:
    """Open a terminal in a sandbox.

    Exit status: the shell's; 1 if there can be none.
    """
    with output.ending():
        from daytona_local.cli.shell import run

        raise typer.Exit(run(folder(data_dir), name, start=start))


@app.command()
def reset(yes: Yes = False, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Remove every sandbox, snapshot and volume, and all else that was made; the key stays.

    Without a server, what a data folder has is removed from the folder, and nothing else in it.
    """
    with output.ending():
        from daytona_local.cli.reset import run

        run(folder(data_dir), yes=yes, as_json=as_json)


@app.command()
def seed(
    file: Annotated[Path, typer.Argument(help="A TOML or JSON file; - is standard input.", allow_dash=True)],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Create the volumes, snapshots and sandboxes of a file; those whose names are there already stay.

    A file, as TOML (JSON has the same shape):

    \b
        [\\[volumes]]
        name = "shared"

    \b
        [\\[snapshots]]
        name = "app"
        dockerfile = "Dockerfile"

    \b
        [\\[sandboxes]]
        name = "web"
        count = 3
        snapshot = "app"
        labels = { team = "a" }
        env = { PORT = "8000" }
        volumes = { shared = "/srv/shared" }
        auto_stop_interval = 0

    \b
        \\[sandboxes.files]
        "greeting.txt" = "hello"
        "main.py" = { path = "main.py" }

    With a count, the names are web-1, web-2 and so on. Paths are relative to the file.
    """
    with output.ending():
        from daytona_local.cli.seed import run

        run(folder(data_dir), file, as_json=as_json)


def _label(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise typer.BadParameter(f"{text!r} is no label such as team=a", param_hint="--label")
    return key, value
