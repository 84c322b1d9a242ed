"""The life of a sandbox, and waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaBadRequestError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaQueueTimeoutError,
    DaytonaSpotEvictedError,
    DaytonaTimeoutError,
    DaytonaValidationError,
    Resources,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, changing, record, refusal

pytestmark = pytest.mark.anyio

Operation = Callable[..., Awaitable[None]]


def now() -> float:
    return asyncio.get_running_loop().time()


async def test_a_start_whose_answer_is_started_needs_no_other_request(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/start", record())
    await sandbox.start()
    assert len(api.requests) == 1


async def test_a_start_from_the_archive_is_waited_for(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/start", record(state="archived"))
    api.on("GET", "/s1", record(state="restoring"), record(state="starting"), record())
    await sandbox.start()
    assert sandbox.state == "started"


async def test_a_stop_is_waited_for_and_says_whether_it_is_forced(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/stop", record(state="stopping"))
    api.on("GET", "/s1", record(state="stopping"), record(state="stopped"))
    await sandbox.stop(force=True)
    assert sandbox.state == "stopped"
    assert api.requests[0].url.params["force"] == "true"


async def test_an_ephemeral_sandbox_is_gone_when_it_is_stopped(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/stop", record(state="destroying", name="DESTROYED_s1_1"))
    api.on("GET", "/s1", record(state="destroying"), refusal(404, "Sandbox with ID s1 not found"))
    await sandbox.stop()
    assert sandbox.state == "destroyed"


async def test_a_stop_that_another_has_done_meanwhile_is_done(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/stop", changing(), refusal(400, "Sandbox is not in a stoppable state"))
    api.on("GET", "/s1", record(state="stopped"))
    await sandbox.stop()
    assert sandbox.state == "stopped"


async def test_a_stop_of_a_stopped_one_is_refused_in_the_api_s_words(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/stop", refusal(400, "Sandbox is not in a stoppable state"))
    with pytest.raises(
        DaytonaBadRequestError, match="Failed to stop sandbox: Sandbox is not in a stoppable state"
    ):
        await sandbox.stop()


async def test_a_refusal_after_a_repeat_stands_where_the_sandbox_is_elsewhere(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/stop", changing(), refusal(400, "Sandbox is in an errored state"))
    api.on("GET", "/s1", record(state="error", errorReason="x"))
    with pytest.raises(DaytonaBadRequestError, match="errored state"):
        await sandbox.stop()


async def test_a_delete_doesn_t_wait_unless_asked(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("DELETE", "/s1", record(state="destroying"))
    await sandbox.delete()
    assert len(api.requests) == 1
    api.on("GET", "/s1", record(state="destroying"), refusal(404, "not found"))
    await sandbox.delete(wait=True)
    assert sandbox.state == "destroyed"


async def test_a_delete_waits_for_the_change_under_way(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("DELETE", "/s1", changing(), changing(), record(state="destroying"))
    await sandbox.delete()
    assert len(api.sent("DELETE")) == 3


async def test_a_delete_whose_first_answer_was_lost_is_done(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("DELETE", "/s1", httpx.ReadError("reset"), refusal(404, "not found"))
    api.on("GET", "/s1", refusal(404, "not found"))
    await sandbox.delete(wait=True)
    assert sandbox.state == "destroyed"


async def test_a_delete_of_what_isn_t_there_is_not_found(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("DELETE", "/s1", refusal(404, "Sandbox with ID s1 not found"))
    with pytest.raises(DaytonaNotFoundError, match="Failed to remove sandbox: "):
        await sandbox.delete()


async def test_archive_orders_and_doesn_t_wait(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/archive", record(state="archiving"))
    await sandbox.archive()
    assert (sandbox.state, len(api.requests)) == ("archiving", 1)
    api.on("GET", "/s1", record(state="archiving"), record(state="archived"))
    await sandbox.wait_for_state("archived")
    assert sandbox.state == "archived"


async def test_recover_ends_started(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/recover", record(state="starting"))
    await sandbox.recover(timeout=5)
    assert sandbox.state == "started"


async def test_resize_sends_only_what_changes_and_waits(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/resize", record(state="resizing"))
    api.on("GET", "/s1", record(state="resizing"), record(cpu=2))
    await sandbox.resize(Resources(cpu=2))
    assert api.bodies("POST") == [{"cpu": 2}]
    assert (sandbox.state, sandbox.cpu) == ("started", 2)


async def test_resize_of_a_gpu_is_refused_before_any_request(sandbox: AsyncSandbox, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to resize sandbox: GPUs"):
        await sandbox.resize(Resources(gpu=1))
    assert api.requests == []


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"queueTimedOutAt": "2026-01-01T00:00:00Z"}, DaytonaQueueTimeoutError),
        ({"spotEvictedAt": "2026-01-01T00:00:00Z"}, DaytonaSpotEvictedError),
        ({}, DaytonaError),
    ],
)
async def test_a_sandbox_that_is_destroyed_will_never_start(
    sandbox: AsyncSandbox, api: FakeApi, fields: dict[str, str], kind: type[DaytonaError]
) -> None:
    api.sandboxes["s1"] = record(state="destroyed", **fields)
    with pytest.raises(DaytonaError) as caught:
        await sandbox.wait_for_sandbox_start()
    assert type(caught.value) is kind
    assert str(caught.value).startswith("Failure during waiting for sandbox to start: Sandbox s1 ")


async def test_a_sandbox_that_fails_while_it_is_waited_for_gives_its_reason(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.sandboxes["s1"] = record(state="error", errorReason="disk full")
    words = "Sandbox s1 entered error state: error, error reason: disk full"
    with pytest.raises(DaytonaError) as caught:
        await sandbox.wait_for_sandbox_stop()
    assert f"Failure during waiting for sandbox to stop: {words}" == str(caught.value)
    assert words == caught.value.api_message


async def test_a_public_wait_looks_even_where_the_last_answer_was_right(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.sandboxes["s1"] = record(labels={"new": "1"})
    await sandbox.wait_for_sandbox_start()
    assert sandbox.labels == {"new": "1"}


TIMED = [
    ("start", "Failed to start sandbox: Sandbox s1 failed to start"),
    ("stop", "Failed to stop sandbox: Sandbox s1 failed to stop"),
    ("recover", "Failed to recover sandbox: Sandbox s1 failed to recover"),
    (
        "wait_for_sandbox_start",
        "Failure during waiting for sandbox to start: Sandbox s1 failed to become ready",
    ),
    (
        "wait_for_sandbox_stop",
        "Failure during waiting for sandbox to stop: Sandbox s1 failed to become stopped",
    ),
]


def never_ready(api: FakeApi) -> None:
    api.sandboxes["s1"] = record(state="pausing")
    for path in ("/start", "/stop", "/recover"):
        api.on("POST", path, record(state="pausing"))


@pytest.mark.parametrize(("name", "words"), TIMED)
@pytest.mark.parametrize("timeout", [2, 0.3, 2.5])
@pytest.mark.parametrize("by_keyword", [True, False])
async def test_a_timeout_holds_however_it_is_passed(
    sandbox: AsyncSandbox, api: FakeApi, name: str, words: str, timeout: float, by_keyword: bool
) -> None:
    never_ready(api)
    operation: Operation = getattr(sandbox, name)
    began = now()
    with pytest.raises(DaytonaTimeoutError) as caught:
        await (operation(timeout=timeout) if by_keyword else operation(timeout))
    assert f"{words} within the {timeout} seconds timeout period" == str(caught.value)
    assert now() - began == pytest.approx(timeout, abs=0.05)


@pytest.mark.parametrize("name", [name for name, _ in TIMED])
async def test_without_a_timeout_it_is_sixty_seconds(sandbox: AsyncSandbox, api: FakeApi, name: str) -> None:
    never_ready(api)
    began = now()
    with pytest.raises(DaytonaTimeoutError, match="within the 60 seconds timeout period"):
        await getattr(sandbox, name)()
    assert now() - began == pytest.approx(60, abs=0.05)


@pytest.mark.parametrize("timeout", [0, None])
async def test_no_timeout_waits_as_long_as_it_takes(
    sandbox: AsyncSandbox, api: FakeApi, timeout: float | None
) -> None:
    never_ready(api)
    waiting = asyncio.create_task(sandbox.start(timeout))
    await asyncio.sleep(1000)
    assert not waiting.done()
    api.sandboxes["s1"] = record()
    await waiting


@pytest.mark.parametrize("name", [*(name for name, _ in TIMED), "delete"])
@pytest.mark.parametrize("timeout", [-1, float("nan"), float("inf")])
async def test_a_timeout_that_can_t_be_is_refused_before_any_request(
    sandbox: AsyncSandbox, api: FakeApi, name: str, timeout: float
) -> None:
    with pytest.raises(DaytonaValidationError, match="non-negative number of seconds"):
        await getattr(sandbox, name)(timeout)
    assert api.requests == []


async def test_a_pause_is_waited_for(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/pause", record(state="started"))  # the order is taken, and not begun yet
    api.on("GET", "/s1", record(), record(state="pausing"), record(state="paused"))
    await sandbox.pause()
    assert sandbox.state == "paused"


async def test_a_pause_that_fails_is_an_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on(
        "POST", "/pause", record(state="pausing"), refusal(400, "Sandbox must be in started state to pause")
    )
    api.sandboxes["s1"] = record(state="error", errorReason="no memory")
    with pytest.raises(DaytonaError, match=r"Failed to pause sandbox: Sandbox s1 .* error reason: no memory"):
        await sandbox.pause()
    with pytest.raises(DaytonaBadRequestError, match="Failed to pause sandbox: Sandbox must be in started"):
        await sandbox.pause()
