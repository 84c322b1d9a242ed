"""What the messages of a terminal say."""

from __future__ import annotations

import json

import pytest
from daytona_httpx import DaytonaConnectionError, PtyResult
from daytona_httpx.closing import Closing
from daytona_httpx.pty_state import PtyState

from tests.unit.daytona_httpx.toolbox_server import CONNECTED, exited


def failed(error: str | None) -> str:
    """Return the message that a terminal has failed."""
    return json.dumps({"type": "control", "status": "error", "error": error})


def test_output_is_bytes_however_it_comes() -> None:
    state = PtyState()
    assert [b"\xff", "é".encode(), b'{"a": 1}', b"[1]", b"7"] == [
        state.take(message) for message in (b"\xff", "é", '{"a": 1}', "[1]", "7")
    ]
    assert 1 + 2 + 8 + 3 + 1 == state.received


def test_a_control_message_is_no_output() -> None:
    state = PtyState()
    assert b"" == state.take(CONNECTED)
    assert b"" == state.take('{"type": "control", "status": "of a later version"}')
    assert state.is_established
    assert 0 == state.received


def test_text_that_no_parser_takes_is_output() -> None:
    assert 100_000 == len(PtyState().take("[" * 100_000))


def test_a_terminal_that_ended_at_once_was_connected() -> None:
    state = PtyState()
    state.take(exited(1))
    assert state.is_established
    assert not state.is_alive


@pytest.mark.parametrize(
    ("messages", "closing", "result"),
    [
        ([exited(3)], Closing(1000), PtyResult(3)),
        ([exited(137, "killed")], Closing(1000), PtyResult(137, "killed")),
        ([exited(3)], Closing(1006), PtyResult(3)),
        ([exited(None)], Closing(1006), PtyResult(None)),
        ([], Closing(1000), PtyResult(0)),
        ([], Closing(1000, "shell exited"), PtyResult(0)),
        ([], Closing(1000, '{"exitCode": 2}'), PtyResult(2)),
        ([], Closing(1000, '{"exitCode": 137, "exitReason": "killed"}'), PtyResult(137, "killed")),
        ([], Closing(1011, '{"exitCode": 1, "error": "no shell"}'), PtyResult(1, "no shell")),
        ([], Closing(1011, '{"error": "no shell"}'), PtyResult(None, "no shell")),
        ([failed("no pty")], Closing(1000), PtyResult(None, "no pty")),
        ([failed(None)], Closing(1006), PtyResult(None, "the sandbox gave no reason")),
    ],
)  # fmt: skip
def test_how_it_ended_comes_by_message_or_by_the_close(
    messages: list[str], closing: Closing, result: PtyResult
) -> None:
    state = PtyState()
    for message in messages:
        state.take(message)
    state.close(closing)
    assert result == state.result()


@pytest.mark.parametrize("code", [1001, 1005, 1006, 1011])
def test_a_connection_that_broke_off_says_after_how_many_bytes(code: int) -> None:
    state = PtyState()
    state.take(b"12345")
    state.close(Closing(code, "going\naway"))
    for _ in range(2):
        with pytest.raises(DaytonaConnectionError, match=rf"after 5 bytes \(close code {code}, going away\)"):
            state.result()
    assert state.error is not None


def test_who_left_knows_nothing_of_the_end() -> None:
    state = PtyState()
    state.leave()
    state.close(Closing(1000))
    assert PtyResult(None, None) == state.result()
    assert not state.is_alive
