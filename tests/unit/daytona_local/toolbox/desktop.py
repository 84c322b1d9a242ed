"""The computer use operations of one sandbox, and what they need on this machine."""

from __future__ import annotations

import asyncio
import shutil
from typing import Any

import httpx
import pytest
from daytona_local.toolbox import (
    computer_use_input_routes,
    computer_use_recording_routes,
    computer_use_routes,
)
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.shell import shell

routes = [
    *computer_use_routes.routes,
    *computer_use_input_routes.routes,
    *computer_use_recording_routes.routes,
]


def needs(*names: str) -> pytest.MarkDecorator:
    """Skip where one of these programs is not installed."""
    missing = [name for name in names if shutil.which(name, path="/usr/local/bin:/usr/bin:/bin") is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed on this machine: {', '.join(missing)}")


class Desktop:
    """Ask for computer use operations."""

    def __init__(self, client: httpx.AsyncClient, box: Running) -> None:
        self.client = client
        self.box = box

    async def get(self, what: str, **asked: Any) -> httpx.Response:
        return await self.client.get(f"/computeruse/{what}", params=asked)

    async def post(self, what: str, **asked: Any) -> httpx.Response:
        return await self.client.post(f"/computeruse/{what}", json=asked)

    async def only(self, *programs: str) -> None:
        """Leave the sandbox no programs but these."""
        links = "; ".join(f"ln -s $(command -v {name}) only/" for name in ("sh", *programs))
        await shell(self.box, f"mkdir only; {links}")
        self.box.env["PATH"] = "/home/daytona/only"

    async def shows(self, title: str) -> dict[str, Any]:
        """Wait for a window, and return it."""
        async with asyncio.timeout(20):
            while True:
                for window in (await self.get("display/windows")).json()["windows"]:
                    if title == window["title"]:
                        return dict(window)
                await asyncio.sleep(0.05)
