"""All operations that the API and the toolbox have, implemented here or not."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

API = "/api"
_TOOLBOX = re.compile(r"/toolbox/[^/]+")
_PARAMETER = re.compile(r"\{[^}]*\}")


@cache
def operations(package: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Return method, path and name of the operations listed in a package's ``operations.txt``."""
    lines = files(package).joinpath("operations.txt").read_text().splitlines()
    rows = [line.split(" ", 2) for line in lines]
    return [(method, _pattern(path), name) for method, path, name in rows]


def operation_of(method: str, path: str) -> str | None:
    """Return the name of the operation that a request means, None when the API has none such."""
    if path.startswith(f"{API}/"):
        return _find("daytona_local.api", method, path.removeprefix(API))
    if prefix := _TOOLBOX.match(path):
        return _find("daytona_local.toolbox", method, path[prefix.end() :])
    return None


def operation_at(method: str, template: str) -> str | None:
    """Return the name of the operation that a route of the main API stands for, None when there is none.

    Args:
        method: The HTTP method.
        template: The route's path, whatever its parameters are called.
    """
    known = "GET" if method == "HEAD" else method
    return _by_template().get((known, _PARAMETER.sub("{}", template)))


def shadowed_by(method: str, template: str) -> dict[str, str]:
    """Return the operations, by their paths, that a route would catch with one of its parameters.

    Args:
        method: The HTTP method.
        template: The route's path.
    """
    catches = _pattern(template.replace(":path}", "}"))
    plain = _PARAMETER.sub("{}", template)
    return {
        path: name
        for (known, path), name in _by_template().items()
        if known == method and path != plain and "{}" not in path and catches.fullmatch(path)
    }


@cache
def _by_template() -> dict[tuple[str, str], str]:
    lines = files("daytona_local.api").joinpath("operations.txt").read_text().splitlines()
    rows = (line.split(" ", 2) for line in lines)
    return {(method, _PARAMETER.sub("{}", path)): name for method, path, name in rows}


def _find(package: str, method: str, path: str) -> str | None:
    for known, pattern, name in operations(package):
        if known == method and pattern.fullmatch(path):
            return name
    return None


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(
        "/".join("[^/]+" if part.startswith("{") else re.escape(part) for part in path.split("/"))
    )
