"""The head of an HTTP/1.1 request, as far as the preview proxy must understand it."""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

LARGEST_HEAD = 64 * 1024
TOKEN_HEADER = b"x-daytona-preview-token"
TOKEN_PARAMETER = "DAYTONA_SANDBOX_AUTH_KEY"  # noqa: S105 - a parameter's name

CHUNKED = -1

_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) (HTTP/1\.[01])")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\r\n\0]*)")
_LOOPBACK = re.compile(rb"(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d+)?", re.IGNORECASE)
_API_KEY = b"dtn_"
"""What every API key begins with, this server's and Daytona's."""


class BadHeadError(Exception):
    """Say why a head can't be passed on."""


class Head:
    """Hold one request's head.

    Args:
        raw: Its bytes, up to and with the empty line.

    Raises:
        BadHeadError: It is malformed, or two servers could read it in two ways.
    """

    def __init__(self, raw: bytes) -> None:
        line, *fields = raw.strip(b"\r\n").split(b"\r\n")
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadHeadError("the request is not HTTP/1.1")
        self.method = match[1].decode()
        self._target, self._version = match[2], match[3]
        self._fields = [field for field in map(_field, fields) if not _offers_http2(field)]
        self.body_bytes = self._framing()

    @property
    def path(self) -> str:
        """Return the path, without the query: that may hold a token."""
        return self._target.partition(b"?")[0].decode(errors="replace")

    @property
    def is_for_loopback(self) -> bool:
        """Tell whether the Host header is one name of this machine itself."""
        hosts = self._values(b"host")
        return len(hosts) == 1 and _LOOPBACK.fullmatch(hosts[0]) is not None

    @property
    def is_of_foreign_page(self) -> bool:
        """Tell whether a page of another site asks, as browsers say; following a link is no such thing."""
        origins = [origin.partition(b"://")[2] for origin in self._values(b"origin")]
        if origins:
            return not all(map(_LOOPBACK.fullmatch, origins))
        is_there = b"cross-site" in self._values(b"sec-fetch-site")
        return is_there and b"navigate" not in self._values(b"sec-fetch-mode")

    @property
    def is_upgrade(self) -> bool:
        """Tell whether something else than HTTP/1.1 may follow on this connection."""
        return self.method == "CONNECT" or bool(self._values(b"upgrade"))

    @property
    def tokens(self) -> list[bytes]:
        """Return the preview tokens that the request brings, by header and by query."""
        by_query = [value for name, value in self._parameters() if name == TOKEN_PARAMETER]
        return [*self._values(TOKEN_HEADER), *by_query]

    @property
    def bearers(self) -> list[bytes]:
        """Return the keys that the request brings as its Authorization."""
        return [_bearer(value) for value in self._values(b"authorization")]

    def without_tokens(self, api_key: bytes) -> bytes:
        """Return the head as the server inside may see it: without what lets one in here, or elsewhere."""
        kept = [field for field in self._fields if not _lets_in(field, api_key)]
        line = b" ".join((self.method.encode(), self._target_without_token(), self._version))
        return b"\r\n".join([line, *(b"%s: %s" % field for field in kept), b"", b""])

    def _target_without_token(self) -> bytes:
        path, mark, query = self._target.partition(b"?")
        pairs = [pair for pair in query.split(b"&") if _parameter(pair)[0] != TOKEN_PARAMETER]
        if len(pairs) == len(query.split(b"&")):
            return self._target
        return path + (mark + b"&".join(pairs) if pairs else b"")

    def _parameters(self) -> Iterator[tuple[str, bytes]]:
        return map(_parameter, self._target.partition(b"?")[2].split(b"&"))

    def _values(self, name: bytes) -> list[bytes]:
        return [value for field, value in self._fields if field.lower() == name]

    def _framing(self) -> int:
        """Return how many bytes of body follow, or that it is chunked."""
        encodings, lengths = self._values(b"transfer-encoding"), self._values(b"content-length")
        if len(encodings) + len(lengths) > 1:
            raise BadHeadError("the request states the length of its body twice")
        if encodings:
            if encodings[0].lower() != b"chunked":
                raise BadHeadError("the only transfer encoding of a request is chunked")
            return CHUNKED
        if not lengths:
            return 0
        if re.fullmatch(rb"\d{1,18}", lengths[0]) is None:
            raise BadHeadError("the Content-Length is no number")
        return int(lengths[0])


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """Read the next request's head; None when the client has no more.

    Raises:
        BadHeadError: It is too long or malformed.
    """
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
        while not raw.strip(b"\r\n"):  # empty lines before a request mean nothing
            raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError as error:
        raise BadHeadError(f"the request's head is longer than {LARGEST_HEAD} bytes") from error
    return Head(raw)


def _field(line: bytes) -> tuple[bytes, bytes]:
    match = _FIELD.fullmatch(line)
    if match is None:
        raise BadHeadError("the request has a malformed header")
    return match[1], match[2].strip(b" \t")


def _lets_in(field: tuple[bytes, bytes], api_key: bytes) -> bool:
    name, value = field[0].lower(), _bearer(field[1])
    is_key = value.startswith(_API_KEY) or hmac.compare_digest(value, api_key)
    return name == TOKEN_HEADER or (name == b"authorization" and is_key)


def _offers_http2(field: tuple[bytes, bytes]) -> bool:
    """Tell whether a field offers HTTP/2, which isn't spoken here: the offer is not passed on."""
    name, value = field[0].lower(), field[1].lower()
    return name == b"http2-settings" or (name == b"upgrade" and value == b"h2c")


def _parameter(pair: bytes) -> tuple[str, bytes]:
    name, _, value = pair.partition(b"=")
    return unquote_plus(name.decode("latin-1")), unquote_plus(value.decode("latin-1")).encode()


def _bearer(value: bytes) -> bytes:
    kind, _, key = value.partition(b" ")
    return key.strip() if kind.lower() == b"bearer" else b""
