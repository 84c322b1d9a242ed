"""The networks of sandboxes: each its own, and out only as far as it may."""

from __future__ import annotations

import asyncio
import logging
import os
import select
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime import RuntimeFailedError
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.networks import WAYS, Networks, Way
from daytona_local.runtime.process import ProcessRuntime
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import boot

own_network = pytest.mark.skipif(
    not Networks.of_this_host().own, reason="this host has neither pasta nor slirp4netns"
)

SERVE = """
import socket, sys
server = socket.create_server(("127.0.0.1", 8000))
open("up", "w")
while True:
    server.accept()[0].sendall(sys.argv[1].encode())
"""
ASK = """
import socket, sys
try:
    print(socket.create_connection((sys.argv[1], int(sys.argv[2])), 5).recv(100).decode())
except OSError as error:
    print(type(error).__name__)
"""
ABSTRACT = "import socket\nopen('tried', 'w')\nsocket.socket(socket.AF_UNIX).connect('\\0daytona-test')"


async def shell(box: Running, line: str, **env: str) -> str:
    """Run a shell line, and return what it said."""
    return (await run_command(box, ["sh", "-c", line], env, timeout_s=30)).text.strip()


async def interfaces(box: Running) -> list[str]:
    """Return the names of a sandbox's network interfaces."""
    return sorted((await shell(box, "tail -n +3 /proc/net/dev | cut -d: -f1")).split())


async def ask(box: Running, host: str, port: int) -> str:
    """Connect from a sandbox, and return what the other side said, or the error."""
    return await shell(box, 'python3 -c "$ASK" $HOST $PORT', ASK=ASK, HOST=host, PORT=str(port))


async def serve(box: Running, word: str) -> None:
    """Say a word to who connects to port 8000 of a sandbox."""
    await shell(box, 'python3 -c "$SERVE" $WORD & until test -e up; do :; done', SERVE=SERVE, WORD=word)


async def test_two_sandboxes_may_listen_on_one_port(runtime: BubblewrapRuntime) -> None:
    one = await boot(runtime, Sandbox(name="one"), network=False)
    two = await boot(runtime, Sandbox(name="two"), network=False)
    await serve(one, "one")
    await serve(two, "two")

    assert ["one", "two"] == [await ask(box, "127.0.0.1", 8000) for box in (one, two)]
    with await one.agent.connect(8000) as connection:
        connection.setblocking(True)
        assert b"one" == connection.recv(3)


async def test_a_sandbox_without_a_network_has_its_loopback_only(runtime: BubblewrapRuntime) -> None:
    box = await boot(runtime, Sandbox(name="alone"), network=False)

    assert ["lo"] == await interfaces(box)
    assert "ConnectionRefusedError" == await ask(box, "::1", 8000)
    assert "OSError" == await ask(box, "192.0.2.1", 80)


@own_network
async def test_a_sandbox_with_a_network_has_a_way_out(box: Running) -> None:
    assert 2 == len(await interfaces(box))
    assert "" != await shell(box, "grep -v 'Iface' /proc/net/route")
    assert "nameserver 10.0.2.3" in await shell(box, "cat /etc/resolv.conf")


@own_network
async def test_the_hosts_loopback_is_out_of_reach(box: Running) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        gateway = await shell(box, "ip route show default 2>/dev/null | cut -d' ' -f3 || true")

        found = [await ask(box, host, port) for host in ("127.0.0.1", "::1", gateway or "10.0.2.2")]

    assert {"ConnectionRefusedError", "TimeoutError", "OSError"} >= set(found)


@own_network
async def test_other_sandboxes_are_out_of_reach(runtime: BubblewrapRuntime) -> None:
    one = await boot(runtime, Sandbox(name="one"))
    two = await boot(runtime, Sandbox(name="two"))
    await serve(one, "one")
    address = (await shell(one, "hostname -I")).split()[0]

    found = [await ask(two, host, 8000) for host in ("127.0.0.1", address)]

    assert "one" not in found


@own_network
async def test_the_hosts_abstract_sockets_are_out_of_reach(box: Running) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0daytona-test")
        server.listen()

        said = await shell(box, 'python3 -c "$CODE"; ls tried', CODE=ABSTRACT)

    assert "ConnectionRefusedError" in said
    assert said.endswith("tried")


@own_network
async def test_the_network_of_a_running_sandbox_goes_and_comes(
    runtime: BubblewrapRuntime, box: Running
) -> None:
    found = [len(await interfaces(box))]
    for network in (False, False, True, True):
        await runtime.set_network(box.sandbox.id, network)
        found.append(len(await interfaces(box)))

    assert [2, 1, 1, 2, 2] == found


@own_network
@own_network
async def test_what_is_asked_for_last_of_a_network_holds_whatever_is_under_way(
    runtime: BubblewrapRuntime, box: Running
) -> None:
    asked = [runtime.set_network(box.sandbox.id, network) for network in (False, True, True, False)]
    await asyncio.gather(*asked)

    assert ["lo"] == await interfaces(box)


