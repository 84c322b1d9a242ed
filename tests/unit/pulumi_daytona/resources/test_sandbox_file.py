"""A file in a sandbox: uploaded, left alone, changed, put right, and deleted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from pulumi_daytona.core.check import check
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.unknown import UNKNOWN

from tests.unit.pulumi_daytona.resources.in_box import destroy, failures, new_box, next_run, said, writes
from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

FILE = definition_of("SandboxFile")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


async def test_its_content_and_its_mode_are_set_and_changed_in_place(stack: Stack) -> None:
    box = await new_box(stack)
    made = await stack.up(FILE, sandbox_id=box.id, path="conf/a.ini", content="a=1", mode="0600")
    assert f"{box.id}:conf/a.ini" == made.id
    assert (sha256("a=1"), "600") == (made.state["sha256"], made.state["mode"])
    assert "600 a=1" == await said(box, "stat -c %a conf/a.ini | tr '\\n' ' '; cat conf/a.ini")

    changed = await stack.up(FILE, sandbox_id=box.id, path="conf/a.ini", content="a=2", mode="640")
    assert sha256("a=2") == changed.state["sha256"]
    assert "640 a=2" == await said(box, "stat -c %a conf/a.ini | tr '\\n' ' '; cat conf/a.ini")


async def test_a_mode_that_is_no_longer_given_is_the_usual_one_again(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(FILE, sandbox_id=box.id, path="a", content="a", mode="600")
    await stack.up(FILE, sandbox_id=box.id, path="a", content="a")
    assert "644" == await said(box, "stat -c %a a")


async def test_nothing_is_written_where_nothing_has_changed(stack: Stack) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "path": "a", "content": "a"}
    await stack.up(FILE, **given)
    stack.transport.requests.clear()
    await stack.up(FILE, **given)
    assert [] == stack.transport.requests
    await stack.refresh()
    await stack.up(FILE, **given)
    assert [] == writes(stack)


async def test_a_local_file_is_compared_by_its_content_and_not_by_its_place(
    stack: Stack, tmp_path: Path
) -> None:
    box = await new_box(stack)
    here, there = tmp_path / "here.bin", tmp_path / "there.bin"
    here.write_bytes(b"\x00\xff")
    there.write_bytes(b"\x00\xff")
    await stack.up(FILE, sandbox_id=box.id, path="a", source=str(here))
    assert b"\x00\xff" == await box.fs.download_file("a")
    stack.transport.requests.clear()
    await stack.up(FILE, sandbox_id=box.id, path="a", source={"path": str(there)})
    assert [] == stack.transport.requests
    there.write_bytes(b"new")
    await stack.up(FILE, sandbox_id=box.id, path="a", source={"path": str(there)})
    assert b"new" == await box.fs.download_file("a")


@pytest.mark.parametrize("change", ["echo changed >a", "chmod 600 a", "rm a", "rm a && mkdir a"])
@pytest.mark.parametrize("kind", ["content", "source"])
async def test_what_was_changed_in_the_sandbox_is_put_right(
    stack: Stack, tmp_path: Path, change: str, kind: str
) -> None:
    box = await new_box(stack)
    local = tmp_path / "local"
    local.write_text("a")
    given: dict[str, Any] = {"content": "a"} if kind == "content" else {"source": str(local)}
    await stack.up(FILE, sandbox_id=box.id, path="a", mode="644", **given)
    await said(box, change)
    refreshed = await stack.refresh()
    if "mkdir" in change:
        assert refreshed is None
        with pytest.raises(ProviderError, match="directory"):
            await stack.up(FILE, sandbox_id=box.id, path="a", mode="644", **given)
        return
    assert ("rm" in change) == (refreshed is None)
    put_right = await stack.up(FILE, sandbox_id=box.id, path="a", mode="644", **given)
    assert "a 644" == await said(box, "cat a; stat -c ' %a' a")
    assert sha256("a") == put_right.state["sha256"]


async def test_a_local_file_that_changes_after_it_was_checked_is_refused(
    stack: Stack, tmp_path: Path
) -> None:
    box, local = await new_box(stack), tmp_path / "local"
    local.write_text("checked")
    inputs = stack.inputs(FILE, "it", {"sandbox_id": box.id, "path": "a", "source": str(local)})
    local.write_text("changed")
    with pytest.raises(ProviderError, match="was changed meanwhile; run pulumi up again"):
        await FILE.verbs.create(stack.session, FILE.inputs.model_validate(inputs))


async def test_a_repeated_create_finds_the_file_there_and_goes_on(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(FILE, sandbox_id=box.id, path="a", content="a")
    stack.forget()
    again = await stack.up(FILE, sandbox_id=box.id, path="a", content="b")
    assert f"{box.id}:a" == again.id
    assert "b" == await said(box, "cat a")


async def test_another_sandbox_gets_a_file_of_its_own(stack: Stack) -> None:
    first, second = await new_box(stack), await new_box(stack)
    await stack.up(FILE, sandbox_id=first.id, path="/tmp/own", content="a")
    next_run(stack)
    moved = await stack.up(FILE, sandbox_id=second.id, path="/tmp/own", content="a")
    assert f"{second.id}:/tmp/own" == moved.id
    assert "a" == await said(second, "cat /tmp/own")
    assert "gone" == await said(first, "test -e /tmp/own || echo gone")


async def test_destroying_it_deletes_it_and_one_that_is_gone_is_a_success(stack: Stack) -> None:
    box = await new_box(stack)
    for command in ("true", "rm a"):
        await stack.up(FILE, sandbox_id=box.id, path="a", content="a")
        await said(box, command)
        await destroy(stack)
        assert "gone" == await said(box, "test -e a || echo gone")


async def test_a_forced_replacement_leaves_it_in_its_place(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(FILE, sandbox_id=box.id, path="a", content="a")
    next_run(stack)
    await stack.replace()
    assert "a" == await said(box, "cat a")


async def test_with_its_sandbox_it_is_gone_too(stack: Stack) -> None:
    box = await new_box(stack)
    made = await stack.up(FILE, sandbox_id=box.id, path="a", content="a")
    await box.delete(wait=True)
    assert await FILE.verbs.read(stack.session, made.id, made.state) is None
    await destroy(stack)
    with pytest.raises(ProviderError, match=r"is gone; run pulumi up --refresh"):
        await stack.up(FILE, sandbox_id=box.id, path="a", content="a")


async def test_a_sandbox_that_is_on_its_way_is_waited_for(stack: Stack) -> None:
    box = await stack.session.client.create(wait=False)
    made = await stack.up(FILE, sandbox_id=box.id, path="a", content="a")
    assert f"{box.id}:a" == made.id


async def test_a_stopped_sandbox_is_left_alone_and_an_operation_says_what_to_do(
    stack: Stack, caplog: pytest.LogCaptureFixture
) -> None:
    box = await new_box(stack)
    made = await stack.up(FILE, sandbox_id=box.id, path="a", content="a")
    await box.stop()
    before = dict(made.state)
    refreshed = await stack.refresh()
    assert refreshed is not None
    assert before == refreshed.state
    with pytest.raises(ProviderError, match=r'update file "a" in sandbox .* is stopped; set state="started"'):
        await stack.up(FILE, sandbox_id=box.id, path="a", content="b")
    await destroy(stack)
    assert [f'file "a" stays in sandbox {box.id}, which is stopped'] == caplog.messages
    await box.refresh_data()
    assert "stopped" == box.state


@pytest.mark.parametrize(
    ("inputs", "property_", "words"),
    [
        ({"content": "x", "source": "y"}, "source", "not there"),
        ({}, "content", "set content (a text) or source"),
        ({"content": "x", "path": "a/../b"}, "path", "must not have .. in it"),
        ({"content": "x", "path": "~/b"}, "path", "~ is not expanded"),
        ({"content": "x", "path": "dir/"}, "path", "needs the path of a file"),
        ({"content": "x", "path": ""}, "path", "needs a path such as /app"),
        ({"content": "x", "path": "a\nb"}, "path", "needs a path such as /app"),
        ({"content": "x", "mode": "rw"}, "mode", "needs an octal text such as 644"),
        ({"content": "x", "mode": "888"}, "mode", "needs an octal text such as 644"),
        ({"content": "x", "sandbox_id": ""}, "sandbox_id", "needs the id of a sandbox, such as sandbox.id"),
        ({"source": "/nowhere/at/all"}, "source", "is not there; a text belongs into content"),
        ({"source": "/tmp"}, "source", "is a folder: use SandboxFolder"),
        ({"source": {"uri": "https://example.com/x"}}, "source", "remote assets are not fetched"),
        ({"source": {}}, "source", "needs a file's path, a FileAsset or a StringAsset"),
    ],
)
def test_what_is_wrong_is_refused_on_its_property(inputs: dict[str, Any], property_: str, words: str) -> None:
    assert words in failures(FILE, **{"sandbox_id": "b", "path": "a", **inputs})[property_]


def test_content_and_source_together_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    found = failures(FILE, sandbox_id="b", path="a", content="a", source=str(tmp_path / "a"))
    assert {"source": "set only one of content and source"} == found


def test_a_file_without_a_sandbox_is_refused() -> None:
    assert "is missing; give it: Id of the sandbox" in failures(FILE, path="a", content="a")["sandbox_id"]


def test_what_is_unknown_passes() -> None:
    given = {"sandbox_id": UNKNOWN, "path": UNKNOWN, "source": {"text": UNKNOWN}, "mode": UNKNOWN}
    assert {**given, "source": UNKNOWN} == check(FILE, given).inputs


def test_a_path_is_brought_into_its_normal_form() -> None:
    assert "/a/b" == check(FILE, {"sandbox_id": "b", "path": "//a/./b", "content": ""}).inputs["path"]
