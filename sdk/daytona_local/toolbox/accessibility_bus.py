"""The buses of a sandbox's desktop, by which programs tell of their windows: one for all, one for that."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from daytona_local.errors import FailedError, InvalidError, NotFoundError, RefusedError, UnavailableError
from daytona_local.runtime import AgentError, NotRunningError
from daytona_local.toolbox import programs
from daytona_local.toolbox.computer_use_processes import DesktopProcess
from daytona_local.toolbox.running import Running

UNAVAILABLE = "A11Y_UNAVAILABLE"
START_S = 15.0
ASK_S = 60.0

_DAEMON = "dbus-daemon"
_PACKAGES = "install at-spi2-core, dbus-daemon and python3-gi on the server's host"
_PYTHON = "/usr/bin/python3"
"""The one that Debian's packages are for."""
_PROGRAM = Path(__file__).with_name("accessibility_program.py").read_text()
_STOPPED = "computer use is not started; start it first"
_REFUSALS = {"refused": InvalidError, "missing": NotFoundError, "failed": FailedError}


class AccessibilityBus:
    """Keep the bus of a desktop's programs; where it can't be had, the desktop does without.

    Only this sandbox's own user is let in. The bus for accessibility is started by this one.
    """

    def __init__(self, running: Running) -> None:
        self._running = running
        self._daemon = DesktopProcess(running, "dbus")
        self._missing = _STOPPED
        self._enabling: asyncio.Task[None] | None = None
        self.environment: Mapping[str, str] = {}

    async def start(self, display: Mapping[str, str]) -> None:
        """Start it, and begin to have programs tell of themselves.

        Args:
            display: The variables of the display.
        """
        try:
            await self._start(display)
        except (AgentError, RefusedError) as error:
            await self.stop()
            self._missing = str(error)
            return
        self._missing = ""
        self._enabling = asyncio.create_task(self._enable({**display, **self.environment}))

    async def stop(self) -> None:
        """Stop it, and what it has started."""
        if self._enabling is not None:
            self._enabling.cancel()
            await asyncio.gather(self._enabling, return_exceptions=True)
        await self._daemon.stop()
        self.environment, self._missing, self._enabling = {}, _STOPPED, None

    async def ask(self, do: str, display: Mapping[str, str], **asked: Any) -> dict[str, Any]:
        """Do something with what programs tell.

        Args:
            do: What the program inside calls it.
            display: The variables of the display and of this bus.
            asked: What it needs for that.

        Raises:
            FailedError: It was tried, and failed.
            InvalidError: That can't be done.
            NotFoundError: There is no such program or node.
            UnavailableError: There is no bus, and why.
        """
        if self._enabling is not None:
            await asyncio.wait({self._enabling})
        if self._missing:
            raise UnavailableError(f"there is no accessibility: {self._missing}", UNAVAILABLE)
        return await self._ask(do, display, **asked)

    async def _ask(self, do: str, display: Mapping[str, str], **asked: Any) -> dict[str, Any]:
        words, given = [_PYTHON, "-I", "-c", _PROGRAM], json.dumps({"do": do, **asked}).encode()
        done = await programs.run(self._running, words, display, given=given, timeout_s=ASK_S)
        return _answer(done)

    async def _start(self, display: Mapping[str, str]) -> None:
        program = (await programs.find(self._running, _DAEMON)).get(_DAEMON)
        if program is None:
            raise UnavailableError(f"the sandbox has no {_DAEMON}; {_PACKAGES}")
        words = [
            program,
            "--session",
            "--nofork",
            "--nopidfile",
            "--address=unix:dir=/tmp",
            "--print-address=1",
        ]
        # What the bus starts keeps its settings in memory, instead of in the sandbox's home.
        await self._daemon.start(words, {**display, "GSETTINGS_BACKEND": "memory"})
        if not await self._daemon.begun(START_S):
            raise UnavailableError(f"{_DAEMON} does not come up; {_PACKAGES}")
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": str(self._daemon.stdout).split()[0]}

    async def _enable(self, display: Mapping[str, str]) -> None:
        """Start the bus for accessibility, and say on it that somebody looks."""
        try:
            await self._ask("enable", display)
        except (AgentError, NotRunningError, RefusedError) as error:
            self._missing = str(error)


def _answer(done: programs.Finished) -> dict[str, Any]:
    """Return what the program found; nothing inside is trusted, and it may have said anything."""
    if done.exit_code != 0:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise FailedError(f"{_PYTHON} failed: {lines[-1][:500]}; {_PACKAGES}")
    try:
        answer = json.loads(done.stdout)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise FailedError("what looks at the desktop said what is no answer; look again")
    if "kind" not in answer:
        return answer
    kind, reason = str(answer["kind"]), str(answer.get("reason"))
    if kind not in _REFUSALS:
        raise UnavailableError(f"there is no accessibility: {reason}; {_PACKAGES}", UNAVAILABLE)
    raise _REFUSALS[kind](reason)
