"""The time, and waiting: what async code and its generated sync twin don't share; written by hand."""

from threading import Event
from time import monotonic as now
from time import sleep

__all__ = ["Event", "listen", "now", "sleep"]


def listen(event: Event, seconds: float) -> None:
    """Wait until an event is set, but no longer than some seconds."""
    event.wait(seconds)
