"""The time, and waiting: what async code and its generated sync twin don't share; both are by hand."""

from asyncio import Event, get_running_loop, sleep, timeout
from contextlib import suppress

__all__ = ["Event", "listen", "now", "sleep"]


def now() -> float:
    """Return the seconds of a clock that never goes back."""
    return get_running_loop().time()


async def listen(event: Event, seconds: float) -> None:
    """Wait until an event is set, but no longer than some seconds."""
    with suppress(TimeoutError):
        async with timeout(seconds):
            await event.wait()
