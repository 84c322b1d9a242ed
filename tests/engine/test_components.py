"""Components in programs of the real engine, against the local server."""

from __future__ import annotations

import inspect

import pulumi_daytona
import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona
from pulumi_daytona.components import SandboxArgs
from pulumi_daytona.components.ephemeral_environment import environment_name
from pulumi_daytona.components.sandbox_pool import pool_keys

from tests.engine.conftest import MakeProject
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine

POOL = """
import pulumi
from pulumi_daytona import SandboxPool

config = pulumi.Config()
count, keys = config.get_int("count"), config.get_object("keys")
pool = SandboxPool("evals", count=count, keys=keys, labels={"team": "a"})
pulumi.export("ids", pool.ids)
pulumi.export("names", pool.names)
"""

ENVIRONMENT = """
import pulumi
from pulumi_daytona import EphemeralEnvironment, Sandbox

config = pulumi.Config()
one = EphemeralEnvironment(
    "review", repository="Acme/Shop", number=config.require_int("number"),
    ttl_minutes=config.get_int("ttl"), labels=pulumi.Output.from_input({"team": "a"}),
)
other = EphemeralEnvironment("docs", repository="acme/docs", number=7)
plain = Sandbox("review")
pulumi.export("id", one.sandbox_id)
pulumi.export("name", one.sandbox_name)
pulumi.export("ends", one.auto_destroy_at)
"""


def make(project: MakeProject, server: LocalDaytona, program: str) -> Project:
    return project(
        program, environment={"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    )


def names(client: Daytona) -> set[str]:
    return {sandbox.name for sandbox in client.list()}


def test_a_pool_that_shrinks_loses_its_highest_keys_and_one_that_grows_touches_none(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    pool = make(project, server, POOL)
    pool.set_config("count", "3")
    pool.up()
    before = pool.outputs()["ids"]
    assert ["0", "1", "2"] == sorted(before)
    assert before == {sandbox.labels["pool-key"]: sandbox.id for sandbox in client.list()}
    assert [("evals", "a")] * 3 == [(box.labels["pool"], box.labels["team"]) for box in client.list()]

    pool.set_config("count", "1")
    assert {"same": 3, "delete": 2} == pool.up().changes
    assert {"0": before["0"]} == pool.outputs()["ids"]

    pool.set_config("count", "2")
    assert {"same": 3, "create": 1} == pool.up().changes
    after = pool.outputs()["ids"]
    assert before["0"] == after["0"]
    assert set(after.values()) == {sandbox.id for sandbox in client.list()}

    pool.destroy()
    assert set() == names(client)


def test_a_pool_of_keys_loses_the_sandbox_of_the_key_that_goes(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    pool = make(project, server, POOL)
    pool.set_config("keys", '["ana", "bea", "carl"]')
    pool.up()
    before = pool.outputs()["ids"]

    pool.set_config("keys", '["carl", "bea"]')
    done = pool.up()

    assert ["delete"] == done.operations("evals-ana")
    assert {"same": 4, "delete": 1} == done.changes
    del before["ana"]
    assert before == pool.outputs()["ids"]


@pytest.mark.parametrize(
    ("count", "keys", "expected"),
    [
        (None, None, "either count or keys"),
        (1, ["a"], "either count or keys"),
        (-1, None, "0 or more"),
        (None, ["a", "b", "a"], "'a' is there twice"),
        (None, [""], "is empty"),
    ],
)
def test_a_pool_without_clear_keys_is_refused(
    count: int | None, keys: list[str] | None, expected: str
) -> None:
    with pytest.raises(ValueError, match=expected):
        pool_keys("evals", count, keys)


def test_an_environment_is_named_and_labelled_after_its_pull_request_and_ends_by_itself(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    review = make(project, server, ENVIRONMENT)
    review.set_config("number", "42")
    review.up()
    outputs = review.outputs()
    box = client.get(outputs["id"])
    assert "acme-shop-pr-42" == outputs["name"] == box.name
    assert {"repository": "Acme/Shop", "pull-request": "42", "team": "a"}.items() <= box.labels.items()
    assert outputs["ends"]
    assert 3 == len(names(client))
    assert 3 == len({sandbox.labels["pulumi-daytona/owner"] for sandbox in client.list()})

    box.delete(wait=True)  # as at the end of its time
    review.set_config("ttl", "30")
    assert {"same": 5, "create": 1} == review.up("--refresh").changes
    assert {"acme-shop-pr-42"} < names(client)

    review.destroy()
    assert set() == names(client)


def test_an_environment_without_an_end_is_refused_in_preview(
    project: MakeProject, server: LocalDaytona
) -> None:
    review = make(project, server, ENVIRONMENT)
    review.set_config("number", "42")
    review.set_config("ttl", "0")

    assert "ttl_minutes is 0, which is no end" in review.preview(status=FAILS).messages("error")[0]


@pytest.mark.parametrize(
    ("repository", "number", "expected"),
    [
        ("acme/shop", 42.0, "acme-shop-pr-42"),
        ("Acme/Shop.js", 7, "acme-shop-js-pr-7"),
        ("///", 1, "repository-pr-1"),
        ("a" * 60 + "/shop", 1, "a" * 35 + "-shop-pr-1"),
    ],
)
def test_the_name_of_an_environment_is_plain_and_short(repository: str, number: float, expected: str) -> None:
    assert expected == environment_name(repository, number)


def test_components_take_every_input_of_a_sandbox_but_its_name_and_what_needs_it() -> None:
    inputs = inspect.signature(pulumi_daytona.Sandbox).parameters

    assert set(inputs) - {"resource_name", "name", "adopt", "opts"} == set(SandboxArgs.__annotations__)
