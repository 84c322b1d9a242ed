"""The API itself: its configuration and its health."""

from __future__ import annotations

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.system import DaytonaConfiguration, HealthCheck


class AsyncSystem(AsyncGroup):
    """Ask how this Daytona is set up, and whether it is well."""

    async def get_config(self) -> DaytonaConfiguration:
        """Return how it is set up; anyone may ask (get config)."""
        return await self._one(DaytonaConfiguration, "get config", "GET", ("config",))

    async def check_live(self) -> None:
        """Return when the API answers; anyone may ask (live).

        Raises:
            DaytonaError: It doesn't.
        """
        await self._nothing("check the API", "GET", ("health",))

    async def check_ready(self) -> HealthCheck:
        """Return how each part is that the API needs (check); needs the key for health checks.

        Raises:
            DaytonaServiceUnavailableError: A part is down.
        """
        return await self._one(HealthCheck, "check the API's parts", "GET", ("health", "ready"))
