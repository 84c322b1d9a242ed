# Generated from _async by `make generate`; do not edit.
"""The life of a sandbox: started, stopped, archived, resized, gone; and waiting for all of these."""

from __future__ import annotations

from collections.abc import Callable

from daytona_httpx._sync.build_logs import BuildLogs
from daytona_httpx._sync.record import SandboxRecord
from daytona_httpx._sync.watcher import Record
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import (
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaQueueTimeoutError,
    DaytonaSpotEvictedError,
    DaytonaValidationError,
    prefixed,
)
from daytona_httpx.models.sandbox import SandboxState
from daytona_httpx.params import Resources

STARTED = frozenset({"started"})
STOPPED = frozenset({"stopped", "destroyed"})
PAUSED = frozenset({"paused"})
DESTROYED = frozenset({"destroyed"})
ARCHIVED = frozenset({"archiving", "archived"})
FAILED = frozenset({"error", "build_failed"})
BUILDING = frozenset({"pending_build", "building_snapshot"})
GOING = frozenset({"destroying", "destroyed"})


class SandboxLifecycle(SandboxRecord):
    """Change the state of a sandbox, and wait for it."""

    def start(self, timeout: float | None = 60) -> None:
        """Start the sandbox and wait until it is started (start sandbox).

        Args:
            timeout: Seconds for all of it; 0 and None are no limit.

        Raises:
            DaytonaTimeoutError: The time ran out.
            DaytonaValidationError: The timeout is negative or not finite; nothing was sent.
            DaytonaError: The API refused, or the sandbox failed.
        """
        with prefixed("Failed to start sandbox: "), self._within("start", timeout) as deadline:
            self._order("POST", "/start", deadline, STARTED)
            self._reach(STARTED, deadline)

    def recover(self, timeout: float | None = 60) -> None:
        """Recover the sandbox from an error and wait until it is started (recover sandbox); as ``start``."""
        with prefixed("Failed to recover sandbox: "), self._within("recover", timeout) as deadline:
            self._order("POST", "/recover", deadline, STARTED)
            self._reach(STARTED, deadline)

    def stop(self, timeout: float | None = 60, force: bool = False) -> None:
        """Stop the sandbox and wait until it is stopped; an ephemeral one is gone then (stop sandbox).

        Args:
            timeout: Seconds for all of it; 0 and None are no limit.
            force: Whether to end its processes at once.

        Raises:
            DaytonaTimeoutError: The time ran out.
            DaytonaError: The API refused, or the sandbox failed.
        """
        params = {"force": "true" if force else "false"}
        with prefixed("Failed to stop sandbox: "), self._within("stop", timeout) as deadline:
            self._order("POST", "/stop", deadline, STOPPED, params=params)
            self._reach(STOPPED, deadline)

    def pause(self, timeout: float | None = 60) -> None:
        """Pause the sandbox, its processes kept in memory, and wait until that is done (pause sandbox).

        Args:
            timeout: Seconds for all of it; 0 and None are no limit.

        Raises:
            DaytonaTimeoutError: The time ran out.
            DaytonaError: The API refused, or the sandbox failed.
        """
        with prefixed("Failed to pause sandbox: "), self._within("pause", timeout) as deadline:
            self._order("POST", "/pause", deadline, PAUSED)
            self._reach(PAUSED, deadline)

    def delete(self, timeout: float | None = 60, wait: bool = False) -> None:
        """Delete the sandbox (delete sandbox).

        Args:
            timeout: Seconds for all of it; 0 and None are no limit.
            wait: Whether to wait until it is gone.

        Raises:
            DaytonaNotFoundError: There is no such sandbox.
            DaytonaTimeoutError: The time ran out.
            DaytonaError: The API refused.
        """
        with prefixed("Failed to remove sandbox: "), self._within("be removed", timeout) as deadline:
            self._order("DELETE", "", deadline, GOING)
            if wait:
                self._reach(DESTROYED, deadline)

    def archive(self, request_timeout: float | None = None) -> None:
        """Archive the stopped sandbox; it doesn't wait (archive sandbox).

        Args:
            request_timeout: Seconds for the request; 0 is no limit, None the default of 90.
        """
        with prefixed("Failed to archive sandbox: "):
            deadline = self._transport.request_deadline(request_timeout)
            self._order("POST", "/archive", deadline, ARCHIVED)

    def resize(self, resources: Resources, timeout: float | None = 60) -> None:
        """Change the sizes and wait until that is done (resize sandbox).

        Args:
            resources: The new sizes; a running sandbox can only get more cores and memory.
            timeout: Seconds for all of it; 0 and None are no limit.

        Raises:
            DaytonaValidationError: A GPU is asked for; those can't be changed.
            DaytonaTimeoutError: The time ran out.
            DaytonaError: The API refused, or the sandbox failed.
        """
        with prefixed("Failed to resize sandbox: "), self._within("resize", timeout) as deadline:
            if resources.gpu is not None or resources.gpu_type is not None:
                raise DaytonaValidationError("GPUs can't be changed; leave gpu and gpu_type out")
            sizes = {"cpu": resources.cpu, "memory": resources.memory, "disk": resources.disk}
            body = {name: size for name, size in sizes.items() if size is not None}
            self._take(self._call("POST", "/resize", deadline, json=body))
            self._end_resizing(deadline)

    def wait_for_sandbox_start(
        self,
        timeout: float | None = 60,
        *,
        on_state: Callable[[str], object] | None = None,
        on_logs: Callable[[str], object] | None = None,
    ) -> None:
        """Wait until the sandbox is started.

        Args:
            timeout: Seconds; 0 and None are no limit.
            on_state: Takes the state whenever it is looked at, the same one again too.
            on_logs: Takes the log of its build, where it is built, piece by piece; of an async client it may
                be a coroutine function.

        Raises:
            DaytonaTimeoutError: The time ran out.
            DaytonaQueueTimeoutError: There was no place for it in time.
            DaytonaSpotEvictedError: It was a spot sandbox, and was taken away.
            DaytonaError: It failed, or was destroyed.
        """
        prefix = "Failure during waiting for sandbox to start: "
        with prefixed(prefix), self._within("become ready", timeout) as deadline:
            self._end_building(deadline, on_logs, on_state)
            self._wait_until(STARTED, deadline, on_state)

    def wait_for_sandbox_stop(self, timeout: float | None = 60) -> None:
        """Wait until the sandbox is stopped, or gone.

        Args:
            timeout: Seconds; 0 and None are no limit.

        Raises:
            DaytonaTimeoutError: The time ran out.
            DaytonaError: It failed.
        """
        prefix = "Failure during waiting for sandbox to stop: "
        with prefixed(prefix), self._within("become stopped", timeout) as deadline:
            self._wait_until(STOPPED, deadline)

    def wait_for_resize_complete(self, timeout: float | None = 60) -> None:
        """Wait until the sandbox is no longer being resized; 0 and None are no limit."""
        prefix = "Failure during waiting for resize to complete: "
        with prefixed(prefix), self._within("complete its resize", timeout) as deadline:
            self._end_resizing(deadline)

    def wait_for_state(self, state: str, timeout: float | None = 60) -> None:
        """Wait until the sandbox is in a state, for example ``archived``; 0 and None are no limit."""
        prefix = f"Failure during waiting for sandbox to be {state}: "
        with prefixed(prefix), self._within(f"become {state}", timeout) as deadline:
            self._wait_until(frozenset({state}), deadline)

    def _become_started(self, deadline: Deadline, on_logs: Callable[[str], object] | None = None) -> None:
        """Wait for a new sandbox; hand over the log of its build, where it is built."""
        with self._timed("start", deadline, "; it exists, and may still be starting"):
            self._end_building(deadline, on_logs)
            self._reach(STARTED, deadline)

    def _end_building(
        self,
        deadline: Deadline,
        on_logs: Callable[[str], object] | None,
        on_state: Callable[[str], object] | None = None,
    ) -> None:
        """Hand over the log of its build until that ends, where someone wants it and it is built."""

        def is_over(state: object) -> bool:
            if on_state:
                on_state(str(state))
            return state not in BUILDING

        if on_logs and self.state in BUILDING:
            logs = BuildLogs(self._transport, f"/sandbox/{self.id}", on_logs)
            self._take(logs.follow(is_over, deadline))

    def _reach(self, states: frozenset[str], deadline: Deadline) -> None:
        """Wait for a state, unless the answer to the order said already that it is reached."""
        if self.state not in states:
            self._wait_until(states, deadline)

    def _wait_until(
        self,
        states: frozenset[str],
        deadline: Deadline,
        on_state: Callable[[str], object] | None = None,
    ) -> None:
        may_go = "destroyed" in states
        try:
            self._watch(lambda state: state in states, deadline, may_go, on_state)
        except DaytonaNotFoundError:
            if not may_go:
                raise
            self.state = SandboxState.DESTROYED

    def _end_resizing(self, deadline: Deadline) -> None:
        self._watch(lambda state: state not in FAILED | GOING | {"resizing"}, deadline)

    def _watch(
        self,
        reached: Callable[[object], bool],
        deadline: Deadline,
        may_go: bool = False,
        on_state: Callable[[str], object] | None = None,
    ) -> None:
        def done(record: Record) -> bool:
            state = record.get("state")
            if on_state:
                on_state(str(state))
            if state in FAILED or (state in GOING and not may_go):
                raise _failure(record)
            return reached(state)

        self._take(self._watcher.wait(self.id, done, deadline))


def _failure(record: Record) -> DaytonaError:
    """Return why a sandbox in a failed state, or on its way out, will never be as it was waited for."""
    sandbox, state = f"Sandbox {record.get('id')}", record.get("state")
    if state in FAILED:
        reason = record.get("errorReason") or "none given"
        return DaytonaError(f"{sandbox} entered error state: {state}, error reason: {reason}")
    if record.get("queueTimedOutAt"):
        return DaytonaQueueTimeoutError(f"{sandbox} got no place within its queue timeout; try again later")
    if record.get("spotEvictedAt"):
        return DaytonaSpotEvictedError(f"{sandbox} was evicted at {record['spotEvictedAt']}; create it again")
    return DaytonaError(f"{sandbox} was destroyed while it was waited for")
