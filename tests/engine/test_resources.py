"""The real engine with the real local server: records and snapshots, through their whole life."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from daytona_httpx import CreateSecretParams, Daytona, DaytonaConfig
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.engine import records
from tests.engine.conftest import MakeProject
from tests.engine.project import FAILS, Outcome, Project

pytestmark = pytest.mark.engine

QUIET = "keep this quiet"


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def journal(server: LocalDaytona) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    with httpx.Client(base_url=f"{server.url}/_local", headers=headers) as made:
        yield made


@pytest.fixture
def stack(project: MakeProject, server: LocalDaytona, client: Daytona) -> Project:
    variables = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    made = project(records.RECORDS, environment=variables)
    made.set_config("quiet", QUIET, secret=True)
    made.set_config("organization", client.organizations.list()[0].id)
    made.set_config("snapshot", DEFAULT_SNAPSHOT)
    return made


def writes(journal: httpx.Client) -> list[str]:
    """Return what was asked that may have changed something, without ids, and forget it."""
    entries: list[dict[str, Any]] = journal.get("/journal").raise_for_status().json()
    journal.delete("/journal").raise_for_status()
    changing = [entry for entry in entries if entry["method"] not in ("GET", "HEAD")]
    return sorted(f"{entry['method']} {_words(entry['path'])}" for entry in changing)


def _words(path: str) -> str:
    words = path.removeprefix("/api/").split("/")
    return "/".join(word for word in words if not re.search(r"\d", word))


def changes(outcome: Outcome) -> dict[str, list[str]]:
    """Return what was done with each record, where anything was."""
    done = {name: outcome.operations(name) for name in records.ALL}
    return {name: steps for name, steps in done.items() if steps != ["same"]}


def there(client: Daytona) -> set[str]:
    """Return what tells all records apart that the server has."""
    here = client.organizations.list()[0].id
    found: list[Any] = [
        *client.secret.list().items, *client.docker_registries.list(), *client.roles.list(here),
        *client.regions.list(), *client.admin.list_runners(), *client.identity_providers.list(here),
        *client.organizations.list(), *client.invitations.list(here), *client.warm_pool.list(),
        *client.list(), *client.snapshot.list().items,
    ]  # fmt: skip
    return {each.id for each in found} | {key.name for key in client.api_keys.list()}


def test_the_whole_life_of_records(stack: Project, client: Daytona, journal: httpx.Client) -> None:
    before = there(client)
    writes(journal)
    assert {name: ["create"] for name in records.ALL} == changes(stack.preview())
    assert [] == writes(journal)

    stack.up()
    outputs, state = stack.outputs(), json.dumps(stack.export())
    assert [] == [value for value in [QUIET, *outputs["shown_once"]] if value in state]

    writes(journal)
    assert {} == changes(stack.up())
    stack.refresh()
    assert {} == changes(stack.up())
    assert [] == writes(journal)
    assert outputs == stack.outputs()

    stack.set_config("turn", "two")
    replaced = {name: ["create-replacement", "replace", "delete-replaced"] for name in records.REPLACED}
    assert {name: ["update"] for name in records.IN_PLACE} | replaced == changes(stack.up())
    assert sorted(records.CALLS) == writes(journal)
    assert {} == changes(stack.up())

    stack.destroy()
    assert before == there(client)


def test_what_happened_behind_pulumi_s_back_is_seen_and_put_right(
    stack: Project, client: Daytona, journal: httpx.Client
) -> None:
    stack.write(records.DRIFTING)
    stack.up()
    ids, here = stack.outputs(), client.organizations.list()[0].id
    client.secret.delete(ids["secret"])
    name = client.docker_registries.get(ids["registry"]).name
    client.docker_registries.update(ids["registry"], name, "https://other.example.com", "somebody")

    stack.refresh()
    planned = stack.preview()
    assert (["create"], ["update"], ["same"]) == tuple(
        map(planned.operations, ("secret", "registry", "role"))
    )
    writes(journal)
    stack.up()
    assert ["PATCH docker-registry", "POST secret"] == writes(journal)
    assert ("https://r.example.com", "u") == (
        client.docker_registries.get(ids["registry"]).url,
        client.docker_registries.get(ids["registry"]).username,
    )
    client.roles.delete(here, ids["role"])
    stack.destroy()
    assert {} == stack.resources()


def test_a_name_that_is_taken_is_one_clear_line_and_nothing_secret(stack: Project, client: Daytona) -> None:
    stack.write(records.DRIFTING)
    stack.set_config("name", "1st")
    wrong = " ".join(stack.preview(status=FAILS).messages())
    assert "needs a letter or _ first" in wrong
    theirs = client.secret.create(CreateSecretParams(name="TOKEN", value="theirs"))
    stack.set_config("name", "TOKEN")
    taken = " ".join(stack.up(status=FAILS).messages())
    assert 'create secret "TOKEN": the name is taken; choose another one' in taken
    assert [] == [words for words in (QUIET, "Traceback") if words in wrong + taken]
    stack.destroy()
    client.secret.delete(theirs.id)


@pytest.fixture
def built(stack: Project) -> Project:
    stack.write(records.SNAPSHOTS)
    for folder in ("app", "docker"):
        (stack.program_folder / folder).mkdir()
    (stack.program_folder / "app" / "a.txt").write_text("one")
    (stack.program_folder / "docker" / "hello.txt").write_text("hello")
    dockerfile = f"FROM {DEFAULT_SNAPSHOT}\nCOPY hello.txt /hello.txt\n"
    (stack.program_folder / "docker" / "Dockerfile").write_text(dockerfile)
    return stack


def test_edited_files_make_a_new_snapshot_and_its_sandboxes_follow(
    built: Project, client: Daytona, journal: httpx.Client
) -> None:
    before, names = there(client), ("snapshot", "box", "plain")
    writes(journal)
    built.preview()
    assert [] == writes(journal)
    built.up()
    first = built.outputs()
    assert str(built.program_folder) not in json.dumps(built.export())
    assert "one" == client.get(first["ids"][1]).process.exec("cat /app/a.txt").result
    assert "hello" == client.get(first["ids"][2]).process.exec("cat /hello.txt").result

    os.utime(built.program_folder / "app" / "a.txt", (1, 1))
    writes(journal)
    again = built.up("--refresh")
    assert {} == {name: again.operations(name)[-1] for name in names if again.operations(name)[-1] != "same"}
    assert [] == writes(journal)

    (built.program_folder / "app" / "a.txt").write_text("two")
    planned = built.preview()
    assert [True, True, False] == ["replace" in planned.operations(name) for name in names]
    built.up()
    second = built.outputs()
    assert first["name"] != second["name"]
    assert "two" == client.get(second["ids"][1]).process.exec("cat /app/a.txt").result
    assert first["ids"][2] == second["ids"][2]
    assert {second["ids"][0], *second["ids"][1:]} == there(client) - before

    (built.program_folder / "docker" / "hello.txt").write_text("hello again")
    built.set_config("state", "inactive")
    changed = built.up()
    assert [["update"], ["same"], True] == [
        changed.operations("snapshot"),
        changed.operations("box"),
        "replace" in changed.operations("plain"),
    ]
    assert "inactive" == client.snapshot.get(second["name"]).state
    built.destroy()
    assert before == there(client)
