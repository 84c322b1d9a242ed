"""Read what a request to the toolbox brings: a JSON body of a bounded size, as a model."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from daytona_local.errors import InvalidError

LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of JSON; files travel in multipart bodies, which are streamed."""

INVALID = "INVALID_REQUEST_BODY"

ModelT = TypeVar("ModelT", bound=BaseModel)


async def body(request: Request, model: type[ModelT]) -> ModelT:
    """Return a request's JSON body.

    Args:
        request: The request.
        model: What the body must be.

    Raises:
        InvalidError: It is longer than is read, no JSON, or not as the model says.
    """
    raw = await _bounded(request)
    try:
        return model.model_validate_json(raw or b"{}")
    except ValidationError as error:
        raise InvalidError(f"the request body is not valid: {_first(error)}; correct it", INVALID) from None


def query(request: Request, name: str) -> str:
    """Return a parameter of the query that must be there.

    Raises:
        InvalidError: It is missing or empty.
    """
    value = request.query_params.get(name)
    if not value:
        raise InvalidError(f"the query has no {name}; pass one")
    return value


async def _bounded(request: Request) -> bytes:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise InvalidError(f"the request body has more than {LARGEST_BODY} bytes; send less", INVALID)
    return bytes(raw)


def _first(error: ValidationError) -> str:
    """Return the first fault, without the value: that may be a secret."""
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place}: {fault['msg']}" if place else str(fault["msg"])
