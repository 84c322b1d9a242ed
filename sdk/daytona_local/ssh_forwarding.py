"""One port of a sandbox, forwarded through an SSH connection."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable

import asyncssh

from daytona_local.toolbox.pipes import PipeReader, PipeWriter

PAUSE_BYTES = 1024 * 1024
"""When what the server inside has not read yet makes the client wait."""


class Forwarded(asyncssh.SSHTCPSession[bytes]):
    """Lead a channel's data to a connection inside a sandbox and back.

    Args:
        inside: The connection; it is closed with the channel.
        touch: Takes note that the sandbox is in use.
    """

    def __init__(self, inside: socket.socket, touch: Callable[[], None]) -> None:
        self._inside = inside
        self._touch = touch
        self._client_ended = self._server_ended = self._lost = False

    def connection_made(self, chan: asyncssh.SSHTCPChannel[bytes]) -> None:
        """Take the channel."""
        self._channel = chan

    def session_started(self) -> None:
        """Begin to lead data."""
        self._writer = PipeWriter(os.dup(self._inside.fileno()), self._drained)
        self._reader = PipeReader(os.dup(self._inside.fileno()), self._write, self._read_all)

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """Give the server its input."""
        self._touch()
        self._writer.write(data)
        if self._writer.waiting_bytes > PAUSE_BYTES:
            self._channel.pause_reading()

    def eof_received(self) -> bool:
        """End the server's input, and go on with its output."""
        self._client_ended = True
        self._writer.finish()
        self._close_when_over()
        return True

    def pause_writing(self) -> None:
        """Let the server wait: the client is slow."""
        self._reader.pause()

    def resume_writing(self) -> None:
        """Let it go on."""
        self._reader.resume()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the connection inside."""
        self._lost = True
        self._writer.close()
        self._reader.close()
        self._inside.close()

    def _write(self, data: bytes) -> None:
        self._touch()
        self._channel.write(data)

    def _read_all(self) -> None:
        self._server_ended = True
        if not self._lost:
            self._channel.write_eof()
            self._close_when_over()

    def _drained(self) -> None:
        if self._lost:
            return
        if self._client_ended:
            with contextlib.suppress(OSError):  # it has gone already
                self._inside.shutdown(socket.SHUT_WR)
        else:
            self._channel.resume_reading()

    def _close_when_over(self) -> None:
        if self._client_ended and self._server_ended:
            self._channel.close()
