"""Settings: what is passed wins over the environment, and that over .env files."""

from __future__ import annotations

from pathlib import Path

import pytest
from daytona_httpx import Daytona, DaytonaAuthenticationError, DaytonaConfig, DaytonaValidationError
from daytona_httpx.config import DEFAULT_API_URL, resolve


def bearer(config: DaytonaConfig | None = None, **environment: str) -> str:
    named = {f"DAYTONA_{name}": value for name, value in environment.items()}
    return resolve(config, named).headers["Authorization"]


def test_the_config_wins_over_the_environment() -> None:
    assert bearer(DaytonaConfig(api_key="given"), API_KEY="set") == "Bearer given"


def test_the_environment_wins_over_files() -> None:
    Path(".env").write_text("DAYTONA_API_KEY=filed")
    assert bearer(API_KEY="set") == "Bearer set"


def test_env_local_wins_over_env() -> None:
    Path(".env").write_text("DAYTONA_API_KEY=filed")
    Path(".env.local").write_text("DAYTONA_API_KEY=local")
    assert bearer() == "Bearer local"


@pytest.mark.parametrize(
    "line",
    [
        "DAYTONA_API_KEY=k",
        "export DAYTONA_API_KEY=k",
        "DAYTONA_API_KEY='k'",
        'DAYTONA_API_KEY="k" # mine',
        "DAYTONA_API_KEY = k # mine",
        "# DAYTONA_API_KEY=x\nno pair\n\nDAYTONA_API_KEY=k",
    ],
)
def test_a_file_may_export_quote_and_comment(line: str) -> None:
    Path(".env").write_text(line)
    assert bearer() == "Bearer k"


def test_an_address_in_a_file_is_not_followed_and_said_to_be_ignored() -> None:
    Path(".env").write_text("DAYTONA_API_URL=http://evil.test/api")
    with pytest.warns(UserWarning, match=r"DAYTONA_API_URL in a \.env file is ignored"):
        assert resolve(DaytonaConfig(api_key="k"), {}).api_url == DEFAULT_API_URL


def test_the_older_names_of_the_url_work() -> None:
    assert resolve(DaytonaConfig(api_key="k", server_url="http://a/api/"), {}).api_url == "http://a/api"
    older = {"DAYTONA_API_KEY": "k", "DAYTONA_SERVER_URL": "http://b/api"}
    assert resolve(None, older).api_url == "http://b/api"


def test_a_missing_key_names_the_variable_and_the_local_server() -> None:
    with pytest.raises(DaytonaAuthenticationError) as caught:
        resolve(None, {})
    assert "DAYTONA_API_KEY" in str(caught.value)
    assert "daytona-local serve" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_token_needs_its_organization() -> None:
    with pytest.raises(DaytonaAuthenticationError, match="DAYTONA_ORGANIZATION_ID"):
        resolve(DaytonaConfig(jwt_token="t"), {})


def test_a_token_is_sent_with_its_organization_and_a_key_without() -> None:
    given = {"DAYTONA_API_KEY": "k", "DAYTONA_ORGANIZATION_ID": "o"}
    assert "X-Daytona-Organization-ID" not in resolve(None, given).headers
    headers = resolve(DaytonaConfig(jwt_token="t"), given).headers
    assert headers["Authorization"] == "Bearer t"
    assert headers["X-Daytona-Organization-ID"] == "o"


def test_spaces_around_a_key_are_left_out() -> None:
    assert bearer(API_KEY=" k\n") == "Bearer k"


@pytest.mark.parametrize("key", ["schlüssel", "a\nb"])
def test_a_key_that_can_t_be_one_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(DaytonaValidationError) as caught:
        resolve(DaytonaConfig(api_key=key), {})
    assert key not in str(caught.value)


def test_a_url_without_a_scheme_is_refused() -> None:
    with pytest.raises(DaytonaValidationError, match=r"app\.daytona\.io"):
        resolve(DaytonaConfig(api_key="k", api_url="app.daytona.io/api"), {})


def test_explicit_arguments_win_over_the_config() -> None:
    config = DaytonaConfig(api_key="k", api_url="http://a/api", target="eu")
    with Daytona(config, api_url="http://b/api", target="us") as client:
        assert client.api_url == "http://b/api"
        assert client._target == "us"


def test_a_config_shows_no_secrets() -> None:
    assert "hidden" not in repr(DaytonaConfig(api_key="hidden", jwt_token="hidden"))


def test_tracing_that_is_asked_for_is_said_to_be_missing() -> None:
    with pytest.warns(UserWarning, match="no tracing"):
        Daytona(DaytonaConfig(otel_enabled=True, use_deprecated_polling=True), api_key="k").close()
