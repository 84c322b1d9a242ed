"""What a Python project says that it depends on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from daytona_httpx.errors import DaytonaValidationError


def dependencies_of(pyproject: Path, extras: Iterable[str]) -> list[str]:
    """Return the dependencies of a project, and of those of its extras that it has.

    Args:
        pyproject: Its ``pyproject.toml``.
        extras: Names of optional dependencies; what the project doesn't have is left out.

    Raises:
        DaytonaValidationError: The file isn't TOML, or says nothing of dependencies.
    """
    try:
        content = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DaytonaValidationError(f"{pyproject} is not valid TOML: {error}") from error
    project = content.get("project")
    required = project.get("dependencies") if isinstance(project, dict) else None
    if not isinstance(project, dict) or not isinstance(required, list):
        raise DaytonaValidationError(f"{pyproject} has no dependencies in a [project] section; add them")
    optional = project.get("optional-dependencies", {})
    if not isinstance(optional, dict):
        raise DaytonaValidationError(f"{pyproject}: optional-dependencies must be a table")
    groups = [required, *(optional.get(extra, ()) for extra in extras)]
    return [str(name) for group in groups for name in group]
