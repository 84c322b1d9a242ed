"""Lead sandboxes out of the network namespaces that each of them has, as far as they may.

A namespace of its own means: ports that collide with no one's, no way to what listens on the host's loopback
or in other sandboxes, and abstract sockets that nobody else sees. Bubblewrap makes it; a program in user
space, ``pasta`` or ``slirp4netns``, carries what goes out.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from daytona_local.runtime.filters import ADVICE, find_filter, no_rules, owner_of, rules_of, set_rules

logger = logging.getLogger(__name__)

RESOLVER = "10.0.2.3"
"""Where sandboxes ask for names; what leads out hands that on to the host's own resolver."""

JOIN_S = 20.0
MOST_JOINING = 16
"""How many are led out at once: of a crowd that begins together, none would be in time."""

POLL_S = 0.005
TUN = "/dev/net/tun"

_TOOLS = ("nsenter", "setpriv")

UNLESS_ORPHANED = '[ "$PPID" = "$0" ] || exit; exec "$@"'
"""A server that was killed before the program was bound to its end is not its parent any more."""


@dataclass(frozen=True)
class Way:
    """Lead out by a program.

    Args:
        name: The program.
        options: Its arguments, ``{net}`` standing for the namespace.
    """

    name: str
    options: tuple[str, ...]


