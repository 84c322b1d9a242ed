"""The git operations on one folder of a sandbox, and what was refused."""

from __future__ import annotations

from typing import Any

import httpx
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.shell import shell


class Work:
    """Ask for operations on the repository ``work``, unless another path is given."""

    def __init__(self, client: httpx.AsyncClient, box: Running) -> None:
        self.client = client
        self.box = box

    async def post(self, what: str, **asked: Any) -> httpx.Response:
        return await self.client.post(f"/git/{what}", json={"path": "work", **asked})

    async def get(self, what: str, **asked: Any) -> Any:
        return (await self.client.get(f"/git/{what}", params={"path": "work", **asked})).json()

    async def commit(self, where: str, text: str) -> None:
        await shell(self.box, f"cd {where}; echo {text} > file; git add file; git commit -qm {text}")

    async def file(self) -> str:
        return (await shell(self.box, "cat work/file")).strip()


async def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
