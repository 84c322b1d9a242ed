"""Where the provider finds Daytona: the stack's configuration first, then the environment."""

from __future__ import annotations

import pytest
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.settings import Settings, read_settings


def read(config: dict[str, object], environment: dict[str, str]) -> Settings:
    return read_settings(config.get, environment)


def test_the_configuration_wins_over_the_environment() -> None:
    settings = read({"daytona:apiKey": "from config"}, {"DAYTONA_API_KEY": "from environment"})
    assert "from config" == settings.api_key


def test_the_environment_is_enough() -> None:
    settings = read(
        {}, {"DAYTONA_API_KEY": "k", "DAYTONA_API_URL": "http://127.0.0.1:1/api", "DAYTONA_TARGET": "eu"}
    )
    assert ("k", "http://127.0.0.1:1/api", "eu") == (settings.api_key, settings.api_url, settings.target)


def test_a_token_with_its_organization_needs_no_key() -> None:
    settings = read({"daytona:jwtToken": "t", "daytona:organizationId": "o"}, {})
    assert (None, "t", "o") == (settings.api_key, settings.jwt_token, settings.organization_id)


def test_a_missing_key_is_one_line_that_says_what_to_do() -> None:
    with pytest.raises(ProviderError) as error:
        read({}, {})
    words = str(error.value)
    assert "\n" not in words
    assert all(text in words for text in ("DAYTONA_API_KEY", "daytona:apiKey", "daytona-local serve"))


def test_credentials_never_show() -> None:
    assert "hush" not in repr(Settings(api_key="hush", jwt_token="hush"))
