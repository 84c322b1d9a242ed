"""Run the cases with a package, and print a line of JSON for each; `run.py` starts it."""

from __future__ import annotations

import importlib
import json
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import (
    basic,
    commands,
    data,
    desktop,
    end,
    files,
    images,
    languages,
    life,
    repositories,
    snapshots,
    terminals,
    ways,
)
from .use import Use

TOPICS = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        basic, images, life, files, repositories, commands, terminals, languages, desktop, data, snapshots,
        end,
    )
}  # fmt: skip


def names_of(topics: Sequence[str]) -> list[str]:
    """Return the names of the cases of some topics."""
    return [case.__name__ for topic in topics for case in TOPICS[topic].CASES]


def run(package: str, topics: Sequence[str]) -> None:
    """Run the cases of some topics to their end; see `use`."""
    ways.run(use(package, topics))


async def use(package: str, topics: Sequence[str]) -> None:
    """Run the cases of some topics in their order, with one client.

    Args:
        package: ``daytona`` or ``daytona_httpx``; the server is in DAYTONA_API_URL and DAYTONA_API_KEY.
        topics: Some of TOPICS.
    """
    sdk = importlib.import_module(package)
    daytona = sdk.AsyncDaytona()
    with tempfile.TemporaryDirectory() as folder:
        shared = Use(sdk, daytona, Path(folder))
        for topic in topics:
            for case in TOPICS[topic].CASES:
                await report(case, shared)
    if hasattr(daytona, "close"):
        await daytona.close()


async def report(case: Any, use: Use) -> None:
    """Run a case and print what came of it."""
    began = time.monotonic()
    came = await outcome(case, use)
    took_s = round(time.monotonic() - began, 2)
    line = {"cases": __package__, "case": case.__name__, "took_s": took_s, **came}
    print(json.dumps(line), flush=True)


async def outcome(case: Any, use: Use) -> dict[str, Any]:
    """Return what came of a case, or how it failed."""
    try:
        return {"outcome": await case(use), "error": None}
    except Exception:  # whatever a package or a case raises is what came of the case; the others still run
        return {"outcome": None, "error": traceback.format_exc()}
