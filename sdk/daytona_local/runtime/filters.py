"""Let sandboxes reach some networks only, by rules that lie in their namespaces and out of their reach.

The rules belong to the user namespace that made the network; what runs in a sandbox has no rights there.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import ipaddress
import os
import shutil
import subprocess
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterable, Iterator
from functools import cache

ADVICE = "install nftables"
TRIAL_S = 20
TABLE = "daytona_local"

_OWNER = 0xB701  # NS_GET_USERNS
_PLACES = "/usr/sbin:/sbin"
"""Where the program is, also for users whose path says otherwise."""


@cache
def find_filter() -> str | None:
    """Return the program that sets rules, after a trial; None when there is none, or it doesn't work here."""
    program = shutil.which("nft") or shutil.which("nft", path=_PLACES)
    if program is None or not shutil.which("unshare"):
        return None
    words = ["unshare", "--user", "--map-root-user", "--net", program, "-f", "-"]
    rules = rules_of(["192.0.2.0/24"])
    try:
        done = subprocess.run(words, input=rules.encode(), capture_output=True, timeout=TRIAL_S, check=False)  # noqa: S603
    except OSError:
        return None
    return program if done.returncode == 0 else None


def networks_of(text: str | None) -> tuple[str, ...]:
    """Return the networks of a list, each once and without the bits that name a host in it."""
    given = (
        ipaddress.IPv4Network(item.strip(), strict=False) for item in (text or "").split(",") if item.strip()
    )
    return tuple(str(network) for network in ipaddress.collapse_addresses(given))


def rules_of(networks: Iterable[str]) -> str:
    """Return the rules that let out what goes to these networks, in place of all that there are.

    What goes elsewhere is refused at once, also on connections from before.
    """
    allowed = "\n".join(f"    ip daddr {network} accept" for network in networks)
    return f"""{no_rules()}
table inet {TABLE} {{
  chain out {{
    type filter hook output priority 0; policy drop;
    oifname "lo" accept
{allowed}
    reject with icmpx admin-prohibited
  }}
}}
"""


def no_rules() -> str:
    """Return what takes all rules away."""
    return f"add table inet {TABLE}\ndelete table inet {TABLE}"


@contextlib.contextmanager
def owner_of(network: str) -> Iterator[int]:
    """Open the user namespace that owns a network: there one may set it up.

    Args:
        network: The path of the network's namespace.
    """
    namespace = os.open(network, os.O_RDONLY | os.O_CLOEXEC)
    try:
        owner = fcntl.ioctl(namespace, _OWNER)
    finally:
        os.close(namespace)
    try:
        yield owner
    finally:
        os.close(owner)


async def set_rules(program: str, pid: int, rules: str) -> None:
    """Set the rules of a process's network, all at once or not at all.

    Raises:
        OSError: They can't be set.
    """
    network = f"/proc/{pid}/ns/net"
    with owner_of(network) as owner:
        words = [
            "nsenter",
            "--preserve-credentials",
            f"--user=/proc/self/fd/{owner}",
            f"--net={network}",
            "--",
        ]
        setting = await asyncio.create_subprocess_exec(
            *words, program, "-f", "-", stdin=PIPE, stdout=DEVNULL, stderr=PIPE, pass_fds=(owner,)
        )
        _, said = await setting.communicate(rules.encode())
    if setting.returncode != 0:
        raise OSError((said.decode(errors="replace").strip().splitlines() or ["it said nothing"])[0])
