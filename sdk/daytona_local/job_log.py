"""The jobs: what was really done in the background, as the states of sandboxes tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from daytona_local.clock import Clock
from daytona_local.records import Sandbox, new_id
from daytona_local.transitions import Transitions

KEPT = 1000
IN_PROGRESS = "IN_PROGRESS"
COMPLETED = "COMPLETED"
FAILED = "FAILED"
STATUSES = ("PENDING", IN_PROGRESS, COMPLETED, FAILED)
TYPES = {
    "creating": "CREATE_SANDBOX",
    "pending_build": "BUILD_SNAPSHOT",
    "building_snapshot": "BUILD_SNAPSHOT",
    "pulling_snapshot": "PULL_SNAPSHOT",
    "starting": "START_SANDBOX",
    "resuming": "START_SANDBOX",
    "restoring": "START_SANDBOX",
    "stopping": "STOP_SANDBOX",
    "pausing": "PAUSE_SANDBOX",
    "archiving": "CREATE_BACKUP",
    "resizing": "RESIZE_SANDBOX",
    "snapshotting": "SNAPSHOT_SANDBOX",
    "forking": "FORK_SANDBOX",
    "destroying": "DESTROY_SANDBOX",
}


@dataclass
class Job:
    """Hold one job; times in seconds since 1970."""

    type: str
    resource_id: str
    created_at: float
    updated_at: float
    status: str = IN_PROGRESS
    error: str | None = None
    id: str = field(default_factory=new_id)


class JobLog:
    """Keep the newest jobs.

    Args:
        transitions: Where sandboxes change.
        clock: Tells the time.
    """

    def __init__(self, transitions: Transitions, clock: Clock) -> None:
        self._clock = clock
        self._jobs: dict[str, Job] = {}
        self._running: dict[str, Job] = {}
        transitions.on_change.append(self.note)

    def __iter__(self) -> Iterator[Job]:
        """Yield the jobs, the newest first."""
        return reversed(list(self._jobs.values()))

    def get(self, job_id: str) -> Job | None:
        """Return a job by its id."""
        return self._jobs.get(job_id)

    def note(self, sandbox: Sandbox, before: str) -> None:
        """Take note of a sandbox that has changed; ``before`` is the state that it had."""
        if before == sandbox.state:
            return
        kind, running = TYPES.get(sandbox.state), self._running.get(sandbox.id)
        if kind == "START_SANDBOX" and before in ("error", "build_failed"):
            kind = "RECOVER_SANDBOX"
        if running is not None and running.type == kind:
            return
        if running is not None:
            self._end(self._running.pop(sandbox.id), sandbox)
        if kind is not None:
            self._begin(kind, sandbox)

    def clear(self) -> None:
        """Forget them all."""
        self._jobs.clear()
        self._running.clear()

    def _begin(self, kind: str, sandbox: Sandbox) -> None:
        now = self._clock.now()
        job = self._running[sandbox.id] = Job(kind, sandbox.id, now, now)
        self._jobs[job.id] = job
        while len(self._jobs) > KEPT:
            del self._jobs[next(iter(self._jobs))]

    def _end(self, job: Job, sandbox: Sandbox) -> None:
        has_failed = sandbox.state in ("error", "build_failed")
        job.status, job.updated_at = FAILED if has_failed else COMPLETED, self._clock.now()
        job.error = sandbox.error_reason if has_failed else None
