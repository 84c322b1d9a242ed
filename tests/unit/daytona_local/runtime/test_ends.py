"""Programs that live long are waited for without a thread for each."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest
from daytona_local.runtime.ends import ended

pytestmark = pytest.mark.anyio

ENDS_WHEN_TOLD = [sys.executable, "-I", "-S", "-c", "import sys; sys.exit(len(sys.stdin.read()))"]


def begun() -> subprocess.Popen[bytes]:
    return subprocess.Popen(ENDS_WHEN_TOLD, stdin=subprocess.PIPE)


async def test_many_programs_are_waited_for_by_no_thread() -> None:
    threads = threading.active_count()
    programs = [begun() for _ in range(5)]
    waiting = [asyncio.create_task(ended(program)) for program in programs]
    await asyncio.sleep(0)
    assert threads == threading.active_count()

    for program in programs:
        program.communicate(b"xxx")

    assert [3] * 5 == await asyncio.gather(*waiting)
    assert 3 == await ended(programs[0])
