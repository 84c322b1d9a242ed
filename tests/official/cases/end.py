"""Sandboxes that stop, start, are archived, resized, copied, paused, and end."""

from __future__ import annotations

from typing import Any

from .outcome import fields, refused
from .use import Use, order


async def stop(use: Use) -> Any:
    """Stop it; then nothing runs in it."""
    await use.sandbox.stop(timeout=30)
    return [await use.state(use.sandbox), await refused(use.sandbox.process.exec, "true")]


async def start(use: Use) -> Any:
    """Start it again; its files are there."""
    await use.sandbox.start(timeout=30)
    return [await use.state(use.sandbox), await use.sh("cat kept.txt")]


async def stop_by_force(use: Use) -> Any:
    """Stop it at once, and start it by the client."""
    await use.sandbox.stop(timeout=30, force=True)
    await use.sandbox.wait_for_sandbox_stop(timeout=30)
    stopped = await use.state(use.sandbox)
    await use.daytona.start(use.sandbox, timeout=30)
    return [stopped, await use.state(use.sandbox)]


async def wait_for(use: Use) -> Any:
    """Wait for what is there already."""
    await use.sandbox.wait_for_sandbox_start(timeout=30)
    await use.sandbox.wait_for_resize_complete(timeout=30)
    return await use.state(use.sandbox)


async def resize(use: Use) -> Any:
    """Make it larger while it runs; a smaller one is refused then."""
    await use.sandbox.resize(use.sdk.Resources(cpu=2, memory=2), timeout=30)
    await use.sandbox.refresh_data()
    smaller = await refused(use.sandbox.resize, use.sdk.Resources(cpu=1), timeout=30)
    return [fields(use.sandbox, "cpu memory disk"), smaller]


async def recover_refused(use: Use) -> Any:
    """What has not failed can't be recovered."""
    return await refused(use.sandbox.recover, timeout=30)


async def recover(use: Use) -> Any:
    """Recover from an error that allows it; the files are there."""
    order("/_local/faults", {"step": "stop", "name": "cases", "reason": "no reply", "recoverable": True})
    failed = await refused(use.sandbox.stop, timeout=30)
    await use.sandbox.refresh_data()
    before = fields(use.sandbox, "state error_reason recoverable")
    await use.sandbox.recover(timeout=30)
    await use.sandbox.refresh_data()
    return [failed, before, fields(use.sandbox, "state error_reason"), await use.sh("cat kept.txt")]


async def fork(use: Use) -> Any:
    """Copy it with its files; each has its own from then on."""
    forked = await use.sandbox.fork(name="forked", timeout=30)
    await forked.fs.upload_file(b"its own", "kept.txt")
    own = await forked.fs.download_file("kept.txt")
    kept = await use.sandbox.fs.download_file("kept.txt")
    name = forked.name
    await forked.delete(timeout=30, wait=True)
    return [name, own.decode(), kept.decode()]


async def pause(use: Use) -> Any:
    """Pause it, and go on."""
    await use.sandbox.pause(timeout=30)
    paused = await use.state(use.sandbox)
    await use.sandbox.start(timeout=30)
    return [paused, await use.state(use.sandbox), await use.sh("cat kept.txt")]


async def archive(use: Use) -> Any:
    """Archive it, and start it from the archive."""
    running = await refused(use.sandbox.archive)
    await use.sandbox.stop(timeout=30)
    await use.sandbox.archive()
    await use.until(use.sandbox, "archived")
    await use.sandbox.start(timeout=30)
    return [running, await use.state(use.sandbox), await use.sh("cat kept.txt")]


async def delete(use: Use) -> Any:
    """End all of them."""
    await use.daytona.delete(use.sandbox, timeout=30)
    await use.gone(use.sandbox.id)
    return [item.name async for item in use.daytona.list()]


async def ephemeral(use: Use) -> Any:
    """Make one that is gone when it is stopped."""
    params = use.sdk.CreateSandboxFromSnapshotParams(name="passing", ephemeral=True, labels={"a": "b"})
    sandbox = await use.daytona.create(params)
    await sandbox.stop(timeout=30)
    await use.gone(sandbox.id)
    return [sandbox.auto_delete_interval, await refused(use.daytona.get, "passing")]


CASES = [
    stop, start, stop_by_force, wait_for, resize, recover_refused, recover, fork, pause, archive, delete,
    ephemeral,
]  # fmt: skip
