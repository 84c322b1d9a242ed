"""Ask an API without a key: whether it answers, how fast, which version it is, and what time it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from pulumi_daytona.core.errors import ProviderError

TIMEOUT_S = 10.0
_HALF_A_SECOND = timedelta(seconds=0.5)


def local_time() -> datetime:
    """Return this machine's time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Answer:
    """Hold what an API says of itself.

    Args:
        url: Its URL.
        version: Its version.
        seconds: How long the answer took.
        clock_ahead_s: Seconds that its clock is ahead of this machine's; None when it doesn't tell.
        default_snapshot: What sandboxes are made from that name nothing.
    """

    url: str
    version: str
    seconds: float
    clock_ahead_s: float | None
    default_snapshot: str | None

    @property
    def server_time(self) -> datetime:
        """Return the API's time, as far as it is known; its clock is the one that ages are told by."""
        return local_time() + timedelta(seconds=self.clock_ahead_s or 0.0)


async def probe(
    url: str,
    now: Callable[[], datetime] = local_time,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Answer:
    """Ask an API how it is set up (get config).

    Args:
        url: The API's URL.
        now: Tells this machine's time.
        transport: An httpx transport, for tests.

    Raises:
        ProviderError: It can't be reached, or what answers is no Daytona API.
    """
    async with httpx.AsyncClient(timeout=TIMEOUT_S, transport=transport) as client:
        sent_at = now()
        try:
            response = await client.get(f"{url}/config")
        except (httpx.RequestError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise ProviderError(
                f"{url} can't be reached ({reason}); check the URL, the network, and that the server is up"
            ) from None
        answered_at = now()
    config = _config(response)
    if config is None:
        raise ProviderError(
            f"{url} answers {response.status_code}, but not as Daytona's API; its URL ends with /api"
        )
    version = response.headers.get("X-Daytona-Api-Version") or config["version"]
    taken = answered_at - sent_at
    ahead_s = _ahead_s(response.headers.get("Date"), sent_at + taken / 2)
    snapshot = config.get("defaultSnapshot") or None
    return Answer(url, str(version), taken.total_seconds(), ahead_s, snapshot)


def _config(response: httpx.Response) -> dict[str, Any] | None:
    if not response.is_success or "json" not in response.headers.get("Content-Type", ""):
        return None
    try:
        config = response.json()
    except ValueError:
        return None
    return config if isinstance(config, dict) and "version" in config else None


def _ahead_s(date: str | None, at: datetime) -> float | None:
    """Compare a Date header, which leaves out the fraction of a second, with this machine's time."""
    try:
        told = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    return (told + _HALF_A_SECOND - at).total_seconds() if told.tzinfo else None
