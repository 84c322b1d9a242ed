"""No secret is in a log, in the words of a process, or in the environment of what isn't meant to have it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona
from pulumi_daytona.plugin.values import Secret

from tests.rpc.engine import Engine, engine_of_servicer, failing
from tests.unit.daytona_local.hostile.scenario import WORD, play


class Hearing(logging.Handler):
    """Keep all that is logged, with tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s %(args)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def heard() -> Iterator[Hearing]:
    """Hear what every logger says that isn't told to be quieter."""
    hearing, root = Hearing(), logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(hearing)
    try:
        yield hearing
    finally:
        root.removeHandler(hearing)
        root.setLevel(before)


@contextmanager
def watched() -> Iterator[set[bytes]]:
    """Look at the words of all processes of this machine, again and again."""
    seen: set[bytes] = set()
    enough = threading.Event()

    def look() -> None:
        while not enough.wait(0.02):
            for pid in filter(str.isdigit, os.listdir("/proc")):
                with suppress(OSError):
                    seen.add(Path("/proc", pid, "cmdline").read_bytes())

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        enough.set()
        looking.join()


@dataclass
class Played:
    """Hold what came of the scenario."""

    secrets: dict[str, str]
    lines: list[str]
    words: set[bytes]
    environment: str = field(repr=False)

    def found_in(self, text: str) -> list[str]:
        return [name for name, secret in self.secrets.items() if secret in text]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the scenario once, and listen."""
    folder = tmp_path_factory.mktemp("played")
    with (
        heard() as hearing,
        watched() as words,
        LocalDaytona(folder / "data", transition_s=0, control=True) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        secrets = {"API key": server.api_key, **play(client, folder)}
        environment = client.get("first").process.exec("cat /proc/[0-9]*/environ | tr '\\0' '\\n'").result
        _use_links(client, secrets)
    return Played(secrets, hearing.lines, set(words), environment)


def _use_links(client: Daytona, secrets: dict[str, str]) -> None:
    """Show tokens to the server in all the ways that a browser would."""
    sandbox = client.get("first")
    link = sandbox.get_preview_link(8000)
    httpx.get(link.url, params={"DAYTONA_SANDBOX_AUTH_KEY": link.token})
    httpx.get(sandbox.create_signed_preview_url(8000).url)
    httpx.get(sandbox.download_url("file"))
    client.previews.is_valid_auth_token(sandbox.id, secrets["preview token"])
    client.previews.get_sandbox_id(secrets["signed preview token"], 8000)
    sandbox.expire_signed_preview_url(8000, secrets["signed preview token"])
    sandbox.revoke_ssh_access(secrets["token for ssh"])


OWN_REQUESTS = ("DAYTONA_SANDBOX_AUTH_KEY=", "/files/download?")
"""What only this test itself requests, by plain httpx."""


def test_no_log_shows_a_secret(played: Played) -> None:
    lines = [line for line in played.lines if not any(own in line for own in OWN_REQUESTS)]

    assert any(line.startswith("httpx ") for line in lines)
    assert any("asyncio" in line for line in lines)
    assert {} == {line: found for line in lines if (found := played.found_in(line))}
    assert [] == [line for line in lines if WORD in line]


def test_the_words_of_no_process_show_a_secret(played: Played) -> None:
    assert any(b"bwrap" in words for words in played.words)
    assert {} == {
        words: found for words in played.words if (found := played.found_in(words.decode(errors="replace")))
    }


def test_a_sandbox_has_its_own_variables_and_secrets_and_no_other(played: Played) -> None:
    assert {"variable", "secret"} == set(played.found_in(played.environment))


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[tuple[Engine, LocalDaytona]]:
    """Return a plugin, and the server that it works with."""
    with LocalDaytona(tmp_path, transition_s=0) as server:
        async with engine_of_servicer() as made:
            await made.configure(apiKey=Secret(server.api_key), apiUrl=server.api_url)
            yield made, server


async def test_the_log_of_the_provider_plugin_shows_no_secret(engine: tuple[Engine, LocalDaytona]) -> None:
    plugin, server = engine
    with heard() as hearing:
        secret = await plugin.create("Secret", {"name": "kept", "value": Secret(f"{WORD}-value")}, "secret")
        await plugin.delete("Secret", secret)
        id_ = await plugin.create("Sandbox", {"env": {"A": Secret(f"{WORD}-variable")}})
        variables = Secret({"B": f"{WORD}-inner"})
        command = {"sandboxId": id_, "create": "echo $B; exit 7", "environment": variables}
        with failing() as failed:
            await plugin.create("SandboxCommand", command, "command")
        await plugin.update("Sandbox", id_, {"env": {"A": Secret(f"{WORD}-variable")}, "labels": {"a": "b"}})
        await plugin.read("Sandbox", id_)
        access = await plugin.create("SshAccess", {"sandboxId": id_}, "access")
        token = plugin.outputs["token"].value
        await plugin.delete("SshAccess", access)
        await plugin.delete("Sandbox", id_)

    said = [*hearing.lines, failed[0].text, *(message.message for message in plugin.listener.messages)]
    assert any(line.startswith("httpx ") for line in hearing.lines)
    assert "7" in failed[0].text
    assert 32 == len(token)
    assert [] == [line for line in said if WORD in line or server.api_key in line or token in line]
