# Generated from _async by `make generate`; do not edit.
"""The connections of one client: httpcore's pool on a network of ours, as a transport of httpx."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from daytona_httpx._sync.network import Network

_POOLS, _EACH = 64, 4
"""A pool looks at each of its connections for each request: many at once are shared out to small ones."""

_KEPT_ALIVE_S = 5.0


class Connections(httpx.BaseTransport):
    """Send requests over connections that are kept for the next ones.

    Args:
        max_connections: About how many there may be at once; None is no limit.
    """

    def __init__(self, max_connections: int | None) -> None:
        tls = httpx.create_ssl_context()
        count = _POOLS if max_connections is None else max(1, min(_POOLS, max_connections // _EACH))
        each = None if max_connections is None else -(-max_connections // count)
        self._pools = [Pool(tls, each) for _ in range(count)]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the answer's body is read later."""
        return min(self._pools, key=lambda pool: pool.busy).send(request)

    def close(self) -> None:
        """Close every connection."""
        for pool in self._pools:
            pool.close()


class Pool:
    """Hold a few connections.

    Args:
        tls: What is trusted.
        max_connections: How many there may be at once.

    Attributes:
        busy: How many requests are under way.
    """

    def __init__(self, tls: ssl.SSLContext, max_connections: int | None) -> None:
        self.busy = 0
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=max_connections,
            keepalive_expiry=_KEPT_ALIVE_S,
            network_backend=Network(),
        )

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request; it is under way until its answer is closed."""
        self.busy += 1
        try:
            with _as_httpx():
                answer = self._pool.handle_request(_as_httpcore(request))
        except BaseException:
            self._end()
            raise
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=Body(answer, self._end),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _end(self) -> None:
        self.busy -= 1


class Body(httpx.SyncByteStream):
    """Read an answer's body as it arrives.

    Args:
        answer: The answer.
        at_end: Is called once, when it is closed.
    """

    def __init__(self, answer: httpcore.Response, at_end: Callable[[], None]) -> None:
        self._answer = answer
        self._at_end: Callable[[], None] | None = at_end

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces as they come."""
        with _as_httpx():
            for piece in self._answer.iter_stream():
                yield piece

    def close(self) -> None:
        """Give the connection back, or close it when there is more to come."""
        at_end, self._at_end = self._at_end, None
        try:
            self._answer.close()
        finally:
            if at_end:
                at_end()


def _as_httpcore(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Raise what httpcore raises as httpx does: its exceptions have the same names."""
    try:
        yield
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
