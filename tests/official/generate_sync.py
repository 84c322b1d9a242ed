"""Make the sync cases from the async ones, as the sync client is made from the async one."""

from __future__ import annotations

import shutil
from pathlib import Path

import unasync  # type: ignore[import-untyped]  # it has no stubs

CASES = Path(__file__).resolve().parent / "cases"


def write_sync_cases(folder: Path) -> None:
    """Write them into a folder, as the package ``sync_cases``."""
    target = folder / "sync_cases"
    target.mkdir(parents=True)
    sources = [path for path in CASES.glob("*.py") if not path.name.startswith("ways")]
    rule = unasync.Rule(str(CASES), str(target), {"AsyncDaytona": "Daytona"})
    unasync.unasync_files([str(path) for path in sources], [rule])
    shutil.copy(CASES / "ways_sync.py", target / "ways.py")
