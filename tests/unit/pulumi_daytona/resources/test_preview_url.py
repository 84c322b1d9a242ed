"""The link to a port of a sandbox: plain, signed for a while, renewed and ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pulumi_daytona.core.check import check
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.resources.preview_url import preview_faults
from pulumi_daytona.core.traits import Change
from pulumi_daytona.core.unknown import UNKNOWN

from tests.unit.pulumi_daytona.resources.in_box import failures, new_box
from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

PREVIEW = definition_of("PreviewUrl")


def at(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


async def test_a_plain_link_is_the_api_s_own(stack: Stack) -> None:
    box = await new_box(stack)
    made = await stack.up(PREVIEW, sandbox_id=box.id, port=3000)
    link = await box.get_preview_link(3000)
    assert (link.url, link.token, None) == (made.state["url"], made.state["token"], made.state["signed_url"])
    stack.transport.requests.clear()
    await stack.up(PREVIEW, sandbox_id=box.id, port=3000)
    assert [] == stack.transport.requests
    await stack.destroy()
    assert [] == stack.transport.changes


async def test_a_signed_link_stays_until_it_is_over(stack: Stack) -> None:
    box = await new_box(stack)
    given: dict[str, Any] = {"sandbox_id": box.id, "port": 3000, "signed": True, "expires_in": 600}
    made = await stack.up(PREVIEW, **given)
    first = made.state["signed_url"]
    assert at(540) < made.state["expires_at"] < at(660)
    await stack.refresh()
    await stack.up(PREVIEW, **given)
    assert first == stack.resources["it"].state["signed_url"]

    made.state["expires_at"] = at(-1)
    renewed = await stack.up(PREVIEW, **given)
    assert first != renewed.state["signed_url"]
    assert at(0) < renewed.state["expires_at"]


async def test_another_time_makes_another_link_and_ends_the_old_one(stack: Stack) -> None:
    box = await new_box(stack)
    made = await stack.up(PREVIEW, sandbox_id=box.id, port=3000, signed=True, expires_in=600)
    token = made.state["signed_token"]
    changed = await stack.up(PREVIEW, sandbox_id=box.id, port=3000, signed=True)
    assert token != changed.state["signed_token"]
    expiry = f"POST /sandbox/{box.id}/ports/3000/signed-preview-url/{token}/expire"
    assert expiry in stack.transport.changes
    plain = await stack.up(PREVIEW, sandbox_id=box.id, port=3000)
    assert plain.state["signed_url"] is None
    assert 2 == sum(asked.endswith("/expire") for asked in stack.transport.changes)


async def test_destroying_it_ends_the_signed_link_even_of_a_stopped_or_deleted_sandbox(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(PREVIEW, sandbox_id=box.id, port=3000, signed=True)
    await stack.up(PREVIEW, "other", sandbox_id=box.id, port=3001, signed=True)
    await box.stop()
    assert await stack.refresh() is not None
    await stack.destroy()
    assert 1 == sum(asked.endswith("/expire") for asked in stack.transport.changes)
    await box.delete(wait=True)
    assert await stack.refresh("other") is None


async def test_another_sandbox_gets_a_link_of_its_own(stack: Stack) -> None:
    first, second = await new_box(stack), await new_box(stack)
    before = (await stack.up(PREVIEW, sandbox_id=first.id, port=3000)).state["url"]
    moved = await stack.up(PREVIEW, sandbox_id=second.id, port=3000)
    assert (f"{second.id}:3000", True) == (moved.id, before != moved.state["url"])


@pytest.mark.parametrize(
    ("inputs", "property_", "words"),
    [
        ({"port": 0}, "port", "greater than or equal to 1"),
        ({"port": 65536}, "port", "less than or equal to 65535"),
        ({"expires_in": 0}, "expires_in", "greater than or equal to 1"),
        ({"expires_in": 86401}, "expires_in", "less than or equal to 86400"),
    ],
)
def test_what_is_wrong_is_refused_on_its_property(inputs: dict[str, Any], property_: str, words: str) -> None:
    assert words in failures(PREVIEW, **{"sandbox_id": "b", "port": 1, **inputs})[property_]


def test_what_is_unknown_passes() -> None:
    given = {"sandbox_id": UNKNOWN, "port": UNKNOWN, "signed": UNKNOWN, "expires_in": UNKNOWN}
    assert given == check(PREVIEW, given).inputs


def test_only_a_link_that_is_over_needs_another_one() -> None:
    assert {"signed_url": Change.UPDATE} == preview_faults({"expires_at": at(-1)})
    assert {} == preview_faults({"expires_at": at(60)})
    assert {} == preview_faults({"expires_at": None})


def test_what_lets_one_in_is_a_secret() -> None:
    assert ["token", "signed_url", "signed_token"] == PREVIEW.secrets
