"""The ports that something in a sandbox listens on."""

from __future__ import annotations

from daytona_httpx import AsyncSandbox

_LISTENING = "0A"


async def listens(sandbox: AsyncSandbox, port: int) -> bool:
    """Tell whether something in a sandbox listens on a TCP port, any of them: the API knows only some."""
    done = await sandbox.process.exec("cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; exit 0")
    return port in _listening(done.result)


def _listening(table: str) -> set[int]:
    """Return the ports in the system's table of connections, whose numbers are hexadecimal."""
    rows = (line.split() for line in table.splitlines())
    return {
        int(row[1].rpartition(":")[2], 16)
        for row in rows
        if len(row) > 3 and row[3] == _LISTENING and ":" in row[1]
    }
