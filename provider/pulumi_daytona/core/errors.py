"""The provider's errors: one line that says what was done, what happened, and what to do next."""

from __future__ import annotations

from daytona_httpx import (
    DaytonaAuthenticationError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaForbiddenError,
    DaytonaNotFoundError,
    DaytonaRateLimitError,
)

_NEXT = (
    (DaytonaAuthenticationError, "check DAYTONA_API_KEY or daytona:apiKey"),
    (DaytonaForbiddenError, "give the key the permission that this needs"),
    (DaytonaRateLimitError, "run again later, or with fewer resources at once (--parallel)"),
    (DaytonaConnectionError, "check daytona:apiUrl, and that the server is up"),
)

UNIMPLEMENTED = 501
"""What a server answers that doesn't have an operation: asking again won't help."""


class ProviderError(Exception):
    """Say in one line why an operation failed; expected, so it is shown without a traceback."""


def failed(action: str, error: DaytonaError, url: str | None = None) -> ProviderError:
    """Put an error of the API into one line.

    Args:
        action: What was being done, for example ``create sandbox "ci-42"``.
        error: What the client raised.
        url: The API's URL, named when it could not be reached.
    """
    words = one_line(error)
    if isinstance(error, DaytonaConnectionError) and url:
        words = f"{url} can't be reached ({words})"
    advice = _advice(error)
    return ProviderError(f"{action}: {words}; {advice}" if advice else f"{action}: {words}")


def one_line(error: DaytonaError) -> str:
    """Return what the API said, with the status and the request's id."""
    words = " ".join(str(error.api_message or error).split())
    known = [f"HTTP {error.status_code}"] if error.status_code else []
    known += [f"request {error.request_id}"] if error.request_id else []
    return f"{words} ({', '.join(known)})" if known else words


def _advice(error: DaytonaError) -> str | None:
    if isinstance(error, DaytonaNotFoundError) and error.status_code and is_no_route(error):
        return "check daytona:apiUrl"
    if error.status_code and error.status_code >= 500 and error.status_code != UNIMPLEMENTED:
        return "run it again; if that stays, ask who runs the server"
    return next((advice for kind, advice in _NEXT if isinstance(error, kind)), None)


def is_no_route(error: DaytonaError) -> bool:
    """Tell whether a 404 says that nothing is served under the URL, and not that something isn't there."""
    words = str(error.api_message or "").strip()
    return not words or words.startswith(("Cannot ", "<"))


def is_absence(error: DaytonaNotFoundError) -> bool:
    """Tell whether a 404 is the API's word that the thing doesn't exist.

    A wrong URL answers 404 as well (an unknown route, a proxy's page), and must not look like a
    resource that is gone: everything would be made a second time.
    """
    return "not found" in str(error.api_message or "").lower() and not is_no_route(error)
