"""Commands, code, sessions and ports."""

from __future__ import annotations

from typing import Any

from . import ways
from .outcome import fields, is_id, refused
from .use import Use, post


async def execute(use: Use) -> Any:
    """Run commands: their output, exit code, folder and variables."""
    run = use.sandbox.process.exec
    answers = [
        await run("echo $GREETING; exit 3"),
        await run("pwd", cwd="/tmp"),
        await run("echo $A", env={"A": "with 'quotes'"}, timeout=20),
        await run("echo error >&2"),
        await run("printf 'a\\0b'"),
    ]
    return [fields(answer, "exit_code result") | {"stdout": answer.artifacts.stdout} for answer in answers]


async def execute_too_long(use: Use) -> Any:
    """End a command that runs longer than it may."""
    return await refused(use.sandbox.process.exec, "sleep 20", timeout=1)


async def code_run(use: Use) -> Any:
    """Run Python, with arguments and variables, well and badly."""
    run = use.sandbox.process.code_run
    params = use.sdk.CodeRunParams(argv=["x", "y z"], env={"A": "b"})
    answers = [
        await run("print(6 * 7)"),
        await run("import os, sys; print(sys.argv[1:], os.environ['A'])", params),
        await run("raise SystemExit(4)", timeout=20),
    ]
    failed = await run("1 / 0")
    seen = [fields(answer, "exit_code result") for answer in answers]
    return [seen, failed.exit_code, "ZeroDivisionError" in failed.result]


async def code_run_javascript(use: Use) -> Any:
    """Run another language, in a sandbox that is for it."""
    params = use.sdk.CreateSandboxFromSnapshotParams(language="javascript", ephemeral=True)
    sandbox = await use.daytona.create(params, timeout=30)
    answer = await sandbox.process.code_run("console.log(6 * 7)")
    labels = dict(sandbox.labels)
    await sandbox.delete(timeout=30, wait=True)
    return [labels, fields(answer, "exit_code result")]


async def session(use: Use) -> Any:
    """Keep a shell's state from command to command."""
    process, request = use.sandbox.process, use.sdk.SessionExecuteRequest
    await process.create_session("s")
    await process.execute_session_command("s", request(command="cd /tmp; export A=1"))
    answer = await process.execute_session_command("s", request(command="pwd; echo $A >&2; (exit 5)"))
    found = await process.get_session("s")
    again = await refused(process.create_session, "s")
    seen = fields(answer, "stdout stderr exit_code")
    return [
        seen,
        sorted(answer.output.splitlines()),  # which of two streams comes first is not promised
        is_id(answer.cmd_id),
        found.session_id,
        [command.exit_code for command in found.commands],
        again,
    ]


async def session_command(use: Use) -> Any:
    """Run one in the background, and read what it has written."""
    process, request = use.sandbox.process, use.sdk.SessionExecuteRequest
    begun = await process.execute_session_command(
        "s", request(command="echo out; echo err >&2", run_async=True)
    )
    for _ in range(100):
        command = await process.get_session_command("s", begun.cmd_id)
        if command.exit_code is not None:
            break
        await ways.sleep(0.05)
    logs = await process.get_session_command_logs("s", begun.cmd_id)
    return [begun.exit_code, fields(command, "command exit_code"), fields(logs, "stdout stderr")]


async def live_logs(use: Use) -> Any:
    """Read a log as it is written: the command goes on once its first word has arrived here."""
    process = use.sandbox.process
    url = await use.sandbox.upload_url("go-on")
    wait = "for n in $(seq 200); do test -e ~/go-on && echo two && break; sleep 0.05; done"
    request = use.sdk.SessionExecuteRequest(command=f"echo one; {wait}; echo three >&2", run_async=True)
    begun = await process.execute_session_command("s", request)
    out: list[str] = []
    err: list[str] = []

    def hear(text: str) -> None:
        out.append(text)
        if len(out) == 1:
            post(url, b"")

    await ways.follow(process.get_session_command_logs_async("s", begun.cmd_id, hear, err.append))
    return ["".join(out), "".join(err)]


async def session_input(use: Use) -> Any:
    """Write to what reads."""
    process = use.sandbox.process
    request = use.sdk.SessionExecuteRequest(
        command="read line; echo got $line", run_async=True, suppress_input_echo=True
    )
    begun = await process.execute_session_command("s", request)
    await process.send_session_command_input("s", begun.cmd_id, "words\n")
    out: list[str] = []
    await ways.follow(process.get_session_command_logs_async("s", begun.cmd_id, out.append, out.append))
    return "".join(out)


async def delete_session(use: Use) -> Any:
    """End a session."""
    process = use.sandbox.process
    before = [found.session_id for found in await process.list_sessions()]
    await process.delete_session("s")
    return [before, await refused(process.get_session, "s"), await refused(process.delete_session, "s")]


async def entrypoint_live(use: Use) -> Any:
    """Hear what an entry point writes, from its beginning to its end."""
    script = "for n in 1 2 3; do echo $n; sleep 0.1; done; echo oops >&2"
    image = use.sdk.Image.base("daytonaio/sandbox:0.0.0").entrypoint(["sh", "-c", script])
    params = use.sdk.CreateSandboxFromImageParams(image=image, name="speaks")
    sandbox = await use.daytona.create(params, timeout=60)
    out: list[str] = []
    err: list[str] = []
    await ways.follow(sandbox.process.get_entrypoint_logs_async(out.append, err.append))
    await sandbox.delete(timeout=30, wait=True)
    return ["".join(out), "".join(err)]


async def entrypoint(use: Use) -> Any:
    """Look at what the sandbox itself runs."""
    process = use.sandbox.process
    found = await process.get_entrypoint_session()
    logs = await process.get_entrypoint_logs()
    return [found.session_id, isinstance(logs.output, str)]


async def preview(use: Use) -> Any:
    """Open a port: with a token, by a signed link, and to everyone."""
    sandbox = use.sandbox
    await use.sh("nohup python3 -m http.server 8000 --directory inbox >/tmp/log 2>&1 &")
    link = await sandbox.get_preview_link(8000)
    page = await use.fetch(f"{link.url}/copy.txt", {"x-daytona-preview-token": link.token})
    signed = await sandbox.create_signed_preview_url(8000, expires_in_seconds=60)
    by_link = await use.fetch(f"{signed.url}/copy.txt")
    await sandbox.expire_signed_preview_url(8000, signed.token)
    return [
        page.decode(),
        by_link.decode(),
        signed.port,
        use.opens(f"{link.url}/copy.txt"),
        use.opens(f"{signed.url}/copy.txt"),
    ]


async def ssh(use: Use) -> Any:
    """Give access by SSH, and take it away."""
    sandbox = use.sandbox
    access = await sandbox.create_ssh_access(expires_in_minutes=10)
    before = await sandbox.validate_ssh_access(access.token)
    await sandbox.revoke_ssh_access(access.token)
    return [
        access.sandbox_id == before.sandbox_id == sandbox.id,
        before.valid,
        access.token in access.ssh_command,
        (await sandbox.validate_ssh_access(access.token)).valid,
        (await sandbox.validate_ssh_access("none")).valid,
    ]


CASES = [
    execute, execute_too_long, code_run, code_run_javascript, session, session_command, live_logs,
    session_input, delete_session, entrypoint, entrypoint_live, preview, ssh,
]  # fmt: skip
