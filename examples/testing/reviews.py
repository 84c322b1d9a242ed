"""What is tested: a program that declares sandboxes, and code that works in them."""

import asyncio

import pulumi
from daytona_httpx import AsyncDaytona, CreateSandboxFromSnapshotParams, Daytona, ListSandboxesQuery
from pulumi_daytona import Sandbox, SandboxFile


def declare_review(number: int, greeting: str = "hello") -> None:
    """Declare the sandbox of a pull request, with a file in it."""
    sandbox = Sandbox(f"review-{number}", labels={"pull-request": str(number)}, auto_stop_interval=30)
    SandboxFile(f"greeting-{number}", sandbox_id=sandbox.id, path="greeting", content=greeting)
    pulumi.export("sandbox_id", sandbox.id)


def greeting_of(number: int) -> str:
    """Return what the sandbox of a pull request says; Daytona is found by the environment."""
    with Daytona() as daytona:
        [sandbox] = daytona.list(ListSandboxesQuery(labels={"pull-request": str(number)}))
        return sandbox.process.exec("cat greeting").result


def answer_of(daytona: Daytona, code: str) -> str:
    """Return what Python code prints, run in a sandbox of its own."""
    sandbox = daytona.create(CreateSandboxFromSnapshotParams(network_block_all=True))
    try:
        return sandbox.process.code_run(code).result.strip()
    finally:
        sandbox.delete(wait=True)


async def answers_of(daytona: AsyncDaytona, codes: list[str]) -> list[str]:
    """Return what each code prints, all at once in one sandbox."""
    sandbox = await daytona.create()
    answers = await asyncio.gather(*map(sandbox.process.code_run, codes))
    return [answer.result.strip() for answer in answers]
