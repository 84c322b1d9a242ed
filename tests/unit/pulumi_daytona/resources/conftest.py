"""Fixtures: the verbs of resources at work on a local server in the same process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import retry
from daytona_local import ManualClock
from daytona_local.app import build_app, open_services
from daytona_local.settings import Settings as ServerSettings
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings

from tests.unit.pulumi_daytona.resources.stack import LossyTransport, Stack

KEY = "dtn_unit"
URL = "http://127.0.0.1:1"


@pytest.fixture
def anyio_backend() -> str:
    """Run async tests on asyncio, in real time: the server is real."""
    return "asyncio"


@pytest.fixture(autouse=True)
def fresh_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test be held back by another's 429."""
    monkeypatch.setattr(retry, "_paces", {})


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[Stack]:
    """Return a stack without an engine: resources of a local server, whose transitions take no time."""
    clock = ManualClock()
    app = build_app(open_services(ServerSettings(tmp_path, KEY, transition_s=0, clock=clock), URL))
    async with app.router.lifespan_context(app):
        transport = LossyTransport(httpx.ASGITransport(app=app, raise_app_exceptions=False))
        session = Session(Settings(api_key=KEY, api_url=f"{URL}/api"), transport=transport)
        organization: dict[str, Any] = (await session.client.organizations.list())[0].model_dump()
        yield Stack(session, transport, organization["id"])
        await session.client.close()
        del session.__dict__["client"]
        session.close()
