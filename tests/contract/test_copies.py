"""Copies of a sandbox: forks, snapshots and backups; and pauses, which copy nothing."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams

from tests.contract.conftest import Api
from tests.contract.waiting import becomes, passes, settled, state_of

pytestmark = pytest.mark.anyio

CHANGING = (409, "Sandbox state change in progress")
MINUTE_S = 60


async def started(api: Api, name: str = "a", **body: Any) -> dict[str, Any]:
    """Make a sandbox on a server whose transitions take a second."""
    await api.call("POST", "/sandbox", {"name": name, **body})
    await passes(api)
    return await becomes(api, f"/sandbox/{name}", "started")


async def test_a_fork_has_the_files_and_lives_its_own_life(api: Api) -> None:
    await api.made(name="a", labels={"x": "y"}, env={"A": "1"})
    source = await api.client.get("a")
    await source.fs.upload_file(b"shared", "file")
    fork = await source.fork("b")
    assert ("b", {"x": "y"}, {"A": "1"}) == (fork.name, fork.labels, fork.env)
    await source.fs.upload_file(b"of the source", "file")
    await fork.fs.upload_file(b"more", "own")
    assert b"shared" == await fork.fs.download_file("file")
    assert "1\n" == (await fork.process.exec("echo $A")).result
    await source.delete(wait=True)
    await fork.stop()
    await fork.start()
    assert b"shared" == await fork.fs.download_file("file")


async def test_both_are_seen_to_change_and_orders_wait(slow: Api) -> None:
    await started(slow)
    answer = (await slow.call("POST", "/sandbox/a/fork", {})).json()
    assert ("creating", answer["id"]) == (answer["state"], answer["name"])
    assert "forking" == await state_of(slow, "/sandbox/a")
    for order in ("stop", "pause", "fork", "backup"):
        assert CHANGING == await slow.refusal("POST", f"/sandbox/a/{order}", {})
    assert CHANGING == await slow.refusal("DELETE", "/sandbox/a")
    assert CHANGING == await slow.refusal("DELETE", f"/sandbox/{answer['id']}")
    await passes(slow)
    await becomes(slow, "/sandbox/a", "started")
    await passes(slow)
    await becomes(slow, f"/sandbox/{answer['id']}", "started")


async def test_a_running_sandbox_is_used_while_it_is_copied(slow: Api) -> None:
    await started(slow)
    sandbox = await slow.client.get("a")
    await slow.call("POST", "/sandbox/a/fork", {"name": "b"})
    assert "forking" == await state_of(slow, "/sandbox/a")
    assert "used\n" == (await sandbox.process.exec("echo used")).result


async def test_families_are_told(api: Api) -> None:
    await api.made(name="a")
    for source, name in (("a", "b"), ("b", "c"), ("a", "d")):
        await (await api.client.get(source)).fork(name)
    assert ["b", "d"] == [one["name"] for one in (await api.call("GET", "/sandbox/a/forks")).json()]
    assert "b" == (await api.call("GET", "/sandbox/c/parent")).json()["name"]
    assert ["b", "a"] == [one["name"] for one in (await api.call("GET", "/sandbox/c/ancestors")).json()]
    assert [] == (await api.call("GET", "/sandbox/a/ancestors")).json()
    assert 404 == (await api.refusal("GET", "/sandbox/a/parent"))[0]
    await (await api.client.get("b")).delete(wait=True)
    assert ["d"] == [one["name"] for one in (await api.call("GET", "/sandbox/a/forks")).json()]
    assert 404 == (await api.refusal("GET", "/sandbox/c/parent"))[0]


async def test_a_fork_needs_a_name_that_is_free_and_can_be_one(api: Api) -> None:
    await api.made(name="a")
    assert (409, "Sandbox with name a already exists") == await api.refusal(
        "POST", "/sandbox/a/fork", {"name": "a"}
    )
    assert 400 == (await api.refusal("POST", "/sandbox/a/fork", {"name": "<b>"}))[0]
    assert 404 == (await api.refusal("POST", "/sandbox/none/fork", {}))[0]


async def test_a_stopped_one_is_forked_and_stays_stopped(api: Api) -> None:
    await api.made(name="a")
    source = await api.client.get("a")
    await source.fs.upload_file(b"kept", "file")
    await source.stop()
    fork = await source.fork("b")
    assert b"kept" == await fork.fs.download_file("file")
    assert "stopped" == await state_of(api, "/sandbox/a")


async def test_a_snapshot_of_a_sandbox_appears_when_it_is_done(slow: Api) -> None:
    await started(slow, "a", env={"SECRET": "mine"})
    source = await slow.client.get("a")
    await source.fs.upload_file(b"kept", "file")
    answer = (await slow.call("POST", "/sandbox/a/snapshot", {"name": "mine:1"})).json()
    assert ("snapshotting", "started") == (answer["state"], answer["desiredState"])
    assert CHANGING == await slow.refusal("POST", "/sandbox/a/stop")
    assert "gone" == await state_of(slow, "/snapshots/mine:1")
    await passes(slow)
    snapshot = await becomes(slow, "/snapshots/mine:1", "active")
    assert "started" == await state_of(slow, "/sandbox/a")
    assert ("", source.id) == (snapshot["imageName"], snapshot["sourceSandboxId"])
    listed = (await slow.call("GET", f"/snapshots?sourceSandboxId={source.id}")).json()["items"]
    assert ["mine:1"] == [item["name"] for item in listed]
    await started(slow, "b", snapshot="mine:1")
    made = await slow.client.get("b")
    assert b"kept" == await made.fs.download_file("file")
    assert "\n" == (await made.process.exec("echo $SECRET")).result


async def test_a_snapshot_whose_name_is_taken_is_told_of_at_the_end(api: Api) -> None:
    await api.made(name="a")
    sandbox = await api.client.get("a")
    await sandbox.create_snapshot("mine:1")
    before = (await api.call("GET", "/snapshots/mine:1")).json()
    assert 200 == (await api.call("POST", "/sandbox/a/snapshot", {"name": "mine:1"})).status_code
    after = await becomes(api, "/sandbox/a", "started")
    assert "snapshot mine:1 was not made: there is one of this name" == after["errorReason"]
    assert before == (await api.call("GET", "/snapshots/mine:1")).json()
    assert 2 == (await api.call("GET", "/snapshots")).json()["total"]


async def test_what_no_snapshot_can_be_is_refused(api: Api) -> None:
    await api.made(name="a")
    path = "/sandbox/a/snapshot"
    assert (400, "name must be a string") == await api.refusal("POST", path, {})
    assert 400 == (await api.refusal("POST", path, {"name": "a b"}))[0]
    assert 422 == (await api.refusal("POST", path, {"name": "a", "includeMemory": True}))[0]
    assert "started" == await state_of(api, "/sandbox/a")


async def test_a_snapshot_outlives_its_sandbox_and_the_others_of_it(api: Api) -> None:
    await api.made(name="a")
    sandbox = await api.client.get("a")
    await sandbox.fs.upload_file(b"kept", "file")
    for name in ("one:1", "two:1"):
        await sandbox.create_snapshot(name)
    await sandbox.delete(wait=True)
    await api.client.snapshot.delete("one:1")
    await becomes(api, "/snapshots/one:1", "gone")
    made = await api.client.create(CreateSandboxFromSnapshotParams(snapshot="two:1"))
    assert b"kept" == await made.fs.download_file("file")


async def test_a_paused_one_goes_on_with_what_it_ran(api: Api) -> None:
    await api.made(name="a")
    sandbox = await api.client.get("a")
    counting = "(n=0; while true; do n=$((n+1)); echo $n > count.new; mv count.new count; sleep 0.01; done)"
    await sandbox.process.exec(f"{counting} >/dev/null 2>&1 & while ! test -s count; do sleep 0.01; done")
    await sandbox.pause()
    assert ("paused", "paused") == (sandbox.state, sandbox.desired_state)
    assert 400 == (await api.raw.get(f"/toolbox/{sandbox.id}/files?path=/")).status_code
    await sandbox.start()
    first = int((await sandbox.process.exec("cat count")).result)
    second = int((await sandbox.process.exec("sleep 0.2; cat count")).result)
    assert second > first


async def test_states_of_a_pause_and_what_is_ordered_in_them(slow: Api) -> None:
    await started(slow)
    answer = (await slow.call("POST", "/sandbox/a/pause")).json()
    assert ("pausing", "paused") == (answer["state"], answer["desiredState"])
    assert CHANGING == await slow.refusal("POST", "/sandbox/a/start")
    await passes(slow)
    await becomes(slow, "/sandbox/a", "paused")
    must_be_started = (400, "Sandbox must be in started state to pause")
    assert must_be_started == await slow.refusal("POST", "/sandbox/a/pause")
    assert (400, "Sandbox is not stopped") == await slow.refusal("POST", "/sandbox/a/archive")
    answer = (await slow.call("POST", "/sandbox/a/start")).json()
    assert ("resuming", "started") == (answer["state"], answer["desiredState"])
    assert CHANGING == await slow.refusal("POST", "/sandbox/a/pause")
    await passes(slow)
    await becomes(slow, "/sandbox/a", "started")


async def test_a_paused_one_can_be_stopped_copied_and_deleted(api: Api) -> None:
    await api.made(name="a")
    sandbox = await api.client.get("a")
    await sandbox.fs.upload_file(b"kept", "file")
    await sandbox.pause()
    fork = await sandbox.fork("b")
    assert b"kept" == await fork.fs.download_file("file")
    assert "paused" == await state_of(api, "/sandbox/a")
    await sandbox.stop()
    assert (400, "Sandbox must be in started state to pause") == await api.refusal("POST", "/sandbox/a/pause")
    await fork.pause()
    await fork.delete(wait=True)


async def test_an_idle_one_is_paused_by_its_timer(slow: Api) -> None:
    await started(slow, autoPauseInterval=1)
    await settled(slow)
    slow.clock.advance(MINUTE_S)
    await becomes(slow, "/sandbox/a", "pausing")
    await passes(slow)
    await becomes(slow, "/sandbox/a", "paused")


async def test_a_backup_passes_its_states_and_leaves_the_sandbox_as_it_is(slow: Api) -> None:
    await started(slow)
    answer = await slow.call("POST", "/sandbox/a/backup")
    assert (201, "Pending", "started") == (
        answer.status_code,
        answer.json()["backupState"],
        answer.json()["state"],
    )
    assert (409, "Sandbox backup is already in progress") == await slow.refusal("POST", "/sandbox/a/backup")
    await passes(slow)
    done = await becomes(slow, "/sandbox/a", "started")
    for _ in range(100):
        done = await slow.get("a")
        if done["backupState"] == "Completed":
            break
        await settled(slow)
    assert ("Completed", True) == (done["backupState"], bool(done["backupCreatedAt"]))


async def test_an_archive_takes_the_backup_of_a_stopped_one_and_no_older_one(api: Api) -> None:
    await api.made(name="a")
    sandbox = await api.client.get("a")
    await sandbox.fs.upload_file(b"old", "file")
    await backed_up(api)
    await sandbox.fs.upload_file(b"new", "file")
    await sandbox.stop()
    assert "None" == (await api.get("a"))["backupState"]
    for content in (b"new", b"newer"):
        await sandbox.archive()
        await becomes(api, "/sandbox/a", "archived")
        await sandbox.start()
        assert content == await sandbox.fs.download_file("file")
        await sandbox.fs.upload_file(b"newer", "file")
        await sandbox.stop()
        await backed_up(api)
    assert (400, "Sandbox is not in a stoppable state") == await api.refusal("POST", "/sandbox/a/stop")


async def backed_up(api: Api) -> None:
    await api.call("POST", "/sandbox/a/backup")
    for _ in range(1000):
        if (await api.get("a"))["backupState"] == "Completed":
            return
        await settled(api)
    raise AssertionError("it was never backed up")
