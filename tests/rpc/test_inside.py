"""What is inside a sandbox, over the protocol: assets, archives, and resources that are handed over whole."""

from __future__ import annotations

from pathlib import Path

from daytona_httpx import AsyncDaytona
from daytona_local import LocalDaytona
from pulumi_daytona.plugin.codec import decode
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import Archive, Asset, Reference, Secret

from tests.rpc.engine import Engine, engine_of_servicer

NONE = provider_pb2.DiffResponse.DIFF_NONE


async def test_a_file_s_asset_is_compared_by_its_content(
    engine: Engine, server: LocalDaytona, client: AsyncDaytona, tmp_path: Path
) -> None:
    box = await engine.create("Sandbox", {}, "box")
    local = tmp_path / "a.txt"
    local.write_text("one")
    whole = Reference(engine.urn("Sandbox", "box"), box, "0.1.0")
    news = {"sandboxId": whole, "path": "/tmp/a.txt", "source": Asset("path", str(local), "an engine's")}
    id_ = await engine.create("SandboxFile", news)
    sandbox = await client.get(box)
    assert (f"{box}:/tmp/a.txt", b"one") == (id_, await sandbox.fs.download_file("/tmp/a.txt"))
    assert NONE == (await engine.diff("SandboxFile", id_, news)).changes

    local.write_text("two")
    changed = await engine.diff("SandboxFile", id_, news)
    assert (["source"], ["source.sha256"]) == ([*changed.diffs], [*changed.detailedDiff])
    await engine.update("SandboxFile", id_, news)
    assert b"two" == await sandbox.fs.download_file("/tmp/a.txt")

    await sandbox.fs.upload_file(b"three", "/tmp/a.txt")
    read = await engine.read("SandboxFile", id_)
    engine.inputs, engine.outputs = decode(read.inputs), decode(read.properties)
    assert ["source"] == [*(await engine.diff("SandboxFile", id_, news)).diffs]
    async with engine_of_servicer() as later:  # for the process that has filled it, it is a replacement's
        await later.configure(apiKey=server.api_key, apiUrl=server.api_url)
        later.inputs, later.outputs = engine.inputs, engine.outputs
        await later.delete("SandboxFile", id_)
        assert "" == (await later.read("SandboxFile", id_)).id


async def test_a_secret_content_makes_its_hash_one(engine: Engine) -> None:
    box = await engine.create("Sandbox", {}, "box")
    for content, kind in ((Secret("hush"), Secret), ("loud", str)):
        await engine.create("SandboxFile", {"sandboxId": box, "path": "/tmp/b", "content": content})
        assert (kind, kind) == (type(engine.outputs["content"]), type(engine.outputs["sha256"]))


async def test_a_folder_s_archive_is_compared_file_by_file(
    engine: Engine, client: AsyncDaytona, tmp_path: Path
) -> None:
    box = await engine.create("Sandbox", {}, "box")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    made = Archive("assets", {"sub": Archive("path", str(tmp_path)), "c.txt": Asset("text", "c")})
    news = {"sandboxId": box, "path": "/tmp/folder", "source": made}
    id_ = await engine.create("SandboxFolder", news)
    assert 3 == engine.outputs["fileCount"]
    assert NONE == (await engine.diff("SandboxFolder", id_, news)).changes
    (tmp_path / "b.txt").unlink()
    gone = await engine.diff("SandboxFolder", id_, news)
    assert ['source.files["sub/b.txt"]'] == [*gone.detailedDiff]
    await engine.update("SandboxFolder", id_, news)
    listed = await (await client.get(box)).fs.list_files("/tmp/folder/sub")
    assert ["a.txt"] == [file.name for file in listed]


async def test_a_preview_url_and_its_secrets(engine: Engine) -> None:
    box = await engine.create("Sandbox", {}, "box")
    id_ = await engine.create("PreviewUrl", {"sandboxId": box, "port": 8000, "signed": True})
    assert isinstance(engine.outputs["url"], str)
    assert {Secret} == {type(engine.outputs[name]) for name in ("token", "signedUrl", "signedToken")}
    read = await engine.read("PreviewUrl", id_, known=False)
    assert {"sandboxId": box, "port": 8000} == decode(read.inputs)
