"""Processes that run out: for a server that begins, and for one that serves."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, DaytonaBadRequestError

from tests.unit.daytona_local.adversity.conftest import Serving, eventually, refused_to_serve

NONE_LEFT = "Resource temporarily unavailable"
ADVICE = "raise the limit of processes (ulimit -u)"
CGROUPS = Path("/sys/fs/cgroup")


@pytest.fixture
def one_process(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return a control group for a single process: no limit of users holds for root."""
    pids = CGROUPS / "pids" if (CGROUPS / "pids").is_dir() else CGROUPS
    group = pids / f"daytona-local-test-{os.getpid()}"
    try:
        group.mkdir()
        (group / "pids.max").write_text("1")
    except OSError as error:
        with contextlib.suppress(OSError):
            group.rmdir()
        pytest.skip(f"no control group can be made here: {error}")
    yield group
    eventually(lambda: not (group / "cgroup.procs").read_text())
    group.rmdir()


@contextlib.contextmanager
def no_processes(pid: int, request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a process start no other, as its user's limit or as a control group's."""
    if os.geteuid() != 0:
        soft, hard = resource.prlimit(pid, resource.RLIMIT_NPROC)
        resource.prlimit(pid, resource.RLIMIT_NPROC, (1, hard))
        yield
        resource.prlimit(pid, resource.RLIMIT_NPROC, (soft, hard))
        return
    group: Path = request.getfixturevalue("one_process")
    (group / "cgroup.procs").write_text(str(pid))
    yield
    (group.parent / "cgroup.procs").write_text(str(pid))


def test_what_runs_goes_on_and_what_could_not_start_is_recovered(
    tmp_path: Path, serving: Serving, request: pytest.FixtureRequest
) -> None:
    with serving(tmp_path) as server, server.client() as client:
        box = client.create(CreateSandboxFromSnapshotParams(name="box", auto_stop_interval=0))
        useless = client.create(CreateSandboxFromSnapshotParams(name="useless", auto_stop_interval=0))
        with no_processes(server.pid, request):
            with pytest.raises(DaytonaBadRequestError, match=f"failed to start: {NONE_LEFT}; ") as failed:
                client.create(CreateSandboxFromSnapshotParams(name="late", auto_stop_interval=0))
            assert str(failed.value).endswith(ADVICE)
            box.fs.upload_file(b"acknowledged", "file")
            assert "acknowledged" == box.process.exec("cat file").result
            useless.delete()
            eventually(lambda: {"box", "late"} == {sandbox.name for sandbox in client.list()})
        client.get("late").recover()
        assert "started" == client.get("late").state
        server.lines()
        server.process.send_signal(signal.SIGKILL)
    with serving(tmp_path) as server, server.client() as client:
        assert b"acknowledged" == client.get("box").fs.download_file("file")
        assert {"box": "started", "late": "started"} == {one.name: str(one.state) for one in client.list()}
        eventually(lambda: 2 == len([*(tmp_path / "sandboxes").iterdir()]))


def test_a_server_that_may_start_nothing_says_so_in_one_line(tmp_path: Path, one_process: Path) -> None:
    enter = ["sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(one_process)]
    line = refused_to_serve(tmp_path, before=enter)
    assert f"bubblewrap does not run: {NONE_LEFT}; " in line
    assert line.endswith(ADVICE)
