"""A reset leaves what a new server has, and only the server's own key may ask for it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from daytona_local import LocalDaytona, ManualClock

OWN = "00000000-0000-4000-8000-00000000da71"
THIS = "00000000-0000-4000-8000-0000000000f1"


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with LocalDaytona(control=True, transition_s=0, clock=ManualClock()) as server:
        headers = {"Authorization": f"Bearer {server.api_key}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
            yield client


def test_a_reset_forgets_all_that_was_made_around_sandboxes(http: httpx.Client) -> None:
    http.post("/api/secret", json={"name": "A", "value": "x"})
    http.post("/api/api-keys", json={"name": "A", "permissions": []})
    http.post("/api/warm-pools", json={"snapshot": "daytona-local:default", "pool": 1})
    http.post("/api/organizations", json={"name": "o", "defaultRegionId": "us"})
    http.patch(f"/api/runners/{THIS}/scheduling", json={"unschedulable": True})
    http.post(f"/api/organizations/{OWN}/suspend", json={"reason": "x"})
    assert 204 == http.post("/_local/reset").status_code
    for path in ("secret", "api-keys", "warm-pools"):
        assert [] == http.get(f"/api/{path}").json()
    for path in ("organizations", "regions", "runners", f"organizations/{OWN}/users"):
        assert 1 == len(http.get(f"/api/{path}").json())
    assert [] == http.get("/api/sandbox?includeWarm=true").json()["items"]
    assert 0 == http.get("/api/jobs").json()["total"]
    assert 200 == http.post("/api/sandbox", json={}).status_code


def test_a_key_that_was_made_can_t_reset_the_server(http: httpx.Client) -> None:
    made = http.post("/api/api-keys", json={"name": "A", "permissions": ["write:sandboxes"]}).json()
    headers = {"Authorization": f"Bearer {made['value']}"}
    for path in ("/_local/reset", "/_local/clock", "/_local/faults"):
        assert 403 == http.post(path, headers=headers).status_code
    assert 403 == http.get("/_local/journal", headers=headers).status_code
    assert 403 == http.delete("/_local/journal", headers=headers).status_code
