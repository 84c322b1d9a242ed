"""What is taken for a body, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.errors import InvalidError
from daytona_local.toolbox import bodies
from pydantic import BaseModel
from starlette.requests import Request


class Asked(BaseModel):
    """A body."""

    path: str
    depth: int = 1


def request_of(*chunks: bytes) -> Request:
    """Return a request whose body comes in chunks."""
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": c, "more_body": True} for c in chunks]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    return Request({"type": "http", "method": "POST", "headers": [], "path": "/"}, receive)


async def test_a_body_that_comes_in_pieces_is_one_model() -> None:
    assert Asked(path="/x", depth=2) == await bodies.body(
        request_of(b'{"path": "/x"', b', "depth": 2}'), Asked
    )


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"path": 3}', b"\xff"])
async def test_what_is_not_as_the_model_says_is_refused_by_the_name_of_the_fault(raw: bytes) -> None:
    with pytest.raises(InvalidError, match="the request body is not valid") as caught:
        await bodies.body(request_of(raw), Asked)

    assert "INVALID_REQUEST_BODY" == caught.value.code


async def test_a_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(InvalidError) as caught:
        await bodies.body(request_of(b'{"path": "/x", "depth": "s3cret"}'), Asked)

    assert "s3cret" not in str(caught.value)


async def test_a_body_that_is_too_long_is_refused_before_it_is_whole() -> None:
    piece = b" " * (bodies.LARGEST_BODY // 2)

    with pytest.raises(InvalidError, match="bytes; send less"):
        await bodies.body(request_of(piece, piece, piece, piece), Asked)