WAYS = (
    Way(
        "pasta",
        (
            "--foreground", "--quiet", "--config-net", "--no-map-gw", "--dns-forward", RESOLVER,
            "-t", "none", "-u", "none", "-T", "none", "-U", "none", "--netns-only", "--netns", "{net}",
        ),
    ),
    Way(
        "slirp4netns",
        ("--configure", "--disable-host-loopback", "--mtu=65520", "--netns-type=path", "{net}", "tap0"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Uplink:
    """Hold a program that leads one sandbox out, and what it says."""

    program: subprocess.Popen[bytes]
    said: IO[bytes]

    def stop(self) -> None:
        """End it: what it carried ends with it."""
        self.program.kill()
        self.program.wait()
        self.said.close()

    def last_words(self) -> str:
        """Return the last line that it said."""
        self.said.seek(0)
        return (self.said.read().decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]


class Networks:
    """Keep the ways out of running sandboxes.

    Args:
        ways: What there is on this host, the best first; with none, sandboxes use the host's network.
        filtering: The program that limits whom they reach, where there is one.
    """

    def __init__(self, ways: Sequence[Way], filtering: str | None = None) -> None:
        self._ways = list(ways)
        self._filtering = filtering
        self._filtered: set[str] = set()
        self._processes: dict[str, int] = {}
        self._uplinks: dict[str, Uplink] = {}
        self._turns = asyncio.Semaphore(MOST_JOINING)
        self._unused: dict[str, Sequence[str] | None] = {}
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def of_this_host(cls) -> Networks:
        """Find out what there is."""
        usable = os.access(TUN, os.R_OK | os.W_OK) and all(map(shutil.which, _TOOLS))
        ways = [way for way in WAYS if usable and shutil.which(way.name)]
        return cls(ways, find_filter() if ways else None)

    @property
    def own(self) -> bool:
        """Tell whether each sandbox has a namespace of its own, also when it may go out."""
        return bool(self._ways)

    @property
    def described(self) -> str:
        """Return what networks sandboxes have."""
        if self.own:
            lists = "lists by nft" if self._filtering else f"none with a list: {ADVICE}"
            return f"a namespace of its own, and out by {self._ways[0].name}; {lists}"
        return (
            f"the host's, unless it is blocked; one of its own needs passt (pasta) or slirp4netns, and {TUN}"
        )

    def opened(self, sandbox_id: str, pid: int) -> None:
        """Take note of a sandbox that has been started, by the host's id of a process in it."""
        self._processes[sandbox_id] = pid
        self._unused[sandbox_id] = None

    async def used(self, sandbox_id: str) -> None:
        """Lead a sandbox out where it may go and is not yet: something is about to begin in it."""
        if sandbox_id not in self._unused:
            return
        async with self._one_at_a_time[sandbox_id]:
            if (networks := self._unused.get(sandbox_id)) is not None:
                await self._join(sandbox_id, networks)
            self._unused.pop(sandbox_id, None)

    async def join(self, sandbox_id: str, networks: Sequence[str] = ()) -> None:
        """Lead a running sandbox out; when that fails it has no network, and the log says why.

        Where nothing has begun yet that can wait: the program that leads out takes more memory than all else.

        Args:
            sandbox_id: The sandbox.
            networks: All that it may reach; everything when there are none.
        """
        # What is asked for last holds: led out twice, one way out would never end; or in spite of a block.
        async with self._one_at_a_time[sandbox_id]:
            if sandbox_id in self._unused:
                self._unused[sandbox_id] = networks
            elif sandbox_id in self._processes:
                await self._join(sandbox_id, networks)

    async def _join(self, sandbox_id: str, networks: Sequence[str]) -> None:
        try:
            await self._limit(sandbox_id, networks)
        except OSError as error:
            await self._part(sandbox_id)
            logger.warning("sandbox %s has no network: its list can't be enforced: %s", sandbox_id, error)
            return
        if sandbox_id not in self._uplinks:
            await self._lead_out(sandbox_id)

    async def _limit(self, sandbox_id: str, networks: Sequence[str]) -> None:
        if not networks and sandbox_id not in self._filtered:
            return
        if self._filtering is None:
            raise OSError(ADVICE)
        rules = rules_of(networks) if networks else no_rules()
        self._filtered.add(sandbox_id)
        await set_rules(self._filtering, self._processes[sandbox_id], rules)

    async def _lead_out(self, sandbox_id: str) -> None:
        reasons = []
        for way in self._ways:
            try:
                async with self._turns:
                    self._uplinks[sandbox_id] = await _lead_out(way, self._processes[sandbox_id])
            except OSError as error:
                reasons.append(f"{way.name}: {error.strerror or str(error) or 'it took too long'}")
            else:
                return
        logger.warning("sandbox %s has no network: %s", sandbox_id, "; ".join(reasons))

    async def part(self, sandbox_id: str) -> None:
        """Lead a sandbox out no longer: its connections break."""
        async with self._one_at_a_time[sandbox_id]:
            if sandbox_id in self._unused:
                self._unused[sandbox_id] = None
            await self._part(sandbox_id)

    async def _part(self, sandbox_id: str) -> None:
        uplink = self._uplinks.pop(sandbox_id, None)
        if uplink is not None:
            await asyncio.to_thread(uplink.stop)

    async def closed(self, sandbox_id: str) -> None:
        """Forget a sandbox that has ended."""
        async with self._one_at_a_time[sandbox_id]:
            self._unused.pop(sandbox_id, None)
            self._processes.pop(sandbox_id, None)
            self._filtered.discard(sandbox_id)
            await self._part(sandbox_id)
        self._one_at_a_time.pop(sandbox_id, None)

    async def close(self) -> None:
        """Forget every sandbox."""
        await asyncio.gather(*(self.closed(sandbox_id) for sandbox_id in list(self._processes)))


async def _lead_out(way: Way, pid: int) -> Uplink:
    """Start a way out, and wait until it leads there.

    Raises:
        OSError: It doesn't.
    """
    uplink = _start(way, pid)
    try:
        async with asyncio.timeout(JOIN_S):
            while not _has_route(pid):
                if uplink.program.poll() is not None:
                    raise OSError(uplink.last_words())
                await asyncio.sleep(POLL_S)
    except BaseException:
        uplink.stop()
        raise
    return uplink


def _start(way: Way, pid: int) -> Uplink:
    """Start the program in the user namespace that owns the network: there it may set that up."""
    net = f"/proc/{pid}/ns/net"
    with owner_of(net) as owner:
        words = ["nsenter", "--preserve-credentials", f"--user=/proc/self/fd/{owner}", "--"]
        words += ["setpriv", "--pdeathsig", "KILL", "--"]  # it ends with the server, however that ends
        words += ["/bin/sh", "-c", UNLESS_ORPHANED, str(os.getpid())]
        words += [way.name, *(option.format(net=net) for option in way.options)]
        said = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the program
        program = subprocess.Popen(  # noqa: S603 - our own words
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, pass_fds=(owner,)
        )
    return Uplink(program, said)


def _has_route(pid: int) -> bool:
    """Tell whether a way leads out of a process's network."""
    with open(f"/proc/{pid}/net/route") as table, open(f"/proc/{pid}/net/ipv6_route") as table6:
        routes = [line.split()[0] for line in table.readlines()[1:]]
        routes += [line.split()[-1] for line in table6 if line.startswith("0" * 32)]
    return any(interface != "lo" for interface in routes)
