"""Git and sessions of the sync client; all of them are in _async."""

from __future__ import annotations

import httpx
from daytona_httpx import Daytona, SessionExecuteRequest

from tests.unit.daytona_httpx.fake_api import FakeApi


def test_a_repository_is_cloned_and_looked_at(sync_client: Daytona, api: FakeApi) -> None:
    api.on("POST", "/git/clone", httpx.Response(200))
    api.on("GET", "/git/status", {"currentBranch": "main", "fileStatus": []})
    git = sync_client.get("s1").git
    git.clone("http://git/r", "r", depth=1)
    assert "main" == git.status("r").current_branch
    assert [{"url": "http://git/r", "path": "r", "depth": 1}] == api.bodies("POST")


def test_a_session_runs_a_command_in_the_background(sync_client: Daytona, api: FakeApi) -> None:
    api.on("POST", "/process/session", httpx.Response(201))
    api.on("POST", "/process/session/s/exec", httpx.Response(202, json={"cmdId": "c"}))
    process = sync_client.get("s1").process
    process.create_session("s")
    assert "c" == process.execute_session_command("s", SessionExecuteRequest("x", run_async=True)).cmd_id
    assert [{"sessionId": "s"}, {"command": "x", "runAsync": True}] == api.bodies("POST")
