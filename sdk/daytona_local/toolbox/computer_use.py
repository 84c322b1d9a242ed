"""The virtual display of a sandbox: an X server without a screen, and who may use it."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import struct
from collections.abc import Sequence

from daytona_local.errors import FailedError, InvalidError, NotFoundError, UnavailableError
from daytona_local.runtime import AgentError
from daytona_local.toolbox import programs
from daytona_local.toolbox.accessibility_bus import AccessibilityBus
from daytona_local.toolbox.computer_use_processes import DesktopProcess
from daytona_local.toolbox.running import Running

START_S = 15.0
RUN_S = 30.0
DEFAULT_SIZE = "1024x768"
DEPTH = 24
DISPLAY = "xvfb"

_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""What is needed, and the packages that have it."""

_SOCKETS = "/tmp/.X11-unix"  # noqa: S108 - where every X server has its sockets
_SIZE = re.compile(r"[1-9]\d{1,3}x[1-9]\d{1,3}")
_ANY_HOST = 0xFFFF


class ComputerUse:
    """Keep the display of a running sandbox; no window manager is on it until somebody runs one.

    Other sandboxes, and the host, may share the network and so reach the display's socket: a secret that
    only this sandbox has keeps them out.
    """

    def __init__(self, running: Running) -> None:
        self.running = running
        self._display = DesktopProcess(running, DISPLAY, 100)
        self.bus = AccessibilityBus(running)
        self._number = ""
        self._changing = asyncio.Lock()

    @property
    def processes(self) -> dict[str, DesktopProcess]:
        """Return the processes by name: there is one."""
        return {DISPLAY: self._display}

    @property
    def status(self) -> str:
        """Say whether the display can be used: active or inactive."""
        return "active" if self._display.alive else "inactive"

    @property
    def display(self) -> str:
        """Return the display's name, such as ``:0``.

        Raises:
            UnavailableError: It isn't started.
        """
        self._refuse_stopped()
        return f":{self._number}"

    async def start(self) -> None:
        """Start the display; nothing happens when it runs already.

        Raises:
            UnavailableError: A program is missing, or the display doesn't come up.
        """
        async with self._changing:
            if not self._display.alive:
                await self._start()

    async def stop(self) -> None:
        """Stop the display; what shows windows on it ends."""
        async with self._changing:
            await self._stop()

    async def restart(self, name: str) -> None:
        """Restart a process; a new display ends what used the old one.

        Raises:
            NotFoundError: There is no such process.
            UnavailableError: It can't be started again.
        """
        self.process(name)
        async with self._changing:
            await self._stop()
            await self._start()

    def process(self, name: str) -> DesktopProcess:
        """Return a process.

        Raises:
            NotFoundError: There is none of this name.
        """
        if name not in self.processes:
            known = ", ".join(self.processes)
            raise NotFoundError(f"there is no process {name!r} here; there are {known}", "PROCESS_NOT_FOUND")
        return self.processes[name]

    async def run(self, doing: str, *argv: str, given: bytes = b"", timeout_s: float = RUN_S) -> bytes:
        """Run a program on the display, and return what it said on its standard output.

        Raises:
            FailedError: It failed.
            UnavailableError: The display isn't started, or there is no such program.
        """
        done = await self.attempt(*argv, given=given, timeout_s=timeout_s)
        if done.exit_code != 0:
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            raise FailedError(f"{doing}: {lines[-1] if lines else f'{argv[0]} failed'}")
        return done.stdout

    async def attempt(self, *argv: str, given: bytes = b"", timeout_s: float = RUN_S) -> programs.Finished:
        """Run a program on the display, and return how it ended; raises as ``run`` when it can't be run."""
        self._refuse_stopped()
        env = self.environment
        try:
            return await programs.run(self.running, argv, env, given=given, timeout_s=timeout_s)
        except AgentError as error:
            message = (
                f"{argv[0]} can't be run in the sandbox: {error.strerror}; install it on the server's host"
            )
            raise UnavailableError(message) from error

    async def geometry(self) -> tuple[int, int]:
        """Return the display's width and height in pixels."""
        said = await self.run("get display info", "xdotool", "getdisplaygeometry")
        width, height = said.split()
        return int(width), int(height)

    async def close(self) -> None:
        """End it all: the sandbox is stopping."""
        await self.stop()

    def _refuse_stopped(self) -> None:
        if not self._display.alive:
            raise UnavailableError("computer use is not started; start it first")

    async def _start(self) -> None:
        found = await programs.find(self.running, *_PROGRAMS)
        missing = [name for name in _PROGRAMS if name not in found]
        if missing:
            packages = ", ".join(_PROGRAMS[name] for name in missing)
            raise UnavailableError(
                f"start computer use: the sandbox has no {' and no '.join(missing)};"
                f" install {packages} on the server's host"
            )
        await self._start_display(found["Xvfb"])

    async def _start_display(self, program: str) -> None:
        await self._lay_cookie()
        await self.running.agent.ask("mkdir", path=_SOCKETS, mode=0o1777)
        screen = ["-screen", "0", f"{self._size()}x{DEPTH}"]
        options = ["-displayfd", "1", "-auth", self._cookie_file, "-nolisten", "tcp", "-noreset"]
        await self._display.start([program, *options, *screen])
        if not await self._display.begun(START_S):
            await self._display.stop()
            said = str(self._display.stderr).strip().splitlines()
            raise UnavailableError(
                f"start computer use: {said[-1] if said else 'the display does not come up'}"
            )
        self._number = str(self._display.stdout).split()[0]
        await self.bus.start(self.environment)
        self.running.env |= self.environment
        self.running.unset -= self.environment.keys()

    async def _stop(self) -> None:
        given = self.environment
        await self.bus.stop()
        await self._display.stop()
        for name, value in given.items():
            if self.running.env.get(name) == value:
                del self.running.env[name]

    @property
    def _cookie_file(self) -> str:
        return f"{self.running.agent.home}/.Xauthority"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables by which programs find the display, and one another."""
        return {"DISPLAY": f":{self._number}", "XAUTHORITY": self._cookie_file, **self.bus.environment}

    async def _lay_cookie(self) -> None:
        """Write the secret where programs of this sandbox look for it."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        fd, _ = await self.running.agent.open(self._cookie_file, flags, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(_authority(secrets.token_bytes(16)))

    def _size(self) -> str:
        """Return the display's size, which the sandbox may choose as it does at Daytona's."""
        size = str(self.running.sandbox.env.get("VNC_RESOLUTION", DEFAULT_SIZE))
        if not _SIZE.fullmatch(size):
            raise InvalidError(f"VNC_RESOLUTION is {size!r}; set it to a size such as {DEFAULT_SIZE}")
        return size


def _authority(cookie: bytes) -> bytes:
    """Return the contents of an X authority file with one secret, for any display."""
    fields: Sequence[bytes] = (b"", b"", b"MIT-MAGIC-COOKIE-1", cookie)
    return struct.pack(">H", _ANY_HOST) + b"".join(struct.pack(">H", len(field)) + field for field in fields)
