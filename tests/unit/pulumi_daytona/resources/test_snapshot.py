"""Snapshots: other content is another snapshot, and the same content none; nothing is lost or left over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import Image
from daytona_local.settings import DEFAULT_SNAPSHOT
from pulumi_daytona.core.check import check
from pulumi_daytona.core.definition import Definition, Live
from pulumi_daytona.core.diff import diff
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources.sandbox import SANDBOX
from pulumi_daytona.core.resources.snapshot import SNAPSHOT
from pulumi_daytona.core.traits import Change
from pulumi_daytona.images import with_image

from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

PLAIN: dict[str, Any] = {"dockerfile": f"FROM {DEFAULT_SNAPSHOT}\nRUN echo one > /file\n"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a project, which is the working directory."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "settings.txt").write_text("one")
    monkeypatch.chdir(project)
    return project


def copying() -> dict[str, Any]:
    """Return the inputs of an image that copies a local file."""
    return with_image({"image": Image.base(DEFAULT_SNAPSHOT).add_local_file("settings.txt", "/settings.txt")})


async def names(stack: Stack) -> list[str]:
    page = await stack.session.client.snapshot.list()
    return sorted(snapshot.name for snapshot in page.items if not snapshot.general)


def test_an_image_s_files_are_known_by_their_place_in_the_project_and_their_content(folder: Path) -> None:
    (context,) = copying()["contexts"]
    assert "settings.txt" == context["path"]
    assert str(folder) not in repr(copying())


@pytest.mark.parametrize("definition", [SNAPSHOT, SANDBOX], ids=lambda definition: definition.name)
def test_a_touched_file_is_the_same_content_and_an_edited_one_is_another(
    folder: Path, definition: Definition[Any]
) -> None:
    before = check(definition, copying()).inputs
    os.utime(folder / "settings.txt", (1, 1))
    assert before == check(definition, copying()).inputs
    (folder / "settings.txt").write_text("two")
    after = check(definition, copying()).inputs
    state = definition.state(before, Live("id", {}))
    assert {"contexts": Change.REPLACE} == dict(diff(definition, state, after).changes)


async def test_a_snapshot_is_active_when_up_returns_and_left_alone_after(stack: Stack) -> None:
    made = await stack.up(SNAPSHOT, **PLAIN)
    assert "active" == made.state["state"]
    await stack.refresh()
    stack.transport.requests.clear()
    assert made is await stack.up(SNAPSHOT, **PLAIN)
    assert [] == stack.transport.requests


async def test_edited_files_make_a_new_snapshot_under_a_new_name_and_the_old_one_goes(
    stack: Stack, folder: Path
) -> None:
    first = await stack.up(SNAPSHOT, **copying())
    (folder / "settings.txt").write_text("two")
    second = await stack.up(SNAPSHOT, **copying())
    assert first.state["name"] != second.state["name"]
    assert [second.state["name"]] == await names(stack)
    sandbox = await stack.up(SANDBOX, "box", snapshot=second.state["name"])
    box = await stack.session.client.get(sandbox.id)
    assert "two" == (await box.process.exec("cat /settings.txt")).result
    await stack.destroy("box")


async def test_a_sandbox_from_an_image_has_its_files(stack: Stack, folder: Path) -> None:
    sandbox = await stack.up(SANDBOX, **copying())
    box = await stack.session.client.get(sandbox.id)
    assert "one" == (await box.process.exec("cat /settings.txt")).result
    await stack.destroy()


async def test_a_snapshot_is_switched_off_and_on_in_place(stack: Stack) -> None:
    made = await stack.up(SNAPSHOT, **PLAIN)
    off = await stack.up(SNAPSHOT, **PLAIN, state="inactive")
    assert (made.id, "inactive") == (off.id, off.state["state"])
    on = await stack.up(SNAPSHOT, **PLAIN, state="active")
    assert (made.id, "active") == (on.id, on.state["state"])


async def test_one_switched_off_by_itself_is_no_drift_unless_a_state_is_asked_for(stack: Stack) -> None:
    made = await stack.up(SNAPSHOT, **PLAIN)
    await stack.session.client.snapshot.deactivate(made.id)
    await stack.refresh()
    stack.transport.requests.clear()
    await stack.up(SNAPSHOT, **PLAIN)
    assert [] == stack.transport.requests
    on = await stack.up(SNAPSHOT, **PLAIN, state="active")
    assert "active" == on.state["state"]


async def test_a_build_that_fails_is_an_error_and_leaves_nothing(stack: Stack) -> None:
    with pytest.raises(ProviderError, match=r'create snapshot "it": .*exited with 3'):
        await stack.up(SNAPSHOT, dockerfile=f"FROM {DEFAULT_SNAPSHOT}\nRUN exit 3\n")
    assert [] == await names(stack)


async def test_an_image_that_does_not_exist_is_an_error_and_leaves_nothing(stack: Stack) -> None:
    with pytest.raises(ProviderError, match='create snapshot "it": '):
        await stack.up(SNAPSHOT, image="nobody/has:this")
    assert [] == await names(stack)


async def test_what_a_killed_engine_lost_is_adopted(stack: Stack) -> None:
    await stack.up(SNAPSHOT, **PLAIN)
    lost = stack.forget()
    await stack.session.client.snapshot.deactivate(lost.id)
    again = await stack.up(SNAPSHOT, **PLAIN)
    assert (lost.id, "active") == (again.id, again.state["state"])


async def test_a_lost_answer_makes_exactly_one(stack: Stack) -> None:
    stack.transport.lost["POST /snapshots"] = 1
    made = await stack.up(SNAPSHOT, **PLAIN)
    assert [made.state["name"]] == await names(stack)


async def test_a_forced_replacement_takes_the_next_name(stack: Stack) -> None:
    first = await stack.up(SNAPSHOT, **PLAIN)
    second = await stack.replace()
    assert f"{first.state['name']}-2" == second.state["name"]
    assert [second.state["name"]] == await names(stack)


async def test_a_fixed_name_is_freed_before_it_is_used_again(stack: Stack) -> None:
    first = await stack.up(SNAPSHOT, **PLAIN, name="fixed:1")
    second = await stack.up(SNAPSHOT, dockerfile=f"FROM {DEFAULT_SNAPSHOT}\n", name="fixed:1")
    assert first.id != second.id
    assert ["fixed:1"] == await names(stack)


async def test_a_fixed_name_that_is_taken_is_an_error_unless_it_is_adopted(stack: Stack) -> None:
    await stack.up(SNAPSHOT, **PLAIN, name="fixed:1")
    there = stack.forget()
    with pytest.raises(ProviderError, match="the name is taken"):
        await stack.up(SNAPSHOT, **PLAIN, name="fixed:1")
    with pytest.raises(ProviderError, match="made of something else"):
        await stack.up(SNAPSHOT, dockerfile="FROM other:1\n", name="fixed:1", adopt=True)
    adopted = await stack.up(SNAPSHOT, **PLAIN, name="fixed:1", adopt=True)
    assert there.id == adopted.id


async def test_one_deleted_outside_is_made_again_and_destroying_it_twice_is_fine(stack: Stack) -> None:
    made = await stack.up(SNAPSHOT, **PLAIN)
    await SNAPSHOT.verbs.delete(stack.session, made.id, made.state)
    assert await stack.refresh() is None
    again = await stack.up(SNAPSHOT, **PLAIN)
    assert made.state["name"] == again.state["name"]
    await stack.destroy()
    await SNAPSHOT.verbs.delete(stack.session, again.id, again.state)
    assert [] == await names(stack)


@pytest.mark.parametrize(
    ("inputs", "property_", "words"),
    [
        ({}, "image", "exactly one"),
        ({"image": "a:1", "dockerfile": "FROM b"}, "image", "exactly one"),
        ({"image": "python"}, "image", "with its tag"),
        ({"image": "python:latest"}, "image", "not allowed"),
        ({"image": "a:1", "name": "a/b"}, "name", "dashes only"),
        ({"dockerfile": "FROM a:1\nCOPY x /x\n"}, "dockerfile", "copies local files"),
        ({"image": "a:1", "state": "archived"}, "state", "'active' or 'inactive'"),
    ],
)
def test_what_can_not_be_is_refused_before_any_request(
    inputs: dict[str, Any], property_: str, words: str
) -> None:
    assert words in {each.property: each.reason for each in check(SNAPSHOT, inputs).failures}[property_]


@pytest.mark.parametrize(
    "image", ["python:3.12-slim", "registry.example.com:5000/a/b:1.0", "a@sha256:" + "0" * 64, "a/b:v1_x"]
)
def test_images_with_their_tags_are_fine(image: str) -> None:
    assert () == check(SNAPSHOT, {"image": image}).failures
