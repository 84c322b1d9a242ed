"""Sandboxes that are built: from a Dockerfile and local files to what runs in them."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    AsyncSandbox,
    CreateSandboxFromImageParams,
    CreateSnapshotParams,
    DaytonaError,
    Image,
)
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.contract.conftest import Api
from tests.contract.waiting import becomes, passes, settled, state_of

pytestmark = pytest.mark.anyio

UPON = f"FROM {DEFAULT_SNAPSHOT}\n"


def built(*lines: str, name: str = "a") -> dict[str, object]:
    """Return the body of a create that builds."""
    return {"name": name, "buildInfo": {"dockerfileContent": UPON + "\n".join(lines)}}


def _client(server: LocalDaytona) -> AsyncDaytona:
    return AsyncDaytona(api_key=server.api_key, api_url=server.api_url)


async def test_local_files_reach_the_sandbox_through_an_image(api: Api, tmp_path: Path) -> None:
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    (tmp_path / "folder" / "deep" / "file").write_text("in the folder")
    (tmp_path / "script").write_text("#!/bin/sh\necho from the script")
    (tmp_path / "script").chmod(0o755)
    image = (
        Image.base(DEFAULT_SNAPSHOT)
        .add_local_file(tmp_path / "script", "/opt/bin/tool")
        .add_local_dir(tmp_path / "folder", "/srv/folder")
        .env({"GREETING": "hello there"})
        .run_commands("/opt/bin/tool > /srv/said")
        .workdir("/srv")
    )
    log: list[str] = []
    params = CreateSandboxFromImageParams(name="a", image=image, env_vars={"OWN": "mine"})
    sandbox = await api.client.create(params, on_snapshot_create_logs=log.append)
    done = await sandbox.process.exec(
        "cat said folder/deep/file; echo; echo $GREETING, $OWN; tool || /opt/bin/tool"
    )
    assert "from the script\nin the folder\nhello there, mine\n" in done.result
    assert done.result.endswith("from the script\n")
    assert "Step 4/6 : ENV GREETING='hello there'\n" in "".join(log)
    assert "/srv" == await sandbox.get_work_dir()
    found = await api.get("a")
    assert (None, {"OWN": "mine"}) == (found["snapshot"], found["env"])
    assert image.dockerfile() == found["buildInfo"]["dockerfileContent"]
    assert 2 == len(found["buildInfo"]["contextHashes"])


async def test_a_create_does_not_wait_for_its_build_whose_states_are_seen(slow: Api) -> None:
    answer = (await slow.call("POST", "/sandbox", built("RUN sleep 1"))).json()
    assert "pending_build" == answer["state"]
    assert (409, "Sandbox state change in progress") == await slow.refusal("POST", "/sandbox/a/stop")
    await settled(slow)
    slow.clock.advance(1)
    await becomes(slow, "/sandbox/a", "building_snapshot")
    await becomes(slow, "/sandbox/a", "creating")
    await passes(slow)
    await becomes(slow, "/sandbox/a", "started")


def processes(mark: str) -> list[str]:
    """Return the processes of this machine that have something in their command line."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            found.append(file.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [line for line in found if mark in line]


