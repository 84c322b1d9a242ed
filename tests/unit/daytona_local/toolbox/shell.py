"""Prepare a sandbox, and look into it."""

from __future__ import annotations

from daytona_local.toolbox import programs
from daytona_local.toolbox.running import Running


async def shell(box: Running, script: str) -> str:
    """Run a script in the sandbox's home, and return what it printed; it must succeed."""
    done = await programs.run(box, ["sh", "-ec", script], timeout_s=200)
    assert 0 == done.exit_code, done.stderr.decode()
    return done.stdout.decode()
