"""The plugin as a process: how it starts, and that it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path

import grpc.aio
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi_daytona.plugin.main import main
from pulumi_daytona.plugin.protocol import provider_pb2_grpc
from pulumi_daytona.plugin.serving import serve
from pulumi_daytona.plugin.watchdog import gone

COMMAND = Path(sys.executable).parent / "pulumi-resource-daytona"
PROVIDER = Path(__file__).parents[2] / "provider"
NOBODY = "127.0.0.1:9"
HEAVY = ("pulumi", "pydantic", "httpx", "daytona_httpx", "typer", "rich", "yaml")


@contextlib.asynccontextmanager
async def someone() -> AsyncIterator[str]:
    """Listen as an engine does."""
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1")
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"{host}:{port}"


@contextlib.asynccontextmanager
async def started(*command: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """Start the plugin, and return the process and its port."""
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout
        yield process, int(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def plugin_version(port: int) -> str:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        info = await provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(Empty())
        return str(info.version)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_serves_until_it_is_told_to_end(number: int) -> None:
    async with someone() as address, started(str(COMMAND), "-v=9", "--logflow", address) as (process, port):
        assert version("pulumi-daytona") == await plugin_version(port)
        process.send_signal(number)
        assert (b"", b"") == await asyncio.wait_for(process.communicate(), 30)
    assert 0 == process.returncode


async def test_the_folder_of_the_package_is_a_plugin_too() -> None:
    async with someone() as address, started(sys.executable, str(PROVIDER), address) as (_, port):
        assert version("pulumi-daytona") == await plugin_version(port)


async def test_it_ends_when_its_engine_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    async with someone() as address:
        serving = asyncio.create_task(serve(address, every_s=0.01))
        await asyncio.sleep(0.1)
        assert not serving.done()
    await asyncio.wait_for(serving, 30)
    assert capsys.readouterr().out.strip().isdigit()
    for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
        signal.signal(number, handler)


async def test_an_engine_that_is_slow_once_is_not_gone() -> None:
    async with someone() as address:
        addresses = iter([address, NOBODY, address, NOBODY, None, NOBODY, NOBODY])
        await asyncio.wait_for(gone(lambda: next(addresses), 0.0), 30)
    assert [] == [*addresses]


def test_what_starts_imports_nothing_heavy() -> None:
    program = f"""
import sys
from pulumi_daytona.plugin import serving
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert "[]" == answer.stdout.strip()


def test_the_command_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["--version"])
    assert version("pulumi-daytona") == capsys.readouterr().out.strip()
    assert 0 == main(["--help"])
    assert "PULUMI_DEBUG_PROVIDERS" in capsys.readouterr().out
