"""The git config in its three scopes, and the store of credentials."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_local.toolbox.git_routes import routes
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.shell import shell


@pytest.fixture
async def git(toolbox: Any, box: Running) -> httpx.AsyncClient:
    """Return a client in a sandbox with one repository."""
    await shell(box, "git init -q repo")
    client: httpx.AsyncClient = toolbox(routes)
    return client


async def value(git: httpx.AsyncClient, key: str, **more: str) -> Any:
    return (await git.get("/git/config", params={"key": key, **more})).json()["value"]


async def test_a_key_that_is_not_set_is_null(git: httpx.AsyncClient) -> None:
    assert await value(git, "user.name") is None


@pytest.mark.parametrize(
    "scope", [{}, {"scope": "global"}, {"scope": "system"}, {"scope": "local", "path": "repo"}]
)
async def test_what_is_set_in_a_scope_is_there(git: httpx.AsyncClient, scope: dict[str, str]) -> None:
    answer = await git.post("/git/config", json={"key": "a.b", "value": "-x\ny", **scope})

    assert 200 == answer.status_code
    assert "-x\ny" == await value(git, "a.b", **scope)


async def test_scopes_do_not_mix(git: httpx.AsyncClient) -> None:
    await git.post("/git/config", json={"key": "a.b", "value": "1", "scope": "local", "path": "repo"})

    assert await value(git, "a.b") is None


async def test_a_value_is_replaced(git: httpx.AsyncClient, box: Running) -> None:
    await shell(box, "git config --global --add a.b 1; git config --global --add a.b 2")

    await git.post("/git/config", json={"key": "a.b", "value": "3"})

    assert "3\n" == await shell(box, "git config --get-all a.b")


async def test_the_user_is_a_name_and_an_email(git: httpx.AsyncClient) -> None:
    who = {"name": "Ann Example", "email": "ann@example.org"}
    assert 200 == (await git.post("/git/config/user", json=who)).status_code

    assert ("Ann Example", "ann@example.org") == (
        await value(git, "user.name"),
        await value(git, "user.email"),
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"key": "a.b", "value": "1", "scope": "worktree"},
        {"key": "a.b", "value": "1", "scope": "local"},
        {"key": "nosection", "value": "1"},
        {"key": "--unset", "value": "1"},
    ],
)
async def test_a_setting_that_can_not_be_is_refused(git: httpx.AsyncClient, asked: dict[str, str]) -> None:
    assert 400 == (await git.post("/git/config", json=asked)).status_code
    asked.pop("value")
    assert 400 == (await git.get("/git/config", params=asked)).status_code


async def test_credentials_are_kept_for_github_unless_another_host_is_named(
    git: httpx.AsyncClient, box: Running
) -> None:
    await git.post("/git/credentials", json={"username": "ann", "password": "secret"})
    await git.post("/git/credentials", json={"username": "bob", "password": "pass", "host": "example.org"})

    kept = await shell(box, "cat .git-credentials")
    assert {"https://ann:secret@github.com", "https://bob:pass@example.org"} == set(kept.split())


async def test_no_line_break_makes_two_credentials_of_one(git: httpx.AsyncClient, box: Running) -> None:
    login = {"username": "ann", "password": "x\nhost=evil.example"}

    assert 400 == (await git.post("/git/credentials", json=login)).status_code
    assert "" == await shell(box, "cat .git-credentials 2>/dev/null || true")
