"""What happens to a sandbox on its way from one state to the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from daytona_local.build_words import BuildFailedError
from daytona_local.builds import Builds
from daytona_local.faults import Faults
from daytona_local.records import Sandbox
from daytona_local.runtime import Agent, NotRunningError, Runtime, SandboxSpec
from daytona_local.runtime.filters import networks_of
from daytona_local.settings import DEFAULT_USER, Settings
from daytona_local.tables import Table
from daytona_local.volumes import Volumes

Closing = Callable[[str], Awaitable[None]]
Beginning = Callable[[Sandbox, Agent], Awaitable[None]]
Change = Callable[[Sandbox, str], None]
Variables = Callable[[Sandbox], Mapping[str, str]]

HISTORY = 50
"""How many of a sandbox's states are kept."""


class Transitions:
    """Carry out changes of state; each can be repeated after a kill.

    Args:
        sandboxes: The records.
        runtime: What runs them.
        volumes: What they mount.
        builds: What their images are built by.
        settings: The server's.
        faults: What is to go wrong.

    Attributes:
        after_start: Called with a sandbox that has just started, and its agent.
        before_stop: Called with the id of a sandbox whose processes are about to end.
        on_change: Called with a sandbox whose record has changed, and the state that it had before,
            an empty one for a sandbox that is new.
        variables_of: Return variables that a sandbox has beside those of its record.
    """

    def __init__(
        self,
        sandboxes: Table[Sandbox],
        runtime: Runtime,
        volumes: Volumes,
        builds: Builds,
        settings: Settings,
        faults: Faults,
    ) -> None:
        self._sandboxes = sandboxes
        self._runtime = runtime
        self._volumes = volumes
        self._builds = builds
        self._settings = settings
        self._faults = faults
        self.after_start: list[Beginning] = []
        self.before_stop: list[Closing] = []
        self.on_change: list[Change] = []
        self.variables_of: list[Variables] = []

    def add(self, sandbox: Sandbox) -> None:
        """Keep a new sandbox."""
        now = self._settings.clock.now()
        sandbox.created_at = sandbox.updated_at = sandbox.last_activity_at = now
        sandbox.history = [(sandbox.state, now)]
        self._sandboxes.save(sandbox)
        self._tell(sandbox, "")

    def enter(self, sandbox: Sandbox, state: str, **changes: Any) -> None:
        """Put a sandbox into a state, and keep that."""
        now = self._settings.clock.now()
        if state == "stopped" and sandbox.state != "stopped":
            changes["stopped_at"] = now
        elif state == "started":
            changes["stopped_at"] = None
        self.change(sandbox, **changes, state=state, last_activity_at=now)

    def change(self, sandbox: Sandbox, **changes: Any) -> None:
        """Change a sandbox's record, keep it, and tell who wants to know."""
        before, now = sandbox.state, self._settings.clock.now()
        state = changes.get("state", before)
        if state != before:
            changes["history"] = [*sandbox.history, (state, now)][-HISTORY:]
        self._sandboxes.change(sandbox, **changes, updated_at=now)
        self._tell(sandbox, before)

    def _tell(self, sandbox: Sandbox, before: str) -> None:
        for tell in self.on_change:
            tell(sandbox, before)

    async def create(self, sandbox: Sandbox) -> None:
        """Lay the file system and boot; a build comes first where there is one.

        Raises:
            RuntimeFailedError: There can't be such a sandbox here.
            OSError: The disk is full, say.
        """
        if sandbox.state in ("pending_build", "building_snapshot") and not await self._build(sandbox):
            return
        await self._runtime.create(self.spec(sandbox), self._builds.files_of(sandbox.image_id))
        await self.boot(sandbox)

    async def recover(self, sandbox: Sandbox) -> None:
        """Boot once more, after what was left undone of its files; raises as ``create``."""
        await self._runtime.restore(sandbox.id)
        await self.create(sandbox)

    async def boot(self, sandbox: Sandbox) -> None:
        """Boot a sandbox; raises as ``create``."""
        await self.pass_time()
        if self._fails("boot", sandbox):
            return
        await self.run(sandbox)
        self.enter(sandbox, "started", error_reason=None, backup_state="None")

    async def run(self, sandbox: Sandbox) -> None:
        """Start a sandbox's processes.

        Raises:
            RuntimeFailedError: They can't be started.
        """
        await self._runtime.start(self.spec(sandbox))
        for begin in self.after_start:
            await begin(sandbox, self._runtime.agent(sandbox.id))

    async def pause(self, sandbox: Sandbox) -> None:
        """Let what runs stand still, in memory."""
        await self.pass_time()
        try:
            await self._runtime.pause(sandbox.id)
        except NotRunningError:  # it was not used since the server started
            await self.run(sandbox)
            await self._runtime.pause(sandbox.id)
        self.enter(sandbox, "paused")

    async def resume(self, sandbox: Sandbox) -> None:
        """Let what was paused go on; what has ended meanwhile is started again."""
        try:
            await self._runtime.resume(sandbox.id)
        except NotRunningError:
            await self.boot(sandbox)
            return
        await self.pass_time()
        self.enter(sandbox, "started", backup_state="None")

    async def lose(self, sandbox: Sandbox) -> None:
        """Take note that what was paused has ended with the server that held it: its files are kept."""
        self.enter(sandbox, "stopped", desired_state="stopped")

    async def restore(self, sandbox: Sandbox) -> None:
        """Unpack an archived sandbox, and boot it."""
        await self.pass_time()
        self.enter(sandbox, "restoring")
        await self._runtime.restore(sandbox.id)
        await self.boot(sandbox)

    async def stop(self, sandbox: Sandbox) -> None:
        """End what runs, and keep the files."""
        await self.pass_time()
        if self._fails("stop", sandbox):
            return
        await self._end_processes(sandbox)
        self.enter(sandbox, "stopped", backup_state="None")

    async def archive(self, sandbox: Sandbox, from_backup: bool = False) -> None:
        """Pack the files; an order to start that came meanwhile is followed then."""
        await self.pass_time()
        if sandbox.state != "archiving":
            return  # it was deleted meanwhile
        if self._fails("archive", sandbox):
            return
        self.enter(sandbox, "archiving", backup_state="InProgress")
        await self._runtime.archive(sandbox.id, from_backup=from_backup)
        now = self._settings.clock.now()
        if sandbox.desired_state == "archived":
            self.enter(sandbox, "archived", backup_state="Completed", backup_created_at=now)

    async def resize(self, sandbox: Sandbox) -> None:
        """Take the new sizes over; a running sandbox keeps running."""
        await self.pass_time()
        assert sandbox.pending is not None
        state, sizes = sandbox.pending.state, sandbox.pending.sizes
        for name, size in sizes.items():
            setattr(sandbox, name, size)
        await self._runtime.resize(self.spec(sandbox))
        self.enter(sandbox, state, pending=None)

    async def apply_network(self, sandbox: Sandbox) -> None:
        """Let a running sandbox out, or no longer."""
        await self.pass_time()
        spec = self.spec(sandbox)
        await self._runtime.set_network(sandbox.id, spec.network, spec.networks)

    async def destroy(self, sandbox: Sandbox) -> None:
        """Remove all of it; what can't be removed is kept, hidden, in error."""
        if sandbox.state != "destroyed":
            await self.pass_time()
        if self._fails("destroy", sandbox):
            return
        await self._end_services(sandbox)
        try:
            await self._runtime.destroy(sandbox.id)
        except OSError as error:
            self.enter(sandbox, "error", desired_state="destroyed", error_reason=str(error))
            return
        if sandbox.state != "destroyed":
            self.enter(sandbox, "destroyed")
        self._sandboxes.remove(sandbox)

    def spec(self, sandbox: Sandbox) -> SandboxSpec:
        """Return how a sandbox runs."""
        networks = networks_of(sandbox.network_allow_list)
        # Lists of domains can't be enforced here: they let nothing out, which is the safe side.
        listed = bool(sandbox.network_allow_list or sandbox.domain_allow_list)
        blocked = sandbox.network_block_all or (listed and not networks)
        env = {**sandbox.image.env, **{name: str(value) for name, value in sandbox.env.items()}}
        for more in self.variables_of:
            env |= more(sandbox)
        return SandboxSpec(
            id=sandbox.id,
            user=sandbox.user,
            env=env,
            cpu=sandbox.cpu,
            memory_gib=sandbox.memory,
            disk_gib=sandbox.disk,
            network=not blocked,
            networks=networks,
            mounts=self._volumes.mounts(sandbox),
            workdir=sandbox.image.workdir,
        )

    async def _build(self, sandbox: Sandbox) -> bool:
        assert sandbox.build is not None
        await self.pass_time()
        self.enter(sandbox, "building_snapshot")
        try:
            image = await self._builds.build(sandbox.build)
        except BuildFailedError as error:
            self.enter(sandbox, "build_failed", error_reason=str(error), recoverable=False)
            return False
        user = sandbox.build.user or image.config.user or DEFAULT_USER
        self.enter(sandbox, "creating", image_id=image.id, image=image.config, user=user)
        return True

    async def _end_processes(self, sandbox: Sandbox) -> None:
        await self._end_services(sandbox)
        await self._runtime.stop(sandbox.id)

    async def _end_services(self, sandbox: Sandbox) -> None:
        for close in self.before_stop:
            await close(sandbox.id)

    def fail(self, sandbox: Sandbox, reason: str, *, recoverable: bool = False) -> None:
        """Put a sandbox in an error; one that it can be recovered from keeps its files."""
        self.enter(sandbox, "error", error_reason=reason, recoverable=recoverable)

    def _fails(self, step: str, sandbox: Sandbox) -> bool:
        """Put a sandbox in error where that was asked for, and tell whether it was."""
        fault = self._faults.of_step(step, sandbox)
        if fault is not None:
            self.enter(sandbox, "error", error_reason=fault.reason, recoverable=fault.recoverable)
        return fault is not None

    async def pass_time(self) -> None:
        """Let as much time pass as a change of state takes at least."""
        await self._settings.clock.sleep(self._settings.transition_s)
