"""A git server on the web, with a password: the git program's own, behind a small HTTP server."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

USERNAME = "ann"
PASSWORD = "pass word&with%signs"


class _Handler(BaseHTTPRequestHandler):
    """Let git answer those who know the password; send the others away, or on to another host."""

    root: ClassVar[Path]
    redirect_to: ClassVar[str | None] = None
    seen: ClassVar[list[str | None]]

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""

    def _serve(self) -> None:
        authorization = self.headers.get("Authorization")
        self.seen.append(authorization)
        expected = base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
        if self.redirect_to:
            self._answer(302, ("Location", self.redirect_to + self.path))
        elif authorization == f"Basic {expected}":
            self._run_git()
        else:
            self._answer(401, ("WWW-Authenticate", 'Basic realm="git"'))

    def _answer(self, status: int, header: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header(*header)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _run_git(self) -> None:
        path, _, query = self.path.partition("?")
        env = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REMOTE_USER": USERNAME,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        data = self._body()
        env["CONTENT_LENGTH"] = str(len(data))
        done = subprocess.run(["git", "http-backend"], input=data, env=env, capture_output=True, check=True)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = b""
        while size := int(self.rfile.readline(), 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data


@contextlib.contextmanager
def serving(
    root: Path, listener: socket.socket, redirect_to: str | None = None
) -> Iterator[tuple[str, list[str | None]]]:
    """Serve the repositories in a folder; yield the address, and the credentials of every request."""
    seen: list[str | None] = []
    handler = type("Handler", (_Handler,), {"root": root, "redirect_to": redirect_to, "seen": seen})
    server = ThreadingHTTPServer(listener.getsockname(), handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
