"""Run a server in a small network of its own, and print whom its sandboxes reach, as one JSON object.

It is run by ``unshare --net``, so that its addresses are nobody else's: hosts on the loopback interface, to
which a default route over a cable without an end lends the looks of an outside.
"""

from __future__ import annotations

import json
import shlex
import socket
import socketserver
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, Sandbox
from daytona_local import LocalDaytona

NOT_HERE = 77
"""The exit code where such a network can't be set up."""

ONE, TWO, SIX = "203.0.113.1", "203.0.113.2", "2001:db8::1"
SET_UP = f"""
ip link set lo up
ip link add up0 type veth peer name up1
ip link set up1 up
ip link set up0 up
ip addr add 198.18.0.2/24 dev up0
ip addr add 2001:db8:1::2/64 dev up0 nodad
ip route add default via 198.18.0.1
ip -6 route add default via 2001:db8:1::1 dev up0
ip addr add {ONE}/32 dev lo
ip addr add {TWO}/32 dev lo
ip addr add {SIX}/128 dev lo nodad
"""
ASK = """
import socket, sys
for address in sys.argv[1:]:
    try:
        with socket.create_connection((address, 8000), 10) as one:
            one.sendall(b"hi")
            print(one.recv(100).decode())
    except OSError as error:
        print(type(error).__name__)
"""
STAY = """
import os, socket, sys, time
one = socket.create_connection((sys.argv[1], 8000), 10)
one.sendall(b"hi")
open("before", "wb").write(one.recv(100))
while not os.path.exists("go"):
    time.sleep(0.01)
try:
    one.settimeout(1)
    one.sendall(b"still")
    said = one.recv(100).decode()
except OSError as error:
    said = "broken"
open("said.part", "w").write(said)
os.rename("said.part", "said")
"""
FREE = "nft flush ruleset; unshare --user --map-root-user nft flush ruleset; unshare -n true; echo $?"


class Host(socketserver.BaseRequestHandler):
    """Say who was reached, as often as something comes."""

    def handle(self) -> None:
        """Answer."""
        while self.request.recv(100):
            self.request.sendall(self.request.getsockname()[0].encode())


class Hosts(socketserver.ThreadingTCPServer):
    """Listen on one address."""

    daemon_threads = True

    def __init__(self, address: str) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, 8000), Host)
        threading.Thread(target=self.serve_forever, daemon=True).start()


def shell(box: Sandbox, line: str) -> str:
    """Run a shell line, and return what it said."""
    return box.process.exec(line, timeout=60).result.strip()


def python(code: str, *arguments: str) -> str:
    """Return the shell line that runs some code."""
    return shlex.join(["python3", "-c", code, *arguments])


def reached(box: Sandbox, *addresses: str) -> list[str]:
    """Return what each address said to a sandbox, or the error."""
    return shell(box, python(ASK, *addresses)).split()


def changed(box: Sandbox, **settings: Any) -> list[str]:
    """Change the network of a running sandbox, and return whom it reaches then."""
    for _ in range(2):  # the second is refused, and repeated by the client, until the first has taken effect
        box.update_network_settings(**settings)
    return reached(box, ONE, TWO)


def scene(client: Daytona) -> dict[str, object]:
    """Play it."""

    def create(**more: Any) -> Sandbox:
        return client.create(CreateSandboxFromSnapshotParams(**more))

    box = create(network_allow_list=f"{ONE}/32")
    found: dict[str, object] = {"listed": reached(box, ONE, TWO, SIX)}
    shell(box, f"{python(STAY, ONE)} >/dev/null 2>&1 & until test -s before; do sleep 0.01; done")
    found["changed"] = changed(box, network_allow_list=f"{TWO}/32")
    found["from before"] = shell(box, "touch go; until test -e said; do sleep 0.01; done; cat said")
    found["several"] = changed(box, network_allow_list="203.0.113.0/31, 203.0.113.77/25,10.0.0.0/8")
    found["all of IPv4"] = changed(box, network_allow_list="0.0.0.0/0")
    found["blocked"] = changed(box, network_block_all=True)
    found["listed again"] = changed(box, network_allow_list=f"{ONE}/32")
    box.stop()
    box.start()
    found["started again"] = reached(box, ONE, TWO)
    found["with domains"] = changed(box, domain_allow_list="example.com")
    found["domains only"] = changed(box, network_allow_list="", domain_allow_list="example.com")
    found["all"] = changed(box, network_block_all=False)
    found["all of IPv6"] = reached(box, SIX)
    found["blocked with a list"] = reached(
        create(network_block_all=True, network_allow_list=f"{ONE}/32"), ONE
    )
    found["a list of nothing"] = reached(create(network_allow_list=" , "), ONE)
    for user in ("daytona", "root"):
        other = create(network_allow_list=f"{ONE}/32", os_user=user)
        found[f"{user} tries"] = [shell(other, FREE).splitlines()[-1], *reached(other, ONE, TWO)]
    return found


def main() -> None:
    """Set the network up, play the scene and print what was found."""
    for line in SET_UP.strip().splitlines():
        if subprocess.run(line.split(), stdout=sys.stderr, check=False).returncode != 0:
            sys.exit(NOT_HERE)
    hosts = [Hosts(address) for address in (ONE, TWO, SIX)]
    with (
        LocalDaytona(Path(sys.argv[1]), transition_s=0) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        print(json.dumps(scene(client)))
    for host in hosts:
        host.shutdown()
        host.server_close()


if __name__ == "__main__":
    main()
