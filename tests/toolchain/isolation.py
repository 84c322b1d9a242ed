"""Put in place what isolates the local server's sandboxes, and what is tested in them.

To do so: `python tests/toolchain/isolation.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

if not __package__:  # started as a script: the imports below are relative to the project's root
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.toolchain import debian

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
    debian.ensure(PACKAGES, WITHOUT, "to isolate the local server's sandboxes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
