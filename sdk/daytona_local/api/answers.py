"""The bodies of refusals, as the API's own: one form for the main API, one for the toolbox."""

from __future__ import annotations

import http
import logging
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from daytona_local import errors
from daytona_local.api.operations import operation_of
from daytona_local.errors import RefusedError
from daytona_local.runtime import AgentError, NotRunningError, RuntimeFailedError
from daytona_local.settings import VERSION
from daytona_local.shortages import shortage
from daytona_local.store import StoreError

logger = logging.getLogger(__name__)

TOOLBOX = "/toolbox/"
HEADERS = {"X-Daytona-Api-Version": VERSION}

_STATUS: dict[type[RefusedError], int] = {
    errors.InvalidError: 400,
    errors.UnauthorizedError: 401,
    errors.ForbiddenError: 403,
    errors.NotFoundError: 404,
    errors.TimeExceededError: 408,
    errors.ConflictError: 409,
    errors.GoneError: 410,
    errors.UnprocessableError: 422,
    errors.PreconditionError: 428,
    errors.ThrottledError: 429,
    errors.FailedError: 500,
    errors.UnimplementedError: 501,
    errors.UnreachableError: 502,
    errors.UnavailableError: 503,
}
_CODE = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    408: "REQUEST_TIMEOUT",
    409: "CONFLICT",
    410: "GONE",
    422: "UNPROCESSABLE_ENTITY",
}


def refusal(path: str, method: str, status: int, message: str, code: str | None = None) -> JSONResponse:
    """Return an answer that refuses.

    Args:
        path: The request's path.
        method: The request's method.
        status: The HTTP status.
        message: What the client is told.
        code: The toolbox's own code; one that follows from the status by default.
    """
    body: dict[str, Any] = {
        "path": path,
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "statusCode": status,
        "error": http.HTTPStatus(status).phrase,
        "message": message,
    }
    if path.startswith(TOOLBOX):
        body |= {"method": method, "source": "DAYTONA_DAEMON"}
        body["code"] = code or _CODE.get(status, "INTERNAL_SERVER_ERROR")
    return JSONResponse(body, status, headers=HEADERS)


def status_of(error: RefusedError) -> int:
    """Return the HTTP status of a refusal."""
    return next(status for kind, status in _STATUS.items() if isinstance(error, kind))


async def refused(request: Request, error: Exception) -> Response:
    """Answer what was refused."""
    assert isinstance(error, RefusedError)
    path = request.url.path
    return refusal(path, request.method, status_of(error), error.message, error.code)


async def not_routed(request: Request, error: Exception) -> Response:
    """Answer what has no route: 501 for an operation that the API has and this server hasn't, else 404."""
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code not in (404, 405):
        return refusal(path, request.method, error.status_code, str(error.detail))
    operation = operation_of(request.method, path)
    if operation is not None:
        message = f"{operation} is not implemented by daytona-local"
        return refusal(path, request.method, 501, message)
    return refusal(path, request.method, 404, f"Cannot {request.method} {path}")


async def not_running(request: Request, error: Exception) -> Response:
    """Answer what met a sandbox that has just ended."""
    return refusal(request.url.path, request.method, 400, f"{error}; start it again")


async def agent_failed(request: Request, error: Exception) -> Response:
    """Answer what the sandbox's own system refused."""
    assert isinstance(error, AgentError)
    lacking = shortage(error)
    status = 503 if lacking else 400
    return refusal(request.url.path, request.method, status, lacking or error.strerror or str(error))


async def runtime_failed(request: Request, error: Exception) -> Response:
    """Answer what the runtime could not do."""
    lacking = shortage(error)
    return refusal(request.url.path, request.method, 503 if lacking else 400, lacking or str(error))


async def out_of_resources(request: Request, error: Exception) -> Response:
    """Answer what this machine had no room, descriptors or processes for.

    Raises:
        Exception: The error itself, which has another reason and should never happen.
    """
    lacking = shortage(error)
    if lacking is None or request.scope["type"] != "http":
        raise error
    logger.error("%s %s: %s", request.method, request.url.path, lacking)
    return refusal(request.url.path, request.method, 503, lacking)


async def store_failed(request: Request, error: Exception) -> Response:
    """Answer what could not be kept: a disk that is full, say."""
    logger.error("%s %s: %s", request.method, request.url.path, error)
    return refusal(request.url.path, request.method, 503, str(error))


async def failed(request: Request, error: Exception) -> Response:
    """Answer what should never happen; the reason goes to the log only."""
    return refusal(request.url.path, request.method, 500, "An unexpected error occurred.")


EXCEPTION_HANDLERS = {
    RefusedError: refused,
    HTTPException: not_routed,
    NotRunningError: not_running,
    AgentError: agent_failed,
    RuntimeFailedError: runtime_failed,
    StoreError: store_failed,
    OSError: out_of_resources,
    RuntimeError: out_of_resources,
    Exception: failed,
}
