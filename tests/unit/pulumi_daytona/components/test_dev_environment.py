"""Development environments: what they declare, in which order, and what makes their set-up run again."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_daytona.components.dev_environment_args import ports

from tests.unit.pulumi_daytona.components.declared import SECRET, Declared, declared

WHOLE = """
import pulumi
from pulumi_daytona import DevEnvironment, EnvironmentFile, EnvironmentRepository, EnvironmentVolume

dev = DevEnvironment(
    "dev",
    name="mine",
    volume=EnvironmentVolume(mount_path="/data", name="cache"),
    volumes=[{"volume_id": "v", "mount_path": "/other"}],
    repository=EnvironmentRepository(url="https://git/shop", path="shop", username="ann", password="quiet"),
    files={
        "text": "hello",
        "asset": pulumi.FileAsset("local.txt"),
        "folder": pulumi.FileArchive("site"),
        "script": EnvironmentFile(source="run.sh", mode="755"),
        "token": pulumi.Output.secret("quiet"),
    },
    setup={"install": "make install", "check": pulumi.Output.secret("make check")},
    setup_timeout=60,
    previews={"web": 8000, "api": pulumi.Output.from_input(9000)},
    env={"TOKEN": "quiet"},
)
outputs = {
    "sandbox_id": dev.sandbox_id,
    "revision": dev.revision,
    "urls": dev.urls,
    "parts": [[*dev.files], [*dev.setup], [*dev.previews]],
}
"""

PLAIN = """
from pulumi_daytona import DevEnvironment

dev = DevEnvironment("dev", setup={"one": "1"}, previews=[80, 443], state="stopped")
outputs = {
    "revision": dev.revision, "urls": dev.urls, "no_parts": [dev.volume, dev.repository, dev.files]
}
"""


@pytest.fixture(scope="module")
def whole() -> Declared:
    return declared(WHOLE)


@pytest.fixture(scope="module")
def plain() -> Declared:
    return declared(PLAIN)


def secret(value: Any) -> dict[str, Any]:
    return {"4dabf18193072939515e22adb298388d": SECRET, "value": value}


def test_every_part_is_a_child_of_the_component(whole: Declared) -> None:
    owners = [inputs["owner"] for inputs in whole.resources.values() if "owner" in inputs]

    assert len(whole.resources) - 1 == len(owners) == 12
    assert all("daytona:components:DevEnvironment$" in owner for owner in owners)


def test_the_sandbox_runs_and_mounts_the_volume_beside_others(whole: Declared) -> None:
    box = whole.resources["Sandbox", "dev"]
    assert ("mine", "started", secret({"TOKEN": "quiet"})) == (box["name"], box["state"], box["env"])
    assert [
        {"volume_id": "v", "mount_path": "/other"},
        {"volume_id": "id of dev", "mount_path": "/data"},
    ] == box["volumes"]
    assert "cache" == whole.resources["Volume", "dev"]["name"]


def test_the_volume_is_mounted_beside_others_that_are_known_later() -> None:
    later = declared("""
        import pulumi
        from pulumi_daytona import DevEnvironment

        others = pulumi.Output.from_input([{"volume_id": "v", "mount_path": "/other"}])
        DevEnvironment("dev", volume={"mount_path": "/data"}, volumes=others)
    """)
    mounts = [
        (mount["volume_id"], mount["mount_path"]) for mount in later.resources["Sandbox", "dev"]["volumes"]
    ]
    assert [("v", "/other"), ("id of dev", "/data")] == mounts


def test_a_password_of_the_repository_is_a_secret(whole: Declared) -> None:
    code = whole.resources["GitRepository", "dev"]
    assert ("https://git/shop", "shop", secret("quiet")) == (code["url"], code["path"], code["password"])


def test_files_are_texts_assets_folders_or_described_at_length(whole: Declared) -> None:
    found = {
        name: {key: inputs.get(key) for key in ("content", "source", "mode") if inputs.get(key)}
        for (kind, name), inputs in whole.resources.items()
        if kind in ("SandboxFile", "SandboxFolder")
    }
    assert {
        "dev-text": {"content": "hello"},
        "dev-asset": {"source": {"path": "local.txt"}},
        "dev-folder": {"source": {"archive": "site"}},
        "dev-script": {"source": "run.sh", "mode": "755"},
        "dev-token": {"content": secret("quiet")},
    } == found
    assert "text" == whole.resources["SandboxFile", "dev-text"]["path"]
    assert "folder" == whole.resources["SandboxFolder", "dev-folder"]["path"]


def test_set_up_runs_in_the_clone_and_again_when_something_before_it_changes(whole: Declared) -> None:
    first = whole.resources["SandboxCommand", "dev-install"]
    files = [f"hash of dev-{name}" for name in ("text", "asset", "folder", "script", "token")]
    assert ("make install", "shop", 60) == (first["create"], first["dir"], first["timeout"])
    causes = ["https://git/shop", "c0ffee1", *files]
    assert secret(causes) == first["triggers"]  # the hash of a secret file is one too

    second = whole.resources["SandboxCommand", "dev-check"]
    assert secret("make check") == second["create"]
    assert secret([*causes, "make install"]) == second["triggers"]


def test_set_up_is_declared_in_its_order_after_the_files(whole: Declared) -> None:
    order = [*whole.resources]
    steps = [order.index(("SandboxCommand", name)) for name in ("dev-install", "dev-check")]

    assert sorted(steps) == steps
    assert steps[0] > max(order.index(found) for found in order if found[0].startswith("SandboxF"))


def test_the_links_are_told_by_their_names(whole: Declared, plain: Declared) -> None:
    assert {"web": "https://dev-web", "api": "https://dev-api"} == whole.outputs["urls"]
    assert 9000 == whole.resources["PreviewUrl", "dev-api"]["port"]
    assert {"80": "https://dev-80", "443": "https://dev-443"} == plain.outputs["urls"]
    assert 443 == plain.resources["PreviewUrl", "dev-443"]["port"]


def test_the_parts_are_told_by_the_names_that_the_program_gave(whole: Declared) -> None:
    assert ("id of dev", "c0ffee1") == (whole.outputs["sandbox_id"], whole.outputs["revision"])
    assert [
        ["text", "asset", "folder", "script", "token"],
        ["install", "check"],
        ["web", "api"],
    ] == whole.outputs["parts"]


def test_without_a_clone_and_files_set_up_runs_in_the_working_directory(plain: Declared) -> None:
    step = plain.resources["SandboxCommand", "dev-one"]
    assert (None, []) == (step.get("dir"), step["triggers"])
    assert "stopped" == plain.resources["Sandbox", "dev"]["state"]
    assert (None, [None, None, {}]) == (plain.outputs["revision"], plain.outputs["no_parts"])


def test_a_port_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match='environment "dev": a port is there twice'):
        ports("dev", [80, 80])
