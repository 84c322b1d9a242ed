"""A development environment by the real engine: provisioned, changed, replaced and gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, DaytonaConfig, Sandbox, VolumeMount
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.project import Outcome, Project

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
from pulumi_daytona import DevEnvironment, EnvironmentRepository, EnvironmentVolume, VolumeMount

config = pulumi.Config()
dev = DevEnvironment(
    "dev",
    volume=EnvironmentVolume(mount_path="/data"),
    volumes=[VolumeMount(volume_id=config.require("origin"), mount_path="/origin")],
    repository=EnvironmentRepository(
        url=config.get("url") or "/origin/shop", path="shop", branch="main",
    ),
    files={
        "shop/settings": pulumi.FileAsset("settings"),
        "bin": pulumi.FileArchive("bin"),
        "token": config.require_secret("token"),
    },
    setup={
        "build": "sh ../bin/build >built && cat built >>/data/log",
        "check": "test -s built && echo checked >>/data/log",
    },
    previews={"web": 8000},
    env={"N": config.get("n") or "1"},
)
pulumi.export("id", dev.sandbox_id)
pulumi.export("revision", dev.revision)
pulumi.export("urls", dev.urls)
"""

SETUP = ("dev-build", "dev-check")
PARTS = ("dev-shop/settings", "dev-bin", "dev-token", *SETUP, "dev-web")
GIT = "git -c user.name=a -c user.email=b"


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(transition_s=0) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def origin(client: Daytona) -> Sandbox:
    """Return a sandbox that keeps a git repository with one commit in a volume."""
    volume = client.volume.get("origin", create=True)
    mount = VolumeMount(volume_id=volume.id, mount_path="/origin")
    made = client.create(CreateSandboxFromSnapshotParams(volumes=[mount]))
    said(made, f"git init -q -b main /origin/shop && ln -s shop /origin/mirror; {commit('one')}")
    return made


@pytest.fixture
def stack(project: MakeProject, server: LocalDaytona, client: Daytona, origin: Sandbox) -> Project:
    made = project(
        PROGRAM, environment={"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    )
    made.set_config("origin", client.volume.get("origin").id)
    made.set_config("token", "a quiet token", secret=True)
    (made.program_folder / "settings").write_text("red\n")
    (made.program_folder / "bin").mkdir()
    (made.program_folder / "bin" / "build").write_text("echo $(cat story settings)\n")
    return made


def test_an_environment_is_provisioned_once_and_follows_what_changes_until_it_is_gone(
    stack: Project, client: Daytona, origin: Sandbox
) -> None:
    stack.up()
    box = client.get(stack.outputs()["id"])
    assert "one red|checked" == log_of(box)
    assert said(origin, "git -C /origin/shop rev-parse HEAD") == stack.outputs()["revision"]
    assert ["web"] == [*stack.outputs()["urls"]]
    assert ([urn_of(stack)] * 9) == parents(stack)
    assert "a quiet token" not in json.dumps(stack.export())

    (stack.program_folder / "settings").write_text("blue\n")
    changed = stack.up()
    assert {"same": 8, "update": 1, "replace": 2} == changed.changes
    assert (["update"], [*SETUP]) == (changed.operations("dev-shop/settings"), replaced(changed))
    assert "one red|checked|one blue|checked" == log_of(box)

    said(origin, commit("two"))
    stack.set_config("url", "/origin/mirror")  # is cloned to the same place, which is emptied first
    stack.up()
    assert ("blue", "two blue") == (said(box, "cat shop/settings"), said(box, "cat shop/built"))
    assert box.id == stack.outputs()["id"]

    stack.set_config("n", "2")
    assert [*PARTS] == replaced(stack.up())
    second = client.get(stack.outputs()["id"])
    assert ("two blue", "a quiet token") == (said(second, "cat shop/built"), said(second, "cat token"))
    again = ["one red|checked", "one blue|checked", "two blue|checked", "two blue|checked"]
    assert "|".join(again) == log_of(second)
    assert {"same": 11} == stack.up().changes

    stack.destroy()
    assert [origin.id] == [sandbox.id for sandbox in client.list()]
    assert ["origin"] == [volume.name for volume in client.volume.list()]


def commit(text: str) -> str:
    """Return what commits the file ``story``."""
    return f"cd /origin/shop && echo {text} >story && git add story && {GIT} commit -q -m {text}"


def said(sandbox: Sandbox, command: str) -> str:
    done = sandbox.process.exec(command)
    assert 0 == done.exit_code, done.result
    return done.result.strip()


def log_of(sandbox: Sandbox) -> str:
    """Return what the set-up commands have written to the volume."""
    return said(sandbox, "paste -s -d '|' /data/log")


def declared(stack: Project) -> list[dict[str, Any]]:
    """Return the state of everything in the stack but its providers."""
    everything = stack.export()["deployment"]["resources"]
    return [item for item in everything if not item["type"].startswith("pulumi:")]


def urn_of(stack: Project) -> str:
    """Return the URN of the environment."""
    [found] = [item["urn"] for item in declared(stack) if item["type"] == "daytona:components:DevEnvironment"]
    return str(found)


def parents(stack: Project) -> list[str]:
    """Return the URN of what each resource is in."""
    return [item["parent"] for item in declared(stack) if item["custom"]]


def replaced(outcome: Outcome) -> list[str]:
    return [name for name in PARTS if "create-replacement" in outcome.operations(name)]
