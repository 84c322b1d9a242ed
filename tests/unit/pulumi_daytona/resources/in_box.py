"""What the tests of resources inside sandboxes have in common."""

from __future__ import annotations

from typing import Any

from daytona_httpx import AsyncSandbox
from pulumi_daytona.core.check import check
from pulumi_daytona.core.definition import Definition

from tests.unit.pulumi_daytona.resources.stack import Stack


async def new_box(stack: Stack) -> AsyncSandbox:
    """Return a new sandbox, started."""
    return await stack.session.client.create()


async def said(box: AsyncSandbox, command: str) -> str:
    """Return what a command in a sandbox writes."""
    return (await box.process.exec(command)).result.strip()


def failures(definition: Definition[Any], **inputs: Any) -> dict[str, str]:
    """Return the reasons why inputs are refused, by property."""
    return {failure.property: failure.reason for failure in check(definition, inputs).failures}


def writes(stack: Stack) -> list[str]:
    """Return the requests that upload, delete or start something; commands that only look are left out."""
    looks = ("/process/execute",)
    return [asked for asked in stack.transport.changes if not asked.endswith(looks)]


def next_run(stack: Stack) -> None:
    """Forget what only a provider process knows: each run of the engine has a new one."""
    stack.session.adopted.clear()


async def destroy(stack: Stack, name: str = "it") -> None:
    """Delete a resource in a run of its own."""
    next_run(stack)
    await stack.destroy(name)
