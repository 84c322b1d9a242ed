"""Clone, push and pull between repositories in a sandbox."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.toolbox.git_routes import routes
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.git_work import Work, refused
from tests.unit.daytona_local.toolbox.shell import shell

IDENTITY = "git config --global user.name Ann; git config --global user.email ann@example.org;"


@pytest.fixture
async def remote(toolbox: Any, box: Running) -> Work:
    """Return the operations on a clone of a repository with two commits; ``other`` is another clone."""
    made = Work(toolbox(routes), box)
    await shell(box, f"{IDENTITY} git init -q --bare -b main origin.git; git clone -q origin.git other 2>&1")
    await made.commit("other", "one")
    await made.commit("other", "two")
    await shell(box, "cd other; git push -q origin main; git branch dev HEAD~1; git push -q origin dev")
    assert 200 == (await made.post("clone", url="file:///home/daytona/origin.git")).status_code
    return made


async def test_a_clone_follows_its_origin(remote: Work) -> None:
    status = await remote.get("status")

    assert ("main", "origin/main", True) == (
        status["currentBranch"],
        status["upstream"],
        status["branchPublished"],
    )
    assert [{"name": "origin", "url": "file:///home/daytona/origin.git"}] == (await remote.get("remotes"))[
        "remotes"
    ]


async def test_a_branch_can_be_cloned(remote: Work) -> None:
    url = "file:///home/daytona/origin.git"
    await remote.post("clone", path="new", url=url, branch="dev")

    assert "dev" == (await remote.get("status", path="new"))["currentBranch"]


async def test_a_commit_can_be_cloned_even_one_that_a_short_history_has_not(remote: Work) -> None:
    first = (await remote.get("history"))[1]["hash"]
    url = "file:///home/daytona/origin.git"

    for path, depth in (("whole", None), ("short", 1)):
        answer = await remote.post("clone", path=path, url=url, commit_id=first, depth=depth)
        assert 200 == answer.status_code
        assert first == (await remote.get("history", path=path))[0]["hash"]
        assert (await remote.get("status", path=path))["detached"]


async def test_a_shallow_clone_has_so_many_commits(remote: Work) -> None:
    await remote.post("clone", path="short", url="file:///home/daytona/origin.git", depth=1)

    assert ["two"] == [commit["message"] for commit in await remote.get("history", path="short")]


async def test_a_clone_that_fails_leaves_nothing(remote: Work, box: Running) -> None:
    url = "file:///home/daytona/origin.git"
    for asked in ({"branch": "nope"}, {"commit_id": "0" * 40}):
        answer = await remote.post("clone", path="new", url=url, **asked)
        assert (404, "GIT_BRANCH_NOT_FOUND") == await refused(answer)
        assert "" == await shell(box, "ls -d new 2>/dev/null || true")


async def test_nothing_is_cloned_over_what_is_there(remote: Work) -> None:
    assert 409 == (await remote.post("clone", url="file:///home/daytona/origin.git")).status_code


async def test_a_repository_that_is_not_there_can_not_be_cloned(remote: Work) -> None:
    answer = await remote.post("clone", path="new", url="file:///home/daytona/nope")

    assert (404, "GIT_REPO_NOT_FOUND") == await refused(answer)


async def test_a_host_that_is_not_there_is_a_failure_of_transport(remote: Work) -> None:
    answer = await remote.post("clone", path="new", url="http://127.0.0.1:1/r")

    assert "GIT_TRANSPORT_FAILED" == (await refused(answer))[1]


@pytest.mark.parametrize(
    "asked",
    [
        {"url": "--upload-pack=touch /tmp/pwned"},
        {"url": "ext::sh -c touch% /tmp/pwned"},
        {"url": "ssh://-oProxyCommand=touch%20/tmp/pwned/x"},
        {"url": "-u", "path": "new"},
        {"url": ""},
        {"path": ""},
    ],
)
async def test_no_address_runs_a_command(remote: Work, box: Running, asked: dict[str, str]) -> None:
    answer = await remote.post("clone", **{"url": "file:///home/daytona/origin.git", "path": "new", **asked})

    assert 200 != answer.status_code
    assert "" == await shell(box, "ls /tmp")


async def test_a_path_or_branch_that_looks_like_an_option_is_none(remote: Work, box: Running) -> None:
    url = "file:///home/daytona/origin.git"

    assert 200 == (await remote.post("clone", path="--bare", url=url)).status_code
    assert 404 == (await remote.post("clone", path="x", url=url, branch="--bare")).status_code
    assert ".git" in await shell(box, "ls -a ./--bare")


async def test_push_moves_the_remote_branch(remote: Work, box: Running) -> None:
    await remote.commit("work", "three")
    assert 1 == (await remote.get("status"))["ahead"]

    assert 200 == (await remote.post("push")).status_code

    assert 0 == (await remote.get("status"))["ahead"]
    assert "three" in await shell(box, "git -C origin.git log --format=%s main")


async def test_a_new_branch_is_published_on_request(remote: Work) -> None:
    await remote.post("branches", name="topic")
    assert not (await remote.get("status"))["branchPublished"]

    await remote.post("push", branch="topic", set_upstream=True)

    assert "origin/topic" == (await remote.get("status"))["upstream"]


async def test_a_push_over_others_commits_is_rejected(remote: Work) -> None:
    await remote.commit("other", "theirs")
    await shell(remote.box, "git -C other push -q origin main")
    await remote.commit("work", "ours")

    assert (409, "GIT_PUSH_REJECTED") == await refused(await remote.post("push"))


async def test_a_push_that_the_remote_does_not_want_is_rejected_by_the_remote(remote: Work) -> None:
    hook = "origin.git/hooks/pre-receive"
    await shell(remote.box, f"printf '#!/bin/sh\\necho not today; exit 1' > {hook}; chmod +x {hook}")
    await remote.commit("work", "three")

    answer = await remote.post("push")

    assert (422, "GIT_REMOTE_REJECTED") == await refused(answer)
    assert "not today" in answer.json()["message"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"branch": "nope"}, "GIT_BRANCH_NOT_FOUND"), ({"remote": "nope"}, "GIT_REPO_NOT_FOUND")],
)
async def test_what_is_not_there_can_not_be_pushed_or_pulled(
    remote: Work, asked: dict[str, str], code: str
) -> None:
    assert (404, code) == await refused(await remote.post("push", **asked))
    assert (404, code) == await refused(await remote.post("pull", **asked))


async def test_pull_brings_what_others_have_pushed(remote: Work) -> None:
    await remote.commit("other", "theirs")
    await shell(remote.box, "git -C other push -q origin main")

    assert 200 == (await remote.post("pull")).status_code

    assert "theirs" == await remote.file()


async def test_pull_without_an_upstream_takes_the_branch_of_the_same_name(remote: Work) -> None:
    await shell(remote.box, "git -C work branch --unset-upstream")
    await remote.commit("other", "theirs")
    await shell(remote.box, "git -C other push -q origin main")

    assert 200 == (await remote.post("pull")).status_code

    assert "theirs" == await remote.file()


async def test_a_pull_follows_an_upstream_of_another_name(remote: Work) -> None:
    await shell(remote.box, "git -C work checkout -q -b mine origin/dev; git -C other checkout -q dev")
    await remote.commit("other", "theirs")
    await shell(remote.box, "git -C other push -q origin dev")

    assert 200 == (await remote.post("pull")).status_code

    assert "theirs" == await remote.file()


async def test_a_pull_that_conflicts_says_so(remote: Work) -> None:
    await remote.commit("other", "theirs")
    await shell(remote.box, "git -C other push -q origin main")
    await remote.commit("work", "ours")

    assert (409, "GIT_MERGE_CONFLICT") == await refused(await remote.post("pull"))

    files = (await remote.get("status"))["fileStatus"]
    assert ["Updated but unmerged"] == [file["worktree"] for file in files]
    commit = await remote.post("commit", message="m", author="a", email="b")
    assert (409, "GIT_MERGE_CONFLICT") == await refused(commit)


async def test_a_pull_does_not_overwrite_changes(remote: Work) -> None:
    await remote.commit("other", "theirs")
    await shell(remote.box, "git -C other push -q origin main; echo ours > work/file")

    assert (409, "GIT_DIRTY_WORKTREE") == await refused(await remote.post("pull"))


async def test_without_a_branch_the_one_to_pull_must_be_named(remote: Work) -> None:
    await shell(remote.box, "git -C work checkout -q --detach")

    assert 400 == (await remote.post("pull")).status_code
    assert 200 == (await remote.post("pull", branch="main")).status_code


async def test_a_remote_is_added_once_and_overwritten_on_request(remote: Work) -> None:
    assert 201 == (await remote.post("remotes", name="two", url="/one")).status_code
    assert 409 == (await remote.post("remotes", name="two", url="/two")).status_code
    assert 201 == (await remote.post("remotes", name="two", url="/three", overwrite=True)).status_code

    remotes = (await remote.get("remotes"))["remotes"]
    assert {"name": "two", "url": "/three"} in remotes
    assert 2 == len(remotes)


async def test_a_new_remote_is_fetched_from_on_request(remote: Work, box: Running) -> None:
    answer = await remote.post("remotes", name="two", url="/home/daytona/origin.git", fetch=True)

    assert 201 == answer.status_code
    assert "two/dev" in await shell(box, "git -C work branch -r")


async def test_an_address_with_a_password_is_no_remote(remote: Work) -> None:
    answer = await remote.post("remotes", name="two", url="https://ann:s3cret@example.org/r")

    assert 400 == answer.status_code
    assert "s3cret" not in answer.text
