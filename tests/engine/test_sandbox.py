"""The real engine with the real local server: up, preview, refresh, destroy of sandboxes and volumes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona
from pulumi import automation

from tests.engine import programs
from tests.engine.conftest import MakeProject, MakeStack
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine


@pytest.fixture
def environment(server: LocalDaytona) -> dict[str, str]:
    return {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}


@pytest.fixture
def box(project: MakeProject, environment: dict[str, str], client: Daytona) -> Project:
    return project(programs.SANDBOX, environment=environment)


def names(client: Daytona) -> list[str]:
    return sorted(sandbox.name for sandbox in client.list())


def test_a_sandbox_s_whole_life(box: Project, client: Daytona) -> None:
    planned = box.preview()
    assert ["create"] == planned.operations("box")
    assert [] == names(client)

    assert 1 == box.up().changes["create"] - 1  # the stack itself is the other one
    made = client.get(box.outputs()["id"])
    assert ("started", {"team": "a"}) == (made.state, {"team": made.labels["team"]})
    before = made.data

    again = box.up()
    assert ["same"] == again.operations("box")
    assert before == client.get(made.id).data  # not even the time of the last update moved

    box.set_config("labels", json.dumps({"team": "b"}))
    box.set_config("autoStop", "60")
    assert ["update"] == box.preview().operations("box")
    assert ["update"] == box.up().operations("box")
    changed = client.get(made.id)
    assert ("b", 60) == (changed.labels["team"], changed.auto_stop_interval)

    box.destroy()
    assert [] == names(client)


def test_inputs_that_are_removed_go_back_to_the_api_s_defaults(box: Project, client: Daytona) -> None:
    box.set_config("autoStop", "60")
    box.up()
    box.run("config", "rm", "autoStop")
    box.set_config("labels", "{}")
    box.up()
    sandbox = client.get(box.outputs()["id"])
    assert 15 == sandbox.auto_stop_interval
    assert "team" not in sandbox.labels
    box.destroy()


def test_a_replacement_makes_the_new_one_first_under_the_next_name(box: Project, client: Daytona) -> None:
    box.up()
    first = box.outputs()
    box.set_config("greeting", "hello")
    assert ["create-replacement", "replace", "delete-replaced"] == box.up().operations("box")
    second = box.outputs()
    assert f"{first['name']}-2" == second["name"]
    assert [second["name"]] == names(client)
    box.set_config("greeting", "hello again")
    box.up()
    assert [first["name"]] == names(client)
    box.destroy()


def test_a_fixed_name_is_freed_before_it_is_used_again(box: Project, client: Daytona) -> None:
    box.set_config("name", "fixed")
    box.up()
    box.set_config("greeting", "hello")
    assert "delete-replaced" == box.up().operations("box")[0]
    assert ["fixed"] == names(client)
    box.destroy()


def test_a_forced_replacement_leaves_exactly_one(box: Project, client: Daytona) -> None:
    box.up()
    first = box.outputs()["id"]
    urn = next(item["urn"] for item in box.resources().values() if item["id"] == first)
    box.up("--replace", urn)
    assert 1 == len(names(client))
    assert [box.outputs()["id"]] == [sandbox.id for sandbox in client.list()]
    assert first != box.outputs()["id"]
    box.destroy()


def test_refresh_sees_what_happened_behind_pulumi_s_back(box: Project, client: Daytona) -> None:
    box.set_config("state", "started")
    box.up()
    sandbox = client.get(box.outputs()["id"])
    sandbox.set_labels({**sandbox.labels, "team": "changed by hand"})
    sandbox.stop()

    box.refresh()
    state: dict[str, Any] = box.resources()["box"]["outputs"]
    assert ("stopped", {"team": "changed by hand"}) == (state["state"], state["labels"])
    assert ["update"] == box.preview().operations("box")

    box.up()
    sandbox.refresh_data()
    assert ("started", "a") == (sandbox.state, sandbox.labels["team"])
    assert ["same"] == box.up().operations("box")
    box.destroy()


def test_a_sandbox_that_stopped_by_itself_is_no_drift(box: Project, client: Daytona) -> None:
    box.up()
    client.get(box.outputs()["id"]).stop()
    box.refresh()
    assert ["same"] == box.preview().operations("box")
    box.destroy()


def test_a_sandbox_deleted_outside_is_made_again(box: Project, client: Daytona) -> None:
    box.up()
    client.get(box.outputs()["id"]).delete(wait=True)
    box.refresh()
    assert ["create"] == box.up().operations("box")
    assert 1 == len(names(client))
    box.destroy()


def test_destroying_what_is_gone_is_a_success(box: Project, client: Daytona) -> None:
    box.up()
    client.get(box.outputs()["id"]).delete(wait=True)
    box.destroy()
    assert {} == box.resources()


def test_secrets_never_reach_the_state_in_the_clear(box: Project, server: LocalDaytona) -> None:
    box.set_config("greeting", "keep this quiet", secret=True)
    box.up()
    state = json.dumps(box.export())
    assert "keep this quiet" not in state
    assert server.api_key not in state
    box.destroy()


def test_a_volume_a_mount_and_a_preview_link(
    project: MakeProject, environment: dict[str, str], client: Daytona
) -> None:
    stack = project(programs.WITH_VOLUME, environment=environment)
    assert ["create"] == stack.preview().operations("box")  # its volume's id is still unknown
    stack.up()
    outputs = stack.outputs()
    sandbox = client.get(outputs["id"])
    assert "in the volume" == sandbox.process.exec("echo in the volume | tee /data/f").result.strip()
    assert outputs["url"].startswith("http://127.0.0.1:")
    assert outputs["token"] not in json.dumps(stack.export())
    stack.destroy()
    assert [] == client.volume.list()


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"autoStop": "-1"}, "auto_stop_interval"),
        ({"state": "paused"}, "state"),
        ({"labels": '{"pulumi-daytona/owner": "me"}'}, "the provider's own"),
    ],
)
def test_a_wrong_program_fails_in_preview(box: Project, config: dict[str, str], words: str) -> None:
    for key, value in config.items():
        box.set_config(key, value)
    errors = " ".join(box.preview(status=FAILS).messages())
    assert words in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DAYTONA_API_KEY": ""}, ["DAYTONA_API_KEY", "daytona:apiKey", "daytona-local serve"]),
        ({"DAYTONA_API_KEY": "wrong"}, ["Invalid credentials", "check DAYTONA_API_KEY"]),
        ({"DAYTONA_API_URL": "http://127.0.0.1:9/api"}, ["http://127.0.0.1:9/api", "can't be reached"]),
    ],
)
def test_a_wrong_connection_is_one_clear_line(
    project: MakeProject, environment: dict[str, str], variables: dict[str, str], words: list[str]
) -> None:
    program = programs.SANDBOX.replace('name=config.get("name"),', "create_timeout=30,")
    stack = project(program, environment={**environment, **variables})
    errors = " ".join(stack.up(status=FAILS).messages())
    assert all(word in errors for word in words), errors
    assert "Traceback" not in errors


def test_a_wrong_url_is_an_error_and_not_a_plan_to_make_everything_again(
    box: Project, server: LocalDaytona, environment: dict[str, str]
) -> None:
    box.up()
    box.environment = {**environment, "DAYTONA_API_URL": server.api_url + "/wrong"}
    box.refresh(status=FAILS)
    assert "box" in box.resources()
    box.environment = environment
    box.destroy()


def test_the_configuration_of_the_stack_is_enough(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    stack = project(programs.SANDBOX)
    stack.set_config("daytona:apiKey", server.api_key, secret=True)
    stack.set_config("daytona:apiUrl", server.api_url)
    stack.up()
    assert 1 == len(names(client))
    stack.destroy()


def test_the_automation_api_runs_the_same_program(
    inline_stack: MakeStack, environment: dict[str, str], client: Daytona
) -> None:
    def program() -> None:
        from pulumi_daytona import Sandbox

        Sandbox("box", labels={"team": "a"})

    stack: automation.Stack = inline_stack(program, environment=environment)
    stack.up()
    assert 1 == len(names(client))
    assert {"same": 2} == stack.up().summary.resource_changes
    stack.destroy()
    assert [] == names(client)
