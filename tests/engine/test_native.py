"""One program, by the dynamic provider and by the native plugin: the same sandboxes come of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine

FRONTS = ("pulumi_daytona", "pulumi_daytona.native")

PROGRAM = """
import pulumi
from FRONT import Sandbox, SandboxCommand, SandboxFile, SandboxFolder, SandboxPool, Volume, VolumeMount
from FRONT import get_volume_by_id_output, list_sandboxes

config = pulumi.Config()
data = Volume("data", name="data")
box = Sandbox(
    "box",
    name="box",
    labels={"my_team": config.get("team") or "a"},
    auto_stop_interval=config.get_int("minutes"),
    env={"MY_TOKEN": config.require_secret("token")},
    volumes=[VolumeMount(volume_id=data.id, mount_path="/data")],
)
note = SandboxFile("note", sandbox_id=box.id, path="/tmp/note", source=pulumi.StringAsset("hello"))
folder = SandboxFolder(
    "folder",
    sandbox_id=box.id,
    path="/tmp/folder",
    source=pulumi.AssetArchive({"a.txt": pulumi.StringAsset("a"), "b": pulumi.AssetArchive({})}),
)
run = SandboxCommand(
    "run",
    sandbox_id=box.id,
    create="cat /tmp/note; echo $MORE",
    environment={"MORE": "more"},
    opts=pulumi.ResourceOptions(depends_on=[note]),
)
pool = SandboxPool("pool", count=1, auto_stop_interval=7)

pulumi.export("id", box.id)
pulumi.export("mounts", box.volumes)
pulumi.export("labels", box.labels)
pulumi.export("minutes", box.auto_stop_interval)
pulumi.export("env", box.env)
pulumi.export("sha256", note.sha256)
pulumi.export("files", folder.file_count)
pulumi.export("stdout", run.stdout)
pulumi.export("pool", pool.ids)
pulumi.export("volume", get_volume_by_id_output(data.id).id)
pulumi.export("link", box.get_preview_link(8000).url)
print("there are", len(list_sandboxes()))
"""

ELSEWHERE = """
import pulumi
from pulumi import InvokeOptions, ResourceOptions
from pulumi_daytona.native import DevEnvironment, Provider, Sandbox, get_sandbox_output

config = pulumi.Config()
other = Provider("other", api_url=config.require("url"), api_key=config.require_secret("key"))
box = Sandbox("box", labels={"team": "a"}, opts=ResourceOptions(provider=other))
there = Sandbox.get("there", box.id, ResourceOptions(provider=other))
again = get_sandbox_output(box.id, opts=InvokeOptions(provider=other))
dev = DevEnvironment("dev", files={"/tmp/note": "hello"}, opts=ResourceOptions(providers=[other]))

pulumi.export("id", box.id)
pulumi.export("there", there.labels)
pulumi.export("again", again.apply(lambda found: found.id))
pulumi.export("token", box.get_preview_link(8000).token)
"""


def seen(client: Daytona) -> dict[str, Any]:
    """Return what the server has of the program."""
    box = client.get("box")
    labels = {name: value for name, value in box.labels.items() if name == "my_team"}
    mounts = [mount.mount_path for mount in box.volumes or []]
    files = box.process.exec("cat /tmp/note /tmp/folder/a.txt; echo $MY_TOKEN").result
    pooled = [each.auto_stop_interval for each in client.list() if each.name != "box"]
    return {
        "labels": labels,
        "mounts": mounts,
        "files": files,
        "stop": box.auto_stop_interval,
        "pool": pooled,
    }


@pytest.mark.parametrize("front", FRONTS)
def test_the_same_program_makes_the_same_sandboxes(
    project: MakeProject, server: LocalDaytona, client: Daytona, front: str
) -> None:
    variables = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    stack: Project = project(PROGRAM.replace("FRONT", front), environment=variables)
    stack.set_config("token", "keep this quiet", secret=True)
    stack.preview()

    stack.up()
    expected = {"labels": {"my_team": "a"}, "mounts": ["/data"], "stop": 15, "pool": [7]}
    assert {**expected, "files": "helloakeep this quiet\n"} == seen(client)
    outputs = stack.outputs()
    volume = client.volume.get("data").id
    assert [{"volume_id": volume, "mount_path": "/data"}] == outputs["mounts"]
    assert ({"my_team": "a"}, 15, 1, volume) == tuple(
        outputs[name] for name in ("labels", "minutes", "files", "volume")
    )
    assert ("hellomore", {"MY_TOKEN": "keep this quiet"}) == (outputs["stdout"], outputs["env"])
    assert "keep this quiet" not in json.dumps(stack.export())

    stack.set_config("team", "b")
    stack.set_config("minutes", "30")
    changed = stack.up()
    assert (["update"], ["same"], ["same"]) == tuple(map(changed.operations, ("box", "note", "folder")))
    assert "there are 2" in changed.messages("info")
    assert ({"my_team": "b"}, 30) == (seen(client)["labels"], seen(client)["stop"])

    assert "same" == stack.up("--refresh").operations("box")[-1]
    stack.destroy()
    assert [] == [*client.list()]


def test_a_look_up_that_fails_ends_the_preview_with_one_line(
    project: MakeProject, server: LocalDaytona
) -> None:
    variables = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    program = 'from pulumi_daytona.native import get_volume\nget_volume("absent")'
    error, *_of_the_engine = project(program, environment=variables).preview(status=FAILS).messages()
    assert error.startswith('getVolume "absent": Volume with name absent not found (HTTP 404')


def test_a_provider_of_one_s_own_and_a_sandbox_that_is_there_already(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    stack: Project = project(ELSEWHERE)  # the environment says nothing of a server
    stack.set_config("url", server.api_url)
    stack.set_config("key", server.api_key, secret=True)

    stack.up()
    outputs = stack.outputs()
    assert (outputs["id"], {"team": "a"}) == (outputs["again"], outputs["there"])
    assert 2 == len([*client.list()])
    kept = json.dumps(stack.export())
    assert (False, False) == (server.api_key in kept, outputs["token"] in kept)

    stack.destroy()
    assert [] == [*client.list()]
