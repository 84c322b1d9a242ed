"""Which orders are taken in which state, what is seen on the way, and what the timers do."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.conftest import Api

pytestmark = pytest.mark.anyio

CHANGING = (409, "Sandbox state change in progress")
ERRORED = (400, "Sandbox is in an errored state")
MINUTE_S = 60


async def passes(api: Api) -> None:
    """Let a transition that was begun come to its end."""
    await settled(api)
    api.clock.advance(1)


async def settled(api: Api) -> None:
    """Let the server come to rest: what is due has been done when requests are answered again."""
    for _ in range(20):
        await api.call("GET", "/health")
        await asyncio.sleep(0.005)


async def becomes(api: Api, name: str, state: str) -> None:
    """Wait until a sandbox is in a state; real processes take their time."""
    for _ in range(1000):
        answer = await api.call("GET", f"/sandbox/{name}")
        if (answer.json().get("state") if answer.status_code == 200 else "gone") == state:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"it never was {state}: {answer.text}")


async def started(api: Api, name: str) -> None:
    await api.call("POST", "/sandbox", {"name": name})
    await passes(api)
    await becomes(api, name, "started")


@pytest.mark.parametrize("order", ["start", "stop", "archive"])
async def test_nothing_is_ordered_while_it_is_created(slow: Api, order: str) -> None:
    await slow.call("POST", "/sandbox", {"name": "a"})
    assert CHANGING == await slow.refusal("POST", f"/sandbox/a/{order}")
    assert CHANGING == await slow.refusal("DELETE", "/sandbox/a")
    assert 200 == (await slow.call("PUT", "/sandbox/a/labels", {"labels": {"x": "y"}})).status_code
    assert 201 == (await slow.call("POST", "/sandbox/a/autostop/5")).status_code


async def test_stopping_and_starting_are_seen_and_refuse_orders(slow: Api) -> None:
    await started(slow, "a")
    answer = (await slow.call("POST", "/sandbox/a/stop")).json()
    assert ("stopping", "stopped") == (answer["state"], answer["desiredState"])
    assert CHANGING == await slow.refusal("POST", "/sandbox/a/start")
    assert CHANGING == await slow.refusal("DELETE", "/sandbox/a")
    await passes(slow)
    await becomes(slow, "a", "stopped")
    assert (400, "Sandbox is not in a stoppable state") == await slow.refusal("POST", "/sandbox/a/stop")
    answer = (await slow.call("POST", "/sandbox/a/start")).json()
    assert ("starting", "started") == (answer["state"], answer["desiredState"])
    assert CHANGING == await slow.refusal("POST", "/sandbox/a/stop")
    await passes(slow)
    await becomes(slow, "a", "started")


async def test_a_start_blocks_and_a_start_of_a_started_one_changes_nothing(api: Api) -> None:
    sandbox = await api.made(name="a")
    before = (await api.call("POST", "/sandbox/a/start")).json()
    assert before["updatedAt"] == sandbox["updatedAt"]
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    assert "started" == (await api.call("POST", "/sandbox/a/start")).json()["state"]


async def test_what_is_not_stopped_can_t_be_archived_nor_recovered(api: Api) -> None:
    await api.made(name="a")
    assert (400, "Sandbox is not stopped") == await api.refusal("POST", "/sandbox/a/archive")
    assert (400, "Sandbox is not in a recoverable state") == await api.refusal("POST", "/sandbox/a/recover")


async def test_an_archived_one_comes_back_with_its_files(api: Api) -> None:
    sandbox = await api.client.get((await api.made(name="a"))["id"])
    await sandbox.fs.upload_file(b"kept", "file")
    await sandbox.stop()
    await sandbox.archive()
    await becomes(api, "a", "archived")
    archived = await api.get("a")
    assert (None, "Completed") == (archived["runnerId"], archived["backupState"])
    assert (400, "Sandbox is not stopped") == await api.refusal("POST", "/sandbox/a/archive")
    answer = (await api.call("POST", "/sandbox/a/start")).json()
    assert "started" == answer["desiredState"]
    await becomes(api, "a", "started")
    assert b"kept" == await sandbox.fs.download_file("file")


async def test_a_start_while_archiving_brings_it_back(slow: Api) -> None:
    await started(slow, "a")
    await slow.call("POST", "/sandbox/a/stop")
    await passes(slow)
    await becomes(slow, "a", "stopped")
    assert "archiving" == (await slow.call("POST", "/sandbox/a/archive")).json()["state"]
    assert CHANGING == await slow.refusal("POST", "/sandbox/a/archive")
    assert 200 == (await slow.call("POST", "/sandbox/a/start")).status_code
    for _ in range(3):
        await passes(slow)
    await becomes(slow, "a", "started")


async def test_a_delete_frees_the_name_at_once(slow: Api) -> None:
    await started(slow, "a")
    old = await slow.get("a")
    answer = (await slow.call("DELETE", "/sandbox/a")).json()
    assert ("destroying", "destroyed") == (answer["state"], answer["desiredState"])
    assert answer["name"].startswith("DESTROYED_a_")
    assert CHANGING == await slow.refusal("DELETE", f"/sandbox/{old['id']}")
    assert 200 == (await slow.call("POST", "/sandbox", {"name": "a"})).status_code
    await passes(slow)
    await becomes(slow, old["id"], "gone")
    assert 404 == (await slow.refusal("DELETE", f"/sandbox/{old['id']}"))[0]


async def test_an_archived_one_is_gone_right_after_its_delete(api: Api) -> None:
    sandbox = await api.client.get((await api.made(name="a"))["id"])
    await sandbox.stop()
    await sandbox.archive()
    await becomes(api, "a", "archived")
    assert 200 == (await api.call("DELETE", "/sandbox/a")).status_code
    assert 404 == (await api.call("GET", f"/sandbox/{sandbox.id}")).status_code


async def test_a_stop_deletes_an_ephemeral_one(slow: Api) -> None:
    await slow.call("POST", "/sandbox", {"name": "a", "autoDeleteInterval": 0})
    await passes(slow)
    await becomes(slow, "a", "started")
    answer = (await slow.call("POST", "/sandbox/a/stop")).json()
    assert answer["name"].startswith("DESTROYED_a_")
    await passes(slow)
    await becomes(slow, answer["id"], "gone")


async def test_a_running_one_grows_and_only_a_stopped_one_shrinks(api: Api) -> None:
    sandbox = await api.made(name="a")
    answer = (await api.call("POST", "/sandbox/a/resize", {"cpu": 2, "memory": 2})).json()
    assert ("resizing", 1) == (answer["state"], answer["cpu"])
    await becomes(api, "a", "started")
    assert (2, 2) == ((await api.get("a"))["cpu"], (await api.get("a"))["memory"])
    for body, message in (
        ({"cpu": 1}, "Sandbox must be in stopped state to decrease the number of CPU cores"),
        ({"disk": 5}, "Disk resize can only be performed on a stopped sandbox"),
        ({"disk": 1}, "Sandbox disk size cannot be decreased"),
        ({}, "No resource changes specified - sandbox is already at the desired configuration"),
        ({"cpu": 0}, "cpu must not be less than 1"),
    ):
        assert (400, message) == await api.refusal("POST", "/sandbox/a/resize", body)
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    await api.call("POST", "/sandbox/a/resize", {"cpu": 1, "disk": 5})
    await becomes(api, "a", "stopped")
    assert (1, 5) == ((await api.get(sandbox["id"]))["cpu"], (await api.get("a"))["disk"])


async def test_an_idle_one_stops_and_is_archived_and_deleted(api: Api) -> None:
    await api.made(name="a", autoStopInterval=1, autoArchiveInterval=2, autoDeleteInterval=5)
    api.clock.advance(59)
    await settled(api)
    assert "started" == (await api.get("a"))["state"]
    api.clock.advance(1)
    await becomes(api, "a", "stopped")
    api.clock.advance(2 * MINUTE_S)
    await becomes(api, "a", "archived")
    api.clock.advance(3 * MINUTE_S)
    await becomes(api, "a", "gone")


async def test_activity_puts_off_the_auto_stop(api: Api) -> None:
    sandbox = await api.client.get((await api.made(name="a", autoStopInterval=1))["id"])
    api.clock.advance(50)
    assert "hi\n" == (await sandbox.process.exec("echo hi")).result
    api.clock.advance(50)
    await settled(api)
    assert "started" == (await api.get("a"))["state"]
    api.clock.advance(10)
    await becomes(api, "a", "stopped")


async def test_an_idle_ephemeral_one_goes_without_a_stop(api: Api) -> None:
    await api.made(name="a", autoStopInterval=1, autoDeleteInterval=0)
    api.clock.advance(MINUTE_S)
    await becomes(api, "a", "gone")


async def test_the_time_to_live_ends_it_whatever_its_state(api: Api) -> None:
    await api.made(name="a", ttlMinutes=10, autoStopInterval=0)
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    assert 201 == (await api.call("POST", "/sandbox/a/ttl/20")).status_code
    api.clock.advance(19 * MINUTE_S)
    await settled(api)
    assert "stopped" == (await api.get("a"))["state"]
    api.clock.advance(MINUTE_S)
    await becomes(api, "a", "gone")


async def test_an_interval_that_is_turned_off_does_nothing(api: Api) -> None:
    await api.made(name="a", autoStopInterval=1)
    assert 201 == (await api.call("POST", "/sandbox/a/autostop/0")).status_code
    api.clock.advance(1000 * MINUTE_S)
    await settled(api)
    assert "started" == (await api.get("a"))["state"]
