"""Git repositories in a sandbox."""

from __future__ import annotations

import inspect
import json
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaError,
    DaytonaGitAuthFailedError,
    DaytonaGitBranchNotFoundError,
    DaytonaGitMergeConflictError,
    DaytonaGitPushRejectedError,
    GitFileState,
    Sandbox,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

SIGNATURES = {
    "add": "path, files, request_timeout=None",
    "branches": "path, request_timeout=None",
    "clone": "url, path, branch=None, commit_id=None, username=None, password=None, "
    "insecure_skip_tls=None, depth=None, request_timeout=None",
    "commit": "path, message, author, email, allow_empty=False, request_timeout=None",
    "push": "path, username=None, password=None, branch=None, remote=None, set_upstream=False, "
    "request_timeout=None",
    "pull": "path, username=None, password=None, branch=None, remote=None, request_timeout=None",
    "status": "path, request_timeout=None",
    "checkout_branch": "path, branch, request_timeout=None",
    "create_branch": "path, name, request_timeout=None",
    "delete_branch": "path, name, request_timeout=None",
    "init": "path, bare=False, initial_branch=None, request_timeout=None",
    "reset": "path, mode=None, target=None, files=None, request_timeout=None",
    "restore": "path, files, staged=None, worktree=None, source=None, request_timeout=None",
    "remote_add": "path, name, url, fetch=False, overwrite=False, request_timeout=None",
    "remotes": "path, request_timeout=None",
    "remote_get": "path, name, request_timeout=None",
    "set_config": "key, value, scope='global', path=None, request_timeout=None",
    "get_config": "key, scope='global', path=None, request_timeout=None",
    "configure_user": "name, email, scope='global', path=None, request_timeout=None",
    "dangerously_authenticate": "username, password, host=None, protocol=None, request_timeout=None",
}
CALLS = [
    ("clone", ("http://git/r", "r", "main", None, "u", "p", True, 1), "POST", "/git/clone", {
        "url": "http://git/r", "path": "r", "branch": "main", "username": "u", "password": "p",
        "insecure_skip_tls": True, "depth": 1}),
    ("init", ("r", True, "main"), "POST", "/git/init", {"path": "r", "bare": True, "initial_branch": "main"}),
    ("add", ("r", ["a", "b"]), "POST", "/git/add", {"path": "r", "files": ["a", "b"]}),
    ("reset", ("r", "hard", "HEAD~1"), "POST", "/git/reset", {
        "path": "r", "mode": "hard", "target": "HEAD~1"}),
    ("restore", ("r", ["a"], True), "POST", "/git/restore", {"path": "r", "files": ["a"], "staged": True}),
    ("create_branch", ("r", "b"), "POST", "/git/branches", {"path": "r", "name": "b"}),
    ("delete_branch", ("r", "b"), "DELETE", "/git/branches", {"path": "r", "name": "b"}),
    ("checkout_branch", ("r", "b"), "POST", "/git/checkout", {"path": "r", "branch": "b"}),
    ("push", ("r", None, None, "b", "o", True), "POST", "/git/push", {
        "path": "r", "branch": "b", "remote": "o", "set_upstream": True}),
    ("pull", ("r", "u", "p"), "POST", "/git/pull", {"path": "r", "username": "u", "password": "p"}),
    ("remote_add", ("r", "o", "http://git/r", True), "POST", "/git/remotes", {
        "path": "r", "name": "o", "url": "http://git/r", "fetch": True, "overwrite": False}),
    ("set_config", ("a.b", "c", "local", "r"), "POST", "/git/config", {
        "key": "a.b", "value": "c", "scope": "local", "path": "r"}),
    ("configure_user", ("N", "n@x"), "POST", "/git/config/user", {
        "name": "N", "email": "n@x", "scope": "global"}),
    ("dangerously_authenticate", ("u", "p", "h", "http"), "POST", "/git/credentials", {
        "username": "u", "password": "p", "host": "h", "protocol": "http"}),
]  # fmt: skip


@pytest.mark.parametrize("name", SIGNATURES)
@pytest.mark.parametrize("kind", [AsyncSandbox, Sandbox])
def test_names_parameters_and_defaults_are_the_official_ones(kind: Any, name: str) -> None:
    git = inspect.get_annotations(kind.git.fget, eval_str=True)["return"]
    signature = inspect.signature(getattr(git, name))
    found = [str(one.replace(annotation=one.empty)) for one in signature.parameters.values()]
    assert f"self, {SIGNATURES[name]}" == ", ".join(found)


@pytest.mark.parametrize(
    ("name", "arguments", "method", "path", "body"), CALLS, ids=[one[0] for one in CALLS]
)
async def test_what_is_given_is_sent(
    sandbox: AsyncSandbox,
    api: FakeApi,
    name: str,
    arguments: tuple[Any, ...],
    method: str,
    path: str,
    body: dict[str, Any],
) -> None:
    api.on(method, path, httpx.Response(204 if method == "DELETE" else 200))
    assert await getattr(sandbox.git, name)(*arguments) is None
    assert [body] == api.bodies(method, path)


