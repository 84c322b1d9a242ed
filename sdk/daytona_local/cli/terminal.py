"""The terminal that a command was started on: raw while another terminal is shown in it."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from daytona_httpx import PtySize

from daytona_local.cli.output import CommandError

PIECE = 4096
_LARGEST = 1000
_ENDING = (signal.SIGTERM, signal.SIGHUP)


def size() -> PtySize:
    """Return how large the terminal is now; one that doesn't know has the usual size."""
    columns, rows = os.get_terminal_size(sys.stdin.fileno())
    return PtySize(rows=min(rows or 24, _LARGEST), cols=min(columns or 80, _LARGEST))


@contextmanager
def raw() -> Iterator[None]:
    """Pass keys on as they are, Ctrl-C too, and leave the terminal as it was, whatever ends this.

    Raises:
        CommandError: There is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandError("a shell needs a terminal; for a command use daytona-local exec NAME -- COMMAND")
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    handlers = {number: signal.signal(number, _end) for number in _ENDING}
    try:
        tty.setraw(fd)
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSAFLUSH, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def keys(on_keys: Callable[[bytes], None], on_resize: Callable[[PtySize], None]) -> Iterator[None]:
    """Hand over, from a thread of its own, what is typed and how large the terminal becomes.

    Args:
        on_keys: Takes what is typed; nothing more is read when it raises.
        on_resize: Takes the new size.
    """
    woken, wake = os.pipe()
    ended = threading.Event()

    def changed(_: int, __: FrameType | None) -> None:
        os.write(wake, b"w")

    def pump() -> None:
        stdin = sys.stdin.fileno()
        while not ended.is_set():
            ready, _, _ = select.select([stdin, woken], [], [])
            if woken in ready and os.read(woken, PIECE) and not ended.is_set():
                on_resize(size())
            if stdin in ready:
                if not (data := os.read(stdin, PIECE)):
                    return
                on_keys(data)

    thread = threading.Thread(target=pump, name="keys")
    before = signal.signal(signal.SIGWINCH, changed)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        os.write(wake, b"e")
        thread.join()
        signal.signal(signal.SIGWINCH, before)
        os.close(woken)
        os.close(wake)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
