"""Which bodies are read as JSON objects, and which are refused."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.api.bodies import json_object
from daytona_local.errors import InvalidError
from starlette.requests import Request

pytestmark = pytest.mark.anyio


def request(body: bytes, kind: str = "application/json") -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    return Request({"type": "http", "headers": [(b"content-type", kind.encode())]}, receive)


@pytest.mark.parametrize(
    ("body", "found"),
    [(b"", {}), (b"{}", {}), (b"[]", {}), (b"5", {}), ('{"ä": "\U0001f600"}'.encode(), {"ä": "\U0001f600"})],
)
async def test_what_is_read(body: bytes, found: dict[str, Any]) -> None:
    assert found == await json_object(request(body))


async def test_another_kind_of_body_is_read_as_nothing() -> None:
    assert {} == await json_object(request(b"a=b", "text/plain"))


@pytest.mark.parametrize(
    "body",
    [b"{", b"null", b'"text"', b'{"a": NaN}', b'{"a": "\\ud800"}', b"[" * 100_000, b'{"a": "\xff"}'],
)
async def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidError, match="Invalid JSON in request body"):
        await json_object(request(body))
