"""Copies of a sandbox: another sandbox, a snapshot, a backup. It stands still while it is copied."""

from __future__ import annotations

from daytona_local.errors import ConflictError, InvalidError, UnprocessableError
from daytona_local.images import Images
from daytona_local.lifecycle import ERRORED, FAILED, Lifecycle
from daytona_local.records import Image, Pending, Sandbox, Snapshot, new_id
from daytona_local.recovery import Recovery
from daytona_local.runtime import Runtime
from daytona_local.settings import Settings
from daytona_local.tables import Table

AT_REST = frozenset({"started", "stopped", "paused"})
BACKING_UP = frozenset({"Pending", "InProgress"})


class Copying:
    """Take orders for copies, and carry them out; each can be repeated after a kill.

    Args:
        sandboxes: The records.
        snapshots: The snapshots, to which those of sandboxes come.
        images: The files of snapshots.
        lifecycle: The rules of changes of state.
        runtime: Copies.
        settings: The server's.
    """

    def __init__(
        self,
        sandboxes: Table[Sandbox],
        snapshots: Table[Snapshot],
        images: Images,
        lifecycle: Lifecycle,
        runtime: Runtime,
        settings: Settings,
    ) -> None:
        self._sandboxes = sandboxes
        self._snapshots = snapshots
        self._images = images
        self._lifecycle = lifecycle
        self._steps = lifecycle.transitions
        self._runtime = runtime
        self._clock = settings.clock

    def recover(self, recovery: Recovery) -> None:
        """Say what is left to do after a kill."""
        recovery.steps |= {"forking": self._fork, "snapshotting": self._snapshot}
        recovery.more.append(self._go_on_backing_up)

    def fork(self, sandbox: Sandbox, name: str) -> Sandbox:
        """Order a sandbox with the same files, and return its record.

        Args:
            sandbox: The one that is copied.
            name: The new one's name; its id where it is empty.

        Raises:
            ConflictError: A change of state is in progress, or the name is taken.
            InvalidError: It can't be copied in its state.
        """
        self._must_be_at_rest(sandbox, "forked")
        if name and self._sandboxes.named(name) is not None:
            raise ConflictError(f"Sandbox with name {name} already exists")
        forked = _forked(sandbox, name)
        self._lifecycle.admit(forked)
        self._steps.add(forked)
        self._hold(sandbox, "forking", Pending(state=sandbox.state, copy_id=forked.id))
        self._lifecycle.begin(sandbox, lambda: self._fork(sandbox))
        return forked

    def snapshot(self, sandbox: Sandbox, name: str, *, with_memory: bool) -> None:
        """Order a snapshot of the files; it appears when it is done.

        Args:
            sandbox: The sandbox.
            name: The snapshot's; whether it is taken is only seen at the end, as the API does.
            with_memory: Whether what runs is to be kept too, which isn't done here.

        Raises:
            ConflictError: A change of state is in progress.
            InvalidError: It can't be copied in its state.
            UnprocessableError: The memory is asked for.
        """
        self._must_be_at_rest(sandbox, "made a snapshot of")
        if with_memory:
            raise UnprocessableError("Memory snapshots are not supported for this sandbox")
        self._hold(sandbox, "snapshotting", Pending(state=sandbox.state, copy_id=new_id(), name=name))
        self._lifecycle.begin(sandbox, lambda: self._snapshot(sandbox))

    def back_up(self, sandbox: Sandbox) -> None:
        """Order a backup, which an archive uses if nothing has changed since.

        Raises:
            ConflictError: A change of state, or a backup, is in progress.
            InvalidError: It can't be copied in its state.
        """
        self._must_be_at_rest(sandbox, "backed up")
        if sandbox.backup_state in BACKING_UP:
            raise ConflictError("Sandbox backup is already in progress")
        self._steps.change(sandbox, backup_state="Pending")
        self._lifecycle.begin(sandbox, lambda: self._back_up(sandbox))

    def forks(self, sandbox: Sandbox, *, with_destroyed: bool = False) -> list[Sandbox]:
        """Return the forks of a sandbox, the oldest first."""
        return [
            one
            for one in self._sandboxes
            if one.parent_id == sandbox.id and (with_destroyed or not one.is_hidden)
        ]

    def parent(self, sandbox: Sandbox) -> Sandbox | None:
        """Return what a sandbox is a fork of, None where it is none, or that is gone."""
        found = self._sandboxes.get(sandbox.parent_id or "")
        return found if found is not None and not found.is_hidden else None

    def _must_be_at_rest(self, sandbox: Sandbox, what: str) -> None:
        self._lifecycle.refuse_change(sandbox)
        if sandbox.state in FAILED:
            raise InvalidError(ERRORED)
        if sandbox.state not in AT_REST:
            raise InvalidError(f"Sandbox must be started, stopped or paused to be {what}")

    def _hold(self, sandbox: Sandbox, state: str, pending: Pending) -> None:
        self._steps.change(sandbox, state=state, pending=pending)

    def _let_go(self, sandbox: Sandbox, error_reason: str | None) -> None:
        assert sandbox.pending is not None
        self._steps.change(sandbox, state=sandbox.pending.state, pending=None, error_reason=error_reason)

    async def _fork(self, sandbox: Sandbox) -> None:
        assert sandbox.pending is not None
        await self._steps.pass_time()
        forked = self._sandboxes.get(sandbox.pending.copy_id)
        if forked is not None and forked.pending is not None:
            await self._copy(sandbox, forked)
        self._let_go(sandbox, None)

    async def _copy(self, sandbox: Sandbox, forked: Sandbox) -> None:
        try:
            await self._runtime.copy(sandbox.id, forked.id)
        except OSError as error:
            self._steps.change(forked, pending=None)
            self._steps.fail(forked, str(error))
            return
        self._steps.change(forked, pending=None)
        self._lifecycle.begin(forked, lambda: self._steps.boot(forked))

    async def _snapshot(self, sandbox: Sandbox) -> None:
        assert sandbox.pending is not None
        await self._steps.pass_time()
        image_id, name = sandbox.pending.copy_id, sandbox.pending.name
        try:
            image = await self._images.copy(sandbox.id, image_id, sandbox.image)
        except OSError as error:
            self._let_go(sandbox, f"snapshot {name} was not made: {error}")
            return
        other = self._snapshots.named(name)
        if other is None:
            self._snapshots.save(_snapshot_of(sandbox, name, image, self._clock.now()))
        is_taken = other is not None and other.image_id != image_id
        self._let_go(
            sandbox, f"snapshot {name} was not made: there is one of this name" if is_taken else None
        )
        await self._images.tidy()

    async def _back_up(self, sandbox: Sandbox) -> None:
        await self._steps.pass_time()
        if sandbox.backup_state not in BACKING_UP:
            return  # it was started or stopped meanwhile, and has other files by now
        self._steps.change(sandbox, backup_state="InProgress")
        try:
            await self._runtime.back_up(sandbox.id)
        except OSError:
            self._steps.change(sandbox, backup_state="Error")
            return
        if sandbox.backup_state == "InProgress":
            now = self._clock.now()
            self._steps.change(sandbox, backup_state="Completed", backup_created_at=now)

    def _go_on_backing_up(self, sandbox: Sandbox) -> None:
        if sandbox.backup_state in BACKING_UP and sandbox.state in AT_REST:
            self._lifecycle.begin(sandbox, lambda: self._back_up(sandbox))


def _forked(sandbox: Sandbox, name: str) -> Sandbox:
    """Return the record of a fork: like the other one, but for what is each one's own."""
    fresh = Sandbox(name=name, parent_id=sandbox.id)
    fresh.name = name or fresh.id
    own = {"id", "name", "parent_id", "auth_token", "signing_key", "state", "desired_state", "error_reason",
           "recoverable", "backup_state", "backup_created_at", "warm_pool_id", "destroy_at", "stopped_at",
           "linked_sandbox_id", "pending", "history"}  # fmt: skip
    shared = {field: value for field, value in sandbox.model_copy(deep=True) if field not in own}
    return fresh.model_copy(update={**shared, "pending": Pending(state="creating", copy_id=sandbox.id)})


def _snapshot_of(sandbox: Sandbox, name: str, image: Image, now: float) -> Snapshot:
    return Snapshot(
        name=name,
        image_id=image.id,
        image=image.config,
        entrypoint=image.config.entrypoint,
        size_gib=image.size_gib,
        cpu=sandbox.cpu,
        memory=sandbox.memory,
        disk=sandbox.disk,
        source_sandbox_id=sandbox.id,
        created_at=now,
        updated_at=now,
    )
