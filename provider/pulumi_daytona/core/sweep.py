"""Find and remove what a stack owns and no state knows: left over when nobody could hand it over.

Nothing is taken for left over because something could not be read. What is in any state that was read,
belongs to another stack, or is so young that an update may be at work on it, stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from daytona_httpx import AsyncSandbox, DaytonaForbiddenError, DaytonaNotFoundError, Snapshot, Volume

from pulumi_daytona.core.errors import ProviderError, is_absence
from pulumi_daytona.core.functions.snapshots import every_snapshot
from pulumi_daytona.core.operation import operation
from pulumi_daytona.core.ownership import CREATING, OWNER, names_for
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.sweep_named import GIVEN_NAMES, owner_of_named
from pulumi_daytona.core.sweep_states import Owner, StackState

FAILED: Final = frozenset({"error", "build_failed"})
GOING: Final = frozenset({"destroying", "destroyed", "deleting", "deleted", "pending_delete", "removing"})
SANDBOX_S: Final = 120.0
NAMED_S: Final = 60.0
"""How long one may take to be gone; a volume that is still in use stays."""

_AT_ONCE = 20


@dataclass(frozen=True)
class Thing:
    """Hold a sandbox, volume or snapshot that exists.

    Args:
        kind: ``Sandbox``, ``Volume`` or ``Snapshot``.
        state: What it is now.
        owner: Who it says it belongs to; only a sandbox does.
        age_s: Seconds since it was made; None when that isn't known.
        reason: Why it is left over.
    """

    kind: str
    id: str
    name: str
    state: str
    owner: Owner | None
    age_s: float | None
    reason: str


@dataclass(frozen=True)
class Scope:
    """Say what a sweep may take.

    Args:
        states: Every state that could be read; what is in one of them stays.
        stacks: The full names of the stacks whose leftovers are meant; None means those of the states, and
            what belongs to others is told.
        older_than_s: Seconds that it must have existed, so that an update at work loses nothing.
        volumes: Whether volumes are taken too.
        named: Whether sandboxes are taken whose name doesn't follow from their owner.
    """

    states: Sequence[StackState]
    stacks: frozenset[str] | None = None
    older_than_s: float = 7200.0
    volumes: bool = False
    named: bool = False


@dataclass(frozen=True)
class Plan:
    """Hold what would be removed, and what would not with the reason for it."""

    leftovers: tuple[Thing, ...]
    kept: tuple[tuple[Thing, str], ...]


class Outcome(StrEnum):
    """Say what became of a leftover."""

    REMOVED = "removed"
    CHANGED = "kept: it is no longer left over"
    FAILED = "failed"


async def existing(session: Session, now: datetime, *, volumes: bool = False) -> list[Thing]:
    """Return what may be a stack's (list sandboxes, list volumes, get all snapshots).

    That is every sandbox with an owner's mark, every volume, and every snapshot but the general ones. Call it
    before the states are read: what is handed over in between is then in the state.

    Args:
        session: The session.
        now: The time, to tell ages.
        volumes: Whether volumes are needed; else a key that may not read them finds none.

    Raises:
        ProviderError: The API refused, or can't be reached.
    """
    async with operation(session, "list sandboxes"):
        sandboxes = [_sandbox(one, now) async for one in session.client.list()]
    owned = [one for one in sandboxes if one.owner]
    async with operation(session, "list volumes"):
        try:
            owned += [_named("Volume", one, now) for one in await session.client.volume.list()]
        except DaytonaForbiddenError:
            if volumes:
                raise
    async with operation(session, "list snapshots"):
        snapshots = await every_snapshot(session.client, {})
    owned += [_named("Snapshot", one, now) for one in snapshots if not one.general]
    return [one for one in owned if one.state not in GOING]


def plan(things: Iterable[Thing], scope: Scope) -> Plan:
    """Sort out what is left over.

    Args:
        things: What exists.
        scope: What may be taken.
    """
    in_state = frozenset[str]().union(*(state.ids for state in scope.states))
    strays = [_with_owner(thing, scope) for thing in things if thing.id not in in_state]
    judged = [(thing, _objection(thing, scope)) for thing in strays if _is_meant(thing, scope)]
    leftovers = tuple(thing for thing, objection in judged if not objection)
    return Plan(leftovers, tuple((thing, objection) for thing, objection in judged if objection))


async def remove(session: Session, thing: Thing) -> tuple[Outcome, str]:
    """Remove a leftover and return when it is gone, with what became of it and, of a failure, why.

    Args:
        session: The session.
        thing: What is left over; a sandbox that has another owner by now stays.
    """
    verbs = definition_of(thing.kind).verbs
    limit_s = SANDBOX_S if thing.kind == "Sandbox" else NAMED_S
    try:
        if thing.kind == "Sandbox" and not await _is_still_owned(session, thing):
            return Outcome.CHANGED, ""
        async with asyncio.timeout(limit_s):
            await verbs.delete(session, thing.id, {"name": thing.name, "delete_timeout": 0})
    except ProviderError as error:
        return Outcome.FAILED, str(error)
    except TimeoutError:
        return Outcome.FAILED, f"not gone within {limit_s:g} s; sweep again later"
    return Outcome.REMOVED, ""


async def remove_all(session: Session, things: Sequence[Thing]) -> list[tuple[Outcome, str]]:
    """Remove leftovers, several at once; sandboxes first, since they use the others."""
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(thing: Thing) -> tuple[Outcome, str]:
        async with places:
            return await remove(session, thing)

    done: dict[str, tuple[Outcome, str]] = {}
    for named in (False, True):
        batch = [thing for thing in things if (thing.kind in GIVEN_NAMES) == named]
        outcomes = await asyncio.gather(*map(one, batch))
        done |= {thing.id: outcome for thing, outcome in zip(batch, outcomes, strict=True)}
    return [done[thing.id] for thing in things]


def _sandbox(sandbox: AsyncSandbox, now: datetime) -> Thing:
    labels, state = sandbox.labels or {}, str(sandbox.state)
    if state in FAILED:
        reason = f"{state}: {sandbox.error_reason or 'no reason given'}"
    else:
        reason = "its creation was cut short" if CREATING in labels else "in no state"
    owner = Owner.parse(labels.get(OWNER))
    return Thing("Sandbox", sandbox.id, sandbox.name, state, owner, _age(sandbox.created_at, now), reason)


def _named(kind: str, record: Volume | Snapshot, now: datetime) -> Thing:
    reason = "in no state; told by its name"
    return Thing(kind, record.id, record.name, record.state, None, _age(record.created_at, now), reason)


def _age(created_at: str | None, now: datetime) -> float | None:
    try:
        made = datetime.fromisoformat(created_at or "")
    except ValueError:
        return None
    return (now - made).total_seconds() if made.tzinfo else None


def _with_owner(thing: Thing, scope: Scope) -> Thing:
    if thing.kind not in GIVEN_NAMES:
        stacks = {*(state.stack for state in scope.states), *(scope.stacks or ())}
        return replace(thing, owner=thing.owner.within(stacks)) if thing.owner else thing
    return replace(thing, owner=owner_of_named(thing.kind, thing.name, scope.states))


def _is_meant(thing: Thing, scope: Scope) -> bool:
    return thing.owner is not None and (scope.stacks is None or thing.owner.stack in scope.stacks)


def _objection(thing: Thing, scope: Scope) -> str:
    """Return why a stray stays; empty when it is left over."""
    if thing.owner is None or thing.owner.stack not in {state.stack for state in scope.states}:
        return "its stack is not among those that were read"
    if thing.kind == "Volume" and not scope.volumes:
        return "a volume holds data; --volumes takes it"
    if thing.kind == "Sandbox" and not scope.named and thing.name not in names_for(thing.owner.mark):
        return "its name is the program's own, or it is a copy made by hand; --named takes it"
    if scope.older_than_s and (thing.age_s is None or thing.age_s < scope.older_than_s):
        return "too young: an update may be at work; --older-than 0 takes it"
    return ""


async def _is_still_owned(session: Session, thing: Thing) -> bool:
    """Tell whether a sandbox has the same owner; one that is gone counts, it needs no removal."""
    async with operation(session, f'read sandbox "{thing.name}"'):
        try:
            sandbox = await session.client.get(thing.id)
        except DaytonaNotFoundError as error:
            if not is_absence(error):
                raise
            return True
    return thing.owner is not None and sandbox.labels.get(OWNER) == thing.owner.mark
