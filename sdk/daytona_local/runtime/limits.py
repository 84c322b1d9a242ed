"""Limit what a sandbox may use, as far as the host allows, and say what that is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from daytona_local.runtime.base import SandboxSpec
from daytona_local.runtime.leftovers import owner_of

CGROUPS = Path("/sys/fs/cgroup")
GROUP = "daytona-local"
MOST_PROCESSES = 512
CPU_PERIOD_US = 100_000
GIB = 1024**3
MOST_LOOKS, LOOK_S = 1000, 0.01
"""How often, and after which time again, it is looked whether a group is empty that is to be removed."""

BLOCK = 512
"""The bytes that the shell's `ulimit -f` counts by."""

# The shell puts itself into the groups, and becomes the command: so nothing ever runs outside them.
_ENTER = (
    'ulimit -f "$1" || exit 125; n=$2; shift 2; '
    'while [ "$n" -gt 0 ]; do echo $$ > "$1/cgroup.procs" || exit 125; shift; n=$((n-1)); done; exec "$@"'
)


@dataclass(frozen=True)
class Limits:
    """Know which limits this host lets us set.

    Args:
        version: 2 or 1 for control groups that can be written, 0 for none.
        owner: Whose groups these are; two servers may give what they build from the same text the same id.
    """

    version: int
    owner: str = ""

    @classmethod
    def of_this_host(cls, data_dir: Path | None = None) -> Limits:
        """Find out by trying, for the server with this data folder."""
        owner = f"{owner_of(data_dir)}-" if data_dir else ""
        if (CGROUPS / "cgroup.controllers").exists():
            return cls(2 if _writable(CGROUPS) and _delegates(CGROUPS) else 0, owner)
        controllers = [CGROUPS / name for name in ("memory", "cpu", "pids")]
        return cls(1 if all(_writable(folder) for folder in controllers) else 0, owner)

    @property
    def described(self) -> Mapping[str, str]:
        """Return what is enforced, and how."""
        if self.version:
            how = f"control groups v{self.version}"
            return {
                "cpu": how,
                "memory": how,
                "processes": f"{MOST_PROCESSES}, {how}",
                "disk": "each file (rlimit)",
            }
        return {
            "cpu": "not enforced",
            "memory": "per process (rlimit)",
            "processes": "not enforced",
            "disk": "each file (rlimit)" if _has_prlimit() else "not enforced",
        }

    def wrap(self, spec: SandboxSpec, command: list[str]) -> list[str]:
        """Return the command that runs a sandbox within its limits.

        All files together can't be limited without root, which alone may set quotas; a single one can.
        """
        largest = _largest_file(spec)
        if not self.version:
            limits = [f"--data={spec.memory_gib * GIB}", f"--fsize={largest}"]
            return ["prlimit", *limits, "--", *command] if _has_prlimit() else command
        groups = [str(folder) for folder in self._make(spec)]
        counts = [str(largest // BLOCK), str(len(groups))]
        return ["/bin/sh", "-c", _ENTER, "sh", *counts, *groups, *command]

    def change(self, spec: SandboxSpec) -> None:
        """Give the groups of a running sandbox other limits; where there are none, the next start does."""
        if all(folder.exists() for folder in self._folders(spec.id)):
            self._make(spec)

    async def remove(self, sandbox_id: str) -> None:
        """Remove the groups of a sandbox that has been stopped, once its last process has left them."""
        for folder in self._folders(sandbox_id):
            for _look in range(MOST_LOOKS):
                if _is_removed(folder):
                    break
                await asyncio.sleep(LOOK_S)

    def tidy(self) -> None:
        """Remove the groups of all sandboxes; none runs yet."""
        for group in self.groups():
            _is_removed(group)

    def groups(self) -> list[Path]:
        """Return the groups of all sandboxes that there are."""
        return [group for above in self._above() for group in above.glob(f"{self.owner}*")]

    def _above(self) -> list[Path]:
        if self.version == 2:
            return [CGROUPS / GROUP]
        if self.version == 1:
            return [CGROUPS / controller / GROUP for controller in ("memory", "cpu", "pids")]
        return []

    def _folders(self, sandbox_id: str) -> list[Path]:
        return [above / f"{self.owner}{sandbox_id}" for above in self._above()]

    def _make(self, spec: SandboxSpec) -> list[Path]:
        folders = self._folders(spec.id)
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        memory, quota = str(spec.memory_gib * GIB), str(spec.cpu * CPU_PERIOD_US)
        if self.version == 2:
            _write(folders[0].parent / "cgroup.subtree_control", "+cpu +memory +pids")
            settings = {
                "memory.max": memory,
                "cpu.max": f"{quota} {CPU_PERIOD_US}",
                "pids.max": str(MOST_PROCESSES),
            }
            for name, value in settings.items():
                _write(folders[0] / name, value)
            return folders
        _write(folders[0] / "memory.limit_in_bytes", memory)
        _write(folders[1] / "cpu.cfs_period_us", str(CPU_PERIOD_US))
        _write(folders[1] / "cpu.cfs_quota_us", quota)
        _write(folders[2] / "pids.max", str(MOST_PROCESSES))
        return folders


def _largest_file(spec: SandboxSpec) -> int:
    """Return how large a file may be, in bytes; never more than the server's own files may be."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    disk = spec.disk_gib * GIB
    return disk if hard == resource.RLIM_INFINITY else min(disk, hard)


def _writable(folder: Path) -> bool:
    probe = folder / f"{GROUP}-probe-{os.getpid()}"
    try:
        probe.mkdir()
        probe.rmdir()
    except OSError:
        return False
    return True


def _delegates(folder: Path) -> bool:
    enabled = (folder / "cgroup.subtree_control").read_text().split()
    return {"cpu", "memory", "pids"} <= set(enabled)


def _is_removed(group: Path) -> bool:
    """Remove a group, unless something still ends in it."""
    with contextlib.suppress(OSError):
        group.rmdir()
    return not group.exists()


def _write(file: Path, value: str) -> None:
    file.write_text(value)


def _has_prlimit() -> bool:
    return any(Path(folder, "prlimit").exists() for folder in ("/usr/bin", "/bin"))
