"""What an answer says: its JSON, or its error."""

from __future__ import annotations

from typing import Any

import httpx

from daytona_httpx import errors
from daytona_httpx.errors import DaytonaConnectionError, DaytonaConnectionTimeoutError, DaytonaError

SOURCE_DAEMON = "DAYTONA_DAEMON"
LONGEST_TEXT = 300
"""How much of an answer that isn't Daytona's own (a proxy's page) goes into a message."""

_BY_STATUS: dict[int, type[DaytonaError]] = {
    400: errors.DaytonaBadRequestError,
    401: errors.DaytonaAuthenticationError,
    403: errors.DaytonaForbiddenError,
    404: errors.DaytonaNotFoundError,
    408: errors.DaytonaTimeoutError,
    409: errors.DaytonaConflictError,
    410: errors.DaytonaGoneError,
    422: errors.DaytonaUnprocessableEntityError,
    429: errors.DaytonaRateLimitError,
    500: errors.DaytonaInternalServerError,
    502: errors.DaytonaBadGatewayError,
    503: errors.DaytonaServiceUnavailableError,
    504: errors.DaytonaTimeoutError,
}
_BY_DAEMON_CODE: dict[str, type[DaytonaError]] = {
    "GIT_AUTH_FAILED": errors.DaytonaGitAuthFailedError,
    "GIT_REPO_NOT_FOUND": errors.DaytonaGitRepoNotFoundError,
    "GIT_BRANCH_NOT_FOUND": errors.DaytonaGitBranchNotFoundError,
    "GIT_BRANCH_EXISTS": errors.DaytonaGitBranchExistsError,
    "GIT_PUSH_REJECTED": errors.DaytonaGitPushRejectedError,
    "GIT_DIRTY_WORKTREE": errors.DaytonaGitDirtyWorktreeError,
    "GIT_MERGE_CONFLICT": errors.DaytonaGitMergeConflictError,
    "GIT_TRANSPORT_FAILED": errors.DaytonaGitTransportFailedError,
    "GIT_REMOTE_REJECTED": errors.DaytonaGitRemoteRejectedError,
    "FILE_NOT_FOUND": errors.DaytonaFileNotFoundError,
    "FILE_ACCESS_DENIED": errors.DaytonaFileAccessDeniedError,
    "FILE_READ_FAILED": errors.DaytonaFileReadFailedError,
    "INVALID_FILE_PATH": errors.DaytonaInvalidFilePathError,
    "LSP_SERVER_NOT_INITIALIZED": errors.DaytonaLspServerNotInitializedError,
    "PROCESS_EXECUTION_TIMEOUT": errors.DaytonaProcessExecutionTimeoutError,
    "PROCESS_NOT_FOUND": errors.DaytonaProcessNotFoundError,
    "SESSION_ENDED": errors.DaytonaSessionEndedError,
    "COMMAND_ALREADY_COMPLETED": errors.DaytonaCommandAlreadyCompletedError,
    "A11Y_UNAVAILABLE": errors.DaytonaA11yUnavailableError,
    "RECORDING_STILL_ACTIVE": errors.DaytonaRecordingStillActiveError,
    "RECORDING_FFMPEG_NOT_FOUND": errors.DaytonaRecordingFfmpegNotFoundError,
}


def json_of(response: httpx.Response) -> Any:
    """Return an answer's JSON, None when it has no body.

    Raises:
        DaytonaError: The body isn't JSON, so something else than Daytona answered.
    """
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError as error:
        raise DaytonaError(
            f"the answer of {place_of(response.url)} is not JSON; check the API URL, it usually ends in /api",
            response.status_code,
            dict(response.headers),
        ) from error


def object_of(answer: Any) -> dict[str, Any]:
    """Return an answer that must be a JSON object.

    Raises:
        DaytonaError: It is something else.
    """
    if not isinstance(answer, dict):
        raise DaytonaError(f"the API answered {type(answer).__name__} where an object was expected")
    return answer


def url_of(answer: Any) -> str:
    """Return the address that an answer must hold.

    Raises:
        DaytonaError: It holds none.
    """
    url = object_of(answer).get("url")
    if not isinstance(url, str):
        raise DaytonaError("the API answered no address where one was expected")
    return url


def items_of(answer: Any) -> list[dict[str, Any]]:
    """Return an answer that must be a list of JSON objects.

    Raises:
        DaytonaError: It is something else.
    """
    if not isinstance(answer, list):
        raise DaytonaError(f"the API answered {type(answer).__name__} where a list was expected")
    return [object_of(item) for item in answer]


def error_of(response: httpx.Response) -> DaytonaError:
    """Turn an answer that refuses into its error; its body must have been read.

    A 404 without Daytona's own words is no DaytonaNotFoundError: a proxy, or a wrong URL, must not look
    like a thing that is gone.
    """
    body, status, headers = _body(response), response.status_code, dict(response.headers)
    words = body.get("message") or body.get("error") or body.get("errors")
    if not words:
        kind = DaytonaError if status == 404 else _BY_STATUS.get(status, DaytonaError)
        return kind(_foreign_words(response), status, headers)
    message = ", ".join(map(str, words)) if isinstance(words, list) else str(words)
    code, source = body.get("code") or body.get("error_code"), body.get("source")
    daemon_kind = _BY_DAEMON_CODE.get(str(code)) if source == SOURCE_DAEMON else None
    kind = daemon_kind or _BY_STATUS.get(status, DaytonaError)
    return kind(" ".join(message.split()), status, headers, code, source, api_message=message)


def no_answer(error: httpx.RequestError, url: httpx.URL | str) -> DaytonaConnectionError:
    """Turn a failed connection into its error; it names the server, but no path: that may hold a token."""
    kind = (
        DaytonaConnectionTimeoutError if isinstance(error, httpx.TimeoutException) else DaytonaConnectionError
    )
    return kind(f"no answer from {place_of(url)}: {str(error) or type(error).__name__}")


def place_of(url: httpx.URL | str) -> str:
    """Return scheme, host and port of a URL."""
    parsed = httpx.URL(url)
    return f"{parsed.scheme}://{parsed.netloc.decode()}"


def _body(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _foreign_words(response: httpx.Response) -> str:
    """Return what an answer says that is not in the API's form."""
    if response.is_redirect:
        return f"redirected to {place_of(response.headers.get('location', ''))}; set the API URL to that"
    text = " ".join(response.text.split())
    if text.startswith("<") or not text:
        text = response.reason_phrase
    said = f"HTTP {response.status_code} from {place_of(response.url)} ({text[:LONGEST_TEXT]})"
    return f"{said}; check the API URL, it usually ends in /api" if response.status_code == 404 else said
