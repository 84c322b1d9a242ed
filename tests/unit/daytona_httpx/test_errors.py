"""The tree of errors: official names, official bases, one line each."""

from __future__ import annotations

import pickle

import daytona_httpx
import pytest
from daytona_httpx import (
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    errors,
)
from daytona_httpx.errors import prefixed


def test_every_error_is_exported_and_drawn() -> None:
    names = {name for name, value in vars(errors).items() if name.startswith("Daytona")}
    exported = {name for name in daytona_httpx.__all__ if name.endswith("Error")}
    assert names == exported - {"ExecutionError"}  # what code in an interpreter raised
    drawn = errors.__doc__ or ""
    for name in names:
        assert name in drawn or name.removeprefix("Daytona").removesuffix("Error") in drawn


def test_a_lost_connection_in_time_is_both_kinds() -> None:
    assert issubclass(DaytonaConnectionTimeoutError, DaytonaConnectionError)
    assert issubclass(DaytonaConnectionTimeoutError, DaytonaTimeoutError)


def test_prefixes_stack_and_leave_the_api_s_words() -> None:
    with pytest.raises(DaytonaNotFoundError) as caught, prefixed("outer: "), prefixed("inner: "):
        raise DaytonaNotFoundError("gone", 404)
    assert str(caught.value) == "outer: inner: gone"
    assert caught.value.message == "outer: inner: gone"
    assert caught.value.api_message == "gone"


def test_other_errors_pass_a_prefix_untouched() -> None:
    with pytest.raises(ZeroDivisionError, match=r"^division by zero$"), prefixed("x: "):
        _ = 1 / 0


def test_the_request_id_comes_from_the_headers_or_the_argument() -> None:
    assert DaytonaError("m", headers={"X-Request-Id": "7f3a"}).request_id == "7f3a"
    assert DaytonaError("m", request_id="1").request_id == "1"
    assert DaytonaError("m").request_id is None


def test_an_error_survives_a_process_boundary() -> None:
    error = DaytonaConflictError("m", 409, {"a": "b"}, "CODE", "DAYTONA_API", api_message="words")
    copy = pickle.loads(pickle.dumps(error))
    assert (type(error), str(error), vars(error)) == (type(copy), str(copy), vars(copy))


def test_the_older_name_of_the_code_still_tells_it() -> None:
    with pytest.warns(DeprecationWarning, match="use code"):
        assert "BUSY" == DaytonaError("no", code="BUSY").error_code
