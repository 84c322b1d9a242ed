"""Copies of a sandbox."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaConflictError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    DaytonaUnprocessableEntityError,
    DaytonaValidationError,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, record, refusal

pytestmark = pytest.mark.anyio


def snapshot(state: str, **fields: str) -> dict[str, str]:
    return {"id": "i", "name": "snap", "state": state, **fields}


def absent() -> httpx.Response:
    return refusal(404, "Snapshot with name snap not found")


def now() -> float:
    return asyncio.get_running_loop().time()


async def test_a_fork_is_a_sandbox_of_its_own(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/s1/fork", record("s2", "creating"))
    api.on("GET", "/s2", record("s2", "creating"), record("s2"))
    forked = await sandbox.fork("copy")
    assert ("s2", "started") == (forked.id, forked.state)
    assert isinstance(forked, AsyncSandbox)
    assert "s1" == sandbox.id
    assert [{"name": "copy"}] == api.bodies("POST")


async def test_a_fork_without_a_name_leaves_it_to_the_server(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/fork", record("s2"))
    await sandbox.fork()
    assert [{}] == api.bodies("POST")


async def test_a_fork_that_fails_or_takes_too_long_is_named(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/fork", record("s2", "creating"))
    api.on("GET", "/s2", record("s2", "error", errorReason="no space"))
    with pytest.raises(DaytonaError, match=r"Failed to fork sandbox: Sandbox s2 .*: no space") as caught:
        await sandbox.fork()
    assert caught.value.sandbox_id == "s2"
    api.on("GET", "/s2", record("s2", "creating"))
    with pytest.raises(DaytonaTimeoutError, match="Sandbox s2 failed to start within the 3 sec") as late:
        await sandbox.fork(timeout=3)
    assert late.value.sandbox_id == "s2"


async def test_what_can_t_be_forked_says_so(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/fork", refusal(422, "Forking is not supported for this sandbox"))
    with pytest.raises(DaytonaUnprocessableEntityError, match="Failed to fork sandbox: Forking is not"):
        await sandbox.fork()
    with pytest.raises(DaytonaValidationError, match="Failed to fork sandbox: Timeout must be"):
        await sandbox.fork(timeout=-1)
    assert len(api.requests) == 1


async def test_a_snapshot_is_waited_for_until_it_is_active(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/snapshots/snap", absent(), snapshot("pending"))
    api.on("GET", "/snapshots/i", snapshot("active"))
    api.on("POST", "/s1/snapshot", record(state="snapshotting"))
    api.on("GET", "/sandbox/s1", record(state="snapshotting"), record())
    await sandbox.create_snapshot("snap")
    assert sandbox.state == "started"
    assert [{"name": "snap"}] == api.bodies("POST")


async def test_a_snapshot_may_come_a_moment_late(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/snapshots/snap", absent(), absent(), absent(), snapshot("active"))
    api.on("POST", "/s1/snapshot", record())
    began = now()
    await sandbox.create_snapshot("snap")
    assert now() - began < 1


async def test_no_snapshot_is_no_success(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/snapshots/snap", absent())
    api.on("POST", "/s1/snapshot", record(state="snapshotting"))
    began = now()
    with pytest.raises(DaytonaError, match="Failed to create snapshot: no snapshot named snap came of it"):
        await sandbox.create_snapshot("snap", timeout=0)
    assert 8 <= now() - began <= 12


async def test_a_snapshot_in_an_error_state_is_an_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/snapshots/snap", absent(), snapshot("error", errorReason="disk full"))
    api.on("POST", "/s1/snapshot", record())
    with pytest.raises(DaytonaError, match="snap ended in state error, reason: disk full"):
        await sandbox.create_snapshot("snap")


async def test_a_sandbox_that_fails_on_the_way_is_an_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/snapshots/snap", absent())
    api.on("POST", "/s1/snapshot", record(state="snapshotting"))
    api.sandboxes["s1"] = record(state="error", errorReason="runner lost")
    with pytest.raises(DaytonaError, match=r"Failed to create snapshot: Sandbox s1 .*: runner lost"):
        await sandbox.create_snapshot("snap")


async def test_a_name_that_is_taken_is_a_conflict(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/snapshots/snap", snapshot("active"))
    with pytest.raises(DaytonaConflictError, match="Failed to create snapshot: a snapshot named snap exists"):
        await sandbox.create_snapshot("snap")
    assert api.sent("POST") == []


async def test_the_timeout_of_a_snapshot_holds(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/snapshots/snap", absent())
    api.on("POST", "/s1/snapshot", record(state="snapshotting"))
    api.sandboxes["s1"] = record(state="snapshotting")
    began = now()
    with pytest.raises(DaytonaTimeoutError, match="Sandbox s1 failed to become a snapshot within the 4 sec"):
        await sandbox.create_snapshot("snap", 4)
    assert now() - began == pytest.approx(4, abs=0.05)


async def test_forks_ancestors_and_parent_are_sandboxes(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/s1/forks", httpx.Response(200, json=[record("s2"), record("s3", "stopped")]))
    api.on("GET", "/s1/ancestors", httpx.Response(200, json=[record("s0")]))
    api.on("GET", "/s1/parent", record("s0"))
    forks, ancestors = await sandbox.get_forks(), await sandbox.get_ancestors()
    assert ["s2", "s3", "s0", "s0"] == [
        one.id for one in [*forks, *ancestors, await sandbox.get_parent()] if isinstance(one, AsyncSandbox)
    ]
    await sandbox.get_forks(include_destroyed=True)
    assert ["", "includeDestroyed=true"] == [
        request.url.query.decode() for request in api.requests if request.url.path.endswith("/forks")
    ]


async def test_what_is_no_fork_has_no_parent(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/s1/parent", refusal(404, "Sandbox s1 has no parent"))
    with pytest.raises(DaytonaNotFoundError, match="Failed to get parent: Sandbox s1 has no parent"):
        await sandbox.get_parent()


async def test_the_log_of_a_build_has_an_address(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/s1/build-logs-url", {"url": "http://logs.test/b"}, {"address": "?"})
    assert "http://logs.test/b" == await sandbox.get_build_logs_url()
    with pytest.raises(DaytonaError, match="Failed to get build logs URL: the API answered no address"):
        await sandbox.get_build_logs_url()
