"""Which jobs the states of sandboxes tell of, and how many of them are kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from daytona_local.clock import ManualClock
from daytona_local.job_log import KEPT, JobLog
from daytona_local.records import Sandbox


def log() -> JobLog:
    transitions: Any = SimpleNamespace(on_change=[])
    return JobLog(transitions, ManualClock())


def told(jobs: JobLog, sandbox: Sandbox, *states: str) -> None:
    """Let a sandbox go through states, and tell the log of each."""
    for state in states:
        before, sandbox.state = sandbox.state, state
        jobs.note(sandbox, before)


def test_a_job_ends_when_its_state_is_left() -> None:
    jobs, sandbox = log(), Sandbox(name="a", state="")
    told(jobs, sandbox, "creating", "started", "stopping")
    assert [("STOP_SANDBOX", "IN_PROGRESS"), ("CREATE_SANDBOX", "COMPLETED")] == [
        (job.type, job.status) for job in jobs
    ]


def test_a_build_is_one_job_and_the_create_another() -> None:
    jobs, sandbox = log(), Sandbox(name="a", state="")
    told(jobs, sandbox, "pending_build", "building_snapshot", "creating", "started")
    assert ["CREATE_SANDBOX", "BUILD_SNAPSHOT"] == [job.type for job in jobs]


def test_a_failed_job_says_why_and_a_recovery_is_one_of_its_own() -> None:
    jobs, sandbox = log(), Sandbox(name="a", state="", error_reason="no room")
    told(jobs, sandbox, "creating", "error", "starting", "started")
    assert [("RECOVER_SANDBOX", "COMPLETED", None), ("CREATE_SANDBOX", "FAILED", "no room")] == [
        (job.type, job.status, job.error) for job in jobs
    ]


def test_other_changes_are_no_jobs() -> None:
    jobs, sandbox = log(), Sandbox(name="a", state="started")
    jobs.note(sandbox, "started")
    assert [] == [*jobs]


def test_the_oldest_jobs_are_forgotten() -> None:
    jobs, sandbox = log(), Sandbox(name="a", state="")
    for _ in range(KEPT):
        told(jobs, sandbox, "starting", "started", "stopping", "stopped")
    kept = [*jobs]
    assert KEPT == len(kept)
    assert jobs.get(kept[-1].id) is kept[-1]
