"""A body is refused with everything that is wrong in it."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.api.fields import checked
from daytona_local.errors import InvalidError


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = "name must be a string, url must be a URL address, size must be an integer number"
    with pytest.raises(InvalidError, match=said), checked({"url": "no address", "size": 1.5}) as fields:
        _ = (fields.text("name"), fields.url("url"), fields.whole("size", 1))


@pytest.mark.parametrize(
    "value", ["https://x.example.com", "x.example.com:5000", "localhost/path?a=b", "ssh://x"]
)
def test_an_address_needs_no_scheme(value: str) -> None:
    with checked({"url": value}) as fields:
        assert value == fields.url("url")


@pytest.mark.parametrize("value", ["", "a b", "https://", "x:port", 5, None, " x"])
def test_what_is_no_address(value: Any) -> None:
    with pytest.raises(InvalidError), checked({"url": value}) as fields:
        fields.url("url")


@pytest.mark.parametrize("value", [True, "5", 2**31, float("nan"), []])
def test_what_is_no_number(value: Any) -> None:
    with pytest.raises(InvalidError), checked({"n": value}) as fields:
        fields.maybe_number("n")


@pytest.mark.parametrize("value", ["soon", 5, "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_what_is_no_time(value: Any) -> None:
    with pytest.raises(InvalidError), checked({"t": value}) as fields:
        fields.moment("t")


def test_a_whole_number_is_one_however_it_was_written() -> None:
    with checked({"n": 3.0}) as fields:
        assert isinstance(fields.maybe_number("n"), int)


def test_what_is_left_out_is_the_default_and_null_counts_as_sent() -> None:
    with checked({"a": None}) as fields:
        assert ["x"] == fields.texts("b", default=("x",))
        assert fields.maybe_flag("c", default=True)
        assert ("a" in fields, "b" in fields) == (True, False)
