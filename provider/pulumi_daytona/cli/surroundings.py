"""Look over this machine: the versions, the engine, and the host of dynamic providers."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from pulumi_daytona.cli.engine import Engine, EngineError
from pulumi_daytona.core.doctor_finding import Finding, error, ok, warning

PACKAGES = ("pulumi-daytona", "daytona-httpx", "pulumi")
ENGINE_MINIMUM = (3, 200)
"""The oldest engine that knows every call of the oldest Python SDK that this package allows."""

_HELPERS = ("pulumi-language-python", "pulumi-resource-pulumi-python")
_INSTALL = "install Pulumi (https://www.pulumi.com/docs/install) and put it on PATH"
_HOST = "pulumi.dynamic.__main__"


def versions() -> Iterator[Finding]:
    """Yield the versions of the packages and of Python."""
    for package in PACKAGES:
        try:
            yield ok(package, version(package))
        except PackageNotFoundError:
            yield error(package, "not installed", f"pip install {package}")
    yield ok("python", f"{platform.python_version()} ({sys.executable})")


def engine_findings(engine: Engine | None) -> Iterator[Finding]:
    """Yield whether the engine is there, recent enough, and complete."""
    if engine is None:
        yield error("engine", "`pulumi` is not on PATH", _INSTALL)
        return
    try:
        found = engine.version()
    except EngineError as reason:
        yield error("engine", str(reason), _INSTALL)
        return
    oldest = ".".join(map(str, ENGINE_MINIMUM))
    if is_recent(found):
        yield ok("engine", f"{found} ({engine.pulumi})")
    else:
        yield error("engine", f"{found} ({engine.pulumi}) is older than {oldest}", _INSTALL)
    places = [str(engine.pulumi.parent), str(engine.pulumi.resolve().parent), os.environ.get("PATH", "")]
    missing = [name for name in _HELPERS if not shutil.which(name, path=os.pathsep.join(places))]
    if missing:
        yield error("engine", f"{' and '.join(missing)} not beside it or on PATH", _INSTALL)


def is_recent(found: str) -> bool:
    """Tell whether an engine's version is recent enough."""
    match = re.match(r"(\d+)\.(\d+)", found)
    return match is not None and (int(match[1]), int(match[2])) >= ENGINE_MINIMUM


def host_finding() -> Finding:
    """Say whether the host of dynamic providers can be widened, which serves four operations at once."""
    if host_is_known() and pool_is_known():
        return ok("dynamic host", "serves many operations at once")
    return warning(
        "dynamic host",
        "not as expected: it stays at four operations at once",
        "everything works, but slowly; another version of pulumi (pip) may be as expected",
    )


def host_is_known() -> bool:
    """Tell whether the host runs its operations in a thread pool."""
    spec = find_spec(_HOST)
    read = getattr(spec.loader, "get_source", None) if spec else None
    return read is not None and "ThreadPoolExecutor(" in (read(_HOST) or "")


def pool_is_known() -> bool:
    """Tell whether a worker of a thread pool can find its pool, as the host is widened."""

    def pool_of_this_thread() -> object:
        arguments = getattr(threading.current_thread(), "_args", ())
        return arguments[0]() if arguments and callable(arguments[0]) else None

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(pool_of_this_thread).result()
        return found is pool and isinstance(getattr(pool, "_max_workers", None), int)
