"""What a create takes, what it refuses, and in which words: as a real server was seen to."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.contract.conftest import Api
from tests.contract.test_lifecycle import becomes

pytestmark = pytest.mark.anyio

DEFAULTS = {
    "cpu": 1, "memory": 1, "disk": 3, "gpu": 0, "user": "daytona", "target": "us", "labels": {}, "env": {},
    "public": False, "networkBlockAll": False, "autoStopInterval": 15, "autoArchiveInterval": 10080,
    "autoDeleteInterval": -1, "state": "started", "desiredState": "started", "volumes": [], "kvm": False,
    "errorReason": None, "recoverable": False, "backupState": "None",
}  # fmt: skip


async def test_a_create_blocks_until_started_and_answers_as_it_was_before(api: Api) -> None:
    answer = await api.call("POST", "/sandbox", {})
    assert (200, "creating") == (answer.status_code, answer.json()["state"])
    found = await api.get(answer.json()["id"])
    assert DEFAULTS == {name: found[name] for name in DEFAULTS}
    assert found["id"] == found["name"]


@pytest.mark.parametrize("content", [b"", b"[]"])
async def test_no_body_and_a_list_are_read_as_all_defaults(api: Api, content: bytes) -> None:
    answer = await api.raw.post("/api/sandbox", content=content, headers={"Content-Type": "application/json"})
    assert 200 == answer.status_code


@pytest.mark.parametrize("content", [b"{", b"null", b'"text"'])
async def test_what_is_no_json_object_is_refused(api: Api, content: bytes) -> None:
    answer = await api.raw.post("/api/sandbox", content=content, headers={"Content-Type": "application/json"})
    assert (400, "Invalid JSON in request body") == (answer.status_code, answer.json()["message"])


async def test_a_body_of_over_100_kib_is_as_if_the_route_was_not_there(api: Api) -> None:
    body = {"labels": {"long": "x" * 101 * 1024}}
    assert (404, "Cannot POST /api/sandbox") == await api.refusal("POST", "/sandbox", body)


async def test_unknown_fields_are_ignored_and_labels_kept_as_sent(api: Api) -> None:
    made = await api.made(nobody="knows", labels={"n": 1, "": None}, env={"A": {"b": 2}})
    assert ({"n": 1, "": None}, {"A": {"b": 2}}) == (made["labels"], made["env"])


async def test_a_name_is_taken_once(api: Api) -> None:
    await api.made(name="one")
    assert (409, "Sandbox with name one already exists") == await api.refusal(
        "POST", "/sandbox", {"name": "one"}
    )
    await api.made(name="One")


async def test_of_five_at_once_with_one_name_exactly_one_is_made(api: Api) -> None:
    answers = await asyncio.gather(*(api.call("POST", "/sandbox", {"name": "same"}) for _ in range(5)))
    assert [200, 409, 409, 409, 409] == sorted(answer.status_code for answer in answers)


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"name": "<b>x</b>"}, (400, "name must not contain HTML tags, URLs, or control characters")),
        ({"name": "http://x"}, (400, "name must not contain HTML tags, URLs, or control characters")),
        ({"labels": []}, (400, "labels must be an object")),
        ({"env": "x"}, (400, "env must be an object")),
        ({"target": "nowhere"}, (404, "Region not found")),
        (
            {"snapshot": "nope:1"},
            (400, "Snapshot nope:1 not found. Did you add it through the Daytona Dashboard?"),
        ),
        ({"cpu": 2}, (400, "Cannot specify Sandbox resources when using a snapshot")),
        ({"cpu": -1}, (400, "cpu must not be less than 0")),
        (
            {"buildInfo": {"dockerfileContent": "FROM x"}, "snapshot": "daytona-local:default"},
            (400, "Cannot specify a snapshot when using a build info entry"),
        ),
        ({"autoStopInterval": -1}, (400, "Auto-stop interval must be non-negative")),
        ({"autoArchiveInterval": -1}, (400, "Auto-archive interval must be non-negative")),
        (
            {"autoStopInterval": "5"},
            (400, "autoStopInterval must be a number conforming to the specified constraints"),
        ),
        (
            {"networkAllowList": "10.0.0.1"},
            (400, 'Invalid network format: "10.0.0.1". Missing CIDR prefix length (e.g., /24)'),
        ),
        (
            {"networkAllowList": "x"},
            (400, 'Invalid IP address: "x" in network "x". Must be a valid IPv4 address'),
        ),
        (
            {"networkAllowList": ",".join(["10.0.0.0/8"] * 11)},
            (400, "Network allow list cannot contain more than 10 networks"),
        ),
        (
            {"domainAllowList": "http://x y"},
            (400, 'Invalid domain: "http://x y". Must be a valid domain name'),
        ),
        (
            {"volumes": [{"volumeId": "nope", "mountPath": "/d"}]},
            (404, "Volume 'nope' not found"),
        ),
        (
            {"linkedSandbox": "x"},
            (400, "Linked sandboxes must be ephemeral (set autoDeleteInterval to 0)"),
        ),
    ],
)
async def test_what_can_t_be_is_refused_in_the_api_s_words(
    api: Api, body: dict[str, Any], refusal: tuple[int, str]
) -> None:
    assert refusal == await api.refusal("POST", "/sandbox", body)
    assert [] == (await api.call("GET", "/sandbox")).json()["items"]


@pytest.mark.parametrize(("sent", "kept"), [(0, 43200), (99999, 43200), (60, 60)])
async def test_the_auto_archive_interval_has_a_maximum(api: Api, sent: int, kept: int) -> None:
    assert kept == (await api.made(autoArchiveInterval=sent))["autoArchiveInterval"]


async def test_an_image_does_not_block_and_fails_with_the_reason(api: Api) -> None:
    body = {"buildInfo": {"dockerfileContent": "FROM nobody/has:this\n"}, "cpu": 2}
    answer = (await api.call("POST", "/sandbox", body)).json()
    assert ("pending_build", 2) == (answer["state"], answer["cpu"])
    assert "FROM nobody/has:this\n" == answer["buildInfo"]["dockerfileContent"]
    await becomes(api, answer["id"], "build_failed")
    found = await api.get(answer["id"])
    assert "nobody/has:this" in found["errorReason"]
    assert (400, "Sandbox is in an errored state") == await api.refusal(
        "POST", f"/sandbox/{found['id']}/start"
    )


async def test_too_large_a_sandbox_is_refused(api: Api) -> None:
    body = {"buildInfo": {"dockerfileContent": "FROM x"}, "cpu": 100}
    status, message = await api.refusal("POST", "/sandbox", body)
    assert 400 == status
    assert message.startswith("CPU request 100 exceeds maximum allowed per sandbox (4).")


async def test_a_sandbox_that_can_t_boot_is_an_error_that_keeps_its_name(api: Api) -> None:
    volume = (await api.call("POST", "/volumes", {"name": "data"})).json()
    await asyncio.sleep(0.05)
    mount = {"volumeId": volume["id"], "mountPath": "/usr/share"}
    status, message = await api.refusal("POST", "/sandbox", {"name": "bad", "volumes": [mount]})
    assert 400 == status
    assert message.startswith("Sandbox failed to start: ")
    left = await api.get("bad")
    assert ("error", "started", False) == (left["state"], left["desiredState"], left["recoverable"])
    assert left["errorReason"] in message
    assert (409, "Sandbox with name bad already exists") == await api.refusal(
        "POST", "/sandbox", {"name": "bad"}
    )
    assert 200 == (await api.call("DELETE", "/sandbox/bad")).status_code
    assert 404 == (await api.call("GET", f"/sandbox/{left['id']}")).status_code
