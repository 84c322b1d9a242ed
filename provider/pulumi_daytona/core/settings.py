"""Where the provider finds Daytona, and the key it uses there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pulumi_daytona.core.errors import ProviderError

_SOURCES = {
    "api_key": ("apiKey", "DAYTONA_API_KEY"),
    "jwt_token": ("jwtToken", "DAYTONA_JWT_TOKEN"),
    "api_url": ("apiUrl", "DAYTONA_API_URL"),
    "organization_id": ("organizationId", "DAYTONA_ORGANIZATION_ID"),
    "target": ("target", "DAYTONA_TARGET"),
}

_MISSING_KEY = (
    "connect to Daytona: there is no API key; set DAYTONA_API_KEY, or "
    "`pulumi config set --secret daytona:apiKey ...`; without an account, `daytona-local serve` prints "
    "a URL and a key for this machine"
)


@dataclass(frozen=True)
class Settings:
    """Hold the connection's settings; the credentials never show in ``repr``."""

    api_key: str | None = field(default=None, repr=False)
    jwt_token: str | None = field(default=None, repr=False)
    api_url: str | None = None
    organization_id: str | None = None
    target: str | None = None


def read_settings(config: Callable[[str], object], environment: Mapping[str, str]) -> Settings:
    """Read the settings from the stack's configuration, then from the environment.

    Args:
        config: Returns the configuration value of a key such as ``daytona:apiKey``, or None.
        environment: The process's environment.

    Raises:
        ProviderError: There is neither a key nor a token.
    """
    values = {
        name: str(config(f"daytona:{key}") or environment.get(variable) or "") or None
        for name, (key, variable) in _SOURCES.items()
    }
    if not values["api_key"] and not values["jwt_token"]:
        raise ProviderError(_MISSING_KEY)
    return Settings(**values)
