"""Lay the root folder of a new sandbox; once a sandbox has had it, nothing in it is trusted any more."""

from __future__ import annotations

import os
from pathlib import Path

from daytona_local.runtime.accounts import account_of
from daytona_local.runtime.base import SandboxSpec
from daytona_local.runtime.etc import lay_etc

MERGED = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
"""What links to the same in ``/usr`` on most hosts."""

LOCAL = Path("usr/local")
_FOLDERS = ("home", "root", "tmp", "usr", "var/tmp", "opt", "srv", "mnt")
_LOCAL_FOLDERS = ("bin", "etc", "include", "lib", "sbin", "share", "src")


def lay_root(root: Path, spec: SandboxSpec) -> None:
    """Make a root folder: empty but for a small ``/etc``, since ``/usr`` is the host's."""
    for folder in _FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for folder in ("tmp", "var/tmp"):
        (root / folder).chmod(0o1777)
    for link in (Path("/", name) for name in MERGED):
        if link.is_symlink():
            (root / link.name).symlink_to(os.readlink(link))
    lay_etc(root / "etc", spec, account_of(root, spec.user))


def lay_local(root: Path, python: str) -> None:
    """Give a root folder a ``/usr/local`` of its own, which stays with what is made from it.

    From inside, ``usr`` lies below the host's, so only this server has ever changed it.

    Args:
        root: The folder.
        python: What ``python`` is there, on a host that only has a ``python3``.
    """
    local = root / LOCAL
    if local.exists():
        return
    for folder in _LOCAL_FOLDERS:
        (local / folder).mkdir(parents=True, exist_ok=True)
    if not Path("/usr/bin/python").exists():
        (local / "bin" / "python").symlink_to(python)
