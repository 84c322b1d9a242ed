"""A wrong program fails in preview: each failure names the resource, the property and what is allowed.

The engine ends at the first resource that fails, with all of its failures.
"""

from __future__ import annotations

import pytest
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.project import FAILS

pytestmark = pytest.mark.engine

IMPORTS = """
from pulumi import ResourceOptions
from pulumi_daytona import Sandbox, SandboxCommand, Snapshot, VolumeMount
"""

SANDBOX = """
mounts = [VolumeMount(volume_id=name, mount_path="/data") for name in ("a", "b")]
Sandbox("box", snapshot="daytona-local:defalt", image="python:3.12", target="moon", volumes=mounts)
"""
COMMAND = 'SandboxCommand("greet", sandbox_id=None, create="true", dir="/app/../etc")'
OWN = """
snapshot = Snapshot("base", name="base:1", image="python:3.12-slim")
Sandbox("box", snapshot="base:1", opts=ResourceOptions(depends_on=[snapshot]))
"""


def test_every_line_of_bad_input_fails_in_preview_and_what_the_program_makes_does_not(
    project: MakeProject,
) -> None:
    with LocalDaytona() as server:
        environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
        stack = project(IMPORTS + OWN, environment=environment)
        assert {"create": 3} == stack.preview().changes
        stack.write(IMPORTS + SANDBOX)
        sandbox = "\n".join(stack.preview(status=FAILS).messages())
        stack.write(IMPORTS + COMMAND)
        command = "\n".join(stack.preview(status=FAILS).messages())
    for words in (
        "Sandbox resource 'box': property image value",
        "set only one of snapshot, image and dockerfile",
        "property snapshot value {daytona-local:defalt} has a problem: there is no snapshot",
        "did you mean daytona-local:default",
        "property target value {moon} has a problem: there is no region 'moon'; there are: us",
        "property volumes value",
        "2 volumes are mounted at /data; each needs a path of its own",
    ):
        assert words in sandbox
    assert "SandboxCommand resource 'greet'" in command
    assert "sandbox_id" in command
    assert "is missing; give it: Id of the sandbox that it is in" in command
    assert "must not have .. in it, got '/app/../etc'; name the place itself" in command
