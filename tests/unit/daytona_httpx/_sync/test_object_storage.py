"""An image's files on their way through real sockets, to a store without TLS."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from daytona_httpx import CreateSandboxFromImageParams, Daytona, Image

from tests.unit.daytona_httpx.fake_api import PUSH_ACCESS, record


class Server(BaseHTTPRequestHandler):
    """Be the API and the store in one."""

    protocol_version = "HTTP/1.1"
    objects: ClassVar[dict[str, bytes]] = {}
    created: ClassVar[list[Any]] = []

    def do_GET(self) -> None:
        self._answer(200, {**PUSH_ACCESS, "storageUrl": f"http://{self.headers['Host']}/store"})

    def do_HEAD(self) -> None:
        self._answer(200 if self.path in self.objects else 404)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_right = hashlib.sha256(body).hexdigest() == self.headers["x-amz-content-sha256"]
        self.objects[self.path] = body
        self._answer(200 if is_right else 400)

    def do_POST(self) -> None:
        self.created.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._answer(200, record())

    def _answer(self, status: int, body: Any = None) -> None:
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """Return the URL of the API."""
    Server.objects.clear()
    Server.created.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api"
        server.shutdown()
        thread.join()


def test_a_folder_is_sent_once_and_named_in_the_create(url: str, tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    for number in range(50):
        (tmp_path / "app" / f"{number}.bin").write_bytes(bytes([number]) * 20_000)
    image = Image.base("x").add_local_dir(tmp_path / "app", "/app")
    with Daytona(api_key="k", api_url=url) as client:
        client.create(CreateSandboxFromImageParams(image=image))
        client.create(CreateSandboxFromImageParams(image=image))
    ((path, content),) = Server.objects.items()
    digest = hashlib.sha256(content).hexdigest()
    assert f"/store/bucket/org/{digest}/context.tar" == path
    assert [[digest], [digest]] == [one["buildInfo"]["contextHashes"] for one in Server.created]
    assert len(content) > 1_000_000