async def test_the_state_of_a_repository_is_read(sandbox: AsyncSandbox, api: FakeApi) -> None:
    file = {"name": "new", "staging": "Renamed", "worktree": "Something else", "extra": "old"}
    answer = {"currentBranch": "main", "fileStatus": [file], "ahead": 1, "behind": 2, "branchPublished": True}
    api.on("GET", "/git/status", answer)
    status = await sandbox.git.status("r")
    assert ("main", 1, 2, True) == (
        status.current_branch,
        status.ahead,
        status.behind,
        status.branch_published,
    )
    assert (GitFileState.RENAMED, "Something else", "old") == (
        status.file_status[0].staging,
        status.file_status[0].worktree,
        status.file_status[0].extra,
    )
    assert "r" == api.requests[0].url.params["path"]


async def test_a_clean_repository_has_no_files_even_as_null(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/git/status", {"currentBranch": "main", "fileStatus": None})
    assert [] == (await sandbox.git.status("r")).file_status


async def test_a_commit_is_known_by_its_hash(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/git/commit", {"hash": "abc"})
    assert "abc" == (await sandbox.git.commit("r", "Say hi", "N", "n@x")).sha
    body = {"path": "r", "message": "Say hi", "author": "N", "email": "n@x", "allow_empty": False}
    assert [body] == api.bodies("POST")


async def test_branches_are_listed(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/git/branches", {"branches": ["main", "b"], "current": "b"})
    found = await sandbox.git.branches("r")
    assert (["main", "b"], "b") == (found.branches, found.current)


async def test_remotes_are_listed_and_found_by_name(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/git/remotes", {"remotes": [{"name": "o", "url": "http://u:secret@git/r"}]})
    assert "http://u:secret@git/r" == await sandbox.git.remote_get("r", "o")
    assert await sandbox.git.remote_get("r", "none") is None
    found = await sandbox.git.remotes("r")
    assert ["o"] == [remote.name for remote in found.remotes]
    assert "secret" not in repr(found)


@pytest.mark.parametrize(("answer", "value"), [({"value": "x"}, "x"), ({"value": None}, None), ({}, None)])
async def test_a_setting_is_read_or_none(
    sandbox: AsyncSandbox, api: FakeApi, answer: dict[str, Any], value: str | None
) -> None:
    api.on("GET", "/git/config", answer)
    assert value == await sandbox.git.get_config("a.b")
    assert {"key": "a.b", "scope": "global"} == dict(api.requests[0].url.params)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "GIT_AUTH_FAILED", DaytonaGitAuthFailedError),
        (409, "GIT_PUSH_REJECTED", DaytonaGitPushRejectedError),
        (409, "GIT_MERGE_CONFLICT", DaytonaGitMergeConflictError),
    ],
)
async def test_what_git_refuses_is_an_error_of_its_own(
    sandbox: AsyncSandbox, api: FakeApi, status: int, code: str, kind: type[DaytonaError]
) -> None:
    api.on("POST", "/git/pull", refusal(status, "no", code=code, source="DAYTONA_DAEMON"))
    with pytest.raises(kind, match="Failed to pull changes: no"):
        await sandbox.git.pull("r")


async def test_a_branch_is_gone_also_when_the_first_answer_was_lost(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    gone = refusal(404, "no branch", code="GIT_BRANCH_NOT_FOUND", source="DAYTONA_DAEMON")
    api.on("DELETE", "/git/branches", httpx.ReadError("reset"), gone)
    await sandbox.git.delete_branch("r", "b")
    with pytest.raises(DaytonaGitBranchNotFoundError, match="Failed to delete branch: no branch"):
        await sandbox.git.delete_branch("r", "b")


@pytest.mark.parametrize(
    ("name", "arguments", "usual_s"),
    [("clone", ("u", "r"), 1800), ("push", ("r",), 1800), ("pull", ("r",), 1800), ("init", ("r",), 90)],
)
async def test_what_asks_a_remote_repository_may_take_longer(
    sandbox: AsyncSandbox, api: FakeApi, name: str, arguments: tuple[str, ...], usual_s: float
) -> None:
    api.on("POST", f"/git/{name}", httpx.Response(200))
    for given, read_s in ((None, usual_s), (3000, 3000), (0, None)):
        await getattr(sandbox.git, name)(*arguments, request_timeout=given)
        assert (read_s and pytest.approx(read_s)) == api.requests[-1].extensions["timeout"]["read"]


async def test_a_clone_is_never_sent_twice(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/git/clone", httpx.ReadError("reset"))
    with pytest.raises(DaytonaError, match="Failed to clone repository: no answer"):
        await sandbox.git.clone("u", "r")
    assert [{"url": "u", "path": "r"}] == [json.loads(one.content) for one in api.requests]
