"""The server that runs inside the sandbox of the tests of previews; it prints its port first."""

from __future__ import annotations

import base64
import hashlib
import json
import queue
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

told = threading.Event()
heard: queue.Queue[bytes] = queue.Queue()


class Handler(BaseHTTPRequestHandler):
    """Tell what came, stream, or leave HTTP."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer by path."""
        own = {"/stream", "/websocket", "/raw", "/listen", "/heard", "/go"}
        (getattr(self, self.path[1:]) if self.path in own else self.tell)()

    def do_POST(self) -> None:
        """Answer by path."""
        self.do_GET()

    def tell(self) -> None:
        """Answer with the request, as it came in here."""
        request = {
            "method": self.command,
            "target": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.body().decode(),
            "peer": self.client_address[1],
        }
        data = json.dumps(request).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self) -> bytes:
        """Read the body in either framing."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline() != b"\r\n":
            pass
        return body

    def go(self) -> None:
        """Let the stream go on."""
        told.set()
        self.tell()

    def stream(self) -> None:
        """Send a part of the answer, and the rest when told so."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"first")
        self.wfile.flush()
        told.wait()
        self.wfile.write(b"second")

    def websocket(self) -> None:
        """Echo one short message."""
        key = self.headers["Sec-WebSocket-Key"] + GUID
        self.send_response(101)
        self.send_header("Connection", "Upgrade")
        self.send_header("Upgrade", "websocket")
        self.send_header(
            "Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        )
        self.end_headers()
        _, length = self.rfile.read(2)
        mask = self.rfile.read(4)
        message = bytes(byte ^ mask[n % 4] for n, byte in enumerate(self.rfile.read(length & 127)))
        self.wfile.write(bytes([0x81, len(message)]) + message)
        self.wfile.write(bytes([0x88, 0]))
        self.close_connection = True

    def raw(self) -> None:
        """Leave HTTP: count all bytes until the client ends its side, and only then answer."""
        self.leave_http()
        self.wfile.write(str(len(self.rfile.read())).encode())
        self.connection.shutdown(socket.SHUT_WR)
        self.close_connection = True

    def listen(self) -> None:
        """Leave HTTP: end this side at once, and only listen."""
        self.leave_http()
        self.connection.shutdown(socket.SHUT_WR)
        heard.put(self.rfile.read())
        self.close_connection = True

    def heard(self) -> None:
        """Answer with what was listened to, when that has ended."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(heard.get())

    def leave_http(self) -> None:
        """Agree to speak something else."""
        self.send_response(101)
        self.send_header("Connection", "Upgrade")
        self.send_header("Upgrade", "raw")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
