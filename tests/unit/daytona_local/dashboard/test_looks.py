"""What the dashboard asks of a sandbox again and again: as the toolbox answers, but no use of it."""

from __future__ import annotations

import httpx
import pytest

from tests.unit.daytona_local.dashboard.conftest import Scene


@pytest.mark.parametrize(("look", "toolbox"), [("metrics", "system/metrics"), ("ports", "port")])
def test_a_look_tells_the_same_as_the_toolbox(scene: Scene, look: str, toolbox: str) -> None:
    made = scene.make()
    looked = scene.client.get(f"/dashboard/api/sandbox/{made['id']}/{look}").raise_for_status().json()
    assert scene.client.get(f"/toolbox/{made['id']}/{toolbox}").json().keys() == looked.keys()


@pytest.mark.parametrize("look", ["metrics", "ports"])
def test_a_look_is_no_use_and_not_in_the_journal(scene: Scene, look: str) -> None:
    made = scene.make()
    scene.clock.advance(30)
    scene.client.delete("/_local/journal")
    scene.client.get(f"/dashboard/api/sandbox/{made['id']}/{look}").raise_for_status()
    assert [] == scene.client.get("/_local/journal").json()
    now = scene.client.get(f"/api/sandbox/{made['id']}").json()
    assert made["lastActivityAt"] == now["lastActivityAt"]


def test_a_sandbox_that_does_not_run_can_t_be_looked_at(scene: Scene) -> None:
    made = scene.make()
    scene.client.post(f"/api/sandbox/{made['id']}/stop").raise_for_status()
    assert 400 == scene.client.get(f"/dashboard/api/sandbox/{made['id']}/metrics").status_code
    assert 404 == scene.client.get("/dashboard/api/sandbox/nobody/ports").status_code


def test_a_look_needs_the_server_s_own_key(scene: Scene, anyone: httpx.Client) -> None:
    made = scene.client.post("/api/api-keys", json={"name": "lesser", "permissions": []}).json()
    path = "/dashboard/api/sandbox/any/metrics"
    assert 401 == anyone.get(path).status_code
    assert 403 == scene.client.get(path, headers={"Authorization": f"Bearer {made['value']}"}).status_code
