"""The wire models of the groups: secrets stay out of what is printed, odd names are read."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx.models.api_key import ApiKeyList, ApiKeyResponse
from daytona_httpx.models.base import WireModel, parse
from daytona_httpx.models.docker_registry import RegistryPushAccessDto
from daytona_httpx.models.job import Job
from daytona_httpx.models.otel_config import OtelConfig
from daytona_httpx.models.region import (
    CreateRegionResponse,
    RegenerateApiKeyResponse,
    SnapshotManagerCredentials,
)
from daytona_httpx.models.runner import CreateRunnerResponse, Runner, RunnerFull
from daytona_httpx.models.system import DaytonaConfiguration
from daytona_httpx.models.webhook import WebhookAppPortalAccess

HIDDEN = "h1dden"
SECRETS: list[tuple[type[WireModel], dict[str, Any]]] = [
    (ApiKeyResponse, {"name": "n", "value": HIDDEN}),
    (ApiKeyList, {"name": "n", "value": HIDDEN}),
    (RegistryPushAccessDto, {"username": "u", "secret": HIDDEN, "registryUrl": "r"}),
    (OtelConfig, {"endpoint": "e", "headers": {"Authorization": HIDDEN}}),
    (CreateRegionResponse, {"id": "r", "proxyApiKey": HIDDEN}),
    (CreateRegionResponse, {"id": "r", "sshGatewayApiKey": HIDDEN}),
    (CreateRegionResponse, {"id": "r", "snapshotManagerPassword": HIDDEN}),
    (RegenerateApiKeyResponse, {"apiKey": HIDDEN}),
    (SnapshotManagerCredentials, {"username": "u", "password": HIDDEN}),
    (CreateRunnerResponse, {"id": "r", "apiKey": HIDDEN}),
    (RunnerFull, {"id": "r", "name": "n", "apiKey": HIDDEN}),
    (WebhookAppPortalAccess, {"url": f"https://w/{HIDDEN}", "token": HIDDEN}),
    (Job, {"id": "j", "type": "t", "status": "s", "payload": HIDDEN}),
]


@pytest.mark.parametrize(("model", "answer"), SECRETS)
def test_a_secret_is_read_and_not_shown(model: type[WireModel], answer: dict[str, Any]) -> None:
    read = parse(model, answer)
    assert HIDDEN in str(read.model_dump())
    assert HIDDEN not in repr(read)


def test_odd_names_are_read() -> None:
    runner = parse(Runner, {"id": "r", "name": "n", "currentAllocatedMemoryGiB": 1.5, "class": "small"})
    assert (1.5, {"class": "small"}) == (runner.current_allocated_memory_gib, runner.model_extra)
    assert parse(DaytonaConfiguration, {"version": "1", "maintananceMode": True}).maintenance_mode is True
