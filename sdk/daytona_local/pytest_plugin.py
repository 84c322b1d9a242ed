"""The pytest plugin: a local server for a run, clients for its tests, and the same tests on a live account.

pytest loads it for whoever has this package installed, so nothing is imported before a fixture is asked for.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from daytona_httpx import AsyncDaytona, Daytona

    from daytona_local.made_in_test import MadeInTest
    from daytona_local.server import LocalDaytona

_SETTINGS = ("API_KEY", "API_URL", "SERVER_URL", "JWT_TOKEN", "ORGANIZATION_ID", "TARGET")
_RUNTIMES = ("auto", "bubblewrap", "process")
_CORRECT = "correct DAYTONA_API_URL or DAYTONA_API_KEY"
_RESET_S = 120


@dataclass(frozen=True)
class LiveDaytona:
    """Hold where the live account is.

    Args:
        api_url: What a client takes as its API URL.
        api_key: The key.
    """

    api_url: str
    api_key: str = field(repr=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("daytona")
    group.addoption(
        "--daytona-live",
        action="store_true",
        help="Run on the account of DAYTONA_API_KEY and DAYTONA_API_URL; only what a test made is removed.",
    )
    group.addoption(
        "--daytona-runtime",
        default="auto",
        help="How the local server runs sandboxes; process does not isolate them (default: auto).",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a live run without a key or with a URL that can't be one, and runtimes that there are not.

    Raises:
        pytest.UsageError: What to correct.
    """
    runtime = config.getoption("daytona_runtime")
    if runtime not in _RUNTIMES:
        raise pytest.UsageError(f"--daytona-runtime: {runtime!r} is none; choose {', '.join(_RUNTIMES)}")
    if config.getoption("daytona_live"):
        _check_settings()


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say where a live run takes place."""
    return f"daytona: live, {_live().api_url}" if config.getoption("daytona_live") else None


@pytest.fixture(scope="session")
def daytona_server(request: pytest.FixtureRequest) -> Iterator[LocalDaytona | LiveDaytona]:
    """Run a local server for the session (each worker of pytest-xdist has its own), or name the live account.

    Both have `api_url` and `api_key`. The local one serves its control plane: faults, the journal.
    """
    if request.config.getoption("daytona_live"):
        live = _live()
        _check_answer(live)
        yield live
        return
    server = _started(str(request.config.getoption("daytona_runtime")))
    yield server
    server.stop()


@pytest.fixture
def daytona_environment(
    daytona_server: LocalDaytona | LiveDaytona, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """Let every client of a test find the server by its environment, and return these variables.

    The local server is empty again when the test has ended.
    """
    if isinstance(daytona_server, LiveDaytona):
        given = {f"DAYTONA_{name}": os.environ.get(f"DAYTONA_{name}", "") for name in _SETTINGS}
        yield {name: value for name, value in given.items() if value}
        return
    for name in _SETTINGS:
        monkeypatch.delenv(f"DAYTONA_{name}", raising=False)
    variables = {"DAYTONA_API_URL": daytona_server.api_url, "DAYTONA_API_KEY": daytona_server.api_key}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    yield variables
    _reset(daytona_server)


@pytest.fixture
def daytona(daytona_environment: dict[str, str], _made_in_test: MadeInTest) -> Iterator[Daytona]:
    """Return a client; what it makes is gone when the test has ended."""
    from daytona_httpx import Daytona

    with Daytona() as client:
        _made_in_test.watch(client)
        yield client


@pytest.fixture
async def async_daytona(
    daytona_environment: dict[str, str], _made_in_test: MadeInTest
) -> AsyncIterator[AsyncDaytona]:
    """Return an async client, for tests that anyio runs; what it makes is gone when the test has ended."""
    from daytona_httpx import AsyncDaytona

    async with AsyncDaytona() as client:
        _made_in_test.watch_async(client)
        yield client


@pytest.fixture
def _made_in_test(
    request: pytest.FixtureRequest, daytona_environment: dict[str, str]
) -> Iterator[MadeInTest]:
    """Remove from a live account what the test's clients have made; a local server forgets everything."""
    from daytona_httpx import Daytona

    from daytona_local.made_in_test import MadeInTest

    made = MadeInTest()
    yield made
    if request.config.getoption("daytona_live"):
        with Daytona() as client:
            reasons = made.remove(client)
        if reasons:
            pytest.fail(f"remove what the test made: {'; '.join(reasons)}; remove it by hand", pytrace=False)


def _check_settings() -> None:
    """Refuse settings of the environment that no live account can have; raises as ``pytest_configure``."""
    from daytona_httpx import DaytonaError
    from daytona_httpx.config import resolve

    if not os.environ.get("DAYTONA_API_KEY"):
        raise pytest.UsageError(
            "--daytona-live: there is no API key; set DAYTONA_API_KEY, or leave --daytona-live out"
        )
    try:
        resolve(None)
    except DaytonaError as error:
        raise pytest.UsageError(f"--daytona-live: {error}; {_CORRECT}") from None


def _check_answer(live: LiveDaytona) -> None:
    """Let the tests fail in one line if the live account can't be reached, or refuses the key."""
    from daytona_httpx import Daytona, DaytonaError, ListSandboxesQuery

    try:
        with Daytona() as client:
            next(client.list(ListSandboxesQuery(limit=1)), None)
    except DaytonaError as error:
        pytest.fail(f"daytona_server: {live.api_url}: {error}; {_CORRECT}", pytrace=False)


def _live() -> LiveDaytona:
    from daytona_httpx.config import DEFAULT_API_URL, URL_NAMES

    urls = [*map(os.environ.get, URL_NAMES), DEFAULT_API_URL]
    return LiveDaytona(str(next(filter(None, urls))), os.environ["DAYTONA_API_KEY"])


def _started(runtime: str) -> LocalDaytona:
    """Return a server that answers; why there is none is one line."""
    try:
        from daytona_local.runtime import RuntimeFailedError
        from daytona_local.server import LocalDaytona
    except ModuleNotFoundError as error:
        pytest.fail(f"daytona_server: {error}; pip install 'daytona-httpx[local]'", pytrace=False)
    server = LocalDaytona(runtime=runtime, control=True)
    try:
        server.start()
    except (RuntimeFailedError, RuntimeError, OSError) as error:
        reason = str(error).replace("--runtime", "--daytona-runtime")
        pytest.fail(f"daytona_server: {reason}", pytrace=False)
    return server


def _reset(server: LocalDaytona) -> None:
    import httpx

    headers = {"Authorization": f"Bearer {server.api_key}"}
    answer = httpx.post(f"{server.url}/_local/reset", headers=headers, timeout=_RESET_S, trust_env=False)
    answer.raise_for_status()
