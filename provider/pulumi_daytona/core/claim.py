"""Make a record so that none is ever lost: a repeated create meets its earlier self by name.

A create can lose its answer, and an engine can be killed before it has written its state. A resource without
a name of its own gets one that follows from who it is, so what has that name was left behind by an earlier
create, unless the engine has it in its state: then it is the predecessor in a replacement, which keeps its
name, and the next one is taken. Of a forced replacement the engine says only afterwards what it has, and has
it deleted: what was taken over until then stays. Whose a name is that the program fixed can't be told across
runs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from daytona_httpx import (
    DaytonaBadGatewayError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaServiceUnavailableError,
    DaytonaTimeoutError,
)
from daytona_httpx.retry import is_unsent

from pulumi_daytona.core.definition import Live
from pulumi_daytona.core.ownership import names_for
from pulumi_daytona.core.session import Session

ANSWER_LOST = (
    DaytonaConnectionError,
    DaytonaTimeoutError,
    DaytonaBadGatewayError,
    DaytonaServiceUnavailableError,
)
"""What is raised of a request that may have been carried out all the same."""

_TAKEN = (
    "the name is taken; choose another one, delete what has it, or, where this replaces it, set "
    "delete_before_replace"
)
_PAUSES_S = (0.05, 0.2, 0.5, 1.0)

logger = logging.getLogger(__name__)

Record = TypeVar("Record")


def _id_of(record: object) -> str:
    return str(getattr(record, "id"))  # noqa: B009 - of any record that has one


@dataclass(frozen=True)
class Claim(Generic[Record]):
    """Say how one kind of record is made, found and taken over.

    Args:
        make: Makes one under a name.
        find: Returns those that have a name.
        remove: Removes one.
        adopt: Brings one that exists to what is asked for, or returns None when it can't be; then it is
            removed, and made anew, as all are where this is left out, because what was shown once is lost.
        unique: Whether the API allows a name only once.
        id_of: Returns the id of one, as the engine knows it.
    """

    make: Callable[[str], Awaitable[Live]]
    find: Callable[[str], Awaitable[Collection[Record]]]
    remove: Callable[[Record], Awaitable[object]]
    adopt: Callable[[Record], Awaitable[Live | None]] | None = None
    unique: bool = True
    id_of: Callable[[Record], str] = _id_of

    async def run(
        self, session: Session, name: str | None, owner: str, *, adopt: bool = False, content: str = ""
    ) -> Live:
        """Make one under its name, or under one that follows from its owner.

        Args:
            session: The session.
            name: The name that the program fixes, if it does.
            owner: Who it belongs to.
            adopt: Whether to take over one that has the fixed name already.
            content: A short digest of what it is made of, as for ``names_for``.

        Raises:
            DaytonaError: The name is taken, the API refused, or can't be reached.
        """
        if name is None:
            return await self._for_owner(session, owner, content)
        return await self._under_name(session, name, adopt=adopt)

    async def _under_name(self, session: Session, name: str, *, adopt: bool) -> Live:
        there = await self.find(name)
        strangers = {self.id_of(record) for record in there}
        if strangers and self.unique:
            if self.adopt is None or not adopt or strangers & session.in_state:
                raise DaytonaConflictError(_TAKEN)
            live = await self._made(name, (), there, ours=True)
            session.adopted |= {live.id} & strangers
            return live
        return await self._made(name, strangers, (), ours=False)

    async def _for_owner(self, session: Session, owner: str, content: str) -> Live:
        for name in names_for(owner, content):
            there = await self.find(name)
            if not any(self.id_of(record) in session.in_state for record in there):
                live = await self._made(name, (), there, ours=True)
                session.adopted |= {live.id} & {self.id_of(record) for record in there}
                return live
        raise DaytonaConflictError("every name that follows from its logical name is taken; set a name")

    async def _made(
        self, name: str, strangers: Collection[str], left: Collection[Record], *, ours: bool
    ) -> Live:
        """Make one, until one is there; what has the name is ours by the name, or when an answer was lost."""
        for pause_s in (*_PAUSES_S, None):
            taken_over = await self._take_over(left)
            if taken_over is not None:
                return taken_over
            try:
                return await self.make(name)
            except DaytonaConflictError:
                if not ours or pause_s is None:
                    raise
            except ANSWER_LOST as lost:
                if is_unsent(lost) or pause_s is None:
                    raise
                logger.info('create "%s": %s; looking whether it was made', name, lost)
                ours = True
            await asyncio.sleep(pause_s)
            left = [record for record in await self.find(name) if self.id_of(record) not in strangers]
        raise AssertionError("the last attempt returns or raises")

    async def _take_over(self, left: Collection[Record]) -> Live | None:
        """Return the first of what was left behind that can be adopted; the others go."""
        taken_over: Live | None = None
        for record in left:
            adopted = await self.adopt(record) if self.adopt and taken_over is None else None
            if adopted is None:
                await self.remove(record)
            taken_over = taken_over or adopted
        return taken_over
