"""Volumes and secrets."""

from __future__ import annotations

from typing import Any

from . import ways
from .outcome import fields, is_id, is_time, refused
from .use import Use


async def volumes(use: Use) -> Any:
    """Make a volume, find it, and list all."""
    service = use.daytona.volume
    made = await service.create("shared")
    for _ in range(100):
        found = await service.get("shared")
        if found.state == "ready":
            break
        await ways.sleep(0.05)
    by_name = await service.get("second", create=True)
    use.kept["volume"] = found
    return [
        [made.name, found.id == made.id, found.state, is_time(found.created_at), by_name.name],
        sorted(volume.name for volume in await service.list()),
        await refused(service.create, "shared"),
        await refused(service.get, "nothing"),
    ]


async def mount(use: Use) -> Any:
    """Mount it twice, once a part of it; what one writes the other reads."""
    volume, params = use.kept["volume"], use.sdk.CreateSandboxFromSnapshotParams
    whole = use.sdk.VolumeMount(volume_id=volume.id, mount_path="/home/daytona/all")
    part = use.sdk.VolumeMount(volume_id=volume.id, mount_path="/home/daytona/part", subpath="inner")
    one = await use.daytona.create(params(volumes=[whole], ephemeral=True))
    other = await use.daytona.create(params(volumes=[part], ephemeral=True))
    await other.fs.upload_file(b"through a volume", "/home/daytona/part/f.txt")
    seen = await one.fs.download_file("/home/daytona/all/inner/f.txt")
    in_use = await refused(use.daytona.volume.delete, volume)
    for sandbox in (one, other):
        await use.daytona.delete(sandbox, timeout=30)
        await use.gone(sandbox.id)
    return [seen.decode(), in_use, [fields(found, "mount_path subpath") for found in other.volumes]]


async def delete_volumes(use: Use) -> Any:
    """Delete them."""
    for volume in await use.daytona.volume.list():
        await use.daytona.volume.delete(volume)
    for _ in range(100):
        if not await use.daytona.volume.list():
            return True
        await ways.sleep(0.05)
    raise AssertionError("a volume is there still")


async def secrets(use: Use) -> Any:
    """Make secrets, change and find them; their values never come back."""
    service = use.daytona.secret
    params = use.sdk.CreateSecretParams
    made = await service.create(params(name="TOKEN", value="s3cret", description="d", hosts=["example.com"]))
    await service.create(params(name="OTHER", value="x"))
    changed = await service.update(made.id, use.sdk.UpdateSecretParams(description="e"))
    listed = await service.list(limit=1, sort="name", order="asc")
    rest = await service.list(cursor=listed.next_cursor, limit=1, sort="name", order="asc")
    use.kept["secret"] = made.id
    return [
        fields(made, "name description hosts"),
        [is_id(made.id), is_time(made.created_at), "s3cret" not in str(vars(made))],
        fields(changed, "name description hosts"),
        [[item.name for item in page.items] for page in (listed, rest)],
        listed.total,
        (await service.get(made.id)).name,
    ]


async def secrets_of_a_sandbox(use: Use) -> Any:
    """Give a sandbox a secret, under a name of its own."""
    params = use.sdk.CreateSandboxFromSnapshotParams(secrets={"OWN": "TOKEN"}, ephemeral=True)
    sandbox = await use.daytona.create(params, timeout=30)
    own = await sandbox.process.exec('test -n "$OWN" && echo yes')
    await sandbox.delete(timeout=30, wait=True)
    await use.sandbox.update_secrets({"API_TOKEN": "TOKEN"})
    has = await use.sh('test -n "$API_TOKEN" && echo yes')
    await use.sandbox.update_secrets({})
    return [
        [own.result, has],
        await use.sh("echo x$API_TOKEN"),
        await refused(use.sandbox.update_secrets, {"A": "NOTHING"}),
    ]


async def delete_secrets(use: Use) -> Any:
    """Delete them."""
    service = use.daytona.secret
    await service.delete(use.kept["secret"])
    return [item.name for item in (await service.list()).items]


CASES = [volumes, mount, delete_volumes, secrets, secrets_of_a_sandbox, delete_secrets]
