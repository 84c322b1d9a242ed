"""Secrets: their life, what is never told of them, and what sandboxes get."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx import CreateSecretParams, UpdateSecretParams
from daytona_httpx.errors import DaytonaConflictError, DaytonaNotFoundError

from tests.contract.conftest import Api
from tests.contract.test_lifecycle import becomes

pytestmark = pytest.mark.anyio

VALUE = "sk-throw-away"
ORGANIZATION = "00000000-0000-4000-8000-00000000da71"


async def secret(api: Api, name: str, value: str = VALUE, **more: Any) -> dict[str, Any]:
    answer = await api.call("POST", "/secret", {"name": name, "value": value, **more})
    assert 201 == answer.status_code, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def told(api: Api, sandbox_id: str, variable: str) -> str:
    """Return what a new process of a sandbox sees as a variable."""
    sandbox = await api.client.get(sandbox_id)
    return (await sandbox.process.exec(f"echo ${variable}")).result.strip()


async def test_a_secret_s_life(api: Api) -> None:
    made = await secret(
        api, "MODEL_KEY", description="for the model", hosts=["api.example.com", "*.example.org"]
    )
    assert VALUE not in str(made)
    assert made["placeholder"].startswith("dtn_secret_")
    path = f"/secret/{made['id']}"
    assert made == (await api.call("GET", path)).json()
    answer = await api.call("PATCH", path, {"description": "for another model", "hosts": []})
    assert (200, "for another model", []) == (
        answer.status_code, answer.json()["description"], answer.json()["hosts"]
    )  # fmt: skip
    assert [made["id"]] == [one["id"] for one in (await api.call("GET", "/secret")).json()]
    answer = await api.call("DELETE", path)
    assert (204, b"") == (answer.status_code, answer.content)
    missing = (404, f"Secret with ID {made['id']} not found")
    for method in ("GET", "PATCH", "DELETE"):
        assert missing == await api.refusal(method, path, {})


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({}, 400, "name must be a string, value must be a string"),
        ({"name": "A", "value": 1, "hosts": "x"}, 400, "value must be a string, hosts must be an array"),
        ({"name": "1A", "value": "x"}, 400, None),
        ({"name": "A B", "value": "x"}, 400, None),
        ({"name": "A", "value": "x\0y"}, 400, "value must not contain zero bytes"),
        ({"name": "A", "value": "x", "hosts": ["api.example.com:443"]}, 400, None),
        ({"name": "A", "value": "x", "hosts": ["http://x"]}, 400, None),
        ({"name": "TAKEN", "value": "x"}, 409, "Secret with name TAKEN already exists"),
    ],
)
async def test_a_secret_that_can_t_be(api: Api, body: Any, status: int, message: str | None) -> None:
    await secret(api, "TAKEN")
    found = await api.refusal("POST", "/secret", body)
    assert status == found[0]
    assert message in (None, found[1])


async def test_pages_meet_each_secret_once(api: Api) -> None:
    for name in "CABD":
        await secret(api, name)
    names, cursor = [], ""
    while True:
        path = f"/secret/paginated?limit=3&sort=name&order=asc&cursor={cursor}"
        page = (await api.call("GET", path)).json()
        names += [one["name"] for one in page["items"]]
        assert 4 == page["total"]
        if page["nextCursor"] is None:
            break
        cursor = page["nextCursor"]
    assert ["A", "B", "C", "D"] == names
    assert (400, "Invalid cursor provided: zzz") == await api.refusal("GET", "/secret/paginated?cursor=zzz")
    assert 400 == (await api.refusal("GET", "/secret/paginated?limit=201"))[0]
    assert 400 == (await api.refusal("GET", "/secret/paginated?sort=value"))[0]


async def test_secrets_through_the_client(api: Api) -> None:
    service = api.client.secret
    made = await service.create(CreateSecretParams(name="A", value=VALUE))
    with pytest.raises(DaytonaConflictError):
        await service.create(CreateSecretParams(name="A", value=VALUE))
    assert "new" == (await service.update(made.id, UpdateSecretParams(description="new"))).description
    assert [made.id] == [one.id for one in (await service.list(name="A")).items]
    await service.delete(made.id)
    with pytest.raises(DaytonaNotFoundError):
        await service.get(made.id)


async def test_a_sandbox_has_its_secrets_as_variables_and_shows_none(api: Api) -> None:
    await secret(api, "one", "value of one")
    sandbox = await api.made(secrets=[{"ONE": "one"}])
    assert "value of one" == await told(api, sandbox["id"], "ONE")
    assert "value of one" not in str(await api.get(sandbox["id"]))


async def test_other_secrets_are_there_for_what_starts_next_and_after_a_start(api: Api) -> None:
    made = await secret(api, "one", "value of one")
    await secret(api, "two", "value of two")
    box = (await api.made(secrets=[{"A": "one", "B": "one"}], env={"A": "of the record"}))["id"]
    assert "value of one" == await told(api, box, "A")
    answer = await api.call("PUT", f"/sandbox/{box}/secrets", {"secrets": [{"C": "two"}]})
    assert 200 == answer.status_code
    after = ("of the record", "", "value of two")
    assert after == (await told(api, box, "A"), await told(api, box, "B"), await told(api, box, "C"))
    await api.call("POST", f"/sandbox/{box}/stop")
    await becomes(api, box, "stopped")
    await api.call("POST", f"/sandbox/{box}/start")
    assert after == (await told(api, box, "A"), await told(api, box, "B"), await told(api, box, "C"))
    await api.call("PUT", f"/sandbox/{box}/secrets", {"secrets": [{"A": "one"}]})
    await api.call("PATCH", f"/secret/{made['id']}", {"value": "another"})
    assert "another" == await told(api, box, "A")


async def test_a_secret_that_there_isn_t_is_refused(api: Api) -> None:
    missing = (404, "Secret 'nope' not found")
    assert missing == await api.refusal("POST", "/sandbox", {"name": "a", "secrets": [{"A": "nope"}]})
    assert 404 == (await api.call("GET", "/sandbox/a")).status_code
    await api.made(name="b")
    assert missing == await api.refusal("PUT", "/sandbox/b/secrets", {"secrets": [{"A": "nope"}]})
    assert 400 == (await api.refusal("PUT", "/sandbox/b/secrets", {}))[0]
    await secret(api, "one")
    assert 400 == (await api.refusal("PUT", "/sandbox/b/secrets", {"secrets": [{"A=B": "one"}]}))[0]


async def test_secrets_are_limited_when_asked_for(api: Api) -> None:
    await secret(api, "A")
    await secret(api, "B")
    limits = {"secretQuota": 2, "maxSecretsPerSandbox": 1}
    await api.call("PATCH", f"/organizations/{ORGANIZATION}/quota", limits)
    assert (400, "Secret quota exceeded. Maximum allowed: 2") == await api.refusal(
        "POST", "/secret", {"name": "C", "value": "x"}
    )
    assert 400 == (await api.refusal("POST", "/sandbox", {"secrets": [{"A": "A"}, {"B": "B"}]}))[0]
