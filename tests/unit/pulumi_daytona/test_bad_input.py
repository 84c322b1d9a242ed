"""A wrong program fails at check, as the engine asks for it: at the property, with what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from daytona_local import LocalDaytona
from pulumi_daytona import hosted
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings
from pulumi_daytona.dynamic import provider_class

MOUNTS = [{"volume_id": name, "mount_path": "/data"} for name in ("a", "b")]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona() as running:
        yield running


@pytest.fixture(autouse=True)
def session(server: LocalDaytona, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    made = Session(Settings(api_key=server.api_key, api_url=server.api_url))
    monkeypatch.setattr(hosted, "_session", made)
    yield made
    made.close()


def failures(kind: str, **news: Any) -> list[tuple[str, str]]:
    checked = provider_class(kind)().check({}, {"__provider": "p", **news})
    return [(failure.property, failure.reason) for failure in checked.failures]


@pytest.mark.parametrize(
    ("kind", "news", "property_", "words"),
    [
        ("Sandbox", {"snapshot": "daytona-local:default", "image": "x:1"}, "image", "set only one of"),
        ("Sandbox", {"ephemeral": True, "state": "stopped"}, "state", "an ephemeral sandbox is deleted"),
        ("Sandbox", {"target": "moon"}, "target", "there is no region 'moon'; there are: us;"),
        ("Sandbox", {"snapshot": "daytona-local:defalt"}, "snapshot", "did you mean daytona-local:default;"),
        ("Sandbox", {"volumes": MOUNTS}, "volumes", "2 volumes are mounted at /data; each needs a path"),
        ("Snapshot", {"image": "x:1", "region_id": "moon"}, "region_id", "there is no region 'moon'"),
        ("WarmPool", {"snapshot": "x:1", "pool": 1}, "snapshot", "there is no snapshot 'x:1'"),
        ("SandboxFile", {"sandbox_id": "s", "path": "../x", "content": ""}, "path", "must not have .. in it"),
        (
            "SandboxFolder",
            {"sandbox_id": "s", "path": "/app", "source": {"assets": {"../x": {"text": "y"}}}},
            "source",
            "leaves the folder; only paths below it are allowed",
        ),
        ("SandboxCommand", {"create": "true"}, "sandbox_id", "is missing; give it: Id of the sandbox"),
        ("SandboxCommand", {"create": "true", "sandbox_id": ""}, "sandbox_id", "needs the id of a sandbox"),
    ],
)
def test_bad_input_is_refused_at_its_property_with_what_is_allowed(
    kind: str, news: dict[str, Any], property_: str, words: str
) -> None:
    ((found, reason),) = failures(kind, **news)
    assert property_ in found
    assert words in reason


def test_all_that_is_wrong_with_a_resource_is_told_at_once() -> None:
    found = failures("Sandbox", snapshot="x", image="y:1", target="moon", volumes=MOUNTS)
    assert ["image", "volumes", "snapshot", "target"] == [property_ for property_, _ in found]


def test_a_snapshot_that_the_program_declares_may_be_named_before_it_is_there() -> None:
    assert [] == failures("Snapshot", name="coming:1", image="python:3.12-slim")
    assert [] == failures("Sandbox", snapshot="coming:1")


def test_a_check_passes_where_daytona_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosted, "_session", None)
    assert [] == failures("Sandbox", snapshot="anything")
