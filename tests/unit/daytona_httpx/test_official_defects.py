"""The ten defects of the official client 0.226.1 (as far as this release has the operation) are not ours."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    AsyncSandbox,
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    DaytonaError,
    DaytonaTimeoutError,
    Image,
)

from tests.unit.daytona_httpx.fake_api import PUSH_ACCESS, FakeApi, record, refusal

pytestmark = pytest.mark.anyio


def now() -> float:
    return asyncio.get_running_loop().time()


@pytest.mark.parametrize("arguments", [((), {}, 60), ((2,), {}, 2), ((), {"timeout": 2}, 2)])
async def test_1_default_and_positional_timeouts_hold(
    sandbox: AsyncSandbox, api: FakeApi, arguments: tuple[Any, Any, float]
) -> None:
    positional, named, seconds = arguments
    api.on("POST", "/start", record(state="starting"))
    api.sandboxes["s1"] = record(state="starting")
    began = now()
    with pytest.raises(DaytonaTimeoutError):
        await sandbox.start(*positional, **named)
    assert now() - began == pytest.approx(seconds, abs=0.05)


async def test_2_revoking_a_token_for_ssh_revokes_that_token(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("DELETE", "/ssh-access", record())
    await sandbox.revoke_ssh_access("t0k")
    assert api.requests[0].url.params["token"] == "t0k"
    assert "t0k" not in str(api.requests[0].headers)


async def test_3_sub_second_timeouts_are_not_rounded_and_no_signal_is_taken(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/stop", record(state="stopping"))
    api.sandboxes["s1"] = record(state="stopping")
    handler = signal.getsignal(signal.SIGALRM)
    began = now()
    with pytest.raises(DaytonaTimeoutError):
        await sandbox.stop(0.3)
    assert now() - began == pytest.approx(0.3, abs=0.01)
    assert handler is signal.getsignal(signal.SIGALRM)


async def test_4_waits_begin_with_short_ticks(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/start", record(state="starting"))
    api.on("GET", "/s1", record(state="starting"), record())
    began = now()
    await sandbox.start()
    assert now() - began <= 0.1


async def test_5_local_files_go_to_a_store_without_tls_too(
    client: AsyncDaytona, api: FakeApi, tmp_path: Path
) -> None:
    (tmp_path / "app.py").write_text("print()")
    api.on("GET", "/object-storage/push-access", PUSH_ACCESS)
    api.on("PUT", "/context.tar", httpx.Response(200))
    api.on("POST", "/sandbox", record())
    await client.create(
        CreateSandboxFromImageParams(image=Image.base("x").add_local_file(tmp_path / "app.py", "/"))
    )
    (put,) = api.sent("PUT")
    assert str(put.url).startswith("http://store.test/bucket/org/")
    assert put.url.path.split("/")[3:4] == api.bodies("POST")[0]["buildInfo"]["contextHashes"]


async def test_6_code_run_raises_this_package_s_errors(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/process/code-run", refusal(400, "bad code"))
    with pytest.raises(DaytonaError, match="Failed to run code: bad code"):
        await sandbox.process.code_run("x")


async def test_7_a_destroyed_sandbox_is_not_waited_for_for_ever(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.sandboxes["s1"] = record(state="destroyed")
    with pytest.raises(DaytonaError, match="was destroyed while it was waited for"):
        await sandbox.wait_for_sandbox_start(timeout=0)


async def test_8_uploads_go_through_the_client_s_own_connections(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/files/bulk-upload", httpx.Response(200))
    await sandbox.fs.upload_file(b"a", "/a")
    await sandbox.fs.upload_file(b"b", "/b")
    assert len(api.requests) == 2  # both reached the one transport that the client was made with


async def test_9_creating_leaves_the_caller_s_parameters_alone(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record())
    labels = {"team": "a"}
    params = CreateSandboxFromSnapshotParams(labels=labels)
    await client.create(params)
    assert {"team": "a"} == labels == params.labels
    assert "code-toolbox-language" in api.bodies("POST")[0]["labels"]


async def test_10_output_that_a_server_tells_apart_stays_apart(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/process/execute", {"exitCode": 1, "result": "ab", "stdout": "a", "stderr": "b"})
    response = await sandbox.process.exec("x")
    assert ("ab", "a", "b") == (response.result, response.stdout, response.stderr)
