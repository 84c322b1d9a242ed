# Generated from _async by `make generate`; do not edit.
"""The API itself: its configuration and its health."""

from __future__ import annotations

from daytona_httpx._sync.group import Group
from daytona_httpx.models.system import DaytonaConfiguration, HealthCheck


class System(Group):
    """Ask how this Daytona is set up, and whether it is well."""

    def get_config(self) -> DaytonaConfiguration:
        """Return how it is set up; anyone may ask (get config)."""
        return self._one(DaytonaConfiguration, "get config", "GET", ("config",))

    def check_live(self) -> None:
        """Return when the API answers; anyone may ask (live).

        Raises:
            DaytonaError: It doesn't.
        """
        self._nothing("check the API", "GET", ("health",))

    def check_ready(self) -> HealthCheck:
        """Return how each part is that the API needs (check); needs the key for health checks.

        Raises:
            DaytonaServiceUnavailableError: A part is down.
        """
        return self._one(HealthCheck, "check the API's parts", "GET", ("health", "ready"))
