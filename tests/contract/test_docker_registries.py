"""Docker registries: their life, and what is never told of them."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx.errors import DaytonaNotFoundError

from tests.contract.conftest import Api

pytestmark = pytest.mark.anyio

REGISTRY = {"name": "hub", "url": "https://registry.example.com", "username": "me", "password": "throw-away"}


async def test_a_registry_s_life(api: Api) -> None:
    answer = await api.call(
        "POST", "/docker-registry", {**REGISTRY, "registryType": "internal", "project": "p"}
    )
    made = answer.json()
    assert (201, "organization", "p") == (answer.status_code, made["registryType"], made["project"])
    assert "throw-away" not in answer.text
    path = f"/docker-registry/{made['id']}"
    assert made == (await api.call("GET", path)).json()
    changed = {"name": "other", "url": "r.example.com:5000", "username": "you"}
    answer = await api.call("PATCH", path, changed)
    assert (200, "other", "") == (answer.status_code, answer.json()["name"], answer.json()["project"])
    assert 204 == (await api.call("DELETE", path)).status_code
    missing = (404, f"Docker registry with ID {made['id']} not found")
    assert missing == await api.refusal("DELETE", path)
    assert missing == await api.refusal("PATCH", path, changed)


async def test_names_are_not_unique_and_the_list_is_plain(api: Api) -> None:
    for _ in range(2):
        assert 201 == (await api.call("POST", "/docker-registry", REGISTRY)).status_code
    assert ["hub", "hub"] == [one["name"] for one in (await api.call("GET", "/docker-registry")).json()]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"name": "a"},
            "url must be a URL address, username must be a string, password must be a string",
        ),
        ({**REGISTRY, "url": "no address"}, "url must be a URL address"),
        ({**REGISTRY, "name": 1}, "name must be a string"),
    ],
)
async def test_a_registry_that_can_t_be(api: Api, body: dict[str, Any], message: str) -> None:
    assert (400, message) == await api.refusal("POST", "/docker-registry", body)


async def test_a_change_needs_all_but_the_password(api: Api) -> None:
    made = (await api.call("POST", "/docker-registry", REGISTRY)).json()
    said = await api.refusal("PATCH", f"/docker-registry/{made['id']}", {"name": "a"})
    assert (400, "url must be a URL address, username must be a string") == said


async def test_registries_through_the_client(api: Api) -> None:
    registries = api.client.docker_registries
    made = await registries.create("hub", "https://registry.example.com", "me", "throw-away", project="p")
    assert [made] == await registries.list()
    changed = await registries.update(made.id, "hub", "https://registry.example.com", "you")
    assert changed == await registries.get(made.id)
    await registries.delete(made.id)
    with pytest.raises(DaytonaNotFoundError):
        await registries.delete(made.id)
