"""How a sandbox runs: isolated by bubblewrap, or as plain processes."""

from __future__ import annotations

from pathlib import Path

from daytona_local.runtime.agent import Agent, AgentError, NotRunningError, Process
from daytona_local.runtime.base import Mount, Runtime, RuntimeFailedError, SandboxSpec
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.process import ProcessRuntime

__all__ = [
    "Agent",
    "AgentError",
    "Mount",
    "NotRunningError",
    "Process",
    "Runtime",
    "RuntimeFailedError",
    "SandboxSpec",
    "choose_runtime",
]


def choose_runtime(name: str, data_dir: Path) -> Runtime:
    """Return a runtime.

    Args:
        name: ``bubblewrap``, ``process``, or ``auto``: bubblewrap, and nothing less.
        data_dir: The server's data folder.

    Raises:
        RuntimeFailedError: It can't run on this host.
    """
    if name == "process":
        return ProcessRuntime(data_dir)
    if name in ("auto", "bubblewrap"):
        return BubblewrapRuntime(data_dir)
    raise RuntimeFailedError(f"there is no runtime {name!r}; choose auto, bubblewrap or process")
