"""The connections of one client: httpcore's pool on a network of ours, as a transport of httpx."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from daytona_httpx._async.network import AsyncNetwork

_POOLS, _EACH = 64, 4
"""A pool looks at each of its connections for each request: many at once are shared out to small ones."""

_KEPT_ALIVE_S = 5.0


class AsyncConnections(httpx.AsyncBaseTransport):
    """Send requests over connections that are kept for the next ones.

    Args:
        max_connections: About how many there may be at once; None is no limit.
    """

    def __init__(self, max_connections: int | None) -> None:
        tls = httpx.create_ssl_context()
        count = _POOLS if max_connections is None else max(1, min(_POOLS, max_connections // _EACH))
        each = None if max_connections is None else -(-max_connections // count)
        self._pools = [AsyncPool(tls, each) for _ in range(count)]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the answer's body is read later."""
        return await min(self._pools, key=lambda pool: pool.busy).send(request)

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools:
            await pool.close()


class AsyncPool:
    """Hold a few connections.

    Args:
        tls: What is trusted.
        max_connections: How many there may be at once.

    Attributes:
        busy: How many requests are under way.
    """

    def __init__(self, tls: ssl.SSLContext, max_connections: int | None) -> None:
        self.busy = 0
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=max_connections,
            keepalive_expiry=_KEPT_ALIVE_S,
            network_backend=AsyncNetwork(),
        )

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request; it is under way until its answer is closed."""
        self.busy += 1
        try:
            with _as_httpx():
                answer = await self._pool.handle_async_request(_as_httpcore(request))
        except BaseException:
            self._end()
            raise
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=AsyncBody(answer, self._end),
            extensions=answer.extensions,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    def _end(self) -> None:
        self.busy -= 1


class AsyncBody(httpx.AsyncByteStream):
    """Read an answer's body as it arrives.

    Args:
        answer: The answer.
        at_end: Is called once, when it is closed.
    """

    def __init__(self, answer: httpcore.Response, at_end: Callable[[], None]) -> None:
        self._answer = answer
        self._at_end: Callable[[], None] | None = at_end

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the pieces as they come."""
        with _as_httpx():
            async for piece in self._answer.aiter_stream():
                yield piece

    async def aclose(self) -> None:
        """Give the connection back, or close it when there is more to come."""
        at_end, self._at_end = self._at_end, None
        try:
            await self._answer.aclose()
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