async def until(true: Callable[[], bool]) -> None:
    """Wait until something is so; never longer than any test may take."""
    for _ in range(2000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it has not become so")


@pytest.mark.parametrize("kind", ["sandbox", "snapshots"])
async def test_a_build_ends_with_what_it_is_for(api: Api, kind: str) -> None:
    seconds = f"{secrets.randbelow(10**6) + 10**6}.5"
    body = built(f"RUN sleep {seconds}", name="a:1" if kind == "snapshots" else "a")
    made = (await api.call("POST", f"/{kind}", body)).json()["id"]
    await until(lambda: processes(f"sleep {seconds}") != [])
    assert 200 == (await api.call("DELETE", f"/{kind}/{made}")).status_code
    await until(lambda: processes(f"sleep {seconds}") == [])
    for _ in range(2000):
        if 404 == (await api.call("GET", f"/{kind}/{made}")).status_code:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it is there still")


async def test_a_build_goes_on_for_others_that_wait_for_it(api: Api) -> None:
    await api.call("POST", "/sandbox", built("RUN sleep 2"))
    await api.call("POST", "/sandbox", built("RUN sleep 2", name="b"))
    await becomes(api, "/sandbox/a", "building_snapshot")
    assert 200 == (await api.call("DELETE", "/sandbox/a")).status_code
    await becomes(api, "/sandbox/b", "started")


async def test_what_was_broken_off_can_be_built_anew(api: Api) -> None:
    for name in ("a", "b", "c"):
        await api.call("POST", "/sandbox", built("RUN sleep 2; echo done > /done", name=name))
        if name != "c":
            await becomes(api, f"/sandbox/{name}", "building_snapshot")
            assert 200 == (await api.call("DELETE", f"/sandbox/{name}")).status_code
    await becomes(api, "/sandbox/c", "started")
    box = await api.client.get("c")
    assert "done\n" == (await box.process.exec("cat /done")).result


async def test_the_same_again_needs_no_build(slow: Api) -> None:
    await slow.call("POST", "/sandbox", built("RUN date +%N > /when\nUSER root"))
    await passes(slow)
    await becomes(slow, "/sandbox/a", "creating")
    await passes(slow)
    first = await becomes(slow, "/sandbox/a", "started")
    answer = (await slow.call("POST", "/sandbox", built("RUN date +%N > /when\nUSER root", name="b"))).json()
    assert ("creating", "root") == (answer["state"], answer["user"])
    await passes(slow)
    again = await becomes(slow, "/sandbox/b", "started")
    assert first["buildInfo"]["snapshotRef"] == again["buildInfo"]["snapshotRef"]
    boxes = [await slow.client.get(name) for name in ("a", "b")]
    results = [(await box.process.exec("cat /when; whoami")).result for box in boxes]
    assert results[0] == results[1]
    assert results[0].endswith("root\n")


async def test_a_build_that_fails_keeps_its_reason_and_its_log(api: Api) -> None:
    await api.call("POST", "/sandbox", built("RUN echo before; exit 3"))
    failed = await becomes(api, "/sandbox/a", "build_failed")
    assert ("line 2 of the Dockerfile, RUN: it exited with 3; the log shows what it wrote", False) == (
        failed["errorReason"],
        failed["recoverable"],
    )
    assert (400, "Sandbox is in an errored state") == await api.refusal("POST", "/sandbox/a/start")
    url = (await api.call("GET", "/sandbox/a/build-logs-url")).json()["url"]
    log = (await api.raw.get(url)).text
    assert log.startswith(f"Step 1/2 : FROM {DEFAULT_SNAPSHOT}\n")
    assert log.endswith(f"before\nThe build failed: {failed['errorReason']}\n")
    assert 200 == (await api.call("DELETE", "/sandbox/a")).status_code
    assert "gone" == await state_of(api, "/sandbox/a")


async def test_the_user_that_is_asked_for_goes_before_the_image_s(api: Api) -> None:
    await api.call("POST", "/sandbox", built("USER 1234"))
    assert "1234" == (await becomes(api, "/sandbox/a", "started"))["user"]
    await api.call("POST", "/sandbox", {**built("USER 1234", name="b"), "user": "root"})
    await becomes(api, "/sandbox/b", "started")
    box = await api.client.get("b")
    assert "0\n" == (await box.process.exec("id -u")).result
    status, message = await api.refusal("POST", "/sandbox", {"user": "../up"})
    assert (400, True) == (status, message.startswith("user must be a plain name"))


async def test_the_entry_point_runs_at_each_start_and_its_output_is_kept(api: Api) -> None:
    lines = (
        "ENV A=1",
        'ENTRYPOINT ["sh", "-c", "echo run >> /tmp/runs; echo $A $0 >&2; echo out"]',
        'CMD ["arg"]',
    )
    await api.call("POST", "/sandbox", built(*lines))
    await becomes(api, "/sandbox/a", "started")
    sandbox = await api.client.get("a")
    for runs in ("run\n", "run\nrun\n"):
        assert ("1 arg\n", "out\n") == await entry_point_logs(sandbox)
        assert runs == (await sandbox.process.exec("cat /tmp/runs")).result
        await sandbox.stop()
        await sandbox.start()


async def entry_point_logs(sandbox: AsyncSandbox) -> tuple[str, str]:
    """Return what the entry point wrote, once it has written its last word."""
    for _ in range(1000):
        logs = await sandbox.process.get_entrypoint_logs()
        if logs.stdout and logs.stderr:
            return logs.stderr, logs.stdout
        await asyncio.sleep(0.01)
    raise AssertionError("it wrote nothing")


async def test_an_entry_point_that_is_not_there_does_not_keep_the_sandbox_from_starting(api: Api) -> None:
    await api.call("POST", "/sandbox", built('ENTRYPOINT ["/no/such"]'))
    await becomes(api, "/sandbox/a", "started")
    sandbox = await api.client.get("a")
    assert "/no/such" in (await sandbox.process.get_entrypoint_logs()).stderr


async def test_there_is_no_log_before_a_build_and_of_what_is_not_built(slow: Api) -> None:
    await slow.call("POST", "/sandbox", built("RUN true"))
    await slow.call("POST", "/sandbox", {"name": "b"})
    for path in ("/sandbox/a", "/sandbox/b", f"/snapshots/{DEFAULT_SNAPSHOT}"):
        for end in ("build-logs", "build-logs?follow=true"):
            assert 404 == (await slow.refusal("GET", f"{path}/{end}"))[0]
    urls = [(await slow.call("GET", f"/sandbox/{name}/build-logs-url")).status_code for name in ("a", "b")]
    assert [200, 404] == urls


async def test_a_log_is_followed_to_the_end_of_the_build_and_needs_the_key(tmp_path: Path) -> None:
    with LocalDaytona(tmp_path, transition_s=0) as server:
        headers = {"Authorization": f"Bearer {server.api_key}"}
        async with httpx.AsyncClient(base_url=server.api_url, headers=headers, timeout=60) as client:
            body = {
                "name": "a:1",
                "buildInfo": {"dockerfileContent": f"{UPON}RUN echo one; sleep 1; echo two"},
            }
            made = (await client.post("/snapshots", json=body)).json()
            url = (await client.get(f"/snapshots/{made['id']}/build-logs-url")).json()["url"]
            while (await client.get(url)).status_code == 404:
                continue
            pieces = []
            async with client.stream("GET", f"{url}?follow=true") as stream:
                assert stream.headers["content-type"].startswith("text/plain")
                async for piece in stream.aiter_text():
                    pieces.append(piece)
            assert "one\ntwo\nThe image is built\n" in "".join(pieces)
            assert len(pieces) > 1
            assert "active" == (await client.get(f"/snapshots/{made['id']}")).json()["state"]
            refused = await client.get(url, headers={"Authorization": "Bearer x"})
            assert 401 == refused.status_code


async def test_any_image_may_be_built_upon_where_that_was_asked_for(tmp_path: Path) -> None:
    with LocalDaytona(tmp_path, transition_s=0, substitute_images=True) as server:
        async with _client(server) as client:
            image = Image.base("python:3.12-slim").run_commands("python3 -c 'print(6 * 7)' > /answer")
            sandbox = await client.create(CreateSandboxFromImageParams(image=image))
            assert "42\n" == (await sandbox.process.exec("cat /answer")).result
            made = await client.snapshot.create(CreateSnapshotParams(name="a:1", image="debian:12"))
            assert "active" == made.state
    with LocalDaytona(tmp_path, transition_s=0) as server:
        async with _client(server) as client:
            with pytest.raises(DaytonaError, match=r"no image 'python:3.12-slim' .*--substitute-images"):
                await client.create(CreateSandboxFromImageParams(image=image))


async def test_a_new_snapshot_of_a_name_is_built_upon_anew(api: Api) -> None:
    for content in ("old", "new"):
        first = Image.base(DEFAULT_SNAPSHOT).run_commands(f"echo {content} > /file")
        snapshot = await api.client.snapshot.create(CreateSnapshotParams(name="mine:1", image=first))
        upon = Image.base("mine:1").run_commands("cat /file > /copy")
        sandbox = await api.client.create(CreateSandboxFromImageParams(image=upon))
        assert f"{content}\n" == (await sandbox.process.exec("cat /copy")).result
        await api.client.snapshot.delete(snapshot)
        await becomes(api, f"/snapshots/{snapshot.id}", "gone")
