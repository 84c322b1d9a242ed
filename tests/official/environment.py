"""Where the official packages are: each in an environment of its own, made by `make test`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NEW = "0.226.1"
OLD = "0.140.0"

_PYTHONS = {
    NEW: Path(os.environ.get("DAYTONA_OFFICIAL_PYTHON") or HERE.parents[1] / ".venv-official/bin/python"),
    OLD: HERE.parents[1] / ".venv-official-old/bin/python",
}


def python_of(version: str) -> Path:
    """Return the interpreter that has a version of the official package."""
    python = _PYTHONS[version]
    if not python.exists():
        pytest.fail(f"the environment of daytona {version} is missing: run `make test`", pytrace=False)
    return python
