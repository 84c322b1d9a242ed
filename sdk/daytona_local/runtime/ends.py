"""Wait for the end of programs that live as long as a sandbox: without a thread for each, as in asyncio."""

from __future__ import annotations

import asyncio
import os
import subprocess


async def ended(program: subprocess.Popen[bytes]) -> int:
    """Return the exit code of a program, once it has ended."""
    if program.poll() is None:
        over, end = asyncio.Event(), os.pidfd_open(program.pid)
        loop = asyncio.get_running_loop()
        loop.add_reader(end, over.set)
        try:
            await over.wait()
        finally:
            loop.remove_reader(end)
            os.close(end)
    return program.wait()
