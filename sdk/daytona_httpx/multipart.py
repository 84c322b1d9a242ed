"""Multipart bodies: read the parts of an answer as they arrive, and wrap the one file of an upload."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value

from daytona_httpx.errors import DaytonaError

LONGEST_HEADERS = 64 * 1024

_PLAIN = re.compile(
    r'^content-disposition: form-data; name="(?P<field>[^"\\\r\n]*)"; '
    r'filename="(?P<filename>[^"\\\r\n]*)"\r?$',
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Part:
    """Hold what the head of a part says: the field's name and the file's name."""

    name: str
    filename: str


class MultipartReader:
    """Split a body into parts as its bytes arrive, without ever holding much of it.

    Args:
        content_type: The answer's header, which has the boundary.

    Raises:
        DaytonaError: It has none.
    """

    def __init__(self, content_type: str) -> None:
        boundary = _headers(f"Content-Type: {content_type}").get_param("boundary")
        if not isinstance(boundary, str) or not content_type.lower().startswith("multipart/"):
            raise DaytonaError(f"the answer is no multipart body but {content_type or 'of no type'}")
        self._delimiter = f"\r\n--{boundary}".encode()
        self._buffer = bytearray(b"\r\n")
        self._in_headers = False
        self._in_part = False
        self.is_complete = False

    def feed(self, data: bytes) -> Iterator[Part | bytes]:
        """Yield what the next bytes bring: the head of a part, its content in pieces, ``b""`` at its end.

        Raises:
            DaytonaError: The head of a part has no end.
        """
        self._buffer += data
        while not self.is_complete:
            if self._in_headers:
                if (part := self._head()) is None:
                    return
                yield part
            else:
                content, is_whole = self._content()
                if content and self._in_part:
                    yield content
                if not is_whole:
                    return
                if self._in_part:
                    yield b""
                self._in_headers, self._in_part = True, False

    def _head(self) -> Part | None:
        """Take the head of a part out of the buffer, once all of it is there."""
        if self._buffer.startswith(b"--"):
            self.is_complete = True
            return None
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > LONGEST_HEADERS:
                raise DaytonaError("a part of the answer has a head without an end")
            return None
        head = self._buffer[:end].decode(errors="replace").strip()
        del self._buffer[: end + 4]
        self._in_headers, self._in_part = False, True
        return _part(head)

    def _content(self) -> tuple[bytes, bool]:
        """Take content out of the buffer: up to the next delimiter, or what is certainly none."""
        end = self._buffer.find(self._delimiter)
        if end >= 0:
            content = bytes(self._buffer[:end])
            del self._buffer[: end + len(self._delimiter)]
            return content, True
        certain = max(len(self._buffer) - len(self._delimiter) + 1, 0)
        content = bytes(self._buffer[:certain])
        del self._buffer[:certain]
        return content, False


def envelope(boundary: str, remote_path: str) -> tuple[bytes, bytes]:
    """Return what stands before and after the content of a file that is uploaded in a form."""
    filename = re.sub(r'["\\\r\n]', "_", posixpath.basename(remote_path)) or "upload"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files[0].path"\r\n\r\n{remote_path}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="files[0].file"; filename="{filename}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return head.encode(), f"\r\n--{boundary}--\r\n".encode()


def _part(head: str) -> Part:
    """Read the head of a part: most are written plainly, and the others take ten times as long."""
    if plain := _PLAIN.search(head):
        return Part(plain["field"], plain["filename"])
    headers = _headers(head)
    name, filename = (headers.get_param(key, "", "content-disposition") for key in ("name", "filename"))
    return Part(str(name), collapse_rfc2231_value(filename or ""))


def _headers(text: str) -> Message:
    return HeaderParser().parsestr(text)
