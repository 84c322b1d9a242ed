"""Run one operation on a resource: within its time, and with its failure in one line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from daytona_httpx import DaytonaError

from pulumi_daytona.core.errors import ProviderError, failed, one_line
from pulumi_daytona.core.session import Session

_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 2.0


@asynccontextmanager
async def operation(
    session: Session, action: str, timeout_s: float | None = None, setting: str = ""
) -> AsyncIterator[None]:
    """Limit the time of what is done inside, and turn its failure into one line.

    Args:
        session: The session, for the URL of an API that can't be reached.
        action: What is being done, for example ``create sandbox "ci-42"``.
        timeout_s: Seconds; None is no limit.
        setting: The input that sets the limit, named when the time runs out.

    Raises:
        ProviderError: The operation failed, or its time ran out.
    """
    try:
        async with asyncio.timeout(timeout_s):
            yield
    except DaytonaError as error:
        raise failed(action, error, session.client.api_url) from None
    except TimeoutError as over:
        period = f"{timeout_s:g} s{_last_refusal(over)}"
        text = f"{action}: not done within {period}; raise {setting}, or set 0 for no limit"
        raise ProviderError(text) from None


def _last_refusal(over: BaseException) -> str:
    """Return what was to be asked again when the time ran out: whoever waits for that, waits handling it."""
    error: BaseException | None = over
    while error is not None and not isinstance(error, DaytonaError):
        error = error.__cause__ or error.__context__
    return f" (last: {one_line(error)})" if error else ""


def limit(seconds: float | None, default: float) -> float | None:
    """Return a program's timeout in seconds, the default when it sets none, None (no limit) for 0."""
    return (default if seconds is None else seconds) or None


async def pauses() -> AsyncIterator[None]:
    """Yield at once, then after longer and longer pauses (50 ms to 2 s); the caller limits the time."""
    pause_s = _FIRST_PAUSE_S
    while True:
        yield
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 1.5, _LONGEST_PAUSE_S)
