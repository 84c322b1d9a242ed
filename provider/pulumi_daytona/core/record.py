"""What the resources that are one record of the API have in common: their verbs, and how absence is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import ClassVar, Generic, TypeVar

from daytona_httpx import DaytonaError, DaytonaNotFoundError, DaytonaValidationError

from pulumi_daytona.core.definition import Live, State
from pulumi_daytona.core.errors import is_absence
from pulumi_daytona.core.models import ResourceInputs
from pulumi_daytona.core.operation import limit, operation
from pulumi_daytona.core.ownership import resource_name
from pulumi_daytona.core.session import Session

_CLEAN_UP_S = 60.0

logger = logging.getLogger(__name__)

Found = TypeVar("Found")
Inputs = TypeVar("Inputs", bound=ResourceInputs)


async def found(looked_up: Awaitable[Found]) -> Found | None:
    """Return what is looked up, or None when the API says that it doesn't exist."""
    try:
        return await looked_up
    except DaytonaNotFoundError as error:
        if not is_absence(error):
            raise
        return None


async def existing(looked_up: Awaitable[Found | None]) -> Found:
    """Return what is looked up, which an update needs.

    Raises:
        DaytonaNotFoundError: The API says that it doesn't exist.
    """
    there = await found(looked_up)
    if there is None:
        raise DaytonaNotFoundError("it is gone; run pulumi refresh")
    return there


@asynccontextmanager
async def or_removed(
    remove: Callable[[], Awaitable[object]], unless: tuple[type[DaytonaError], ...] = ()
) -> AsyncIterator[None]:
    """Remove what was just made when what is done inside fails: a create that fails leaves nothing.

    Args:
        remove: Removes it.
        unless: The failures after which there is nothing of ours.
    """
    try:
        yield
    except unless:
        raise
    except BaseException:
        try:
            async with asyncio.timeout(_CLEAN_UP_S):
                await remove()
        except (DaytonaError, TimeoutError) as error:
            logger.warning("a create failed, and what it made could not be removed: %s", error)
        raise


class RecordVerbs(Generic[Inputs]):
    """Create, read, update and delete a record by the calls that each kind of it gives.

    Attributes:
        noun: What one is called in messages, for example ``secret``.
        title: The input or output that tells one from another there.
        create_s: Seconds until one is made, where no ``create_timeout`` is set; 0 is no limit.
        delete_s: Seconds until one is gone, where no ``delete_timeout`` is set; 0 is no limit.
    """

    noun: ClassVar[str]
    title: ClassVar[str] = "name"
    create_s: ClassVar[float] = 0
    delete_s: ClassVar[float] = 0

    async def make(self, session: Session, inputs: Inputs) -> Live:
        """Make the record, or take over the one that an earlier create left behind."""
        raise NotImplementedError

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the record as it is; None, or DaytonaNotFoundError, when there is none."""
        raise NotImplementedError

    async def change(self, session: Session, resource_id: str, state: State, inputs: Inputs) -> Live:
        """Change what differs and return the record as it is then; by default nothing of it can change."""
        return await existing(self.get(session, resource_id, state))

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the record; DaytonaNotFoundError when there is none any more is a success."""
        raise NotImplementedError

    async def create(self, session: Session, inputs: Inputs) -> Live:
        """Make the record.

        Raises:
            ProviderError: What the API said, or that the time ran out.
        """
        name = getattr(inputs, self.title, None) or resource_name(inputs.owner or self.noun)
        timeout_s = limit(getattr(inputs, "create_timeout", None), self.create_s)
        async with operation(session, f'create {self.noun} "{name}"', timeout_s, "create_timeout"):
            return await self.make(session, inputs)

    async def read(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the record as it is; None when the API says that it doesn't exist.

        Raises:
            ProviderError: It can't be known whether it exists.
        """
        async with operation(session, f"read {self._named(state, resource_id)}"):
            return await found(self.get(session, resource_id, state))

    async def update(self, session: Session, resource_id: str, state: State, inputs: Inputs) -> Live:
        """Change what differs, and return the record as it is then; it can be repeated.

        Raises:
            ProviderError: What the API said.
        """
        async with operation(session, f"update {self._named(state, resource_id)}"):
            return await self.change(session, resource_id, state, inputs)

    async def delete(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the record; one that a create of this process has taken over is its successor, and stays.

        Raises:
            ProviderError: What the API said, or that the time ran out.
        """
        if resource_id in session.adopted:
            return
        timeout_s = limit(state.get("delete_timeout"), self.delete_s)
        action = f"delete {self._named(state, resource_id)}"
        async with operation(session, action, timeout_s, "delete_timeout"):
            await found(self.remove(session, resource_id, state))

    def _named(self, state: State, resource_id: str) -> str:
        return f'{self.noun} "{state.get(self.title) or resource_id}"'


def organization_of(session: Session, organization_id: str | None) -> str:
    """Return the organization that a resource belongs to: the one it names, else the configured one.

    Raises:
        DaytonaValidationError: There is neither.
    """
    known = organization_id or session.settings.organization_id
    if known is None:
        raise DaytonaValidationError(
            "the organization is not known; set organization_id, or `pulumi config set "
            "daytona:organizationId ...`"
        )
    return known
