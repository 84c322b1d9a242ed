"""A disk that is full: what is said, what is kept, what still goes, and what goes again afterwards."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest
from daytona_httpx import (
    CreateSandboxFromSnapshotParams,
    Daytona,
    DaytonaServiceUnavailableError,
    DaytonaValidationError,
)
from daytona_local.toolbox.session_logs import NO_ROOM, STDOUT, CommandLog, separate

from tests.unit.daytona_local.adversity.conftest import (
    Serving,
    SmallDisk,
    eventually,
    refused_to_serve,
)

FULL = "No space left on device"
BIG = 6 * 2**20
"""More than the server itself keeps back."""

ROOM = "make room on the disk"


def params(name: str) -> CreateSandboxFromSnapshotParams:
    return CreateSandboxFromSnapshotParams(name=name, auto_stop_interval=0)


def states(client: Daytona) -> dict[str, str]:
    return {sandbox.name: str(sandbox.state) for sandbox in client.list()}


def test_what_was_acknowledged_survives_and_what_frees_the_disk_still_goes(
    small_disk: SmallDisk, serving: Serving
) -> None:
    data = small_disk.folder / "data"
    with serving(data, before=small_disk.enter) as server, server.client() as client:
        kept, useless = client.create(params("kept")), client.create(params("useless"))
        kept.fs.upload_file(b"acknowledged", "file")
        small_disk.fill()

        with pytest.raises(DaytonaServiceUnavailableError, match=f"upload 'more': {FULL}; {ROOM}"):
            kept.fs.upload_file(b"\0" * 2**20, "more")
        with pytest.raises(DaytonaServiceUnavailableError, match=f"database or disk is full; {ROOM}"):
            client.create(params("late"))
        assert "acknowledged" == kept.process.exec("cat file").result
        assert ["file"] == [one.name for one in kept.fs.list_files(".") if not one.name.startswith(".")]
        kept.set_labels({"a": "b"})
        useless.delete(wait=True)
        assert {"kept": "started"} == states(client)

        small_disk.free()
        late = client.create(params("late"))
        late.fs.upload_file(b"\0" * 2**20, "more")
        assert server.lines()
        server.process.send_signal(signal.SIGKILL)
    with serving(data, before=small_disk.enter) as server, server.client() as client:
        assert {"kept": "started", "late": "started"} == states(client)
        assert {"a": "b"}.items() <= client.get("kept").labels.items()
        assert b"acknowledged" == client.get("kept").fs.download_file("file")
        assert b"\0" * 2**20 == client.get("late").fs.download_file("more")


def test_an_archive_that_finds_no_room_keeps_the_files_and_leaves_nothing_half(
    small_disk: SmallDisk, serving: Serving
) -> None:
    data = small_disk.folder / "data"
    with serving(data, before=small_disk.enter) as server, server.client() as client:
        sandbox = client.create(params("box"))
        sandbox.fs.upload_file(b"\1" * BIG, "file")
        sandbox.stop()
        small_disk.fill()
        sandbox.archive()
        eventually(lambda: "error" == client.get("box").state)
        found = client.get("box")
        assert found.error_reason is not None
        assert found.error_reason.startswith(f"{FULL}; {ROOM}")
        folder = small_disk.outside / "data" / "sandboxes" / found.id
        assert ["root"] == [one.name for one in folder.iterdir()]

        small_disk.free()
        found.recover()
        assert b"\1" * BIG == client.get("box").fs.download_file("file")
        server.lines()


def test_a_restore_that_finds_no_room_is_made_good_by_a_recovery(
    small_disk: SmallDisk, serving: Serving
) -> None:
    data = small_disk.folder / "data"
    with serving(data, before=small_disk.enter) as server, server.client() as client:
        sandbox = client.create(params("box"))
        sandbox.fs.upload_file(b"\1" * BIG, "file")
        sandbox.stop()
        sandbox.archive()
        eventually(lambda: "archived" == client.get("box").state)
        small_disk.fill()
        with pytest.raises(Exception, match=FULL):
            sandbox.start()
        assert client.get("box").recoverable

        small_disk.free()
        client.get("box").recover()
        assert b"\1" * BIG == client.get("box").fs.download_file("file")
        server.lines()


def test_a_change_that_can_not_be_kept_is_refused_and_not_made(tmp_path: Path, serving: Serving) -> None:
    with serving(tmp_path / "data") as server, server.client() as client:
        sandbox = client.create(params("box"))
        sandbox.set_labels({"version": "1"})
        _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (4096, hard))

        with pytest.raises(
            DaytonaServiceUnavailableError, match=r"database .* can't be written: .*ulimit -f"
        ):
            sandbox.set_labels({"version": "2"}, request_timeout=1)
        with pytest.raises(DaytonaServiceUnavailableError, match="can't be written"):
            sandbox.stop()
        found = client.get("box")
        assert ("started", "1") == (found.state, found.labels["version"])
        assert "here\n" == found.process.exec("echo here").result

        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (hard, hard))
        sandbox.set_labels({"version": "2"})
        sandbox.stop()
        assert server.lines()
        server.process.send_signal(signal.SIGKILL)
    with serving(tmp_path / "data") as server, server.client() as client:
        found = client.get("box")
        assert ("stopped", "2") == (found.state, found.labels["version"])


def test_a_server_does_not_begin_on_a_full_disk_and_says_so_in_one_line(small_disk: SmallDisk) -> None:
    small_disk.fill()
    line = refused_to_serve(small_disk.folder / "data", before=small_disk.enter)
    assert FULL in line
    small_disk.free()


def test_a_server_that_may_write_no_file_says_so_in_one_line(tmp_path: Path) -> None:
    line = refused_to_serve(tmp_path, before=["prlimit", "--fsize=0", "--"])
    assert "File too large" in line


def test_a_download_to_a_full_disk_is_a_named_error_and_leaves_no_file(
    small_disk: SmallDisk, tmp_path: Path, serving: Serving
) -> None:
    with serving(tmp_path / "data") as server, server.client() as client:
        sandbox = client.create(params("box"))
        sandbox.fs.upload_file(b"\1" * BIG, "file")
        small_disk.fill()
        with pytest.raises(DaytonaValidationError, match=f"local file .*copy: {FULL}") as failed:
            sandbox.fs.download_file("file", str(small_disk.outside / "copy"))
        assert "\n" not in str(failed.value)
        assert ["filling"] == [one.name for one in small_disk.outside.iterdir()]
        small_disk.free()
        sandbox.fs.download_file("file", str(small_disk.outside / "copy"))
        assert BIG == (small_disk.outside / "copy").stat().st_size


async def test_the_output_of_a_command_that_finds_no_room_says_so(small_disk: SmallDisk) -> None:
    log = CommandLog(small_disk.outside / "log")
    log.append(STDOUT, b"kept")
    small_disk.fill()
    log.append(STDOUT, b"\0" * 2**20)
    small_disk.free()
    log.append(STDOUT, b"later")
    log.close()
    stdout, stderr = separate(log.read())
    assert (b"kept", NO_ROOM) == (stdout.rstrip(b"\0"), stderr)
    assert log.read() == b"".join([piece async for piece in log.follow()])
