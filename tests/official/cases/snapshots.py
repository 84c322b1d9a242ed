"""Snapshots, images that are built, and warm pools."""

from __future__ import annotations

from typing import Any

from . import ways
from .outcome import fields, is_id, is_time, refused
from .use import Use, order

BASE = "daytonaio/sandbox:0.0.0"
"""Any image's name: the server takes its own for it."""


async def snapshots(use: Use) -> Any:
    """Look at the snapshots that are there from the start."""
    page = await use.daytona.snapshot.list(page=1, limit=10)
    first = page.items[0]
    found = await use.daytona.snapshot.get(first.name)
    use.kept["snapshot"] = first.name
    return [
        fields(page, "total page total_pages"),
        fields(first, "name general cpu mem disk gpu")
        | {"state": str(getattr(first.state, "value", first.state))},
        [found.id == first.id, is_time(found.created_at)],
        await refused(use.daytona.snapshot.get, "nothing"),
        await refused(use.daytona.snapshot.delete, "nothing"),
    ]


async def snapshot_of_a_sandbox(use: Use) -> Any:
    """Make a snapshot of a sandbox, and a sandbox of the snapshot."""
    await use.sandbox.create_snapshot("of-a-case", timeout=30)
    params = use.sdk.CreateSandboxFromSnapshotParams(snapshot="of-a-case", name="copied")
    copied = await use.daytona.create(params, timeout=30)
    kept = await copied.fs.download_file("kept.txt")
    await copied.delete(timeout=30, wait=True)
    page = await use.daytona.snapshot.list(source_sandbox_id=use.sandbox.id)
    return [kept.decode(), copied.snapshot, [item.name for item in page.items]]


async def build_snapshot(use: Use) -> Any:
    """Build a snapshot from an image, and read the log."""
    image = use.sdk.Image.base(BASE).env({"A": "built"}).workdir("/home/daytona")
    image = image.run_commands("echo into a file > built.txt", "echo into the log; sleep 1.5")
    logs: list[str] = []
    params = use.sdk.CreateSnapshotParams(name="built", image=image, resources=use.sdk.Resources(cpu=1))
    made = await use.daytona.snapshot.create(params, on_logs=logs.append, timeout=60)
    sandbox = await use.daytona.create(use.sdk.CreateSandboxFromSnapshotParams(snapshot="built"), timeout=30)
    answer = await sandbox.process.exec("echo $A; cat /home/daytona/built.txt")
    await sandbox.delete(timeout=30, wait=True)
    return [made.name, made.cpu, answer.result, "into the log" in "".join(logs)]


async def activate_snapshot(use: Use) -> Any:
    """Switch a snapshot on again that was switched off; meanwhile no sandbox comes of it."""
    found = await use.daytona.snapshot.get("of-a-case")
    order(f"/api/snapshots/{found.id}/deactivate", {})
    params = use.sdk.CreateSandboxFromSnapshotParams(snapshot="of-a-case")
    failed = await refused(use.daytona.create, params)
    again = None
    for _ in range(100):
        try:
            again = await use.daytona.snapshot.activate(found)
        except (
            Exception
        ):  # it takes a moment; of the official client, the error is that of its generated code
            await ways.sleep(0.05)
        else:
            break
    assert again is not None, "it could not be switched on again"
    return [failed, fields(again, "name"), str(getattr(again.state, "value", again.state))]


async def build_with_local_files(use: Use) -> Any:
    """Build a snapshot from an image that copies a local file."""
    (use.folder / "app.py").write_text("print('from here')\n")
    image = use.sdk.Image.base(BASE).add_local_file(str(use.folder / "app.py"), "/app.py")
    await use.daytona.snapshot.create(
        use.sdk.CreateSnapshotParams(name="with-files", image=image), timeout=60
    )
    params = use.sdk.CreateSandboxFromSnapshotParams(snapshot="with-files")
    sandbox = await use.daytona.create(params, timeout=30)
    answer = await sandbox.process.exec("python3 /app.py")
    await sandbox.delete(timeout=30, wait=True)
    await use.daytona.snapshot.delete("with-files")
    return answer.result


async def build_sandbox(use: Use) -> Any:
    """Make a sandbox from an image that is built for it; one that can't be built says why."""
    params = use.sdk.CreateSandboxFromImageParams
    image = use.sdk.Image.base(BASE).run_commands("echo of an image > /image.txt")
    image = image.entrypoint(["sh", "-c", "echo from the entrypoint; exec sleep 600"])
    logs: list[str] = []
    sandbox = await use.daytona.create(
        params(image=image, resources=use.sdk.Resources(cpu=1, memory=2, disk=3)),
        timeout=60,
        on_snapshot_create_logs=logs.append,
    )
    answer = await sandbox.process.exec("cat /image.txt")
    said = await sandbox.process.get_entrypoint_logs()
    bad = use.sdk.Image.base(BASE).run_commands("exit 3")
    failed = await refused(use.daytona.create, params(image=bad, name="never"), timeout=60)
    await sandbox.delete(timeout=30, wait=True)
    await (await use.daytona.get("never")).delete(timeout=30, wait=True)
    return [answer.result, said.output, fields(sandbox, "cpu memory disk"), failed]


async def delete_snapshots(use: Use) -> Any:
    """Delete the snapshots of these cases."""
    for name in ("of-a-case", "built"):
        await use.daytona.snapshot.delete(await use.daytona.snapshot.get(name))
    for _ in range(100):
        left = [item.name for item in (await use.daytona.snapshot.list()).items if not item.general]
        if not left:
            return left
        await ways.sleep(0.05)
    raise AssertionError("a snapshot is there still")


async def warm_pools(use: Use) -> Any:
    """Keep sandboxes ready, and take one."""
    service = use.daytona.warm_pool
    snapshot = use.kept["snapshot"]
    made = await service.create(snapshot, 1)
    for _ in range(200):
        ready = [pool.current_size for pool in await service.list()]
        if ready == [1]:
            break
        await ways.sleep(0.05)
    sandbox = await use.daytona.create(use.sdk.CreateSandboxFromSnapshotParams(snapshot=snapshot))
    taken = [sandbox.state.value, sandbox.warm_pool_id]
    changed = await service.update(made.id, 0)
    await sandbox.delete(timeout=30, wait=True)
    await service.delete(made.id)
    return [
        [is_id(made.id), made.pool, made.snapshot == snapshot, ready],
        [*taken, changed.pool],
        [pool.pool for pool in await service.list()],
    ]


CASES = [
    snapshots, snapshot_of_a_sandbox, activate_snapshot, build_snapshot, build_with_local_files,
    build_sandbox, delete_snapshots, warm_pools,
]  # fmt: skip
