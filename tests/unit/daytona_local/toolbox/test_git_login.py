"""A git server that wants a password: who has it gets in, and it shows up nowhere."""

from __future__ import annotations

import subprocess
import urllib.parse
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from daytona_local.toolbox.git_program import Address
from daytona_local.toolbox.git_routes import routes
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.git_server import PASSWORD, USERNAME, serving
from tests.unit.daytona_local.toolbox.git_work import Work, refused
from tests.unit.daytona_local.toolbox.listener import listen
from tests.unit.daytona_local.toolbox.shell import shell

QUOTED = urllib.parse.quote(PASSWORD, safe="")
LOGIN = {"username": USERNAME, "password": PASSWORD}


@pytest.fixture
def remote(toolbox: Any, box: Running) -> Work:
    """Return the operations in a sandbox that has no repository yet."""
    return Work(toolbox(routes), box)


def make_repository(folder: Path) -> None:
    """Make a repository ``repo.git`` with one commit, that may be pushed to."""
    for words in (
        ["init", "-q", "-b", "main", "first"],
        [
            "-C",
            "first",
            "-c",
            "user.name=a",
            "-c",
            "user.email=b",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            "one",
        ],
        ["clone", "-q", "--bare", "first", "repo.git"],
        ["-C", "repo.git", "config", "http.receivepack", "true"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)


@pytest.fixture
async def web(tmp_path: Path, box: Running) -> AsyncIterator[tuple[str, list[str | None]]]:
    """Serve a repository ``repo.git`` with one commit; yield its address, and what credentials were sent."""
    make_repository(tmp_path)
    with serving(tmp_path, await listen(box)) as (address, seen):
        yield f"{address}/repo.git", seen


async def test_a_server_with_a_password_lets_in_who_has_it(
    remote: Work, box: Running, web: tuple[str, list[str | None]]
) -> None:
    url, _ = web

    assert 200 == (await remote.post("clone", path="w", url=url, **LOGIN)).status_code
    await remote.post("commit", path="w", message="m", author="a", email="b", allow_empty=True)
    assert 200 == (await remote.post("push", path="w", **LOGIN)).status_code
    assert 200 == (await remote.post("pull", path="w", **LOGIN)).status_code

    kept = await shell(box, "cat $(find . -type f) | strings -n 8")
    assert url in kept
    assert PASSWORD not in kept
    assert QUOTED not in kept


@pytest.mark.parametrize("login", [{}, {"username": "ann", "password": "wr0ng"}])
async def test_a_server_with_a_password_sends_others_away(
    remote: Work, web: tuple[str, list[str | None]], login: dict[str, str]
) -> None:
    url, _ = web

    answer = await remote.post("clone", path="w", url=url, **login)

    assert (401, "GIT_AUTH_FAILED") == await refused(answer)
    assert "wr0ng" not in answer.text


async def test_credentials_in_an_address_are_used_and_not_kept(
    remote: Work, web: tuple[str, list[str | None]]
) -> None:
    url, _ = web
    with_password = url.replace("://", f"://{USERNAME}:{QUOTED}@")

    assert 200 == (await remote.post("clone", path="w", url=with_password)).status_code

    assert [url] == [known["url"] for known in (await remote.get("remotes", path="w"))["remotes"]]
    assert 401 == (await remote.post("push", path="w")).status_code


async def test_credentials_of_one_operation_do_not_go_into_the_store(
    remote: Work, box: Running, web: tuple[str, list[str | None]]
) -> None:
    url, _ = web
    await shell(box, "git config --global credential.helper store")

    assert 200 == (await remote.post("clone", path="w", url=url, **LOGIN)).status_code

    assert "" == await shell(box, "cat .git-credentials 2>/dev/null || true")


async def test_no_process_shows_credentials_in_its_arguments(
    remote: Work, box: Running, web: tuple[str, list[str | None]]
) -> None:
    url, _ = web
    await shell(
        box,
        'mkdir bin; printf \'#!/bin/sh\\necho "$*" >> /tmp/words; exec /usr/bin/git "$@"\' > bin/git;'
        "chmod +x bin/git",
    )
    box.env["PATH"] = "/home/daytona/bin:/usr/bin:/bin"

    for asked in (
        {"url": url, **LOGIN},
        {"url": url.replace("://", f"://{USERNAME}:{QUOTED}@"), "path": "v"},
    ):
        assert 200 == (await remote.post("clone", **{"path": "w", **asked})).status_code

    words = await shell(box, "cat /tmp/words")
    assert url in words
    assert PASSWORD not in words
    assert QUOTED not in words


async def test_credentials_do_not_follow_a_redirect_to_another_host(
    remote: Work, box: Running, web: tuple[str, list[str | None]], tmp_path: Path
) -> None:
    url, seen = web
    elsewhere = url.removesuffix("/repo.git")
    with serving(tmp_path, await listen(box), redirect_to=elsewhere) as (address, _):
        answer = await remote.post("clone", path="w", url=f"{address}/repo.git", **LOGIN)

    assert (401, "GIT_AUTH_FAILED") == await refused(answer)
    assert {None} == set(seen)


async def test_a_password_needs_a_username(remote: Work) -> None:
    answer = await remote.post("clone", path="w", url="https://127.0.0.1:1/r", password="secret")

    assert 400 == answer.status_code
    assert "secret" not in answer.text


async def test_credentials_with_a_line_break_are_refused(remote: Work) -> None:
    login = {"username": "ann", "password": "x\nhost=evil.example"}

    assert 400 == (await remote.post("clone", path="w", url="https://127.0.0.1:1/r", **login)).status_code


async def test_kept_credentials_are_used_later(
    remote: Work, box: Running, web: tuple[str, list[str | None]]
) -> None:
    url, _ = web
    host = urllib.parse.urlsplit(url).netloc

    kept = await remote.client.post("/git/credentials", json={**LOGIN, "host": host, "protocol": "http"})

    assert 200 == kept.status_code
    assert 200 == (await remote.post("clone", path="w", url=url)).status_code
    assert "600" == (await shell(box, "stat -c %a .git-credentials")).strip()


@pytest.mark.parametrize(
    ("text", "url", "origin", "username", "password"),
    [
        ("https://h/r", "https://h/r", "https://h", None, None),
        ("https://u:p%40@h:8443/r?x", "https://h:8443/r?x", "https://h:8443", "u", "p@"),
        ("https://token@h/r", "https://h/r", "https://h", "token", None),
        ("git@h:r.git", "git@h:r.git", "", None, None),
        ("ssh://git@h/r", "ssh://git@h/r", "", None, None),
        ("../r", "../r", "", None, None),
    ],
)
def test_an_address_gives_up_its_credentials(
    text: str, url: str, origin: str, username: str | None, password: str | None
) -> None:
    address = Address.parse(text)

    assert (url, origin, username, password) == (
        address.url,
        address.origin,
        address.username,
        address.password,
    )
