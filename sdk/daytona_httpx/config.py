"""Where Daytona is, and with which key: the config object, then the environment, then .env files."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from daytona_httpx.errors import DaytonaAuthenticationError, DaytonaValidationError

DEFAULT_API_URL = "https://app.daytona.io/api"
URL_NAMES = ("DAYTONA_API_URL", "DAYTONA_SERVER_URL")

_NO_CREDENTIALS = (
    "connect to Daytona: there is no API key; set DAYTONA_API_KEY or pass api_key; without an account, "
    "`daytona-local serve` prints a URL and a key for this machine"
)


@dataclass(frozen=True)
class DaytonaConfig:
    """Configure a client; what is left out comes from the environment.

    Args:
        api_key: The API key (DAYTONA_API_KEY).
        api_url: The API's URL (DAYTONA_API_URL), by default Daytona's cloud.
        server_url: The older name of ``api_url``.
        target: The region for new sandboxes (DAYTONA_TARGET).
        jwt_token: A token instead of a key (DAYTONA_JWT_TOKEN); needs an organization.
        organization_id: The organization, with a token (DAYTONA_ORGANIZATION_ID).
        connection_pool_maxsize: How many connections are held open at once; None is no limit.
        otel_enabled: The official client's; there is no tracing here, and True warns of that.
        use_deprecated_polling: The official client's; waits are polls here, in either case.

    Example:
        >>> config = DaytonaConfig(api_key=key, api_url=url)
        >>> with Daytona(config) as client:
        ...     client.system.get_config().default_snapshot
        'daytona-local:default'
    """

    api_key: str | None = field(default=None, repr=False)
    api_url: str | None = None
    server_url: str | None = None
    target: str | None = None
    jwt_token: str | None = field(default=None, repr=False)
    organization_id: str | None = None
    connection_pool_maxsize: int | None = 250
    otel_enabled: bool | None = None
    use_deprecated_polling: bool | None = None


class Connection:
    """Hold the settings as resolved.

    Args:
        given: The config, the explicit arguments already in it.
        process: The environment variables.

    Raises:
        DaytonaAuthenticationError: There is no key, no token, or a token without its organization.
        DaytonaValidationError: The URL or the key can't be one.
    """

    def __init__(self, given: DaytonaConfig, process: Mapping[str, str]) -> None:
        if given.otel_enabled:
            warnings.warn("otel_enabled is not followed: this client has no tracing", stacklevel=4)
        files = _Dotenv()

        def find(value: str | None, name: str) -> str | None:
            return (value or process.get(name) or files.get(name) or "").strip() or None

        token = find(given.jwt_token, "DAYTONA_JWT_TOKEN")
        only_token = bool(given.jwt_token) and not given.api_key
        key = None if only_token else find(given.api_key, "DAYTONA_API_KEY")
        organization_id = find(given.organization_id, "DAYTONA_ORGANIZATION_ID")
        if not key and not token:
            raise DaytonaAuthenticationError(_NO_CREDENTIALS)
        if not key and not organization_id:
            raise DaytonaAuthenticationError("connect to Daytona: a token needs DAYTONA_ORGANIZATION_ID too")
        self.api_url = _url(given, process, files)
        self.target = find(given.target, "DAYTONA_TARGET")
        self.max_connections = given.connection_pool_maxsize
        self.headers = {"Authorization": f"Bearer {_printable(key or token or '')}"}
        if not key and organization_id:
            self.headers["X-Daytona-Organization-ID"] = organization_id


def resolve(config: DaytonaConfig | None, environment: Mapping[str, str] | None = None) -> Connection:
    """Resolve the settings of a client, by default with this process's environment; raises as Connection."""
    return Connection(config or DaytonaConfig(), os.environ if environment is None else environment)


def _url(given: DaytonaConfig, process: Mapping[str, str], files: _Dotenv) -> str:
    """Return the API's URL; one in a file of the working folder is not followed: it would get the key."""
    url = given.api_url or given.server_url or next(filter(None, map(process.get, URL_NAMES)), None)
    if not url:
        for name in URL_NAMES:
            if files.get(name):
                warnings.warn(f"{name} in a .env file is ignored; set it in the environment", stacklevel=5)
        return DEFAULT_API_URL
    stripped = url.strip().rstrip("/")
    if not stripped.startswith(("http://", "https://")):
        raise DaytonaValidationError(f"connect to Daytona: the API URL {url!r} doesn't start with https://")
    if not _is_place(stripped):
        raise DaytonaValidationError(f"connect to Daytona: the API URL {url!r} has no host, or a wrong port")
    return stripped


def _is_place(url: str) -> bool:
    try:
        place = urlsplit(url)
        return bool(place.hostname) and place.port != 0
    except ValueError:
        return False


def _printable(secret: str) -> str:
    """Refuse a key that can't be in a header, without showing it."""
    if not (secret.isascii() and secret.isprintable()):
        raise DaytonaValidationError("connect to Daytona: the API key has characters that no key has")
    return secret


class _Dotenv:
    """Read .env.local and .env of the working folder, when something is looked up."""

    def __init__(self) -> None:
        self._values: dict[str, str] | None = None

    def get(self, name: str) -> str | None:
        if self._values is None:
            self._values = {**_read(Path(".env")), **_read(Path(".env.local"))}
        return self._values.get(name)


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    pairs = (line.removeprefix("export ").partition("=") for line in lines if "=" in line and line[0] != "#")
    return {name.strip(): _value(value.strip()) for name, _, value in pairs}


def _value(text: str) -> str:
    """Return a value without its quotes, or without the comment after it."""
    if text[:1] in ("'", '"'):
        return text[1:].partition(text[0])[0]
    return text.partition(" #")[0].rstrip()
