"""The errors that any part of Daytona may answer, and those of the connection to it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


class DaytonaError(Exception):
    """Say what was being done and what happened, in one line.

    Args:
        message: That line.
        status_code: The HTTP status, when there was an answer.
        headers: The answer's headers.
        code: The API's machine-readable code.
        source: Which part of Daytona answered.
        request_id: The id that the server gave the request; read from the headers when left out.
        api_message: The server's own words, without prefixes; the message when left out.

    Attributes:
        sandbox_id: The sandbox that exists in spite of the error (a create that timed out).
        attempts: How often the request was sent.

    Example:
        >>> try:
        ...     daytona.get("nobody")
        ... except DaytonaError as error:
        ...     print(error.status_code, error.api_message, sep=": ")
        404: Sandbox with ID or name nobody not found
    """

    sandbox_id: str | None = None
    attempts: int = 1

    def __init__(
        self,
        message: str,
        status_code: int | None = None,
        headers: Mapping[str, Any] | None = None,
        code: str | None = None,
        source: str | None = None,
        request_id: str | None = None,
        *,
        api_message: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status_code = status_code
        self.headers = dict(headers or {})
        self.code = code
        self.source = source
        self.request_id = request_id or _request_id(self.headers)
        self.api_message = message if api_message is None else api_message

    @property
    def error_code(self) -> str | None:
        """Return the code; the older name of ``code``."""
        warnings.warn("error_code is deprecated; use code", DeprecationWarning, stacklevel=2)
        return self.code


def _request_id(headers: Mapping[str, Any]) -> str | None:
    lowered = {name.lower(): value for name, value in headers.items()}
    found = lowered.get("x-request-id") or lowered.get("x-daytona-request-id")
    return None if found is None else str(found)


class DaytonaBadRequestError(DaytonaError):
    """Say that the request is wrong (400), or was refused here before it was sent.

    Example:
        >>> daytona.create(CreateSandboxFromSnapshotParams(snapshot="nowhere"))
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaBadRequestError: Failed to create sandbox: Snapshot nowhere not found...
    """


class DaytonaUnprocessableEntityError(DaytonaError):
    """Say that the request can't be followed (422).

    Example:
        >>> daytona.get("makes-no-sense")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaUnprocessableEntityError: Failed to get sandbox: ...
    """


class DaytonaAuthenticationError(DaytonaError):
    """Say that the key or token isn't valid, or is missing (401).

    Example:
        >>> with Daytona(api_key="no such key", api_url=url) as stranger:
        ...     stranger.get("docs")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaAuthenticationError: Failed to get sandbox: ...
    """


class DaytonaForbiddenError(DaytonaError):
    """Say that the key may not do this (403).

    Example:
        >>> daytona.get("not-for-this-key")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaForbiddenError: Failed to get sandbox: ...
    """


class DaytonaNotFoundError(DaytonaError):
    """Say that there is no such thing (404).

    Example:
        >>> daytona.get("nobody")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaNotFoundError: Failed to get sandbox: Sandbox with ID or name nobody...
    """


class DaytonaGoneError(DaytonaError):
    """Say that it is gone for good (410).

    Example:
        >>> daytona.get("gone-for-good")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGoneError: Failed to get sandbox: ...
    """


class DaytonaConflictError(DaytonaError):
    """Say that it exists already, or is still changing (409).

    Example:
        >>> try:
        ...     found = daytona.create(CreateSandboxFromSnapshotParams(name="docs"))
        ... except DaytonaConflictError:
        ...     found = daytona.get("docs")
        >>> found.name
        'docs'
    """


class DaytonaRateLimitError(DaytonaError):
    """Say that there were too many requests (429).

    Example:
        >>> try:
        ...     daytona.get("too-often")
        ... except DaytonaRateLimitError as error:
        ...     print(error.headers["retry-after"], "s are more than the request was given")
        600 s are more than the request was given
    """


class DaytonaInternalServerError(DaytonaError):
    """Say that the server failed (500).

    Example:
        >>> daytona.get("broken")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaInternalServerError: Failed to get sandbox: ...
    """


class DaytonaBadGatewayError(DaytonaError):
    """Say that a server behind the server failed (502).

    Example:
        >>> daytona.get("behind-a-proxy", request_timeout=0.1)
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaBadGatewayError: Failed to get sandbox: ...
    """


class DaytonaServiceUnavailableError(DaytonaError):
    """Say that the server can't answer now (503).

    Example:
        >>> daytona.get("down", request_timeout=0.1)
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaServiceUnavailableError: Failed to get sandbox: ...
    """


class DaytonaTimeoutError(DaytonaError):
    """Say that the time ran out: the server's (408, 504) or the caller's.

    Example:
        >>> image = Image.base("python:3.12-slim").run_commands("sleep 2")
        >>> try:
        ...     daytona.create(CreateSandboxFromImageParams(image=image), timeout=1)
        ... except DaytonaTimeoutError as error:
        ...     daytona.get(error.sandbox_id).delete()
    """


class DaytonaQueueTimeoutError(DaytonaTimeoutError):
    """Say that there was no place for a sandbox in time.

    Example:
        >>> try:
        ...     made = daytona.create(CreateSandboxFromSnapshotParams(queue_timeout=5))
        ... except DaytonaQueueTimeoutError:
        ...     print("no place for it in 5 minutes")
        ... else:
        ...     made.delete()
    """


class DaytonaSpotEvictedError(DaytonaError):
    """Say that a spot sandbox was taken away.

    Example:
        >>> try:
        ...     made = daytona.create(CreateSandboxFromSnapshotParams(spot=True))
        ... except DaytonaSpotEvictedError:
        ...     made = daytona.create()
        >>> made.delete()
    """


class DaytonaConnectionError(DaytonaError):
    """Say that no answer came.

    Example:
        >>> with Daytona(api_key="key", api_url="http://127.0.0.1:9/api") as nobody:
        ...     nobody.get("docs", request_timeout=0.1)
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaConnectionError: Failed to get sandbox: no answer from ...
    """


class DaytonaConnectionTimeoutError(DaytonaConnectionError, DaytonaTimeoutError):
    """Say that no answer came in time.

    Example:
        >>> daytona.get("slow", request_timeout=0.1)
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaConnectionTimeoutError: Failed to get sandbox: no answer from ...
    """


DaytonaValidationError = DaytonaBadRequestError
DaytonaAuthorizationError = DaytonaForbiddenError


@contextmanager
def prefixed(prefix: str) -> Iterator[None]:
    """Put what was being done before the message of any error raised inside."""
    try:
        yield
    except DaytonaError as error:
        error.message = f"{prefix}{error.message}"
        error.args = (error.message,)
        raise
