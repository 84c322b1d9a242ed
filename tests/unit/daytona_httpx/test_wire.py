"""Values on the wire: paths that can't mean something else, names in camelCase, bare answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import httpx
import pytest
from daytona_httpx import DaytonaError, DaytonaValidationError
from daytona_httpx.wire import Value, fields, given, moment, path_of, value_of


def test_every_part_of_a_path_is_quoted() -> None:
    assert path_of("api-keys", "a/b ?c") == "/api-keys/a%2Fb%20%3Fc"


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_a_part_that_would_name_something_else_is_refused(part: str) -> None:
    with pytest.raises(DaytonaValidationError, match="must not be"):
        path_of("docker-registry", part)


def test_what_was_not_given_is_not_sent() -> None:
    assert given(region_id="us", memory_gib=2, tags=None, force=False) == {
        "regionId": "us", "memoryGiB": 2, "force": False
    }  # fmt: skip


def test_none_is_sent_where_it_says_something() -> None:
    assert fields({"proxy_url": None}) == {"proxyUrl": None}


def test_a_time_is_sent_in_utc() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 6000, timezone(timedelta(hours=1)))
    assert moment(at) == "2026-01-02T02:04:05.006Z"
    assert given(expires_at=at) == {"expiresAt": "2026-01-02T02:04:05.006Z"}


def test_a_time_without_a_zone_is_in_this_machine_s() -> None:
    naive = datetime(2026, 1, 2, 3)
    assert datetime.fromisoformat(moment(naive)) == naive.astimezone(UTC)


def test_a_time_in_text_is_sent_as_it_is() -> None:
    assert moment("2026-01-02") == "2026-01-02"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("true", bool, True),
        ("3", int, 3),
        ('"abc"', str, "abc"),
        ("abc", str, "abc"),
        ("123", str, "123"),
    ],
)
def test_a_bare_value_is_read_with_and_without_quotes(text: str, kind: type[Value], value: Value) -> None:
    assert value_of(httpx.Response(200, text=text), kind) == value


@pytest.mark.parametrize(
    ("text", "kind"), [("<html>", str), ('{"a": 1}', str), ("", str), ("true", int), ("1", bool), ("x", bool)]
)
def test_something_else_than_the_bare_value_is_an_error(text: str, kind: type[Value]) -> None:
    with pytest.raises(DaytonaError, match="was expected"):
        value_of(httpx.Response(200, text=text), kind)
