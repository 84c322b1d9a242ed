"""What every version of the official package can, also the one that pip picks beside pulumi."""

from __future__ import annotations

from typing import Any

from .outcome import fields, refused
from .use import Use


async def basic_create(use: Use) -> Any:
    """Make a sandbox."""
    params = use.sdk.CreateSandboxFromSnapshotParams(
        labels={"made": "by a basic case"}, env_vars={"GREETING": "hi"}, auto_stop_interval=20
    )
    use.sandbox = await use.daytona.create(params, timeout=30)
    return fields(use.sandbox, "state env cpu memory disk auto_stop_interval public")


async def basic_get(use: Use) -> Any:
    """Find it, and nobody by another name."""
    found = await use.daytona.get(use.sandbox.id)
    return [found.id == use.sandbox.id, (await refused(use.daytona.get, "nobody"))["error"]]


async def basic_list(use: Use) -> Any:
    """List it; versions differ in how that is asked for."""
    labels = {"made": "by a basic case"}
    if hasattr(use.sdk, "ListSandboxesQuery"):
        found = [item async for item in use.daytona.list(use.sdk.ListSandboxesQuery(labels=labels))]
    else:
        found = (await use.daytona.list(labels)).items
    return [item.id == use.sandbox.id for item in found]


async def basic_exec(use: Use) -> Any:
    """Run commands."""
    run = use.sandbox.process.exec
    answers = [await run("echo $GREETING; exit 3"), await run("pwd", cwd="/tmp", env={"A": "1"}, timeout=20)]
    return [[answer.exit_code, answer.result.strip()] for answer in answers]


async def basic_code_run(use: Use) -> Any:
    """Run Python."""
    answer = await use.sandbox.process.code_run("print(6 * 7)")
    return [answer.exit_code, answer.result.strip()]


async def basic_upload(use: Use) -> Any:
    """Upload bytes and a local file."""
    local = use.folder / "basic.txt"
    local.write_text("from here\n")
    await use.sandbox.fs.create_folder("inbox", "755")
    await use.sandbox.fs.upload_file(b"some bytes \x00\xff", "inbox/a file.bin")
    await use.sandbox.fs.upload_file(str(local), "inbox/copy.txt")
    return sorted(info.name for info in await use.sandbox.fs.list_files("inbox"))


async def basic_download(use: Use) -> Any:
    """Download into memory, and to a local file."""
    content = await use.sandbox.fs.download_file("inbox/a file.bin")
    target = use.folder / "down.txt"
    await use.sandbox.fs.download_file("inbox/copy.txt", str(target))
    return [content == b"some bytes \x00\xff", target.read_text()]


async def basic_session(use: Use) -> Any:
    """Keep a shell's state from command to command."""
    process, request = use.sandbox.process, use.sdk.SessionExecuteRequest
    await process.create_session("s")
    await process.execute_session_command("s", request(command="cd /tmp; export A=1"))
    answer = await process.execute_session_command("s", request(command="pwd; echo $A"))
    await process.delete_session("s")
    return fields(answer, "stdout stderr exit_code")


async def basic_preview(use: Use) -> Any:
    """Open a port with its token."""
    await use.sh("nohup python3 -m http.server 8000 --directory inbox >/tmp/log 2>&1 &")
    link = await use.sandbox.get_preview_link(8000)
    page = await use.fetch(f"{link.url}/copy.txt", {"x-daytona-preview-token": link.token})
    return page.decode()


async def basic_stop(use: Use) -> Any:
    """Stop it."""
    await use.sandbox.stop(timeout=30)
    return await use.state(use.sandbox)


async def basic_start(use: Use) -> Any:
    """Start it again; its files are there."""
    await use.sandbox.start(timeout=30)
    return [await use.state(use.sandbox), await use.sh("cat inbox/copy.txt")]


async def basic_delete(use: Use) -> Any:
    """End it."""
    await use.daytona.delete(use.sandbox, timeout=30)
    await use.gone(use.sandbox.id)
    return True


CASES = [
    basic_create, basic_get, basic_list, basic_exec, basic_code_run, basic_upload, basic_download,
    basic_session, basic_preview, basic_stop, basic_start, basic_delete,
]  # fmt: skip
