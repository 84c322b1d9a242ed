"""One server for all hostile requests, and a client of it that is well-behaved."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, Sandbox
from daytona_local import LocalDaytona, ManualClock

PATIENCE_S = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDaytona]:
    """Return one server for all cases of a file: what one does to it, the next would see."""
    with LocalDaytona(tmp_path_factory.mktemp("server"), transition_s=0, clock=ManualClock()) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: LocalDaytona) -> Iterator[Daytona]:
    """Return our client of it."""
    with Daytona(api_key=server.api_key, api_url=server.api_url) as made:
        yield made


@pytest.fixture(scope="module")
def sandbox(client: Daytona) -> Sandbox:
    """Return a sandbox."""
    return client.create(CreateSandboxFromSnapshotParams(name="box"))


@pytest.fixture
def plain(server: LocalDaytona) -> Iterator[httpx.Client]:
    """Return a client of plain requests with the key; after each case it must still be served."""
    headers = {"Authorization": f"Bearer {server.api_key}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE_S) as made:
        yield made
        assert 200 == made.get("/api/sandbox").status_code
