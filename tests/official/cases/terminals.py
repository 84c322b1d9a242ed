"""Terminals, and code that finds what earlier code has defined."""

from __future__ import annotations

from typing import Any

from . import ways
from .outcome import fields, is_time, refused
from .use import Use


def lines(output: list[bytes]) -> list[str]:
    """Return the lines that a terminal has shown."""
    return b"".join(output).decode().replace("\r", "\n").split("\n")


async def terminal(use: Use) -> Any:
    """Make a terminal, type into it, and read its output and exit code."""
    process = use.sandbox.process
    output: list[bytes] = []
    size = use.sdk.PtySize(rows=30, cols=100)
    handle = await ways.terminal(process, "t", output.append, cwd="/tmp", envs={"A": "b"}, pty_size=size)
    await handle.wait_for_connection()
    info = await process.get_pty_session_info("t")
    connected = handle.is_connected()
    await handle.send_input("stty size; pwd; echo $A; exit 7\n")
    result = await ways.ended(handle, output.append)
    await handle.disconnect()
    return [
        fields(info, "id active cols rows"),
        is_time(info.created_at),
        connected,
        [word in lines(output) for word in ("30 100", "/tmp", "b")],
        [result.exit_code, handle.exit_code, handle.session_id],
    ]


async def resize_terminal(use: Use) -> Any:
    """Resize a terminal by its handle and by its id."""
    process, size = use.sandbox.process, use.sdk.PtySize
    output: list[bytes] = []
    handle = await ways.terminal(process, "r", output.append)
    await handle.wait_for_connection()
    # While the shell is about to show a prompt, it sets the size that it has read.
    await handle.send_input("touch ~/asked; read answer; stty size; exit\n")
    await process.exec("until test -e ~/asked; do sleep 0.05; done", timeout=60)
    first = await handle.resize(size(rows=40, cols=120))
    second = await process.resize_pty_session("r", size(rows=50, cols=150))
    await handle.send_input("\n")
    await ways.ended(handle, output.append)
    await handle.disconnect()
    return [fields(first, "rows cols"), fields(second, "rows cols"), "50 150" in lines(output)]


async def terminal_again(use: Use) -> Any:
    """Leave a terminal, and come back to it."""
    process = use.sandbox.process
    output: list[bytes] = []
    handle = await ways.terminal(process, "again", output.append)
    await handle.wait_for_connection()
    await handle.send_input("A=kept\n")
    await handle.disconnect()
    listed = [info.id for info in await process.list_pty_sessions() if info.active]
    handle = await ways.terminal_again(process, "again", output.append)
    await handle.wait_for_connection()
    await handle.send_input("echo $A; exit\n")
    result = await ways.ended(handle, output.append)
    await handle.disconnect()
    return [listed, "kept" in lines(output), result.exit_code]


async def kill_terminal(use: Use) -> Any:
    """End a terminal from outside."""
    process = use.sandbox.process
    output: list[bytes] = []
    handle = await ways.terminal(process, "k", output.append)
    await handle.wait_for_connection()
    await process.kill_pty_session("k")
    result = await ways.ended(handle, output.append)
    await handle.disconnect()
    return [
        result.exit_code,
        await refused(process.get_pty_session_info, "k"),
        await refused(process.kill_pty_session, "nothing"),
    ]


async def run_code(use: Use) -> Any:
    """Run code whose variables stay, and hear what it says."""
    interpreter = use.sandbox.code_interpreter
    out: list[str] = []
    err: list[str] = []
    await interpreter.run_code("x = 40")
    result = await interpreter.run_code(
        "import sys; print(x + 2); print('bad', file=sys.stderr)",
        on_stdout=lambda message: out.append(message.output),
        on_stderr=lambda message: err.append(message.output),
    )
    return [fields(result, "stdout stderr error"), "".join(out), "".join(err)]


async def code_that_fails(use: Use) -> Any:
    """An exception is a result."""
    raised: list[Any] = []
    interpreter = use.sandbox.code_interpreter
    result = await interpreter.run_code("raise ValueError('no')", on_error=raised.append)
    return [fields(result.error, "name value"), raised[0].name, "Traceback" in result.error.traceback]


async def code_too_long(use: Use) -> Any:
    """Code that runs too long ends."""
    return await refused(use.sandbox.code_interpreter.run_code, "while True: pass", timeout=1)


async def contexts(use: Use) -> Any:
    """Keep variables apart."""
    interpreter = use.sandbox.code_interpreter
    context = await interpreter.create_context(cwd="/tmp")
    here = await interpreter.run_code("import os; print(os.getcwd())", context=context)
    apart = await interpreter.run_code("print(x)", context=context, envs={"A": "b"})
    listed = [found.id == context.id for found in await interpreter.list_contexts()]
    await interpreter.delete_context(context)
    return [
        here.stdout,
        apart.error.name,
        context.language,
        listed,
        [found.id for found in await interpreter.list_contexts()],
        await refused(interpreter.delete_context, context),
    ]


CASES = [
    terminal, resize_terminal, terminal_again, kill_terminal, run_code, code_that_fails, code_too_long,
    contexts,
]  # fmt: skip
