"""An API for httpx.MockTransport: answers from a script, else from the sandboxes it holds."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from typing import Any

import httpx

API_URL = "http://daytona.test/api"
TOOLBOX_URL = "http://toolbox.test/toolbox"

PUSH_ACCESS = {
    "accessKey": "AKID",
    "secret": "s3cret",
    "sessionToken": "t0ken",
    "storageUrl": "http://store.test",
    "organizationId": "org",
    "bucket": "bucket",
    "region": "us-east-1",
}

Record = dict[str, Any]
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def record(sandbox_id: str = "s1", state: str = "started", **fields: Any) -> Record:
    """Return a sandbox as the API sends it."""
    return {
        "id": sandbox_id,
        "organizationId": "org",
        "name": f"{sandbox_id}-name",
        "user": "daytona",
        "env": {},
        "labels": {},
        "public": False,
        "target": "us",
        "cpu": 1,
        "memory": 1,
        "disk": 3,
        "gpu": 0,
        "state": state,
        "toolboxProxyUrl": TOOLBOX_URL,
        **fields,
    }


def refusal(
    status: int, message: str, headers: dict[str, str] | None = None, **fields: Any
) -> httpx.Response:
    """Return an answer that refuses, in the API's form."""
    body = {"statusCode": status, "error": "Refused", "message": message, **fields}
    return httpx.Response(status, json=body, headers=headers)


def changing() -> httpx.Response:
    """Return the refusal of what races with another change of state."""
    return refusal(409, "Sandbox state change in progress")


class FakeApi:
    """Answer requests, and keep them.

    Attributes:
        sandboxes: What GET finds, by id.
        requests: Every request, its body read.
    """

    def __init__(self) -> None:
        self.sandboxes: dict[str, Record] = {}
        self.requests: list[httpx.Request] = []
        self._scripts: dict[tuple[str, str], deque[Answer]] = {}

    def on(self, method: str, path: str, *answers: Answer | Record) -> None:
        """Script the answers to an operation, by the end of its path; the last one is given for ever."""
        made = [
            httpx.Response(200, json=answer) if isinstance(answer, dict) else answer for answer in answers
        ]
        self._scripts[method, path] = deque(made)

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        request.read()
        return self._answer(request)

    async def ahandle(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of the async client, whose bodies may be streams."""
        await request.aread()
        return self._answer(request)

    def sent(self, method: str, path: str = "") -> list[httpx.Request]:
        """Return the requests of a method whose path ends so."""
        return [one for one in self.requests if one.method == method and one.url.path.endswith(path)]

    def bodies(self, method: str, path: str = "") -> list[Any]:
        """Return the JSON bodies of such requests."""
        return [json.loads(one.content) for one in self.sent(method, path)]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        for (method, path), answers in self._scripts.items():
            if method == request.method and request.url.path.endswith(path):
                answer = answers[0] if len(answers) == 1 else answers.popleft()
                if isinstance(answer, Exception):
                    raise answer
                if isinstance(answer, httpx.Response):
                    return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
                return answer(request)
        return self._stored(request)

    def _stored(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.removeprefix("/api/sandbox").strip("/")
        if request.method == "GET" and not name:
            return httpx.Response(200, json={"items": [*self.sandboxes.values()], "nextCursor": None})
        if request.method == "GET" and name in self.sandboxes:
            return httpx.Response(200, json=self.sandboxes[name])
        return refusal(404, f"Sandbox with ID or name {name} not found")
