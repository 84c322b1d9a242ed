"""The programs that run the cases: which package, async or sync, and with which topics."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.official.cases.program import TOPICS
from tests.official.environment import HERE, NEW, OLD, python_of
from tests.official.generate_sync import write_sync_cases

LANGUAGE_SERVER = HERE.parents[0] / "unit/daytona_local/toolbox/fake_language_server.py"
LONGEST_S = 200
ALL = tuple(topic for topic in TOPICS if topic != "basic")


@dataclass(frozen=True)
class Program:
    """Say what runs cases, in one interpreter with one server.

    Attributes:
        version: The official package's version; None is our own package.
        cases: ``cases`` are the async ones, ``sync_cases`` the others.
        topics: Which ones.
    """

    version: str | None
    cases: tuple[str, ...]
    topics: tuple[str, ...]

    def run(self, folder: Path) -> list[dict[str, Any]]:
        """Run it to its end, and return what came of each case, and at last what it complained of."""
        write_sync_cases(folder)
        python = python_of(self.version) if self.version else Path(sys.executable)
        package = "daytona" if self.version else "daytona_httpx"
        served = [sys.executable, str(HERE / "served.py"), str(python), "-W", "ignore"]
        told = [str(HERE / "run.py"), ",".join(self.cases), package, ",".join(self.topics)]
        found = {"PYTHONPATH": str(folder), "CASES_LANGUAGE_SERVER": str(LANGUAGE_SERVER)}
        done = subprocess.run(
            [*served, *told],
            env={**os.environ, **found},
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"cases"')]
        return [*lines, {"case": "", "said": done.stderr[-2000:]}]


ASYNC, SYNC = ("cases",), ("sync_cases",)
OFFICIAL, OFFICIAL_SYNC = Program(NEW, ASYNC, ALL), Program(NEW, SYNC, ALL)
OURS, OURS_SYNC = Program(None, ASYNC, (*ALL, "basic")), Program(None, SYNC, (*ALL, "basic"))
OLDER = Program(OLD, ASYNC + SYNC, ("basic",))
PROGRAMS = (OFFICIAL, OURS, OFFICIAL_SYNC, OURS_SYNC, OLDER)


class Outcomes:
    """Run all programs, a few at once, and tell what came of their cases.

    Args:
        folder: Where they keep their files.
    """

    def __init__(self, folder: Path) -> None:
        self._pool = ThreadPoolExecutor(max_workers=4)
        self._runs: dict[Program, Future[list[dict[str, Any]]]] = {
            program: self._pool.submit(program.run, folder / str(number))
            for number, program in enumerate(PROGRAMS)
        }

    def of(self, program: Program, case: str) -> list[dict[str, Any]]:
        """Return what came of a case: once, or twice where a program ran it async and sync."""
        lines = self._runs[program].result()
        found = [line for line in lines if line["case"] == case]
        if len(found) < len(program.cases):
            pytest.fail(f"{program} ended before {case}: {lines[-1]['said']}", pytrace=False)
        return found

    def close(self) -> None:
        """Wait for what still runs."""
        self._pool.shutdown(cancel_futures=True)
