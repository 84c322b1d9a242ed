"""Look-ups in programs of the real engine: in preview and in up, with plain arguments and with outputs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, DaytonaConfig
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.project import FAILS

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
from pulumi_daytona import (
    Sandbox, get_preview_url_output, get_region, get_sandbox, get_sandbox_output, get_sandbox_usage_output,
    get_volume, list_sandboxes_output,
)

kept = get_volume("kept")
other = get_sandbox("other")
box = Sandbox("box", labels={"volume": kept.id, "of": other.name}, env={"TOKEN": "keep this quiet"})
found = get_sandbox_output(box.id)
link = get_preview_url_output(box.id, 8000)
boxes = list_sandboxes_output(labels={"volume": kept.id}, name=box.name)

print("looked up", kept.name, get_region(other.target).name)
pulumi.export("kept", kept)
pulumi.export("state", pulumi.Output.unsecret(found.state))
pulumi.export("env", found.env)
pulumi.export("link", link)
pulumi.export("names", boxes.apply(lambda boxes: [box.name for box in boxes]))
pulumi.export("cores", get_sandbox_usage_output(box.name).cpu_count)
"""

FAILING = """
from pulumi import Output
from pulumi_daytona import get_volume, get_volume_output

{}
"""


@pytest.fixture(scope="module")
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        made.volume.create("kept")
        made.create(CreateSandboxFromSnapshotParams(name="other"))
        yield made


@pytest.fixture
def environment(server: LocalDaytona, client: Daytona) -> dict[str, str]:
    return {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}


def test_look_ups_work_in_preview_and_in_up_and_keep_their_secrets(
    project: MakeProject, environment: dict[str, str], client: Daytona
) -> None:
    stack = project(PROGRAM, environment=environment)
    planned = stack.preview()
    assert ["create"] == planned.operations("box")  # of what is only planned, nothing is looked up
    assert "looked up kept us" in planned.messages("info")

    made = stack.up()
    outputs = stack.outputs()
    sandbox = next(each for each in client.list() if each.name != "other")
    assert client.volume.get("kept").id == outputs["kept"]["id"]
    assert ("started", {"TOKEN": "keep this quiet"}) == (outputs["state"], outputs["env"])
    assert ([sandbox.name], sandbox.cpu) == (outputs["names"], outputs["cores"])
    assert sandbox.id == outputs["link"]["sandbox_id"]

    token = outputs["link"]["token"]
    again = stack.preview()  # now everything is known
    assert ["same"] == again.operations("box")
    shown = [json.dumps(stack.export()), stack.run("stack", "output", "--json").output]
    shown += [done.output + done.errors for done in (planned, made, again)]
    for text in shown:
        assert token not in text
        assert "keep this quiet" not in text
    stack.destroy()


@pytest.mark.parametrize("call", ['get_volume("absent")', 'get_volume_output(Output.from_input("absent"))'])
def test_a_look_up_that_fails_ends_the_preview_with_one_line(
    project: MakeProject, environment: dict[str, str], call: str
) -> None:
    outcome = project(FAILING.format(call), environment=environment).preview(status=FAILS)
    error, _of_the_engine = outcome.messages()
    assert error.startswith('get_volume "absent": Volume with name absent not found (HTTP 404')
    assert error.endswith("; check its name or id, and that it is in this organization")


def test_the_configuration_of_the_stack_is_enough(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    stack = project('from pulumi_daytona import get_volume\nprint(get_volume("kept").name)')
    stack.set_config("daytona:apiKey", server.api_key, secret=True)
    stack.set_config("daytona:apiUrl", server.api_url)
    assert "kept" in stack.preview().messages("info")
