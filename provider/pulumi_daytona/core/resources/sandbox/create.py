"""Create a sandbox so that none is ever lost: by a name that a repeated create meets again.

A create can block, fail without an id, or lose its answer while the sandbox exists. So the name
follows from who the sandbox is, and a mark says that its creation has not been handed over to the
engine. Who meets the name taken looks at what is there:

- one of ours, marked, still under way for the same request: it was never handed over, so it is adopted;
- one of ours, marked, but settled: it was lost; it goes, and the name is free;
- one of ours without the mark, or that the engine has named: the predecessor in a replacement; the next
  name is taken;
- another's: the next name is taken, or the program's own name can't be had.

A sandbox that nobody meets again (its engine was killed, and then its stack was destroyed) ends by itself:
while it is being made it has a time to live, where the API knows one and the program gives none. It is
taken off before the engine hears of the sandbox, so what is in a state never ends because of it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Set
from math import ceil

from daytona_httpx import (
    AsyncDaytona,
    AsyncSandbox,
    DaytonaBadGatewayError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaServiceUnavailableError,
    DaytonaTimeoutError,
)
from daytona_httpx.retry import is_unsent

from pulumi_daytona.core.errors import ProviderError, is_absence
from pulumi_daytona.core.operation import limit
from pulumi_daytona.core.ownership import CREATING, OWNER, digest_of, marked_labels, names_for
from pulumi_daytona.core.resources.sandbox.inputs import SandboxInputs
from pulumi_daytona.core.resources.sandbox.params import create_params
from pulumi_daytona.core.resources.sandbox.remove import remove

SETTLED_STATES = frozenset({"started", "stopped", "archived", "paused", "error", "build_failed"})

_ANSWER_LOST = (
    DaytonaConnectionError,
    DaytonaTimeoutError,
    DaytonaBadGatewayError,
    DaytonaServiceUnavailableError,
)
_PAUSE_S = 0.5
_REMOVE_S = 120.0

CREATE_S = 300.0
"""The seconds a create may take when the program sets none."""

_SPARE_MINUTES = 60


class Creation:
    """Make one sandbox, under a name that is free or becomes free.

    Args:
        client: The client.
        inputs: What the sandbox should be.
        in_state: Ids of sandboxes that the engine has in its state, marked or not.
    """

    def __init__(self, client: AsyncDaytona, inputs: SandboxInputs, in_state: Set[str] = frozenset()) -> None:
        self._client = client
        self._in_state = in_state
        self._inputs = inputs
        self._digest = digest_of(inputs.plain())
        self._mark = f"{self._digest}.{secrets.token_hex(4)}"
        self._adopted: str | None = None
        self._may_exist = False
        self.name = next(self._names())

    async def claim(self) -> AsyncSandbox:
        """Return a sandbox that is ours and marked, new or adopted; it may still be under way.

        Raises:
            ProviderError: The name that the program fixed can't be had.
            DaytonaError: The API refused, or can't be reached.
        """
        for name in self._names():
            self.name = name
            sandbox = await self._claim_name()
            if sandbox is not None:
                return sandbox
        raise ProviderError(
            f'create sandbox "{self.name}": the name is taken; choose another name, delete the sandbox that '
            "has it, set adopt to take it over, or, where this replaces it, set delete_before_replace"
        )

    async def abandon(self) -> None:
        """Remove what this creation has made; for a creation that failed."""
        if not self._may_exist:
            return
        met = await self._find()
        if met is not None and (self._is_this(met) or met.id == self._adopted):
            await remove(self._client, met.id, _REMOVE_S)

    def _names(self) -> Iterator[str]:
        fixed = self._inputs.name
        return names_for(self._inputs.owner or "sandbox") if fixed is None else iter([fixed])

    async def _claim_name(self) -> AsyncSandbox | None:
        labels = {**marked_labels(self._inputs.labels or {}, self._inputs.owner), CREATING: self._mark}
        params = create_params(self._inputs, self.name, labels, _lifetime_minutes(self._inputs))
        while True:
            existed, self._may_exist = self._may_exist, True
            try:
                return await self._client.create(params, timeout=0, wait=False)
            except DaytonaConflictError:
                met = await self._find()
            except _ANSWER_LOST as lost:
                if is_unsent(lost):
                    self._may_exist = existed
                    raise  # nothing was made, and nothing answers: there is nothing to look for
                # Sending it again is safe: only one sandbox can have the name.
                await asyncio.sleep(_PAUSE_S)
                met = await self._find()
            if met is None:
                continue
            if self._is_adoptable(met):
                self._adopted = met.id
                return met
            if not self._is_ours(met) or self._was_handed_over(met):
                return None
            await remove(self._client, met.id, _REMOVE_S)

    async def _find(self) -> AsyncSandbox | None:
        try:
            return await self._client.get(self.name)
        except DaytonaNotFoundError as error:
            if not is_absence(error):
                raise
            return None

    def _is_ours(self, sandbox: AsyncSandbox) -> bool:
        return self._inputs.owner is not None and sandbox.labels.get(OWNER) == self._inputs.owner

    def _was_handed_over(self, sandbox: AsyncSandbox) -> bool:
        return CREATING not in sandbox.labels or sandbox.id in self._in_state

    def _is_this(self, sandbox: AsyncSandbox) -> bool:
        """Tell whether this very creation made the sandbox."""
        return sandbox.labels.get(CREATING) == self._mark

    def _is_adoptable(self, sandbox: AsyncSandbox) -> bool:
        """Tell whether no engine can have the sandbox, and it is what we ask for.

        A create that waits returns only what has settled; so what is under way was never returned.
        """
        if self._is_this(sandbox):
            return True
        same_request = sandbox.labels.get(CREATING, "").startswith(f"{self._digest}.")
        under_way = sandbox.state not in SETTLED_STATES and self._inputs.wait is not False
        lost = self._is_ours(sandbox) and not self._was_handed_over(sandbox)
        return lost and same_request and under_way


async def keep(sandbox: AsyncSandbox, inputs: SandboxInputs) -> None:
    """Take off the time to live that a sandbox has while it is being made; the program's own stays."""
    is_ours = CREATING in sandbox.labels and not inputs.ttl_minutes
    if is_ours and sandbox.auto_destroy_at is not None:
        await sandbox.set_ttl(0)


def _lifetime_minutes(inputs: SandboxInputs) -> int:
    """Return how long a sandbox may be in the making, with time to spare; 0 where a create has no limit."""
    timeout_s = limit(inputs.create_timeout, CREATE_S)
    return 0 if timeout_s is None else _SPARE_MINUTES + ceil(timeout_s / 60)


async def clean_up(creation: Creation, failure: ProviderError) -> ProviderError:
    """Remove what a failed creation made; the failure then says what could not be removed."""
    try:
        await creation.abandon()
    except DaytonaError as error:
        return ProviderError(
            f'{failure}; sandbox "{creation.name}" may be left over ({error}): the next up removes it'
        )
    return failure
