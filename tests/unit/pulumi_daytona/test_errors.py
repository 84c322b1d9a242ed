"""Errors are one line: what was being done, what happened, what to do next."""

from __future__ import annotations

import pytest
from daytona_httpx import (
    DaytonaAuthenticationError,
    DaytonaBadRequestError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaInternalServerError,
    DaytonaNotFoundError,
    DaytonaServiceUnavailableError,
)
from pulumi_daytona.core.errors import failed, is_absence


def test_the_api_s_words_are_kept_on_one_line() -> None:
    error = DaytonaBadRequestError("Total CPU limit exceeded.\nMaximum allowed: 3.", status_code=400)
    expected = 'create sandbox "a": Total CPU limit exceeded. Maximum allowed: 3. (HTTP 400)'
    assert expected == str(failed('create sandbox "a"', error))


def test_a_wrong_key_says_where_keys_are_set() -> None:
    error = DaytonaAuthenticationError("Invalid credentials", status_code=401)
    assert str(failed("read", error)).endswith("; check DAYTONA_API_KEY or daytona:apiKey")


def test_an_api_that_can_t_be_reached_is_named() -> None:
    words = str(failed("read", DaytonaConnectionError("connection refused"), "http://127.0.0.1:1/api"))
    assert "http://127.0.0.1:1/api can't be reached (connection refused)" in words


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (DaytonaInternalServerError("An unexpected error occurred.", status_code=500), "run it again"),
        (DaytonaServiceUnavailableError("", status_code=503), "ask who runs the server"),
        (DaytonaNotFoundError("Cannot GET /wrong/sandbox/x", status_code=404), "check daytona:apiUrl"),
    ],
)
def test_what_a_program_can_t_help_says_what_to_do_next(error: DaytonaError, expected: str) -> None:
    assert expected in str(failed("read", error))


def test_what_doesn_t_exist_is_no_fault_of_the_url() -> None:
    for words in ("Volume 'nope' not found", "Sandbox x has no parent"):
        error = DaytonaNotFoundError(words, status_code=404)
        assert f"create: {words} (HTTP 404)" == str(failed("create", error))


def test_nobody_is_sent_again_for_what_a_server_does_not_have() -> None:
    error = DaytonaError("pauseSandbox is not implemented", status_code=501)
    assert "pause: pauseSandbox is not implemented (HTTP 501)" == str(failed("pause", error))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sandbox with ID or name x not found", True),
        ("Volume with ID x not found", True),
        ("Cannot GET /wrong/sandbox/x", False),
        ("<html><h1>404 Not Found</h1></html>", False),
        ("", False),
    ],
)
def test_only_the_api_s_own_word_means_that_a_thing_is_gone(words: str, expected: bool) -> None:
    assert expected is is_absence(DaytonaNotFoundError(words, status_code=404))
