"""Go on with what a killed server had under way, so that no sandbox stays between two states."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from daytona_local.clock import Clock
from daytona_local.lifecycle import Lifecycle
from daytona_local.records import Sandbox
from daytona_local.tables import Table

CLOSE_S = 1.0
"""How far times may lie ahead without the clock having been set back."""

Step = Callable[[Sandbox], Coroutine[Any, Any, None]]


class Recovery:
    """Know what is left to do with a sandbox by its state.

    Args:
        sandboxes: The records.
        lifecycle: Where it is done.
        clock: Tells the time.

    Attributes:
        steps: What is done in which state; those who bring changes of state of their own add to it.
        more: Called with every sandbox, for what its state doesn't tell.
    """

    def __init__(self, sandboxes: Table[Sandbox], lifecycle: Lifecycle, clock: Clock) -> None:
        self._sandboxes = sandboxes
        self._lifecycle = lifecycle
        self._clock = clock
        steps = lifecycle.transitions
        self.steps: dict[str, Step] = {
            "pending_build": steps.create,
            "building_snapshot": steps.create,
            "creating": steps.create,
            "starting": steps.recover,
            "resuming": steps.boot,
            "restoring": steps.restore,
            "pausing": steps.lose,
            "paused": steps.lose,
            "stopping": steps.stop,
            "archiving": steps.archive,
            "resizing": steps.resize,
            "destroying": steps.destroy,
        }
        self.more: list[Callable[[Sandbox], object]] = []

    def resume(self) -> None:
        """Begin what is left to do."""
        for sandbox in self._sandboxes:
            ahead_s = _latest(sandbox) - self._clock.now()
            if ahead_s > CLOSE_S:
                self._sandboxes.note(sandbox, **_moved_back(sandbox, ahead_s))
            step = self._step(sandbox)
            if step is not None:
                self._begin(sandbox, step)
            for tell in self.more:
                tell(sandbox)

    def _step(self, sandbox: Sandbox) -> Step | None:
        if sandbox.state == "archived" and sandbox.desired_state == "started":
            return self._lifecycle.transitions.restore
        if sandbox.state == "creating" and sandbox.pending is not None:
            return None  # its files come from the one that it is a fork of, which sees to it
        if sandbox.is_hidden:
            return self._lifecycle.transitions.destroy
        return self.steps.get(sandbox.state)

    def _begin(self, sandbox: Sandbox, step: Step) -> None:
        self._lifecycle.begin(sandbox, lambda: step(sandbox))


def _latest(sandbox: Sandbox) -> float:
    return max(sandbox.created_at, sandbox.last_activity_at, sandbox.stopped_at or 0.0)


def _moved_back(sandbox: Sandbox, seconds: float) -> dict[str, Any]:
    """Return a sandbox's times as if the clock had always been right: what is left of each timer stays."""
    names = ("created_at", "updated_at", "last_activity_at", "stopped_at", "destroy_at", "backup_created_at")
    times = {name: at - seconds for name in names if (at := getattr(sandbox, name)) is not None}
    return {**times, "history": [(state, at - seconds) for state, at in sandbox.history]}
