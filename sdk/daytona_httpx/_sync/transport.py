# Generated from _async by `make generate`; do not edit.
"""Send requests: with the key, within a deadline, again where that is right, and errors as errors."""

from __future__ import annotations

from collections.abc import Iterator, Callable, Mapping, Sequence
from contextlib import closing
from typing import Any, BinaryIO
from urllib.request import getproxies

import httpx

from daytona_httpx._sync import clock
from daytona_httpx._version import API_LEVEL, __version__
from daytona_httpx.answers import error_of, json_of, no_answer, place_of
from daytona_httpx.config import Connection
from daytona_httpx.deadline import Deadline, TimeLeft
from daytona_httpx.errors import DaytonaError, DaytonaRateLimitError, DaytonaTimeoutError
from daytona_httpx.quiet_url import QuietURL
from daytona_httpx.retry import Pace, pace_of, pause_before_repeat, retry_after_s

ANSWER_S = 90.0
"""How long an answer may take: a create or start blocks for up to 30 s on the server."""


class Transport:
    """Send the requests of one client.

    Args:
        connection: Where, and with which key.
        transport: An httpx transport, for tests and for servers in the same process.
    """

    def __init__(self, connection: Connection, transport: httpx.BaseTransport | None = None) -> None:
        self.connection = connection
        self._client = httpx.Client(
            headers={
                **connection.headers,
                "User-Agent": f"daytona-httpx/{__version__}",
                "X-Daytona-Source": "daytona-httpx",
                "X-Daytona-SDK-Version": API_LEVEL,
            },
            limits=httpx.Limits(max_connections=connection.max_connections, max_keepalive_connections=100),
            transport=transport or _direct(connection.max_connections),
        )

    @property
    def headers(self) -> httpx.Headers:
        """Return what every request carries."""
        self._must_be_open()
        return self._client.headers

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def deadline(self, timeout: float | None) -> Deadline:
        """Return a deadline that begins now; 0 and None are no limit.

        Raises:
            DaytonaValidationError: The timeout is negative or not finite.
        """
        return Deadline(timeout, clock.now)

    def request_deadline(self, request_timeout: float | None) -> Deadline:
        """Return the deadline of a single call: the caller's, else the one for every answer."""
        return self.deadline(ANSWER_S if request_timeout is None else request_timeout)

    def api(self, method: str, path: str, deadline: Deadline | None = None, **options: Any) -> Any:
        """Call the main API and return the answer's JSON, None when it has no body."""
        limit = deadline or self.request_deadline(None)
        return json_of(self.send(method, self.connection.api_url + path, limit, **options))

    def send(
        self,
        method: str,
        url: str,
        deadline: Deadline,
        *,
        answer_s: float | None = ANSWER_S,
        rewind: Sequence[BinaryIO] = (),
        unread: bool = False,
        only_reads: bool = False,
        secret: str = "",
        **options: Any,
    ) -> httpx.Response:
        """Send a request until it is answered, refused for good, or out of time.

        Args:
            method: The HTTP method.
            url: The whole URL.
            deadline: When the operation must have ended.
            answer_s: Seconds that a single attempt may stand still; None leaves it to the deadline.
            rewind: Files that each attempt reads from their start.
            unread: Whether the caller reads the answer's body, and closes the answer.
            only_reads: Whether it may be sent again as a GET may, though it is none.
            secret: What the URL holds that no log may show.
            options: What httpx takes: json, params, data, files, headers.

        Raises:
            DaytonaError: The API refused, or no answer came.
        """
        pace, attempt = pace_of(place_of(url)), 1
        while True:
            self.keep(pace, deadline)
            for file in rewind:
                file.seek(0)
            try:
                request = self._request(method, url, TimeLeft(deadline, answer_s), secret, options)
                return self._attempt(request, unread)
            except DaytonaError as error:
                error.attempts = attempt
                pause_s = self.pause_s("GET" if only_reads else method, error, pace)
                if pause_s is None or not deadline.allows(pause_s):
                    raise
                clock.sleep(pause_s)  # in here, so that who is cancelled meanwhile knows the reason
                attempt += 1

    def receive(self, url: str, deadline: Deadline, sink: Callable[[bytes], object], **options: Any) -> None:
        """Get something large, and give it to a sink as it arrives; as ``send``."""
        with closing(self.send("GET", url, deadline, unread=True, **options)) as response:
            for chunk in self.chunks(response):
                sink(chunk)

    def chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body of an unread answer as it arrives.

        Raises:
            DaytonaConnectionError: It broke off.
        """
        try:
            for chunk in response.iter_bytes():
                yield chunk
        except httpx.RequestError as error:
            raise no_answer(error, response.url) from error

    def _request(
        self, method: str, url: str, time_left: TimeLeft, secret: str, options: Mapping[str, Any]
    ) -> httpx.Request:
        self._must_be_open()
        request = self._client.build_request(method, url, extensions={"timeout": time_left}, **options)
        if secret:
            request.url = QuietURL(request.url, secret)
        return request

    def _attempt(self, request: httpx.Request, unread: bool) -> httpx.Response:
        try:
            response = self._client.send(request, stream=True)
        except httpx.RequestError as error:
            raise no_answer(error, request.url) from error
        if unread and response.is_success:
            return response
        with closing(response):
            self._read(response)
        if response.is_success:
            return response
        raise error_of(response)

    def _must_be_open(self) -> None:
        if self._client.is_closed:
            raise DaytonaError("the client is closed; make a new one")

    def _read(self, response: httpx.Response) -> None:
        try:
            response.read()
        except httpx.RequestError as error:
            raise no_answer(error, response.url) from error

    def keep(self, pace: Pace, deadline: Deadline) -> None:
        """Wait until the server takes requests."""
        while (wait_s := pace.wait_s(clock.now())) > 0:
            if not deadline.allows(wait_s):
                raise DaytonaRateLimitError(f"too many requests: the API takes none for {wait_s:.0f} s")
            clock.sleep(wait_s)
        if deadline.is_over:
            raise DaytonaTimeoutError(f"no time was left of {deadline.timeout} seconds")

    def pause_s(self, method: str, error: DaytonaError, pace: Pace) -> float | None:
        """Return the seconds before a request that failed is sent again, None when it must not be."""
        if not isinstance(error, DaytonaRateLimitError):
            return pause_before_repeat(method, error, error.attempts)
        wait_s = retry_after_s(error.headers)
        pace.close_until(clock.now() + wait_s)
        return wait_s


def _direct(max_connections: int | None) -> httpx.BaseTransport | None:
    """Return our own connections; where a proxy is to be used, httpx knows how."""
    if getproxies():
        return None
    from daytona_httpx._sync.connections import (
        Connections,
    )  # a program pays for it with its first client

    return Connections(max_connections)
