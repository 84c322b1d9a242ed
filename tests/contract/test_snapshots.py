"""Snapshots: what is made of which image, what is refused, and how they go."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx import (
    CreateSandboxFromSnapshotParams,
    CreateSnapshotParams,
    DaytonaError,
    Image,
    Resources,
)
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.contract.conftest import Api
from tests.contract.waiting import becomes, passes, settled, state_of

pytestmark = pytest.mark.anyio

UPON = f"FROM {DEFAULT_SNAPSHOT}\n"


async def made(api: Api, name: str = "mine:1", **body: Any) -> dict[str, Any]:
    """Make a snapshot and return the answer."""
    body.setdefault("imageName", DEFAULT_SNAPSHOT) if "buildInfo" not in body else None
    answer = await api.call("POST", "/snapshots", {"name": name, **body})
    assert answer.status_code == 200, answer.text
    snapshot: dict[str, Any] = answer.json()
    return snapshot


async def test_one_of_an_image_is_pending_then_active(slow: Api) -> None:
    answer = await made(slow, cpu=2, memory=3, disk=4, entrypoint=["sleep", "1"])
    assert ("pending", None, False) == (answer["state"], answer["size"], answer["general"])
    assert (400, "Snapshot mine:1 is pending") == await slow.refusal(
        "POST", "/sandbox", {"snapshot": "mine:1"}
    )
    await passes(slow)
    active = await becomes(slow, f"/snapshots/{answer['id']}", "active")
    assert (DEFAULT_SNAPSHOT, ["sleep", "1"], 2, 3, 4) == tuple(
        active[name] for name in ("imageName", "entrypoint", "cpu", "mem", "disk")
    )
    assert active["size"] is not None


async def test_one_of_a_dockerfile_is_built_and_sandboxes_begin_with_its_files(api: Api) -> None:
    lines = "RUN echo kept > /srv/file\nENV A=1\nWORKDIR /srv\n"
    answer = await made(api, buildInfo={"dockerfileContent": UPON + lines}, cpu=2)
    assert (["sleep", "infinity"], "") == (answer["entrypoint"], answer["imageName"])
    active = await becomes(api, "/snapshots/mine:1", "active")
    assert active["buildInfo"]["snapshotRef"] == active["ref"]
    assert UPON + lines == active["buildInfo"]["dockerfileContent"]
    sandbox = await api.client.create(CreateSandboxFromSnapshotParams(snapshot="mine:1", env_vars={"B": "2"}))
    assert 2 == sandbox.cpu
    assert {"B": "2"} == (await api.get(sandbox.id))["env"]
    assert "kept\n1 2\n/srv\n" == (await sandbox.process.exec("cat file; echo $A $B; pwd")).result


async def test_one_can_be_named_by_another_and_outlives_it(api: Api) -> None:
    await made(api, buildInfo={"dockerfileContent": f"{UPON}RUN echo kept > /file\n"})
    first = await becomes(api, "/snapshots/mine:1", "active")
    await made(api, "other:1", imageName="mine:1")
    await becomes(api, "/snapshots/other:1", "active")
    await api.call("DELETE", f"/snapshots/{first['id']}")
    await becomes(api, f"/snapshots/{first['id']}", "gone")
    sandbox = await api.client.create(CreateSandboxFromSnapshotParams(snapshot="other:1"))
    assert "kept\n" == (await sandbox.process.exec("cat /file")).result


async def test_states_of_a_build_are_seen_and_its_failure_has_the_reason(slow: Api) -> None:
    await made(slow, buildInfo={"dockerfileContent": f"{UPON}RUN sleep 1; exit 3\n"})
    assert "pending" == await state_of(slow, "/snapshots/mine:1")
    await settled(slow)
    slow.clock.advance(1)
    await becomes(slow, "/snapshots/mine:1", "building")
    failed = await becomes(slow, "/snapshots/mine:1", "build_failed")
    assert (
        "line 2 of the Dockerfile, RUN: it exited with 3; the log shows what it wrote"
        == failed["errorReason"]
    )
    assert (400, "Snapshot mine:1 is build_failed") == await slow.refusal(
        "POST", "/sandbox", {"snapshot": "mine:1"}
    )
    assert 200 == (await slow.call("DELETE", f"/snapshots/{failed['id']}")).status_code


async def test_an_image_that_is_not_here_ends_in_an_error_with_the_way_out(api: Api) -> None:
    answer = await made(api, imageName="alpine:3.20")
    failed = await becomes(api, "/snapshots/mine:1", "error")
    assert "--substitute-images" in failed["errorReason"]
    status, message = await api.refusal("POST", f"/snapshots/{answer['id']}/activate")
    assert (400, True) == (status, "is error" in message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "name must be a string"),
        ({"name": 1}, "name must be a string"),
        (
            {"name": "a b"},
            "Invalid snapshot name format. May contain letters, digits, dots, colons, and dashes",
        ),
        ({"name": ""}, "Invalid snapshot name format. May contain letters, digits, dots, colons, and dashes"),
        ({"name": "a"}, "Either an image name or build info must be specified"),
        ({"name": "a", "imageName": "x:latest"}, 'Images with tag ":latest" are not allowed'),
        ({"name": "a", "imageName": "host:5000/x"}, "Image name must include a tag"),
        ({"name": "a", "imageName": "x:"}, "Image name must include a tag"),
        (
            {"name": "a", "imageName": "x:1", "cpu": 100},
            "CPU request 100 exceeds maximum allowed per sandbox (4)",
        ),
        ({"name": "a", "imageName": "x:1", "memory": -1}, "memory must not be less than 0"),
        (
            {"name": "a", "imageName": "x:1", "gpu": 1},
            "GPU request 1 exceeds maximum allowed per sandbox (0)",
        ),
        ({"name": "a", "imageName": "x:1", "entrypoint": "sh"}, "entrypoint must be an array"),
        ({"name": "a", "imageName": "x:1", "entrypoint": [1]}, "each value in entrypoint must be a string"),
        (
            {"name": "a", "buildInfo": {"dockerfileContent": UPON}, "entrypoint": ["sh"]},
            "Cannot specify an entrypoint when using a build info entry",
        ),
        (
            {"name": "a", "buildInfo": {"dockerfileContent": UPON}, "imageName": "x:1"},
            "Cannot specify an image name when using a build info entry",
        ),
    ],
)
async def test_what_can_t_be_is_refused_in_the_api_s_words(
    api: Api, body: dict[str, Any], message: str
) -> None:
    status, said = await api.refusal("POST", "/snapshots", body)
    assert 400 == status
    assert said.startswith(message)


async def test_names_are_unique_until_one_is_gone(slow: Api) -> None:
    snapshot = await made(slow)
    taken = (409, 'Snapshot with name "mine:1" already exists for this organization')
    assert taken == await slow.refusal(
        "POST", "/snapshots", {"name": "mine:1", "imageName": DEFAULT_SNAPSHOT}
    )
    await passes(slow)
    await becomes(slow, "/snapshots/mine:1", "active")
    answer = await slow.call("DELETE", f"/snapshots/{snapshot['id']}")
    assert (200, b"") == (answer.status_code, answer.content)
    assert "removing" == await state_of(slow, "/snapshots/mine:1")
    assert taken == await slow.refusal(
        "POST", "/snapshots", {"name": "mine:1", "imageName": DEFAULT_SNAPSHOT}
    )
    assert (400, "Snapshot mine:1 is removing") == await slow.refusal(
        "POST", "/sandbox", {"snapshot": "mine:1"}
    )
    assert 200 == (await slow.call("DELETE", f"/snapshots/{snapshot['id']}")).status_code
    await passes(slow)
    await becomes(slow, "/snapshots/mine:1", "gone")
    assert (404, "Snapshot with name mine:1 not found") == await slow.refusal("GET", "/snapshots/mine:1")


async def test_only_an_id_is_good_for_a_delete(api: Api) -> None:
    await made(api)
    assert (400, "Validation failed (uuid is expected)") == await api.refusal("DELETE", "/snapshots/mine:1")
    assert (404, "Snapshot with name none:1 not found") == await api.refusal("DELETE", "/snapshots/none:1")
    own = (await api.call("GET", f"/snapshots/{DEFAULT_SNAPSHOT}")).json()
    assert 403 == (await api.refusal("DELETE", f"/snapshots/{own['id']}"))[0]
    assert 403 == (await api.refusal("POST", f"/snapshots/{own['id']}/deactivate"))[0]


async def test_a_sandbox_keeps_its_files_when_its_snapshot_is_removed(api: Api) -> None:
    await made(api, buildInfo={"dockerfileContent": f"{UPON}RUN echo kept > /file\n"})
    snapshot = await becomes(api, "/snapshots/mine:1", "active")
    sandbox = await api.client.create(CreateSandboxFromSnapshotParams(snapshot="mine:1"))
    await api.call("DELETE", f"/snapshots/{snapshot['id']}")
    await becomes(api, "/snapshots/mine:1", "gone")
    await sandbox.stop()
    await sandbox.start()
    assert "kept\n" == (await sandbox.process.exec("cat /file")).result


async def test_one_can_be_switched_off_and_some_time_later_on_again(slow: Api) -> None:
    snapshot = await made(slow)
    await passes(slow)
    await becomes(slow, "/snapshots/mine:1", "active")
    path = f"/snapshots/{snapshot['id']}"
    status, message = await slow.refusal("POST", f"{path}/activate")
    assert (400, True) == (status, message.endswith("is already active"))
    assert 204 == (await slow.call("POST", f"{path}/deactivate")).status_code
    assert (400, "Snapshot mine:1 is inactive") == await slow.refusal(
        "POST", "/sandbox", {"snapshot": "mine:1"}
    )
    assert 400 == (await slow.refusal("POST", f"{path}/deactivate"))[0]
    early = "Snapshot deactivation is still in progress. Please try again in a few minutes."
    assert (400, early) == await slow.refusal("POST", f"{path}/activate")
    await passes(slow)
    assert "inactive" == await state_of(slow, path)
    assert "active" == (await slow.call("POST", f"{path}/activate")).json()["state"]


async def test_lists_have_pages_filters_and_an_order(api: Api) -> None:
    for name in ("b:1", "a:1", "c:2"):
        await made(api, name)
    page = (await api.call("GET", "/snapshots?limit=2&page=2&sort=name&order=asc")).json()
    assert (["c:2", DEFAULT_SNAPSHOT], 4, 2, 2) == (
        [item["name"] for item in page["items"]],
        page["total"],
        page["page"],
        page["totalPages"],
    )
    assert ["a:1", "b:1"] == sorted(
        item["name"] for item in (await api.call("GET", "/snapshots?name=:1")).json()["items"]
    )


async def test_our_client_makes_one_and_deletes_it_by_its_name(api: Api) -> None:
    log: list[str] = []
    image = Image.base(DEFAULT_SNAPSHOT).run_commands("echo built")
    params = CreateSnapshotParams(
        name="mine:1", image=image, resources=Resources(cpu=2), entrypoint=["sleep", "5"]
    )
    snapshot = await api.client.snapshot.create(params, on_logs=log.append)
    assert ("active", 2) == (snapshot.state, snapshot.cpu)
    assert "".join(log).startswith(f"Step 1/3 : FROM {DEFAULT_SNAPSHOT}\nStep 2/3 : RUN echo built\nbuilt\n")
    await api.client.snapshot.deactivate("mine:1")
    await api.client.snapshot.delete("mine:1")
    await becomes(api, "/snapshots/mine:1", "gone")
    with pytest.raises(DaytonaError, match="--substitute-images"):
        await api.client.snapshot.create(CreateSnapshotParams(name="other:1", image="alpine:3.20"))
