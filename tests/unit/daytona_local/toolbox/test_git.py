"""Git operations on real repositories in a real sandbox: files, commits, branches."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_local.toolbox.git_routes import routes
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.shell import shell


class Git:
    """Ask for git operations on one repository."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, what: str, path: str = "repo") -> Any:
        return (await self.client.get(f"/git/{what}", params={"path": path})).json()

    async def post(self, what: str, path: str = "repo", **more: Any) -> httpx.Response:
        return await self.client.post(f"/git/{what}", json={"path": path, **more})

    async def delete(self, what: str, **more: Any) -> httpx.Response:
        return await self.client.request("DELETE", f"/git/{what}", json={"path": "repo", **more})

    async def states(self) -> dict[str, tuple[str, str]]:
        files = (await self.get("status"))["fileStatus"]
        return {file["name"]: (file["staging"], file["worktree"]) for file in files}

    async def commit(self, message: str = "message", **more: Any) -> httpx.Response:
        return await self.post("commit", message=message, author="Ann", email="ann@example.org", **more)


@pytest.fixture
async def git(toolbox: Any) -> Git:
    """Return the operations on a new, empty repository."""
    made = Git(toolbox(routes))
    assert 201 == (await made.post("init", initial_branch="main")).status_code
    return made


async def write(box: Running, name: str, text: str = "text") -> None:
    await shell(box, f"mkdir -p repo && printf %s '{text}' > 'repo/{name}'")


async def test_a_new_repository_has_its_branch_and_no_commits(git: Git) -> None:
    assert "main" == (await git.get("status"))["currentBranch"]
    assert [] == await git.get("history")
    assert {"branches": [], "current": "main"} == await git.get("branches")


async def test_a_repository_is_not_made_twice(git: Git) -> None:
    assert 409 == (await git.post("init")).status_code


async def test_a_bare_repository_has_no_folder_of_files(git: Git, box: Running) -> None:
    assert 201 == (await git.post("init", "bare", bare=True)).status_code

    assert "HEAD" in await shell(box, "ls bare")


async def test_files_go_from_untracked_over_added_to_unmodified(git: Git, box: Running) -> None:
    await write(box, "a file.txt")
    assert {"a file.txt": ("Untracked", "Untracked")} == await git.states()

    assert 200 == (await git.post("add", files=["."])).status_code
    assert {"a file.txt": ("Added", "Unmodified")} == await git.states()

    assert 200 == (await git.commit()).status_code
    assert {} == await git.states()


async def test_every_file_of_a_new_folder_is_listed(git: Git, box: Running) -> None:
    await shell(box, "mkdir repo/d && touch repo/d/1 repo/d/2")

    assert {"d/1", "d/2"} == set(await git.states())


async def test_a_renamed_file_is_renamed(git: Git, box: Running) -> None:
    await write(box, "old")
    await git.post("add", files=["old"])
    await git.commit()
    await shell(box, "git -C repo mv old 'ne w'")

    files = (await git.get("status"))["fileStatus"]
    assert [{"name": "ne w", "extra": "old", "staging": "Renamed", "worktree": "Unmodified"}] == files


async def test_a_commit_has_its_message_and_author_and_is_named_by_its_hash(git: Git, box: Running) -> None:
    await write(box, "f")
    await git.post("add", files=["f"])

    made = (await git.commit("first line\n\n# not a comment, ünïcode")).json()

    history = await git.get("history")
    assert [made["hash"]] == [commit["hash"] for commit in history]
    assert ("Ann", "ann@example.org") == (history[0]["author"], history[0]["email"])
    assert "first line\n\n# not a comment, ünïcode" == history[0]["message"]


async def test_the_history_begins_with_the_newest_commit(git: Git) -> None:
    for message in ("one", "two", "three"):
        await git.commit(message, allow_empty=True)

    assert ["three", "two", "one"] == [commit["message"] for commit in await git.get("history")]


async def test_nothing_can_only_be_committed_on_request(git: Git) -> None:
    assert 400 == (await git.commit()).status_code
    assert 200 == (await git.commit(allow_empty=True)).status_code


async def test_a_file_that_is_not_there_can_not_be_added(git: Git) -> None:
    assert 400 == (await git.post("add", files=["nope"])).status_code


async def test_a_new_branch_is_checked_out(git: Git) -> None:
    await git.commit(allow_empty=True)

    assert 201 == (await git.post("branches", name="dev")).status_code

    assert {"branches": ["dev", "main"], "current": "dev"} == await git.get("branches")


async def test_a_branch_is_not_made_twice(git: Git) -> None:
    await git.commit(allow_empty=True)

    refused = await git.post("branches", name="main")

    assert (409, "GIT_BRANCH_EXISTS") == (refused.status_code, refused.json()["code"])


async def test_a_branch_is_deleted_once(git: Git) -> None:
    await git.commit(allow_empty=True)
    await git.post("branches", name="dev")
    await git.post("checkout", branch="main")

    assert 204 == (await git.delete("branches", name="dev")).status_code

    again = await git.delete("branches", name="dev")
    assert (404, "GIT_BRANCH_NOT_FOUND") == (again.status_code, again.json()["code"])