async def test_a_sandbox_that_was_started_without_a_network_gets_one(runtime: BubblewrapRuntime) -> None:
    box = await boot(runtime, Sandbox(name="alone"), network=False)

    await runtime.set_network(box.sandbox.id, True)

    assert 2 == len(await interfaces(box))


@own_network
async def test_the_network_of_a_sandbox_that_is_not_running_waits_for_its_start(
    runtime: BubblewrapRuntime,
) -> None:
    await runtime.set_network("nobody", True)
    await runtime.set_network("nobody", False)


@own_network
async def test_what_leads_out_begins_with_the_first_program_and_the_next_ones_wait_for_it_too(
    runtime: BubblewrapRuntime, box: Running
) -> None:
    assert {} == runtime._networks._uplinks

    assert [2, 2, 2] == [len(found) for found in await asyncio.gather(*(interfaces(box) for _ in range(3)))]

    assert [box.sandbox.id] == list(runtime._networks._uplinks)


@own_network
async def test_a_sandbox_that_is_blocked_before_its_first_program_is_not_led_out(
    runtime: BubblewrapRuntime, box: Running
) -> None:
    await runtime.set_network(box.sandbox.id, False)

    assert 1 == len(await interfaces(box))

    await runtime.set_network(box.sandbox.id, True)
    assert 2 == len(await interfaces(box))


@own_network
async def test_what_leads_out_ends_with_its_sandbox(runtime: BubblewrapRuntime, box: Running) -> None:
    await interfaces(box)
    (uplink,) = runtime._networks._uplinks.values()
    await runtime.stop(box.sandbox.id)

    assert uplink.program.returncode is not None


@own_network
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
async def test_each_way_leads_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Way) -> None:
    if way not in Networks.of_this_host()._ways:
        pytest.skip(f"this host has no {way.name}")
    runtime = BubblewrapRuntime(tmp_path)
    monkeypatch.setattr(runtime, "_networks", Networks([way]))

    box = await boot(runtime, Sandbox(name="box"))

    assert 2 == len(await interfaces(box))
    assert runtime.limits["network"].startswith(f"a namespace of its own, and out by {way.name}; ")
    await runtime.close()


@own_network
async def test_a_way_that_fails_gives_room_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runtime = BubblewrapRuntime(tmp_path)
    broken = Way("sh", ("-c", "echo no luck >&2; exit 1"))
    monkeypatch.setattr(runtime, "_networks", Networks([broken, *runtime._networks._ways]))

    box = await boot(runtime, Sandbox(name="box"))

    assert (2, []) == (len(await interfaces(box)), caplog.records)
    await runtime.close()


@own_network
async def test_a_sandbox_that_no_way_leads_out_of_runs_without_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The machine may just be offline."""
    runtime = BubblewrapRuntime(tmp_path)
    broken = Way("sh", ("-c", "echo no luck >&2; exit 1"))
    monkeypatch.setattr(runtime, "_networks", Networks([broken]))

    with caplog.at_level(logging.WARNING):
        box = await boot(runtime, Sandbox(id="box-1", name="box"))

    assert ["lo"] == await interfaces(box)
    assert ["sandbox box-1 has no network: sh: no luck"] == [record.message for record in caplog.records]
    await runtime.close()


async def test_without_any_way_sandboxes_share_the_hosts_network_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Networks, "of_this_host", classmethod(lambda _: Networks([])))
    runtime = BubblewrapRuntime(tmp_path)
    box = await boot(runtime, Sandbox(name="box"))
    blocked = await boot(runtime, Sandbox(name="blocked"), network=False)

    assert runtime.limits["network"].startswith("the host's, unless it is blocked; ")
    assert [] == caplog.records
    assert {name for _, name in socket.if_nameindex()} == set(await interfaces(box))
    assert ["lo"] == await interfaces(blocked)
    with pytest.raises(RuntimeFailedError, match="next start only"):
        await runtime.set_network(box.sandbox.id, False)
    await runtime.close()


async def test_the_process_runtime_can_block_nothing(tmp_path: Path) -> None:
    runtime = ProcessRuntime(tmp_path)

    await runtime.set_network("any", True)

    assert "the host's" == runtime.limits["network"]
    with pytest.raises(RuntimeFailedError, match="can't block the network"):
        await runtime.set_network("any", False)


SERVER = """
import asyncio, sys
from pathlib import Path
from daytona_local.runtime import SandboxSpec
from daytona_local.runtime.bubblewrap import BubblewrapRuntime

async def main():
    runtime = BubblewrapRuntime(Path(sys.argv[1]))
    await runtime.start(SandboxSpec("box", "daytona", {}, 1, 1, 3, network=True))
    await runtime.agent("box").on_use()
    print(runtime._networks._uplinks["box"].program.pid, flush=True)
    await asyncio.sleep(1000)

asyncio.run(main())
"""


@own_network
def test_what_leads_out_ends_with_a_server_that_is_killed(tmp_path: Path) -> None:
    words = [sys.executable, "-c", SERVER, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        uplink = os.pidfd_open(int(server.stdout.readline()))
        server.kill()

    ended, _, _ = select.select([uplink], [], [], 10)
    os.close(uplink)

    assert [uplink] == ended
