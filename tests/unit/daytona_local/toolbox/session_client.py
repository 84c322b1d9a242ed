"""A client of one session, as the official one is."""

from __future__ import annotations

from typing import Any

import httpx

NEW = {"X-Daytona-SDK-Version": "0.226.1"}
OLD = {"X-Daytona-SDK-Version": "0.140.0"}


class Client:
    """Speak to one session, as the official client does."""

    def __init__(self, http: httpx.AsyncClient, session_id: str = "s") -> None:
        self.http = http
        self.path = f"/process/session/{session_id}"

    async def run(self, command: str, **more: Any) -> dict[str, Any]:
        """Run a command to its end."""
        answer = await self.http.post(f"{self.path}/exec", json={"command": command, **more}, headers=NEW)
        assert 200 == answer.status_code, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def begin(self, command: str, **more: Any) -> str:
        """Begin a command, and return its path."""
        wanted = {"command": command, "runAsync": True, **more}
        answer = await self.http.post(f"{self.path}/exec", json=wanted)
        assert 202 == answer.status_code
        assert ["cmdId"] == list(answer.json())
        return f"{self.path}/command/{answer.json()['cmdId']}"

    async def exit_code(self, command_path: str) -> int:
        """Return a command's exit code when it has one."""
        await self.http.get(f"{command_path}/logs", params={"follow": "true"})
        return int((await self.http.get(command_path)).json()["exitCode"])

    async def logs(self, command_path: str) -> dict[str, str]:
        """Return a command's output."""
        found: dict[str, str] = (await self.http.get(f"{command_path}/logs", headers=NEW)).json()
        return found

    @classmethod
    async def create(cls, http: httpx.AsyncClient, session_id: str = "s") -> Client:
        """Create the session."""
        answer = await http.post("/process/session", json={"sessionId": session_id})
        assert 201 == answer.status_code
        return cls(http, session_id)


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Return an answer's status and its code."""
    return answer.status_code, answer.json()["code"]
