"""What a sandbox installs for itself: into folders of its own, where it is found."""

from __future__ import annotations

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import boot


async def shell(box: Running, line: str) -> str:
    """Run a shell line, and return what it said."""
    return (await run_command(box, ["bash", "-c", line], timeout_s=60)).text.strip()


@pytest.mark.parametrize(("user", "home"), [("daytona", "/home/daytona"), ("root", "/root")])
async def test_programs_that_a_user_installs_are_found(
    runtime: BubblewrapRuntime, user: str, home: str
) -> None:
    box = await boot(runtime, Sandbox(name="box", user=user))

    found = await shell(
        box,
        "mkdir -p $NPM_CONFIG_PREFIX/bin; printf '#!/bin/sh\\necho here' > $NPM_CONFIG_PREFIX/bin/mine;"
        "chmod +x $NPM_CONFIG_PREFIX/bin/mine; mine; type -p mine",
    )

    assert f"here\n{home}/.local/bin/mine" == found


async def test_pip_installs_without_being_told_how(box: Running) -> None:
    """Debian's Python refuses otherwise, since its own packages could break; here they are read-only."""
    said = await shell(box, "python3 -m pip --version && python3 -m pip install --no-index nothing-like-it")

    assert "externally-managed-environment" not in said


async def test_the_record_has_the_last_word_on_the_environment(runtime: BubblewrapRuntime) -> None:
    box = await boot(runtime, Sandbox(name="box", env={"NPM_CONFIG_PREFIX": "/opt", "PATH": "/usr/bin:/bin"}))

    assert "/opt /usr/bin:/bin" == await shell(box, "echo $NPM_CONFIG_PREFIX $PATH")