async def test_the_current_branch_can_not_be_deleted(git: Git) -> None:
    await git.commit(allow_empty=True)

    assert 400 == (await git.delete("branches", name="main")).status_code


async def test_a_commit_can_be_checked_out(git: Git) -> None:
    first = (await git.commit(allow_empty=True)).json()["hash"]
    await git.commit(allow_empty=True)

    assert 200 == (await git.post("checkout", branch=first)).status_code

    status = await git.get("status")
    assert (True, "HEAD") == (status["detached"], status["currentBranch"])
    assert "" == (await git.get("branches"))["current"]


async def test_an_unknown_branch_can_not_be_checked_out_even_if_a_file_has_its_name(
    git: Git, box: Running
) -> None:
    await write(box, "nope")
    await git.post("add", files=["."])
    await git.commit()

    refused = await git.post("checkout", branch="nope")

    assert (404, "GIT_BRANCH_NOT_FOUND") == (refused.status_code, refused.json()["code"])


async def test_a_checkout_does_not_overwrite_changes(git: Git, box: Running) -> None:
    await write(box, "f", "one")
    await git.post("add", files=["f"])
    await git.commit()
    await git.post("branches", name="dev")
    await write(box, "f", "two")
    await git.post("add", files=["f"])
    await git.commit()
    await write(box, "f", "three")

    refused = await git.post("checkout", branch="main")

    assert (409, "GIT_DIRTY_WORKTREE") == (refused.status_code, refused.json()["code"])


async def test_a_hard_reset_goes_back_to_a_commit(git: Git) -> None:
    first = (await git.commit("one", allow_empty=True)).json()["hash"]
    await git.commit("two", allow_empty=True)

    assert 200 == (await git.post("reset", mode="hard", target=first)).status_code

    assert ["one"] == [commit["message"] for commit in await git.get("history")]


async def test_a_reset_of_files_takes_them_out_of_the_index(git: Git, box: Running) -> None:
    await git.commit(allow_empty=True)
    await write(box, "a")
    await write(box, "b")
    await git.post("add", files=["."])

    assert 200 == (await git.post("reset", files=["a"])).status_code

    assert {"a": ("Untracked", "Untracked"), "b": ("Added", "Unmodified")} == await git.states()


@pytest.mark.parametrize("asked", [{"mode": "sideways"}, {"mode": "hard", "files": ["a"]}])
async def test_a_reset_that_can_not_be_is_refused(git: Git, asked: dict[str, Any]) -> None:
    await git.commit(allow_empty=True)

    assert 400 == (await git.post("reset", **asked)).status_code


async def test_restore_takes_the_folder_back_to_the_index_and_the_index_back_to_a_commit(
    git: Git, box: Running
) -> None:
    await write(box, "f", "one")
    await git.post("add", files=["f"])
    await git.commit()
    await write(box, "f", "two")
    await git.post("add", files=["f"])
    await write(box, "f", "three")

    await git.post("restore", files=["f"])
    assert {"f": ("Modified", "Unmodified")} == await git.states()

    await git.post("restore", files=["f"], staged=True, worktree=True, source="HEAD")
    assert {} == await git.states()
    assert "one" == await shell(box, "cat repo/f")


@pytest.mark.parametrize("what", ["status", "history", "branches", "remotes"])
async def test_what_is_no_repository_is_not_found(git: Git, what: str) -> None:
    for path in ("nowhere", "/tmp", "repo/.."):
        answer = await git.client.get(f"/git/{what}", params={"path": path})
        assert (404, "GIT_REPO_NOT_FOUND") == (answer.status_code, answer.json()["code"])


async def test_a_folder_in_a_repository_is_no_repository_of_its_own(git: Git, box: Running) -> None:
    await shell(box, "mkdir repo/folder")

    assert "GIT_REPO_NOT_FOUND" == (await git.get("status", "repo/folder"))["code"]


async def test_a_repository_of_another_owner_can_be_used(git: Git, box: Running) -> None:
    await box.agent.ask("permissions", path="repo", mode=0o777, owner=None, group=None)
    box.env["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"

    assert "main" == (await git.get("status"))["currentBranch"]


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("branches", {"name": "--force"}),
        ("checkout", {"branch": "--orphan=x"}),
        ("checkout", {"branch": ""}),
        ("reset", {"target": "--hard"}),
        ("branches", {"name": "a\0b"}),
    ],
)
async def test_no_value_is_taken_for_an_option(git: Git, what: str, asked: dict[str, Any]) -> None:
    await git.commit(allow_empty=True)

    assert 400 == (await git.post(what, **asked)).status_code


async def test_a_file_whose_name_looks_like_an_option_is_a_file(git: Git, box: Running) -> None:
    await write(box, "--all")
    await write(box, "other")

    await git.post("add", files=["--all"])

    assert {"--all": ("Added", "Unmodified"), "other": ("Untracked", "Untracked")} == await git.states()
