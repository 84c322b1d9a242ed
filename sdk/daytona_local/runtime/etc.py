"""The small /etc of a sandbox: who its users are, and how names are resolved."""

from __future__ import annotations

import shutil
from pathlib import Path

from daytona_local.runtime.accounts import Account, made_up
from daytona_local.runtime.base import SandboxSpec
from daytona_local.settings import DEFAULT_USER

NOBODY = "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin"


def lay_etc(etc: Path, spec: SandboxSpec, account: Account) -> None:
    """Write it into a root folder that no sandbox has had yet.

    Args:
        etc: The folder.
        spec: The sandbox.
        account: Its user.
    """
    accounts = {one.name: one for one in (account, made_up("root"), made_up(DEFAULT_USER))}
    groups = [f"{one.name}:x:{one.group}:" for one in accounts.values()]
    files = {
        "passwd": [*(one.line for one in accounts.values()), NOBODY],
        "group": [*groups, "nogroup:x:65534:"],
        "hosts": ["127.0.0.1 localhost", "::1 localhost"],
        "hostname": [spec.id.split("-")[0]],
        "nsswitch.conf": ["passwd: files", "group: files", "hosts: files dns"],
        "login.defs": [
            "USERGROUPS_ENAB yes",
            "UID_MIN 1000",
            "UID_MAX 60000",
            "GID_MIN 1000",
            "GID_MAX 60000",
        ],
        # Who could be asked for a password here has all that there is already.
        "pam.d/other": [
            f"{kind} required pam_permit.so" for kind in ("auth", "account", "password", "session")
        ],
    }
    for folder in ("skel", "pam.d"):
        (etc / folder).mkdir(parents=True)
    for name, lines in files.items():
        (etc / name).write_text("".join(f"{line}\n" for line in lines))
    if Path("/etc/resolv.conf").exists():
        shutil.copyfile("/etc/resolv.conf", etc / "resolv.conf")
