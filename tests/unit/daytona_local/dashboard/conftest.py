"""Fixtures: a server, a client of it, and what reads its stream along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from daytona_local import LocalDaytona, ManualClock

EVENTS = "/dashboard/api/events"


class Follower:
    """Read a stream, line by line; one that brings nothing for a minute is an error."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.iter_lines()
        self.hello = self.next()

    def next(self) -> dict[str, Any]:
        """Return the next line."""
        found: dict[str, Any] = json.loads(next(self._lines))
        return found

    def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Return the next line of a kind whose content has these fields; those before are passed over."""
        while True:
            line = self.next()
            told = line.get(kind, line)
            if line["type"] == kind and fields.items() <= told.items():
                return line


class Scene:
    """Hold a server, its clock, and a client that has its key."""

    def __init__(self, server: LocalDaytona, clock: ManualClock, client: httpx.Client) -> None:
        self.server = server
        self.clock = clock
        self.client = client

    def make(self, **body: Any) -> dict[str, Any]:
        """Make a sandbox, and return it as it is then."""
        made = self.client.post("/api/sandbox", json=body).raise_for_status().json()
        found: dict[str, Any] = self.client.get(f"/api/sandbox/{made['id']}").json()
        return found

    @contextmanager
    def follow(self) -> Iterator[Follower]:
        """Read the stream along."""
        with self.client.stream("GET", EVENTS) as answer:
            assert 200 == answer.status_code
            yield Follower(answer)


@contextmanager
def serving(clock: ManualClock | None = None, **options: Any) -> Iterator[Scene]:
    """Run a server whose time stands still until it is moved."""
    clock = clock or ManualClock()
    with LocalDaytona(clock=clock, **options) as server:
        headers = {"Authorization": f"Bearer {server.api_key}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=60) as client:
            yield Scene(server, clock, client)


@pytest.fixture
def anyone(scene: Scene) -> Iterator[httpx.Client]:
    """Return a client that has no key."""
    with httpx.Client(base_url=scene.server.url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """Return a server for all tests of a module."""
    with serving() as made:
        yield made
