"""Put in place what isolates the local server's sandboxes, and what is tested in them.

To do so: `python tests/toolchain/isolation.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

SFTP_SERVER = "/usr/lib/openssh/sftp-server"
PACKAGES: Mapping[str, str] = {
    "bwrap": "bubblewrap",
    "pasta": "passt",
    "nft": "nftables",
    "ssh": "openssh-client",
    SFTP_SERVER: "openssh-sftp-server",
}
"""Debian's packages, by the program that each is for; all are small."""

WITHOUT: Mapping[str, str] = {
    "bwrap": "sandboxes can't be isolated",
    "pasta": "sandboxes that may go out share the host's network",
    "nft": "sandboxes with a list of allowed networks have no network",
    "ssh": "SSH is tested by a library only",
    SFTP_SERVER: "sandboxes have no SFTP",
}


def main() -> int:
    """Install what is missing where that can be done without asking; else say what that means.

    It is no failure: the tests that need it are left out then, or say so themselves.
    """
    missing = [program for program in PACKAGES if not shutil.which(program)]
    if sys.platform != "linux" or not missing:
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        for program in missing:
            print(f"{PACKAGES[program]} is missing, so {WITHOUT[program]}; install it with your packages")
        return 0
    _install([PACKAGES[program] for program in missing])
    return 0


def _install(packages: list[str]) -> None:
    print(
        f"Installing {' and '.join(packages)} with apt-get, to isolate the local server's sandboxes",
        flush=True,
    )
    if _apt("update", "-qq"):
        for package in packages:  # each alone: one that isn't to be had keeps no other away
            _apt("install", "-y", "-qq", "--no-install-recommends", package)


def _apt(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    words = ["apt-get", *arguments]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"{' '.join(words)} failed: {reason}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
