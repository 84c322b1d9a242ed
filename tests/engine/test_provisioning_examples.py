"""The examples that put something into sandboxes, run by the real engine against the local server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from daytona_httpx import CreateSnapshotParams, Daytona, DaytonaConfig, Image
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.engine.conftest import MakeProject
from tests.engine.examples import example
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine

COMMIT = "git -c user.name=a -c user.email=b commit -q --allow-empty -m"


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(transition_s=0, substitute_images=True) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


def page(stack: Project) -> str:
    """Return what the preview shows."""
    outputs = stack.outputs()
    answer = httpx.get(outputs["url"], headers={"x-daytona-preview-token": outputs["token"]})
    return answer.raise_for_status().text


def snapshots(client: Daytona) -> set[str]:
    """Return the names of the snapshots that someone has made."""
    return {snapshot.name for snapshot in client.snapshot.list().items} - {DEFAULT_SNAPSHOT}


def test_dev_environment_shows_a_page_of_the_clone_that_follows_a_local_tool(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    origin = f"git init -q -b main /srv/shop && cd /srv/shop && {COMMIT} one && {COMMIT} 'two & more'"
    image = Image.base(DEFAULT_SNAPSHOT).run_commands(origin)
    client.snapshot.create(CreateSnapshotParams(name="with-origin:1", image=image))
    dev = example(project, server, "dev-environment")
    for key, value in {"snapshot": "with-origin:1", "repository": "/srv/shop"}.items():
        dev.set_config(key, value)
    dev.set_config("greeting", "a quiet greeting", secret=True)

    dev.up()
    first = "<h1>a quiet greeting</h1>\n<li>two &amp; more</li>\n<li>one</li>\n"
    assert first == page(dev)

    tool = dev.program_folder / "tools" / "page.py"
    tool.write_text(tool.read_text() + 'print("<p>new</p>")\n')
    assert {"same": 8, "update": 1, "replace": 2} == dev.up().changes
    assert f"{first}<p>new</p>\n" == page(dev)

    dev.destroy()
    assert [] == list(client.list())
    assert [] == list(client.volume.list())


def test_snapshot_pipeline_builds_anew_when_a_file_is_edited_and_its_workers_follow(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    others = snapshots(client)
    pipeline = example(project, server, "snapshot-pipeline")
    program = pipeline.program_folder / "app" / "greeting.py"
    pipeline.up()
    first = pipeline.outputs()
    assert {first["snapshot"]} == snapshots(client) - others
    assert ["hello from dev"] * 2 == greetings(client, first["workers"])

    os.utime(program, (0, 0))
    assert {"same": 5} == pipeline.up().changes

    edit(program, "hello from", "good morning from")
    assert {"same": 2, "replace": 3} == pipeline.up().changes
    second = pipeline.outputs()
    assert {second["snapshot"]} == snapshots(client) - others - {first["snapshot"]}
    assert ["good morning from dev"] * 2 == greetings(client, second["workers"])
    assert {*second["workers"].values()} == {box.id for box in client.list()}

    edit(program, "from {stage}", "from here")
    assert "RUN: it exited with 1" in " ".join(pipeline.up(status=FAILS).messages())
    assert ["good morning from dev"] * 2 == greetings(client, second["workers"])

    pipeline.destroy()
    assert ([], others) == (list(client.list()), snapshots(client))


def greetings(client: Daytona, workers: dict[str, str]) -> list[str]:
    """Return what each worker says."""
    boxes = [client.get(sandbox_id) for sandbox_id in workers.values()]
    return [box.process.exec("python3 -m greeting").result.strip() for box in boxes]


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
