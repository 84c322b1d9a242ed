"""The commands and their options; what does the work is imported by the command that is run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pulumi_daytona.cli.completion import stack_names
from pulumi_daytona.cli.durations import seconds_of

app = typer.Typer(
    help="Look after what Pulumi stacks have in Daytona.\n\n"
    "Daytona is found as the provider finds it: the configuration of the folder's stack first "
    "(daytona:apiKey, daytona:apiUrl ...), then the environment (DAYTONA_API_KEY, DAYTONA_API_URL ...).\n\n"
    "Each command says what its exit status means; 130 is Ctrl-C. What takes a while is shown on a terminal "
    "only; NO_COLOR is kept.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    add_completion=True,
)

Stack = Annotated[
    str | None,
    typer.Option(
        "--stack",
        "-s",
        help="The stack; the folder's selected one by default.",
        autocompletion=stack_names,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def sweep(
    stack: Stack = None,
    state: Annotated[
        Path | None,
        typer.Option(
            help="A file that `pulumi stack export` wrote, instead of asking the engine; with --stack in "
            "full. Daytona is then found by the environment alone."
        ),
    ] = None,
    all_stacks: Annotated[bool, typer.Option("--all-stacks", help="Every stack of the backend.")] = False,
    older_than: Annotated[
        str,
        typer.Option(help="Take only what is older: 30m, 2h, 7d, 0. An update may be at work on the rest."),
    ] = "2h",
    volumes: Annotated[
        bool, typer.Option("--volumes", help="Take volumes too, with the data in them.")
    ] = False,
    named: Annotated[
        bool,
        typer.Option(
            "--named",
            help="Take sandboxes too whose name the program gave; a copy (fork) made by hand looks the same.",
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; without --yes it only lists.")] = False,
) -> None:
    """Remove what a stack owns and no state knows.

    Sandboxes carry the mark of the stack that made them. Those whose stack's state doesn't have them,
    failed ones among them, are listed and, once you agree, removed. So are snapshots, told by the names that
    the provider gives; an `up` makes them again. Volumes, told likewise, hold data: --volumes takes them.
    What was kept by retain_on_delete looks left over, too. A state that can't be read ends the
    sweep: nothing is taken for left over because of that. The other stacks of the same project are read
    too, and keep what they have. The same stack in another backend can't be told apart: sweep where the
    stack lives.

    Exit status: 0 nothing is left over any more; 1 something failed; 2 wrong usage; 3 something is left
    over and was not removed.
    """
    if all_stacks and (stack or state):
        raise typer.BadParameter("--all-stacks goes with neither --stack nor --state")
    if state and not stack:
        raise typer.BadParameter("--state needs --stack, in full: organization/project/stack")
    older_than_s = seconds_of(older_than)

    from pulumi_daytona.cli import output
    from pulumi_daytona.cli.sweep import Options, run

    options = Options(stack, state, all_stacks, older_than_s, volumes, named, dry_run, yes, as_json)
    output.ending_with(lambda: run(options))


@app.command()
def doctor(stack: Stack = None, as_json: Json = False) -> None:
    """Look over credentials, connection, clock, quota, versions and engine, and say what to do.

    No credential is ever shown.

    Exit status: 0 nothing is wrong (there may be warnings); 1 something is; 2 wrong usage.
    """
    from pulumi_daytona.cli import output
    from pulumi_daytona.cli.doctor import run

    output.ending_with(lambda: run(stack, as_json=as_json))


@app.command("import")
def import_(
    labels: Annotated[
        list[str] | None,
        typer.Option("--labels", "-l", help="Only sandboxes with this label: key=value; may be repeated."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Only what has a name that begins with this.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="The folder to write to; without it, nothing is written.")
    ] = None,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Let the program take over the sandboxes, too.")
    ] = False,
    stack: Stack = None,
    as_json: Json = False,
) -> None:
    """List the sandboxes, volumes and snapshots that no stack owns, and write the program that declares them.

    With --out: `__main__.py`, with one resource each and only the inputs that differ from the defaults (the
    values of environment variables are read from the stack's configuration and never written), and
    `daytona-import.json` for `pulumi import --file` with the native plugin. The dynamic provider can't
    import through the engine: `pulumi up` takes over volumes and snapshots, and with --adopt sandboxes too,
    where they are what the program says and no stack owns them. Without --adopt it refuses them: their names
    are taken.

    Volumes and snapshots don't say whose they are: those with a name that a stack gives are left out; of the
    others, be sure that no stack has them.

    Exit status: 0; 1 something failed; 2 wrong usage.
    """
    wanted = dict(map(_label, labels or ()))

    from pulumi_daytona.cli import output
    from pulumi_daytona.cli.importing import run

    output.ending_with(lambda: run(wanted, name, out, stack, adopt=adopt, as_json=as_json))


@app.command()
def migrate(
    stack: Stack = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; without --yes it only shows.")] = False,
) -> None:
    """Move a stack from the dynamic provider to the native plugin, and replace nothing.

    What `from pulumi_daytona import ...` has made becomes the native plugin's in the stack's state, under the
    same ids; Daytona is not asked. The state is shown before it is written, and the one before is kept in
    a file beside you, its secrets sealed: `pulumi stack import --file` takes it back. Afterwards change the
    program's imports to `from pulumi_daytona.native import ...`; `pulumi preview` shows no change then.

    Exit status: 0 nothing of the dynamic provider is left; 1 something failed; 2 wrong usage; 3 something is
    left and was not moved.
    """
    from pulumi_daytona.cli import output
    from pulumi_daytona.cli.migrate import Options, run

    output.ending_with(lambda: run(Options(stack, dry_run, yes, as_json)))


@app.command()
def graph(
    stack: Stack = None,
    state: Annotated[
        Path | None,
        typer.Option(help="A file that `pulumi stack export` wrote, instead of asking the engine."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The SVG file to write, over what is there; standard output by default."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; with --out the picture is written, too.")
    ] = False,
) -> None:
    """Draw a stack's sandboxes, what belongs to them and what they are made with, as SVG.

    A sandbox is a card with its files, commands, sessions, previews and accesses; components are boxes; an
    arrow goes from what is used to what uses it. Only the state is read: Daytona is not asked. No value of a
    secret, an environment variable or a command is in the picture.

    Exit status: 0; 1 something failed; 2 wrong usage.
    """
    from pulumi_daytona.cli import output
    from pulumi_daytona.cli.graph.command import run

    output.ending_with(lambda: run(stack, state, out, in_json=as_json))


def _label(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise typer.BadParameter(f"{text!r} is no label such as team=a")
    return key, value
