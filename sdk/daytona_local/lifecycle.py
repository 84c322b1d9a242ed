"""The life of sandboxes: what may be ordered in which state, and who is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from daytona_local.errors import ConflictError, InvalidError, NotFoundError
from daytona_local.jobs import Jobs, Work
from daytona_local.records import Pending, Sandbox
from daytona_local.runtime import Agent, NotRunningError, Runtime, RuntimeFailedError
from daytona_local.settings import Settings
from daytona_local.shortages import shortage
from daytona_local.tables import Table
from daytona_local.transitions import Transitions

UNDER_WAY = frozenset({
    "creating", "restoring", "destroying", "starting", "stopping", "pending_build", "building_snapshot",
    "pulling_snapshot", "archiving", "resizing", "snapshotting", "forking", "pausing", "resuming",
})  # fmt: skip
BUILDING = frozenset({"pending_build", "building_snapshot"})
KEEPING = frozenset({"resizing", "snapshotting", "forking"})
"""Changes during which processes, where there are any, stay."""

FAILED = frozenset({"error", "build_failed"})
GONE_AT_ONCE = FAILED | {"archived"}
CHANGING = "Sandbox state change in progress"
ERRORED = "Sandbox is in an errored state"
ACTIVITY_KEPT_EVERY_S = 10.0

Admission = Callable[[Sandbox, Mapping[str, int] | None], None]
Use = Callable[[Sandbox], None]


class Lifecycle:
    """Take orders, refuse what can't be in a sandbox's state, and carry out the rest in the background.

    Args:
        sandboxes: The records.
        runtime: What runs them.
        transitions: What happens on the way.
        settings: The server's.

    Attributes:
        admissions: Called with a sandbox that is to be made or started, or with the sizes that it is to get;
            each may refuse that.
        on_use: Called, now and then, with a sandbox that is in use: the moment of its auto-stop has moved.
    """

    def __init__(
        self, sandboxes: Table[Sandbox], runtime: Runtime, transitions: Transitions, settings: Settings
    ) -> None:
        self._sandboxes = sandboxes
        self._runtime = runtime
        self._settings = settings
        self._jobs = Jobs()
        self._booting: dict[str, asyncio.Lock] = {}
        self._activity_kept: dict[str, float] = {}
        self._network_jobs: set[str] = set()
        self.transitions = transitions
        self.before_stop = transitions.before_stop
        self.admissions: list[Admission] = []
        self.on_use: list[Use] = []
        transitions.on_change.append(self._forget)

    def find(self, id_or_name: str) -> Sandbox:
        """Return a sandbox by id or name.

        Raises:
            NotFoundError: There is none, or it is gone.
        """
        sandbox = self._sandboxes.get(id_or_name) or self._sandboxes.named(id_or_name)
        if sandbox is None or sandbox.is_hidden:
            raise NotFoundError(f"Sandbox with ID or name {id_or_name} not found")
        return sandbox

    async def use(self, id_or_name: str) -> tuple[Sandbox, Agent]:
        """Return a started sandbox and its agent, and take note that it is in use.

        One whose processes have ended (the server was killed, say) is booted again.

        Raises:
            NotFoundError: There is none.
            InvalidError: It isn't started.
            RuntimeFailedError: It can't be booted again.
        """
        sandbox = self._running(id_or_name)
        self.touch(sandbox)
        async with self._booting.setdefault(sandbox.id, asyncio.Lock()):
            try:
                return sandbox, self._runtime.agent(sandbox.id)
            except NotRunningError:
                await self.transitions.run(sandbox)
                return sandbox, self._runtime.agent(sandbox.id)

    def look_at(self, id_or_name: str) -> tuple[Sandbox, Agent]:
        """Return a started sandbox and its agent to who only looks: that is no use of it, and boots nothing.

        Raises:
            NotFoundError: There is none.
            InvalidError: It isn't started.
            NotRunningError: Its processes have ended.
        """
        sandbox = self._running(id_or_name)
        return sandbox, self._runtime.agent(sandbox.id)

    def touch(self, sandbox: Sandbox) -> None:
        """Take note of activity; it is kept now and then only."""
        now = sandbox.last_activity_at = self._settings.clock.now()
        if abs(now - self._activity_kept.get(sandbox.id, 0.0)) >= ACTIVITY_KEPT_EVERY_S:
            self._activity_kept[sandbox.id] = now
            self._sandboxes.note(sandbox)
            for tell in self.on_use:
                tell(sandbox)

    def create(self, sandbox: Sandbox) -> None:
        """Make a sandbox from its record; settled some time later.

        Raises:
            ConflictError: The name is taken.
            RefusedError: It isn't admitted.
        """
        if self._sandboxes.named(sandbox.name) is not None:
            raise ConflictError(f"Sandbox with name {sandbox.name} already exists")
        self.admit(sandbox)
        self.transitions.add(sandbox)
        self.begin(sandbox, lambda: self.transitions.create(sandbox))

    def admit(self, sandbox: Sandbox, sizes: Mapping[str, int] | None = None) -> None:
        """Refuse what isn't admitted: a new sandbox, the start of one, or other sizes.

        Raises:
            RefusedError: In the words of the one who doesn't admit it.
        """
        for may in self.admissions:
            may(sandbox, sizes)

    async def settled(self, sandbox: Sandbox) -> None:
        """Wait, as long as a caller may be kept waiting, until nothing goes on with a sandbox.

        Raises:
            InvalidError: It failed meanwhile.
        """
        await self._jobs.wait(sandbox.id, self._settings.blocking_s)
        if sandbox.state in FAILED:
            raise InvalidError(f"Sandbox failed to start: {sandbox.error_reason}")

    def start(self, sandbox: Sandbox) -> bool:
        """Order a start; return whether its caller is kept waiting for it.

        Raises:
            ConflictError: A change of state is in progress.
            InvalidError: It is in an error.
        """
        if sandbox.state == "started":
            return False
        if sandbox.state in FAILED:
            raise InvalidError(ERRORED)
        if sandbox.state in ("archived", "archiving"):
            if sandbox.desired_state == "started":
                return False  # it is on its way already
            self.admit(sandbox)
            self.transitions.enter(sandbox, sandbox.state, desired_state="started")
            self.begin(sandbox, lambda: self.transitions.restore(sandbox))
            return False
        self.refuse_change(sandbox)
        self.admit(sandbox)
        is_paused = sandbox.state == "paused"
        step = self.transitions.resume if is_paused else self.transitions.boot
        self.transitions.enter(sandbox, "resuming" if is_paused else "starting", desired_state="started")
        self.begin(sandbox, lambda: step(sandbox))
        return True

    def pause(self, sandbox: Sandbox) -> None:
        """Order a pause: what runs stands still, in memory.

        Raises:
            ConflictError: A change of state is in progress.
            InvalidError: It isn't started.
        """
        self.refuse_change(sandbox)
        if sandbox.state != "started":
            raise InvalidError("Sandbox must be in started state to pause")
        self.transitions.enter(sandbox, "pausing", desired_state="paused")
        self.begin(sandbox, lambda: self.transitions.pause(sandbox))

    def stop(self, sandbox: Sandbox) -> Sandbox:
        """Order a stop, and return the record as answered; it is a delete for an ephemeral one.

        Raises:
            ConflictError: A change of state is in progress.
            InvalidError: It isn't started.
        """
        self.refuse_change(sandbox)
        if sandbox.state in FAILED:
            raise InvalidError(ERRORED)
        if sandbox.state not in ("started", "paused"):
            raise InvalidError("Sandbox is not in a stoppable state")
        if sandbox.ephemeral:
            return self.delete(sandbox)
        self.transitions.enter(sandbox, "stopping", desired_state="stopped")
        self.begin(sandbox, lambda: self.transitions.stop(sandbox))
        return sandbox

    def archive(self, sandbox: Sandbox) -> None:
        """Order an archive of a stopped sandbox; raises as ``stop``."""
        self.refuse_change(sandbox)
        if sandbox.state in FAILED:
            raise InvalidError(ERRORED)
        if sandbox.state != "stopped":
            raise InvalidError("Sandbox is not stopped")
        is_backed_up = sandbox.backup_state == "Completed"
        self.transitions.enter(sandbox, "archiving", desired_state="archived", backup_state="Pending")
        self.begin(sandbox, lambda: self.transitions.archive(sandbox, is_backed_up))

    def recover(self, sandbox: Sandbox) -> None:
        """Order a recovery from an error that allows one.

        Raises:
            InvalidError: There is none, or it doesn't.
        """
        if sandbox.state != "error" or not sandbox.recoverable:
            raise InvalidError("Sandbox is not in a recoverable state")
        self.admit(sandbox)
        self.transitions.enter(sandbox, "starting", desired_state="started", error_reason=None)
        self.begin(sandbox, lambda: self.transitions.recover(sandbox))

    def resize(self, sandbox: Sandbox, sizes: dict[str, int]) -> None:
        """Order other sizes.

        Raises:
            ConflictError: A change of state is in progress.
            InvalidError: Nothing would change, or this can't be changed in its state.
        """
        self.refuse_change(sandbox)
        changed = {name: size for name, size in sizes.items() if size != getattr(sandbox, name)}
        _check_sizes(sandbox, changed)
        self.admit(sandbox, {name: size for name, size in changed.items() if size > getattr(sandbox, name)})
        pending = Pending(state=sandbox.state, sizes=changed)
        self.transitions.enter(sandbox, "resizing", pending=pending)
        self.begin(sandbox, lambda: self.transitions.resize(sandbox))

    def change_network(self, sandbox: Sandbox, **changes: Any) -> None:
        """Change network settings; on a running sandbox that takes effect in the background.

        Raises:
            ConflictError: Another change goes on.
        """
        if sandbox.id in self._network_jobs:
            raise ConflictError("An operation is already in progress for this resource")
        self.transitions.change(sandbox, **changes)
        if sandbox.state == "started":
            self._network_jobs.add(sandbox.id)
            self._jobs.begin(sandbox.id, lambda: self._apply_network(sandbox))

    def delete(self, sandbox: Sandbox) -> Sandbox:
        """Order a delete, and return the record as answered; the name is free at once.

        A build is broken off, unless another sandbox or a snapshot waits for it too.

        Raises:
            ConflictError: A change of state is in progress.
        """
        if sandbox.state in BUILDING:
            self._jobs.cancel(sandbox.id)
        elif sandbox.state != "archiving":
            self.refuse_change(sandbox)
        at_once = sandbox.state in GONE_AT_ONCE
        name = f"DESTROYED_{sandbox.name}_{int(self._settings.clock.now() * 1000)}"
        self.transitions.enter(sandbox, "destroying", desired_state="destroyed", name=name)
        answer = sandbox.model_copy(deep=True)
        if at_once:
            self.transitions.enter(sandbox, "destroyed")
        self.begin(sandbox, lambda: self.transitions.destroy(sandbox))
        return answer

    async def close(self) -> None:
        """Break off what goes on."""
        await self._jobs.close()

    async def clear(self) -> None:
        """Remove every sandbox, whatever goes on with it."""
        await self._jobs.close()
        for sandbox in self._sandboxes:
            self.transitions.change(sandbox, state="destroyed", desired_state="destroyed")
            await self.transitions.destroy(sandbox)

    def _running(self, id_or_name: str) -> Sandbox:
        sandbox = self.find(id_or_name)
        if not _runs(sandbox):
            raise InvalidError(f"Sandbox {sandbox.id} is {sandbox.state}; its toolbox needs it started")
        return sandbox

    def _forget(self, sandbox: Sandbox, _: str) -> None:
        """Keep nothing of a sandbox that is gone."""
        if sandbox.state == "destroyed":
            self._booting.pop(sandbox.id, None)
            self._activity_kept.pop(sandbox.id, None)

    async def _apply_network(self, sandbox: Sandbox) -> None:
        try:
            await self.transitions.apply_network(sandbox)
        finally:
            self._network_jobs.discard(sandbox.id)

    def begin(self, sandbox: Sandbox, work: Work) -> None:
        """Begin what goes on with a sandbox, after what goes on already; what fails puts it in error."""
        self._jobs.begin(sandbox.id, lambda: self._settle(sandbox, work))

    async def _settle(self, sandbox: Sandbox, work: Work) -> None:
        try:
            await work()
        except (RuntimeFailedError, NotRunningError, OSError, RuntimeError) as error:
            lacking = shortage(error)
            if isinstance(error, RuntimeError) and lacking is None:
                raise
            self.transitions.fail(sandbox, lacking or str(error), recoverable=lacking is not None)

    def refuse_change(self, sandbox: Sandbox) -> None:
        """Refuse a change of state while another goes on.

        Raises:
            ConflictError: One does.
        """
        if sandbox.state in UNDER_WAY:
            raise ConflictError(CHANGING)


def _runs(sandbox: Sandbox) -> bool:
    """Tell whether a sandbox has processes, be it in the middle of a change that leaves them."""
    kept = sandbox.pending.state if sandbox.pending is not None else ""
    return sandbox.state == "started" or (sandbox.state in KEEPING and kept == "started")


def _check_sizes(sandbox: Sandbox, changed: dict[str, int]) -> None:
    if sandbox.state not in ("started", "stopped"):
        raise InvalidError("Sandbox must be in started or stopped state to resize")
    if not changed:
        raise InvalidError("No resource changes specified - sandbox is already at the desired configuration")
    if changed.get("disk", sandbox.disk) < sandbox.disk:
        raise InvalidError("Sandbox disk size cannot be decreased")
    if sandbox.state == "stopped":
        return
    if "disk" in changed:
        raise InvalidError("Disk resize can only be performed on a stopped sandbox")
    if changed.get("cpu", sandbox.cpu) < sandbox.cpu:
        raise InvalidError("Sandbox must be in stopped state to decrease the number of CPU cores")
    if changed.get("memory", sandbox.memory) < sandbox.memory:
        raise InvalidError("Sandbox must be in stopped state to decrease memory")
