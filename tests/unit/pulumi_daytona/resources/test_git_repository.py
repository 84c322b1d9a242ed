"""A clone in a sandbox: kept at its branch or commit, and credentials are left nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx import AsyncSandbox, SessionExecuteRequest
from pulumi_daytona.core.check import check
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.operation import pauses
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.unknown import UNKNOWN

from tests.unit.daytona_local.toolbox import git_server
from tests.unit.pulumi_daytona.resources.in_box import destroy, failures, new_box, next_run, said, writes
from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

REPOSITORY = definition_of("GitRepository")
ORIGIN = "/tmp/origin"
GIT = "git -c user.name=a -c user.email=b -c init.defaultBranch=main"
SERVE = """
import pathlib, socket, sys, time
sys.path.insert(0, "/tmp")
import git_server
with git_server.serving(pathlib.Path("/tmp"), socket.create_server(("127.0.0.1", 0))) as (address, seen):
    pathlib.Path("/tmp/address").write_text(address)
    while True:
        pathlib.Path("/tmp/seen").write_text(str(seen))
        time.sleep(0.02)
"""


async def commit(box: AsyncSandbox, text: str, branch: str = "main") -> str:
    """Commit a file on a branch of the origin, and return the commit."""
    steps = f"{GIT} checkout -q -B {branch} && echo {text} >f && git add f && {GIT} commit -q -m {text}"
    return await said(box, f"cd {ORIGIN} && {steps} && git rev-parse HEAD")


@pytest.fixture
async def box(stack: Stack) -> AsyncSandbox:
    """Return a sandbox with an origin that has one commit."""
    made = await new_box(stack)
    await said(made, f"{GIT} init -q {ORIGIN}")
    await commit(made, "one")
    return made


def cloned(box: AsyncSandbox, **given: Any) -> dict[str, Any]:
    return {"sandbox_id": box.id, "url": ORIGIN, "path": "code", **given}


async def checked_out(box: AsyncSandbox) -> str:
    """Return the content, and the branch or HEAD."""
    return await said(box, "cd code && cat f | tr '\\n' ' ' && git rev-parse --abbrev-ref HEAD")


async def test_it_is_cloned_at_the_branch_that_the_remote_prefers(stack: Stack, box: AsyncSandbox) -> None:
    head = await said(box, f"git -C {ORIGIN} rev-parse HEAD")
    made = await stack.up(REPOSITORY, **cloned(box))
    assert "one main" == await checked_out(box)
    assert (head, "main", False) == tuple(
        made.state[name] for name in ("revision", "current_branch", "dirty")
    )
    await destroy(stack)
    assert "gone" == await said(box, "test -e code || echo gone")


async def test_another_branch_is_fetched_and_checked_out_in_place(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(REPOSITORY, **cloned(box, branch="main"))
    await commit(box, "two", "next")
    changed = await stack.up(REPOSITORY, **cloned(box, branch="next"))
    assert ("two next", "next") == (await checked_out(box), changed.state["current_branch"])
    await stack.up(REPOSITORY, **cloned(box, branch="main"))
    assert "one main" == await checked_out(box)


async def test_another_commit_is_fetched_and_checked_out_in_place(stack: Stack, box: AsyncSandbox) -> None:
    first = await said(box, f"git -C {ORIGIN} rev-parse HEAD")
    await stack.up(REPOSITORY, **cloned(box, commit=first))
    assert "one HEAD" == await checked_out(box)
    second = await commit(box, "two")
    changed = await stack.up(REPOSITORY, **cloned(box, commit=second[:10].upper()))
    assert ("two HEAD", second) == (await checked_out(box), changed.state["revision"])
    stack.transport.requests.clear()
    await stack.up(REPOSITORY, **cloned(box, commit=second))
    assert [] == stack.transport.requests
    await stack.up(REPOSITORY, **cloned(box, branch="main"))
    assert "two main" == await checked_out(box)


async def test_a_trigger_brings_a_branch_to_where_the_remote_one_is(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(REPOSITORY, **cloned(box, branch="main", triggers=[1]))
    await commit(box, "two")
    await stack.up(REPOSITORY, **cloned(box, branch="main", triggers=[2]))
    assert "two main" == await checked_out(box)
    await commit(box, "three")
    await stack.up(REPOSITORY, **cloned(box, triggers=[3]))
    assert "three main" == await checked_out(box)


@pytest.mark.parametrize("given", [{"branch": "main"}, {"commit": "<head>"}])
async def test_what_is_checked_out_in_the_sandbox_is_put_right(
    stack: Stack, box: AsyncSandbox, given: dict[str, str]
) -> None:
    head = await commit(box, "two")
    wanted = cloned(box, **{name: head if value == "<head>" else value for name, value in given.items()})
    await stack.up(REPOSITORY, **wanted)
    before = await checked_out(box)
    await said(box, "cd code && git checkout -q HEAD~1")
    drifted = await stack.refresh()
    assert drifted is not None
    assert head != drifted.state["revision"]
    await stack.up(REPOSITORY, **wanted)
    assert before == await checked_out(box)
    assert head == stack.resources["it"].state["revision"]


async def test_work_on_the_branch_is_seen_and_left_alone(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(REPOSITORY, **cloned(box, branch="main"))
    await said(box, f"cd code && echo mine >f && {GIT} commit -q -a -m mine && echo draft >g")
    seen = await stack.refresh()
    assert seen is not None
    assert seen.state["dirty"] is True
    stack.transport.requests.clear()
    await stack.up(REPOSITORY, **cloned(box, branch="main"))
    assert [] == writes(stack)
    await commit(box, "two")
    with pytest.raises(ProviderError, match="git merge: "):
        await stack.up(REPOSITORY, **cloned(box, branch="main", triggers=["go"]))
    assert "mine main" == await checked_out(box)


async def test_changes_that_would_be_lost_are_an_error(stack: Stack, box: AsyncSandbox) -> None:
    first = await said(box, f"git -C {ORIGIN} rev-parse HEAD")
    await commit(box, "two")
    await stack.up(REPOSITORY, **cloned(box, branch="main"))
    await said(box, "echo draft >code/f")
    with pytest.raises(ProviderError, match=r"git checkout: .*would be overwritten"):
        await stack.up(REPOSITORY, **cloned(box, commit=first))
    assert "draft" == await said(box, "cat code/f")


async def test_nothing_is_written_where_nothing_has_changed(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(REPOSITORY, **cloned(box))
    stack.transport.requests.clear()
    await stack.refresh()
    await stack.up(REPOSITORY, **cloned(box))
    assert [] == writes(stack)


async def test_a_create_that_was_broken_off_goes_on_with_its_clone(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(REPOSITORY, **cloned(box))
    stack.forget()
    await commit(box, "two")
    await stack.up(REPOSITORY, **cloned(box, branch="main"))
    assert "two main" == await checked_out(box)


async def test_another_address_replaces_the_clone_in_its_place(stack: Stack, box: AsyncSandbox) -> None:
    await said(box, f"git clone -q {ORIGIN} /tmp/other && cd /tmp/other && echo other >f && git add f")
    await said(box, f"cd /tmp/other && {GIT} commit -q -m other")
    await stack.up(REPOSITORY, **cloned(box))
    next_run(stack)
    await stack.up(REPOSITORY, **cloned(box, url="/tmp/other"))
    assert "other main" == await checked_out(box)


async def test_a_clone_of_something_else_is_not_touched(stack: Stack, box: AsyncSandbox) -> None:
    await said(box, "git clone -q /tmp/origin /tmp/other && git clone -q /tmp/other code")
    with pytest.raises(ProviderError, match="there is a clone of another repository; choose another path"):
        await stack.up(REPOSITORY, **cloned(box))
    assert "one main" == await checked_out(box)


async def test_a_folder_in_another_repository_is_no_clone_yet(stack: Stack, box: AsyncSandbox) -> None:
    await said(box, "git clone -q /tmp/origin outer")
    await stack.up(REPOSITORY, **cloned(box, path="outer/code"))
    assert "one" == await said(box, "cat outer/code/f")


async def test_a_clone_that_is_gone_is_made_again(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(REPOSITORY, **cloned(box))
    await said(box, "rm -rf code")
    assert await stack.refresh() is None
    await stack.up(REPOSITORY, **cloned(box))
    assert "one main" == await checked_out(box)


async def test_a_tag_is_no_branch_and_leaves_nothing(stack: Stack, box: AsyncSandbox) -> None:
    await said(box, f"git -C {ORIGIN} tag v1")
    with pytest.raises(ProviderError, match=r"'v1' is no branch; for a tag, set commit"):
        await stack.up(REPOSITORY, **cloned(box, branch="v1"))
    assert "gone" == await said(box, "test -e code || echo gone")


@pytest.mark.parametrize("given", [{"url": "/tmp/nowhere"}, {"branch": "nowhere"}, {"commit": "0" * 40}])
async def test_what_is_not_there_is_one_clear_line_and_leaves_nothing(
    stack: Stack, box: AsyncSandbox, given: dict[str, str]
) -> None:
    with pytest.raises(ProviderError, match='create repository "code" in sandbox') as failed:
        await stack.up(REPOSITORY, **cloned(box, **given))
    assert 1 == len(str(failed.value).splitlines())
    assert "gone" == await said(box, "test -e code || echo gone")


async def test_credentials_are_used_for_every_request_and_kept_nowhere(
    stack: Stack, box: AsyncSandbox
) -> None:
    await box.fs.upload_file(git_server.__file__, "/tmp/git_server.py")
    await box.fs.upload_file(SERVE.encode(), "/tmp/serve.py")
    await box.process.create_session("server")
    await box.process.execute_session_command(
        "server", SessionExecuteRequest("python3 /tmp/serve.py", run_async=True)
    )
    async for _ in pauses():
        if address := await said(box, "cat /tmp/address 2>/dev/null"):
            break
    login = {"username": git_server.USERNAME, "password": git_server.PASSWORD}
    given = cloned(box, url=f"{address}/origin/.git", **login)
    await stack.up(REPOSITORY, **given)
    second = await commit(box, "two")
    await stack.up(REPOSITORY, **{**given, "commit": second})
    assert "two HEAD" == await checked_out(box)
    kept = await said(box, f"grep -rlF '{git_server.PASSWORD}' code ~/.git* ~/.config 2>/dev/null")
    assert "" == kept
    with pytest.raises(ProviderError) as failed:
        await stack.up(REPOSITORY, **{**given, "password": "wrong words", "triggers": [1], "branch": "x"})
    assert "wrong words" not in str(failed.value)


async def test_a_sandbox_without_git_is_one_clear_line(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(REPOSITORY, **cloned(box))
    await box.update_env({"PATH": "/nowhere"})
    with pytest.raises(ProviderError, match="the sandbox has no git; use a snapshot or an image that has it"):
        await stack.refresh()


@pytest.mark.parametrize(
    ("inputs", "property_", "words"),
    [
        ({"url": ""}, "url", "needs the address of a repository"),
        ({"url": "--upload-pack=x"}, "url", "needs the address of a repository"),
        ({"url": "https://me:secret@example.com/x"}, "url", "must not hold a password"),
        ({"path": "."}, "path", "needs a folder of its own"),
        ({"path": "a/../.."}, "path", "must not have .. in it"),
        ({"branch": "-x"}, "branch", "needs the name of a branch"),
        ({"branch": "a b"}, "branch", "needs the name of a branch"),
        ({"commit": "main"}, "commit", "needs at least 7 hexadecimal digits"),
        ({"branch": "a", "commit": "1234567"}, "commit", "set only one of branch and commit"),
        ({"password": "p"}, "username", "a password needs one"),
        ({"url": "git@example.com:x", "username": "u"}, "username", "only for repositories at http://"),
        ({"depth": 0}, "depth", "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_is_refused_on_its_property(inputs: dict[str, Any], property_: str, words: str) -> None:
    given = {"sandbox_id": "b", "url": "https://example.com/x", "path": "code", **inputs}
    found = failures(REPOSITORY, **given)
    assert words in found[property_]
    assert "secret" not in str(found)


def test_what_is_unknown_passes() -> None:
    given = {"sandbox_id": UNKNOWN, "url": UNKNOWN, "path": UNKNOWN, "commit": UNKNOWN, "username": "u"}
    assert given == check(REPOSITORY, given).inputs
