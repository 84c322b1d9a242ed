"""The groups of the sync client."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx import Daytona, DaytonaNotFoundError, DockerRegistry

from tests.unit.daytona_httpx.fake_api import FakeApi, Record, refusal


def job(job_id: str) -> Record:
    return {"id": job_id, "type": "STOP_SANDBOX", "status": "COMPLETED"}


def test_a_registry_is_made_found_and_deleted(sync_client: Daytona, api: FakeApi) -> None:
    registry = {"id": "r1", "name": "mine", "url": "https://r.test", "username": "u"}
    api.on("POST", "/docker-registry", httpx.Response(201, json=registry))
    api.on("GET", "/docker-registry", httpx.Response(200, json=[registry]))
    api.on("DELETE", "/docker-registry/r1", httpx.Response(204), refusal(404, "no such registry"))
    made = sync_client.docker_registries.create("mine", "https://r.test", "u", "pw")
    assert [DockerRegistry(id="r1", name="mine", url="https://r.test", username="u")] == [made]
    assert [made] == sync_client.docker_registries.list()
    sync_client.docker_registries.delete("r1")
    with pytest.raises(DaytonaNotFoundError, match="Failed to delete registry: no such registry"):
        sync_client.docker_registries.delete("r1")


def test_pages_are_walked_to_the_last(sync_client: Daytona, api: FakeApi) -> None:
    pages = [{"items": [job(one)], "page": page, "totalPages": 2} for page, one in ((1, "a"), (2, "b"))]
    api.on("GET", "/jobs", *pages)
    assert ["a", "b"] == [one.id for one in sync_client.jobs.list()]
