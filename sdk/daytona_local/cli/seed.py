"""`daytona-local seed`: create what a file asks for, unless it is there already."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from daytona_httpx import (
    CreateSandboxFromSnapshotParams,
    CreateSnapshotParams,
    Daytona,
    FileUpload,
    Image,
    Sandbox,
    VolumeMount,
)

from daytona_local.cli.connection import connected
from daytona_local.cli.output import CommandError, print_json, progress, stdout, table
from daytona_local.cli.seed_file import LocalFile, SandboxSeed, Seed, read_seed

_SAME = {"snapshot", "labels", "public", "network_block_all", "auto_stop_interval", "auto_archive_interval",
         "auto_delete_interval", "ttl_minutes"}  # fmt: skip

READY_S = 60.0
TICK_S = 0.05

Step = tuple[str, str, Callable[[], object]]
"""What kind of thing it is, its name, and what creates it."""


def run(data_dir: Path, file: Path, *, as_json: bool) -> None:
    """Create what isn't there yet, and print what was and what was not created.

    Raises:
        CommandError: The file can't be followed, or no server runs.
        DaytonaError: The server refused something; what was created before stays.
    """
    seed, folder = read_seed(file)
    outcome = []
    with connected(data_dir) as server:
        daytona = server.daytona
        steps, there = _steps(seed, folder, daytona), _names(daytona)
        with progress("Seeding", len(steps)) as advance:
            for kind, name, create in steps:
                is_new = name not in there[kind]
                if is_new:
                    create()
                outcome.append((kind, name, "created" if is_new else "was there"))
                advance(1)
    if as_json:
        print_json([{"kind": kind, "name": name, "outcome": how} for kind, name, how in outcome])
    else:
        stdout().print(table("KIND", "NAME", "OUTCOME", rows=outcome))


def _steps(seed: Seed, folder: Path, daytona: Daytona) -> list[Step]:
    """Return what is to be created, in an order in which each finds what it needs."""
    steps: list[Step] = [
        ("volume", volume.name, partial(_volume, daytona, volume.name)) for volume in seed.volumes
    ]
    for snapshot in seed.snapshots:
        build = partial(_build, daytona, snapshot.name, folder / snapshot.dockerfile)
        steps.append(("snapshot", snapshot.name, build))
    for sandbox in seed.sandboxes:
        for name in sandbox.names:
            steps.append(("sandbox", name, partial(_create, daytona, name, sandbox, folder)))
    return steps


def _names(daytona: Daytona) -> dict[str, set[str]]:
    return {
        "volume": {volume.name for volume in daytona.volume.list()},
        "snapshot": {snapshot.name for snapshot in daytona.snapshot.list().items},
        "sandbox": {sandbox.name for sandbox in daytona.list()},
    }


def _volume(daytona: Daytona, name: str) -> None:
    """Create a volume, and wait until it can be mounted."""
    daytona.volume.create(name)
    for _ in range(int(READY_S / TICK_S)):
        state = daytona.volume.get(name).state
        if state != "pending_create":
            return
        time.sleep(TICK_S)
    raise CommandError(f'the volume "{name}" is not ready after {READY_S:g} s; look at the server')


def _build(daytona: Daytona, name: str, dockerfile: Path) -> None:
    daytona.snapshot.create(CreateSnapshotParams(name=name, image=Image.from_dockerfile(dockerfile)))


def _create(daytona: Daytona, name: str, seed: SandboxSeed, folder: Path) -> None:
    """Create a sandbox with its files; one that didn't get them all is removed again."""
    given: dict[str, Any] = seed.model_dump(include=_SAME, exclude_none=True)
    mounts = [VolumeMount(daytona.volume.get(volume).id, path) for volume, path in seed.volumes.items()]
    sandbox = daytona.create(
        CreateSandboxFromSnapshotParams(name=name, env_vars=seed.env, volumes=mounts, **given)
    )
    try:
        _lay(sandbox, seed, folder)
    except BaseException:
        sandbox.delete()
        raise


def _lay(sandbox: Sandbox, seed: SandboxSeed, folder: Path) -> None:
    sandbox.fs.upload_files(
        [
            FileUpload(str(folder / file.path) if isinstance(file, LocalFile) else file.encode(), path)
            for path, file in seed.files.items()
        ]
    )
