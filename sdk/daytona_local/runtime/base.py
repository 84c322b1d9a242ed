"""What a runtime is: how sandboxes get their file system, start, stop and go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from daytona_local.runtime.agent import Agent

CONTEXT = "/run/context"


class RuntimeFailedError(Exception):
    """Say in one line why a sandbox could not be run, and what to do."""


@dataclass(frozen=True)
class Mount:
    """Mount a volume's folder, for reading and writing, at an absolute path inside.

    Args:
        source: The folder.
        target: The path inside.
        subpath: The folder in it that is meant, made when it isn't there yet; all of it by default.
    """

    source: Path
    target: str
    subpath: str = ""


@dataclass(frozen=True)
class SandboxSpec:
    """Say how a sandbox runs: cores, GiB, and whether it has a network.

    Args:
        networks: All that it may reach, where it has a network; everything when there are none.
        workdir: The folder that its processes start in; the user's home by default.
        context: A folder that it sees, for reading only, as ``CONTEXT``.
        builds: Whether an image is built in it: then it has a ``/usr/local`` of its own.
    """

    id: str
    user: str
    env: Mapping[str, str]
    cpu: int
    memory_gib: int
    disk_gib: int
    network: bool
    networks: tuple[str, ...] = ()
    mounts: tuple[Mount, ...] = ()
    workdir: str | None = None
    context: Path | None = None
    builds: bool = False


class Runtime(Protocol):
    """Run sandboxes in one way."""

    name: str
    builds: bool
    """Whether images can be built in its sandboxes: they have a root of their own."""

    @property
    def path(self) -> str:
        """Return where a sandbox looks for programs, unless it was told otherwise."""

    @property
    def limits(self) -> Mapping[str, str]:
        """Return which limits are enforced, and how."""

    async def tidy(self) -> None:
        """End and remove what a killed server has left running or half done; nothing has been started yet."""

    async def create(self, spec: SandboxSpec, from_snapshot: str | None = None) -> None:
        """Lay the file system, or copy a snapshot's; it can be repeated.

        Raises:
            RuntimeFailedError: There can't be such a sandbox here.
            OSError: The disk is full, say.
        """

    async def start(self, spec: SandboxSpec) -> None:
        """Boot the sandbox.

        Raises:
            RuntimeFailedError: It can't be booted.
        """

    async def stop(self, sandbox_id: str) -> None:
        """End all its processes, and keep its files; it can be repeated."""

    async def pause(self, sandbox_id: str) -> None:
        """Stop its processes where they stand, in memory.

        Raises:
            NotRunningError: It isn't running.
        """

    async def resume(self, sandbox_id: str) -> None:
        """Let its processes go on; raises as ``pause``."""

    async def resize(self, spec: SandboxSpec) -> None:
        """Hold a sandbox, running or not, to other sizes from now on."""

    async def set_network(self, sandbox_id: str, network: bool, networks: Sequence[str] = ()) -> None:
        """Let a running sandbox out, or no longer: its connections break; one that isn't running is fine.

        Args:
            sandbox_id: The sandbox.
            network: Whether it has one.
            networks: All that it may reach; everything when there are none.

        Raises:
            RuntimeFailedError: Only its next start can change that here.
        """

    async def destroy(self, sandbox_id: str) -> None:
        """Stop it and remove its files; it can be repeated."""

    async def copy(self, source_id: str, target_id: str) -> None:
        """Give a new sandbox a copy of another's files, which stand still meanwhile; it can be repeated.

        Raises:
            OSError: The disk is full, say.
        """

    async def save_snapshot(self, sandbox_id: str, snapshot_id: str) -> int:
        """Keep a copy of a sandbox's files, and return how many bytes it takes; as ``copy``."""

    async def remove_snapshot(self, snapshot_id: str) -> None:
        """Remove such a copy; it can be repeated."""

    async def back_up(self, sandbox_id: str) -> None:
        """Pack a copy of a sandbox's files into one file; as ``copy``."""

    async def archive(self, sandbox_id: str, *, from_backup: bool = False) -> None:
        """Pack the file system into one file; it can be repeated.

        Args:
            sandbox_id: The sandbox.
            from_backup: Whether nothing has changed since its backup.
        """

    async def restore(self, sandbox_id: str) -> None:
        """Unpack it again; it can be repeated."""

    def root(self, sandbox_id: str) -> Path:
        """Return the folder of a sandbox's files; nothing in it is trusted."""

    def agent(self, sandbox_id: str) -> Agent:
        """Return the agent of a running sandbox.

        Raises:
            NotRunningError: It isn't running.
        """

    async def close(self) -> None:
        """Stop every sandbox that this runtime has started."""
