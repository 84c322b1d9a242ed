"""`pulumi-daytona sweep`: remove what a stack owns and no state knows."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from pulumi_daytona.cli import output
from pulumi_daytona.cli.connection import connected
from pulumi_daytona.cli.durations import duration
from pulumi_daytona.cli.engine import require_engine
from pulumi_daytona.cli.state_file import exported
from pulumi_daytona.core.doctor_probe import probe
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.sweep import Outcome, Plan, Scope, Thing, existing, plan, remove_all
from pulumi_daytona.core.sweep_states import StackState, full_name, read_state

States = tuple[Sequence[StackState], frozenset[str] | None]
Outcomes = Mapping[str, tuple[Outcome, str]]

_COLUMNS = ("", "name", "state", "age", "stack", "resource", "why")


@dataclass(frozen=True)
class Options:
    """Say what to sweep, and how; each is an option of the command."""

    stack: str | None = None
    state: Path | None = None
    all_stacks: bool = False
    older_than_s: float = 7200.0
    volumes: bool = False
    named: bool = False
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


def run(options: Options) -> int:
    """Sweep, and return the exit status.

    Raises:
        ProviderError: A state can't be read, or Daytona can't be reached.
    """
    with connected(options.stack, environment_only=options.state is not None) as session:
        with output.working("Looking at what there is, and reading the states"):
            found = _look(session, options)
        if not options.as_json:
            _show(found)
        agreed = bool(found.leftovers) and _agreed(len(found.leftovers), options)
        with output.working(f"Removing {len(found.leftovers)}"):
            outcomes = _remove(session, found, options) if agreed else {}
    if options.as_json:
        output.print_json(_as_json(found, outcomes))
    else:
        _tell(found, outcomes)
    if any(outcome is Outcome.FAILED for outcome, _ in outcomes.values()):
        return output.FAILED
    return output.LEFT if found.leftovers and not outcomes else output.DONE


def _look(session: Session, options: Options) -> Plan:
    """Find out what is left over; what exists is read before the states are."""
    now = session.run(probe(session.client.api_url)).server_time
    things = session.run(existing(session, now, volumes=options.volumes))
    states, stacks = _states(options)
    scope = Scope(states, stacks, options.older_than_s, volumes=options.volumes, named=options.named)
    return plan(things, scope)


def _states(options: Options) -> States:
    """Read the states, and say whose leftovers are meant."""
    if options.state is not None:
        name = full_name(options.stack or "")
        return [read_state(name, exported(name, options.state))], frozenset({name})
    engine = require_engine()
    if options.all_stacks:
        return engine.states(engine.stacks("--all")), None
    name = engine.stack_name(options.stack)
    siblings = engine.stacks(f"--project={name.split('/')[1]}")
    return engine.states(dict.fromkeys([name, *siblings])), frozenset({name})


def _show(found: Plan) -> None:
    console = output.console()
    if found.leftovers:
        console.print(output.table(_COLUMNS, [_row(thing, thing.reason) for thing in found.leftovers]))
    if found.kept:
        console.print("\nThese stay:" if found.leftovers else "These stay:")
        console.print(output.table(_COLUMNS, [_row(thing, why) for thing, why in found.kept]))
    if not found.leftovers:
        console.print("Nothing is left over." if not found.kept else "\nNothing else is left over.")


def _row(thing: Thing, why: str) -> Sequence[str]:
    stack, resource = (thing.owner.stack, thing.owner.name) if thing.owner else ("", "")
    return (thing.kind, thing.name, thing.state, duration(thing.age_s), stack, resource, why)


def _agreed(count: int, options: Options) -> bool:
    if options.dry_run or options.yes or options.as_json:
        return options.yes and not options.dry_run
    if not sys.stdin.isatty():
        output.say("nobody is there to agree; add --yes to remove them")
        return False
    return typer.confirm(f"Remove {'these' if count > 1 else 'this'} {count} for good?")


def _remove(session: Session, found: Plan, options: Options) -> Outcomes:
    """Remove what is still left over: the answer may have come long after the question."""
    shown = {thing.id for thing in found.leftovers}
    still = [thing for thing in _look(session, options).leftovers if thing.id in shown]
    outcomes = dict.fromkeys(shown, (Outcome.CHANGED, ""))
    done = session.run(remove_all(session, still))
    return outcomes | {thing.id: outcome for thing, outcome in zip(still, done, strict=True)}


def _tell(found: Plan, outcomes: Outcomes) -> None:
    for thing in found.leftovers:
        if thing.id in outcomes:
            outcome, detail = outcomes[thing.id]
            words = f"{outcome}: {detail}" if detail else str(outcome)
            output.console().print(output.clean(f'{thing.kind} "{thing.name}": {words}'))


def _as_json(found: Plan, outcomes: Outcomes) -> dict[str, Any]:
    def entry(thing: Thing, **others: object) -> dict[str, object]:
        owner = thing.owner
        return {
            "kind": thing.kind,
            "id": thing.id,
            "name": thing.name,
            "state": thing.state,
            "stack": owner.stack if owner else None,
            "resource": owner.name if owner else None,
            "age_s": thing.age_s,
            **others,
        }

    leftovers = []
    for thing in found.leftovers:
        outcome, detail = outcomes.get(thing.id, (None, ""))
        leftovers.append(entry(thing, why=thing.reason, outcome=outcome, detail=detail))
    return {"leftovers": leftovers, "kept": [entry(thing, why=why) for thing, why in found.kept]}
