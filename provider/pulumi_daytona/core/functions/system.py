"""Look up the API itself: how it is set up, and whether it is well."""

from __future__ import annotations

from daytona_httpx.models.system import DaytonaConfiguration, HealthCheck

from pulumi_daytona.core.functions.arguments import HEALTH
from pulumi_daytona.core.functions.look_up import LookUp

LOOK_UPS = (
    LookUp(
        "get_api_config",
        "Return how the configured Daytona is set up: its version, its default snapshot, its limits.",
        "ConfigController_getConfig",
        DaytonaConfiguration,
        lambda client, _: client.system.get_config(),
    ),
    LookUp(
        "get_api_health",
        "Return how each part is that the API needs. A part that is down is an error.",
        "HealthController_check",
        HealthCheck,
        lambda client, _: client.system.check_ready(),
        needs=HEALTH,
    ),
)
