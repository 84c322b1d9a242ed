"""What inputs refer to is looked up before anything is made, and fails only when it is surely not there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pulumi_daytona.core import references
from pulumi_daytona.core.references import check_known
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings
from pulumi_daytona.core.unknown import UNKNOWN

REFUSED = [403, 404, 501]


class Api(httpx.AsyncBaseTransport):
    """Answers lists of snapshots and regions, unless it is to refuse, or to say nothing."""

    def __init__(self) -> None:
        self.snapshots = ["python", "node"]
        self.asked: list[str] = []
        self.status = 200
        self.silent = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path.removeprefix("/api"))
        if self.silent:
            await asyncio.Event().wait()
        if self.status != 200:
            return httpx.Response(self.status, json={"message": "no"})
        if request.url.path.endswith("/regions"):
            return httpx.Response(200, json=[{"id": id_, "name": id_.upper()} for id_ in ("us", "eu")])
        items = [{"id": f"id of {name}", "name": name} for name in self.snapshots]
        return httpx.Response(200, json={"items": items, "total": len(items), "page": 1, "totalPages": 1})


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def session(api: Api) -> Iterator[Session]:
    made = Session(Settings(api_key="k", api_url="http://127.0.0.1/api"), transport=api)
    yield made
    made.close()


def absent(session: Session, kind: str, olds: dict[str, Any] | None = None, /, **news: Any) -> dict[str, str]:
    failures = session.run(check_known(session, definition_of(kind), olds or {}, news))
    return {failure.property: failure.reason for failure in failures}


@pytest.mark.parametrize(
    ("kind", "property_"),
    [("Sandbox", "target"), ("Snapshot", "region_id"), ("WarmPool", "target"), ("Runner", "region_id")],
)
def test_a_region_that_is_not_there_is_refused_with_those_that_are(
    session: Session, kind: str, property_: str
) -> None:
    reason = absent(session, kind, **{property_: "moon"})[property_]
    assert reason.startswith("there is no region 'moon'; there are: eu, us; ")


@pytest.mark.parametrize("kind", ["Sandbox", "WarmPool"])
def test_a_snapshot_that_is_not_there_is_refused_with_the_nearest(session: Session, kind: str) -> None:
    reason = absent(session, kind, snapshot="pyton")["snapshot"]
    assert reason.startswith("there is no snapshot 'pyton'; did you mean python; ")


def test_the_message_says_how_to_name_one_that_the_program_makes(session: Session) -> None:
    reasons = absent(session, "Sandbox", snapshot="x", target="moon")
    assert reasons["snapshot"].endswith("named by its output, such as snapshot.name")
    assert reasons["target"].endswith("named by its output, such as region.id")


@pytest.mark.parametrize("name", ["python", "id of python", UNKNOWN, None, ""])
def test_what_is_there_or_unknown_passes(session: Session, name: Any) -> None:
    assert {} == absent(session, "Sandbox", snapshot=name)


def test_all_that_is_missing_is_told_at_once(session: Session) -> None:
    assert {"snapshot", "target"} == set(absent(session, "Sandbox", snapshot="x", target="moon"))


def test_many_checks_cost_one_request(session: Session, api: Api) -> None:
    for _ in range(5):
        absent(session, "Sandbox", snapshot="python")
    assert ["/snapshots"] == api.asked


def test_inputs_that_name_nothing_cost_no_request(session: Session, api: Api) -> None:
    absent(session, "Sandbox", name="box")
    absent(session, "Snapshot", name="python")
    assert [] == api.asked


def test_an_input_that_stays_is_not_looked_up(session: Session, api: Api) -> None:
    assert {} == absent(session, "Sandbox", {"snapshot": "long gone"}, snapshot="long gone")
    assert [] == api.asked


def test_what_was_made_after_the_first_look_is_found(session: Session, api: Api) -> None:
    absent(session, "Sandbox", snapshot="python")
    api.snapshots.append("fresh")
    assert {} == absent(session, "Sandbox", snapshot="fresh")


@pytest.mark.parametrize("kind", ["Snapshot", "SandboxSnapshot"])
def test_a_name_that_the_program_itself_is_about_to_make_passes(session: Session, kind: str) -> None:
    absent(session, kind, name="coming")
    assert {} == absent(session, "Sandbox", snapshot="coming")
    assert {"target"} == set(absent(session, "Sandbox", target="coming"))


@pytest.mark.parametrize("status", REFUSED)
def test_a_refused_look_up_fails_no_check_and_is_not_repeated(
    session: Session, api: Api, status: int
) -> None:
    api.status = status
    assert [{}, {}] == [absent(session, "Sandbox", snapshot="x") for _ in range(2)]
    assert ["/snapshots"] == api.asked


def test_a_look_up_that_takes_too_long_fails_no_check(
    session: Session, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "LOOK_UP_S", 0.0)
    api.silent = True
    assert {} == absent(session, "Sandbox", snapshot="x")


def test_of_many_a_few_are_named(session: Session, api: Api) -> None:
    api.snapshots = [f"one-{number:02}" for number in range(12)]
    reason = absent(session, "Sandbox", snapshot="quite another")["snapshot"]
    assert "one-08, one-09 and 2 more; " in reason
