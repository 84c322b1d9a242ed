"""Run code with what the sandbox has for its language, and keep the charts that it shows."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daytona_local.errors import InvalidError
from daytona_local.runtime import Agent, AgentError
from daytona_local.toolbox.blocking import blocking
from daytona_local.toolbox.commands import Outcome, find_program, run_command
from daytona_local.toolbox.running import Running

CHART_BYTES = 32 * 1024 * 1024
CHARTS_PROGRAM = Path(__file__).with_name("charts_program.py")

NODE_WITH_TYPES = (22, 6)
"""The first node that runs TypeScript when it is asked to."""

ARGUMENTS_ONLY = "process.argv.splice(1, 1);"
"""As in Daytona, the program's own name is not among its arguments."""


@dataclass(frozen=True)
class CodeRun:
    """Say what to run.

    Args:
        code: The source.
        argv: Its arguments.
        env: Environment variables of its own.
        timeout_s: When to kill it; None for never.
    """

    code: str
    argv: Sequence[str]
    env: Mapping[str, str]
    timeout_s: float | None


Result = tuple[Outcome, list[dict[str, Any]]]


class Languages:
    """Run code in one sandbox.

    Args:
        running: The sandbox.
    """

    def __init__(self, running: Running) -> None:
        self._running = running
        self._agent = running.agent

    async def run(self, language: str, run: CodeRun) -> Result:
        """Run code, and return how it ended and the charts that it showed.

        Raises:
            InvalidError: The language isn't known, or the sandbox has nothing that runs it.
            TimeExceededError: It took longer than it may, and was killed.
        """
        languages = {"python": self._python, "typescript": self._typescript, "javascript": self._javascript}
        if language not in languages:
            raise InvalidError(f"the language {language!r} is not known; use {', '.join(languages)}")
        return await languages[language](run)

    async def _python(self, run: CodeRun) -> Result:
        python = await self._program("python", "python3")
        if "matplotlib" not in run.code:
            return await self._start([python, "-u", "-", *run.argv], run, run.code), []
        charts = f"/tmp/.daytona-charts-{secrets.token_hex(8)}"  # noqa: S108 - a path inside, and a new one
        code = base64.b64encode(run.code.encode(errors="replace")).decode()
        program = await blocking(CHARTS_PROGRAM.read_text) + f"\nmain({code!r}, {charts!r})\n"
        done = await self._start([python, "-u", "-", *run.argv], run, program)
        return done, await _charts(self._agent, charts)

    async def _javascript(self, run: CodeRun) -> Result:
        node = await self._program("javascript", "node")
        return await self._start([node, "-", *run.argv], run, ARGUMENTS_ONLY + run.code), []

    async def _typescript(self, run: CodeRun) -> Result:
        command = await self._typescript_command()
        async with _file(self._agent, "code.ts", ARGUMENTS_ONLY + run.code) as path:
            return await self._start([*command, path, *run.argv], run), []

    async def _typescript_command(self) -> list[str]:
        for name, options in (("tsx", ()), ("ts-node", ("-T",))):
            path = await find_program(self._running, name)
            if path:
                return [path, *options]
        node = await self._program("typescript", "node")
        version = (await run_command(self._running, [node, "--version"], timeout_s=20)).text.strip()
        if tuple(map(int, re.findall(r"\d+", version)[:2])) < NODE_WITH_TYPES:
            raise InvalidError(
                f"the sandbox can't run typescript: it has node {version}; install node 22.6 or later, or tsx"
            )
        return [node, "--experimental-strip-types", "--no-warnings"]

    async def _start(self, argv: Sequence[str], run: CodeRun, given: str = "") -> Outcome:
        data = given.encode(errors="replace")
        return await run_command(self._running, argv, run.env, timeout_s=run.timeout_s, given=data)

    async def _program(self, language: str, name: str) -> str:
        path = await find_program(self._running, name)
        if not path:
            raise InvalidError(f"the sandbox can't run {language}: it has no {name}; install it there")
        return path


@asynccontextmanager
async def _file(agent: Agent, name: str, content: str) -> AsyncIterator[str]:
    """Put a file into a folder of its own, for as long as it is needed."""
    folder = f"/tmp/.daytona-code-{secrets.token_hex(8)}"  # noqa: S108 - a path inside, and a new one
    await agent.ask("mkdir", path=folder, mode=0o700)
    try:
        fd, _ = await agent.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "wb") as file:
            await blocking(file.write, content.encode(errors="replace"))
        yield f"{folder}/{name}"
    finally:
        await agent.ask("remove", path=folder, recursive=True)


async def _charts(agent: Agent, path: str) -> list[dict[str, Any]]:
    """Take the charts that code has shown; there is no file when it showed none."""
    try:
        fd, size = await agent.open(path, os.O_RDONLY)
    except AgentError:
        return []
    with os.fdopen(fd, "rb") as file:
        raw = await blocking(file.read, min(size, CHART_BYTES))
    await agent.ask("remove", path=path, recursive=False)
    try:
        found = json.loads(raw)
    except ValueError:
        return []  # more than is kept, or something else wrote there
    return [chart for chart in found if isinstance(chart, dict)] if isinstance(found, list) else []
