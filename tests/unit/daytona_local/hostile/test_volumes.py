"""Volumes whose folders lead elsewhere, by their names or by links that a sandbox has left in them."""

from __future__ import annotations

import contextlib
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_httpx import (
    CreateSandboxFromSnapshotParams,
    Daytona,
    DaytonaBadRequestError,
    Sandbox,
    Volume,
    VolumeMount,
)

SWAP = """
import os, sys
open("/tmp/swapping", "w").close()
while not os.path.exists("/tmp/enough"):
    os.mkdir("/data/swapped")
    os.rmdir("/data/swapped")
    os.symlink(sys.argv[1], "/data/swapped")
    os.unlink("/data/swapped")
"""


@pytest.fixture(scope="module")
def volume(client: Daytona) -> Volume:
    """Return a volume that can be mounted."""
    made = client.volume.create("shared")
    while made.state != "ready":
        made = client.volume.get("shared")
    return made


@pytest.fixture(scope="module")
def attacker(client: Daytona, volume: Volume) -> Sandbox:
    """Return a sandbox that has all of the volume."""
    return client.create(CreateSandboxFromSnapshotParams(volumes=[VolumeMount(volume.id, "/data")]))


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """Return a folder of the host's; nothing may be made in it."""
    yield tmp_path
    assert [] == os.listdir(tmp_path)


def mounted(client: Daytona, volume: Volume, subpath: str | None = None, at: str = "/data") -> Sandbox:
    """Make a sandbox with the volume."""
    mount = VolumeMount(volume.id, at, subpath=subpath)
    return client.create(CreateSandboxFromSnapshotParams(volumes=[mount]))


@pytest.mark.parametrize("subpath", ["..", "../other", "a/../..", "/etc", "//etc", "a\0b", "a/../../volumes"])
def test_a_subpath_that_leads_out_is_refused_before_anything_is_made(
    client: Daytona, volume: Volume, subpath: str
) -> None:
    before = len(list(client.list()))
    with pytest.raises(DaytonaBadRequestError, match="leads out of its volume"):
        mounted(client, volume, subpath)
    assert before == len(list(client.list()))


@pytest.mark.parametrize("link", ["{outside}", "../../../../../..{outside}", "loop", "file", "inside"])
@pytest.mark.parametrize("subpath", ["link", "link/new"])
def test_a_link_in_a_subpath_is_not_followed(
    client: Daytona, volume: Volume, attacker: Sandbox, outside: Path, link: str, subpath: str
) -> None:
    target = shlex.quote(link.format(outside=outside))
    attacker.process.exec(f"cd /data; mkdir -p inside; touch file; ln -sfn loop loop; ln -sfn {target} link")
    with pytest.raises(DaytonaBadRequestError, match="a volume can't be mounted: Not a directory"):
        mounted(client, volume, subpath)


def test_a_folder_that_becomes_a_link_and_back_all_the_time_leads_nowhere_else(
    client: Daytona, volume: Volume, attacker: Sandbox, outside: Path
) -> None:
    attacker.process.exec(
        f"python3 -c {shlex.quote(SWAP)} {shlex.quote(str(outside))} >/dev/null 2>&1 & "
        "until test -e /tmp/swapping; do sleep 0.05; done"
    )
    for number in range(4):
        with contextlib.suppress(DaytonaBadRequestError):
            made = mounted(client, volume, f"swapped/new{number}")
            assert "" == made.process.exec("ls -A /data").result
    attacker.process.exec("touch /tmp/enough")


@pytest.mark.parametrize("subpath", ["a/b", "a\nb", "./c", "grüße", "-rf"])
def test_a_folder_of_any_name_is_made_and_is_all_that_is_seen(
    client: Daytona, volume: Volume, attacker: Sandbox, subpath: str
) -> None:
    made = mounted(client, volume, subpath)
    made.process.exec("touch /data/seen; ls -A /data/..")
    assert 0 == attacker.process.exec(f"test -e {shlex.quote(f'/data/{subpath}/seen')}").exit_code
    assert "seen\n" == made.process.exec("ls -A /data").result


@pytest.mark.parametrize(
    "at", ["/usr", "//usr", "/../usr", "/a/../../etc", "/proc/self", "/run/daytona", "/dev/shm/x", "/", "//"]
)
def test_a_volume_covers_nothing_of_the_sandboxs_own(client: Daytona, volume: Volume, at: str) -> None:
    with pytest.raises(DaytonaBadRequestError, match="a volume can't be mounted at"):
        mounted(client, volume, at=at)
