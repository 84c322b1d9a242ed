"""What is told of an operation while it goes on: a front end that can show it listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar

from pulumi_daytona.core.definition import Live


class Progress:
    """Hear nothing; what listens overrides what it wants to hear.

    Attributes:
        listens: Whether there is anybody: what has to be asked for to be told isn't asked for nobody.
        keeps_unready: Whether what was made stays when it doesn't become usable, as the engine can be told
            of it; else a create that fails removes what it has made.
    """

    listens: ClassVar[bool] = False
    keeps_unready: ClassVar[bool] = False

    def status(self, text: str) -> None:
        """Hear what is going on now; it replaces what was said before."""

    def log(self, text: str) -> None:
        """Hear what should stay to be read, such as the log of a build."""

    def made(self, live: Live) -> None:
        """Hear that the resource exists, though it may not be usable yet."""


_listening: ContextVar[Progress] = ContextVar("listening", default=Progress())  # noqa: B039 - it has no state


def progress() -> Progress:
    """Return who listens to the operation that is going on."""
    return _listening.get()


@contextmanager
def heard_by(listener: Progress) -> Iterator[None]:
    """Let someone listen to what is done inside."""
    token = _listening.set(listener)
    try:
        yield
    finally:
        _listening.reset(token)


def log_listener() -> Callable[[str], None] | None:
    """Return what takes a log piece by piece and tells its lines; None when nobody listens."""
    heard = progress()

    def tell(piece: str) -> None:
        for line in piece.splitlines():
            if line.strip():
                heard.log(line)

    return tell if heard.listens else None


class States:
    """Tell each state once, as it is reached.

    Args:
        noun: What has the states, for example ``sandbox``.
    """

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._last = ""

    def __call__(self, state: object) -> None:
        """Hear a state, which may be the same as before."""
        text = str(getattr(state, "value", state)).replace("_", " ")
        if text != self._last:
            self._last = text
            progress().status(f"{self._noun} is {text}")
