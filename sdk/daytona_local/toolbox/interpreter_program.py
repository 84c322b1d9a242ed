"""The program that runs as one context of the stateful interpreter, inside a sandbox.

It is one file and uses the standard library only, since it runs with whatever Python is inside. Its
standard input is a socket, on which orders come and reports go, a line of JSON each. Standard output
and standard errors are plain pipes: what the code and its subprocesses write is taken from there.
"""

from __future__ import annotations

import builtins
import contextlib
import json
import linecache
import os
import signal
import socket
import sys
import traceback
import types
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]


class Interpreter:
    """Run one piece of code after the other in one namespace.

    Args:
        channel: Where orders come from and reports go to.
    """

    def __init__(self, channel: socket.socket) -> None:
        self._orders = channel.makefile("r", encoding="utf-8")
        self._reports = channel.makefile("w", encoding="utf-8")
        self._count = 0
        self._interruptible = False
        self._module = types.ModuleType("__main__")
        self._module.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = self._module

    def serve(self) -> None:
        """Follow orders until the server is gone."""
        signal.signal(signal.SIGINT, self._interrupt)
        process_id = os.getpid()
        self._report({"error": None})
        for line in self._orders:
            order = json.loads(line)
            with _environment(order["envs"]):
                report = self._run(order["code"])
            _flush()
            if os.getpid() != process_id:
                os._exit(0)  # the code has forked, and both went on
            self._report(report)

    def _run(self, source: str) -> Message:
        signal.signal(signal.SIGINT, self._interrupt)  # the code before may have changed it
        self._count += 1
        name = f"<cell {self._count}>"
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        try:
            try:
                self._interruptible = True
                exec(compile(source, name, "exec", dont_inherit=True), self._module.__dict__)  # noqa: S102
            finally:
                self._interruptible = False
        except SystemExit:
            return {"error": None}
        except BaseException as error:
            return {"error": _described(error)}
        return {"error": None}

    def _interrupt(self, *_: object) -> None:
        """Interrupt the code; between two pieces there is nothing to interrupt."""
        if self._interruptible:
            raise KeyboardInterrupt

    def _report(self, report: Message) -> None:
        self._reports.write(json.dumps(report) + "\n")
        self._reports.flush()


@contextlib.contextmanager
def _environment(envs: dict[str, str | None]) -> Iterator[None]:
    """Set environment variables for a while; None takes one away."""
    before = {name: os.environ.get(name) for name in envs}
    _set(envs)
    try:
        yield
    finally:
        _set(before)


def _set(envs: dict[str, str | None]) -> None:
    for name, value in envs.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _described(error: BaseException) -> Message:
    """Describe an error as an ordinary interpreter does, without this program's own part in it."""
    frames = error.__traceback__.tb_next if error.__traceback__ else None
    lines = traceback.format_exception(type(error), error, frames)
    try:
        value = str(error)
    except Exception:  # the code may have written its own __str__, which may raise whatever it likes
        value = "<an error without words>"
    return {"name": type(error).__name__, "value": value, "traceback": "".join(lines)}


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # the code may have closed it, or put something else there
            stream.flush()


def main() -> None:
    """Serve on standard input, and give the code an empty one."""
    channel = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    Interpreter(channel).serve()


if __name__ == "__main__":
    main()
