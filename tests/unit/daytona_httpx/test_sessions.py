"""What callers hand over for sessions and terminals."""

from __future__ import annotations

import base64
import json

import pytest
from daytona_httpx import DaytonaValidationError, PtySize, SessionExecuteRequest
from daytona_httpx.sessions import command_path, pty_params, pty_path, pty_subprotocols, session_path


def test_only_what_is_given_is_in_the_body() -> None:
    assert {"command": "ls"} == SessionExecuteRequest("ls").body()
    assert {"command": "ls", "runAsync": True, "suppressInputEcho": False} == SessionExecuteRequest(
        "ls", run_async=True, suppress_input_echo=False
    ).body()


def test_the_older_name_still_means_the_same() -> None:
    with pytest.warns(DeprecationWarning, match="run_async"):
        request = SessionExecuteRequest("ls", var_async=True)
    assert request.run_async


def test_an_id_is_one_segment_of_a_path() -> None:
    assert "/process/session/a%2Fb/command/c%20d%3F" == command_path("a/b", "c d?")
    assert "/process/pty/%C3%A9" == pty_path("é")


@pytest.mark.parametrize("session_id", ["", ".", ".."])
def test_an_id_that_would_be_another_path_is_refused(session_id: str) -> None:
    for path in (session_path, pty_path):
        with pytest.raises(DaytonaValidationError, match="session_id must not be"):
            path(session_id)
    with pytest.raises(DaytonaValidationError, match="id must not be"):
        pty_params(session_id, None, PtySize(24, 80))


def test_a_terminal_s_size_and_folder_are_in_the_url_and_its_environment_is_not() -> None:
    assert {"id": "p", "cols": "120", "rows": "30", "cwd": "/w"} == pty_params("p", "/w", PtySize(30, 120))
    envs = {"A": "é?>"}
    exit_control, encoded = pty_subprotocols(envs)
    assert ["X-Daytona-Pty-Exit-Control"] == pty_subprotocols() == [exit_control]
    token = encoded.removeprefix("X-Daytona-Pty-Envs~")
    assert not set("=+/") & set(token)
    assert envs == json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
