"""A sandbox that reaches for what is another's, the server's or the host's."""

from __future__ import annotations

import contextlib
import ctypes
import platform
import socket
from collections.abc import AsyncIterator

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.networks import Networks
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import boot

USERS = ["daytona", "root"]
CALLS = {"x86_64": (248, 250), "aarch64": (217, 219)}
"""By machine: the numbers of add_key and keyctl."""

keyring = pytest.mark.skipif(platform.machine() not in CALLS, reason="the numbers of its calls are not known")

READ_KEY = """
import ctypes, sys
libc, seen = ctypes.CDLL(None, use_errno=True), ctypes.create_string_buffer(100)
for ring in (-3, -4, -5):
    key = libc.syscall(int(sys.argv[1]), 10, ctypes.c_int(ring), b"user", b"of-the-host", 0)
    length = libc.syscall(int(sys.argv[1]), 11, ctypes.c_int(key), seen, 100, 0)
    print(seen.raw[:max(length, 0)].decode(), ctypes.get_errno())
"""
HOLD = """
import mmap, os, socket, time
abstract = socket.socket(socket.AF_UNIX)
abstract.bind("\\0daytona-neighbour")
abstract.listen()
named = socket.socket(socket.AF_UNIX)
named.bind("/tmp/neighbour")
named.listen()
port = socket.create_server(("127.0.0.1", 4711))
with open("/dev/shm/neighbour", "w") as shared:
    shared.write("private")
secret = "private-" + "memory"
open("/tmp/holding", "w").close()
time.sleep(1000)
"""
REACH = """
import os, signal, socket
def attempt(what, do):
    try:
        print(what, do())
    except OSError:
        pass
def connect(family, address):
    with socket.socket(family) as one:
        return one.connect(address)
attempt("abstract", lambda: connect(socket.AF_UNIX, "\\0daytona-neighbour"))
attempt("named", lambda: connect(socket.AF_UNIX, "/tmp/neighbour"))
attempt("port", lambda: connect(socket.AF_INET, ("127.0.0.1", 4711)))
attempt("shared memory", lambda: open("/dev/shm/neighbour").read())
"""


async def python(box: Running, code: str, *arguments: str) -> str:
    """Run a program in a sandbox, and return what it said."""
    return (await run_command(box, ["python3", "-c", code, *arguments], timeout_s=60)).text.strip()


async def shell(box: Running, line: str) -> str:
    """Run a shell line in a sandbox, and return what it said."""
    return (await run_command(box, ["bash", "-c", line], timeout_s=60)).text.strip()


@pytest.fixture
async def neighbour(runtime: BubblewrapRuntime) -> AsyncIterator[Running]:
    """Return another sandbox that listens, shares memory and has a secret in its environment."""
    other = await boot(runtime, Sandbox(name="neighbour", env={"NEIGHBOURS_SECRET": "xyzzy"}), network=False)
    other.env["HOLD"] = HOLD
    await shell(other, 'python3 -c "$HOLD" >/dev/null 2>&1 & until test -e /tmp/holding; do sleep 0.05; done')
    yield other
    await other.close()


async def test_nothing_that_a_neighbour_holds_is_reached(box: Running, neighbour: Running) -> None:
    assert "abstract None\nnamed None\nport None\nshared memory private" == await python(neighbour, REACH)
    assert "" == await python(box, REACH)


async def test_a_neighbours_processes_are_neither_seen_nor_signalled_nor_traced(
    box: Running, neighbour: Running
) -> None:
    seen = await shell(box, "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'")
    # Numbers that other processes have, by whichever count; its own first ones are left alone.
    await shell(box, "trap '' TERM; for pid in $(seq 20 3000); do kill -TERM $pid; done 2>/dev/null")

    assert "xyzzy" not in seen
    assert "1" == await shell(neighbour, "pgrep -c -f time.sleep.1000")


async def test_semaphores_and_shared_memory_of_the_old_kind_are_a_sandboxes_own(
    box: Running, neighbour: Running
) -> None:
    made = await shell(neighbour, "ipcmk --shmem 4096 --semaphore 1 && wc -l < /proc/sysvipc/shm")

    assert made.endswith("2")
    assert "1\n1" == await shell(box, "wc -l < /proc/sysvipc/shm; wc -l < /proc/sysvipc/sem")


@keyring
@pytest.mark.parametrize("user", USERS)
async def test_the_kernels_keys_of_the_servers_session_are_out_of_reach(
    runtime: BubblewrapRuntime, user: str
) -> None:
    add, control = CALLS[platform.machine()]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(control, 1, None) < 0:  # a session of this test's own
        pytest.skip("this host lets nobody have keys in the kernel")
    assert 0 < libc.syscall(add, b"user", b"of-the-host", b"xyzzy", 5, ctypes.c_int(-3))
    box = await boot(runtime, Sandbox(name="box", user=user), network=False)

    seen = await python(box, READ_KEY, str(control))

    assert "1\n1\n1" == seen.replace(" ", "")  # EPERM, and nothing read
    # The first process may be traced, and made to ask in the other's place: it may not either.
    assert "2" == await shell(box, "sed -n 's/^Seccomp:[[:space:]]*//p' /proc/1/status")


@pytest.mark.skipif(not Networks.of_this_host().own, reason="sandboxes share this host's network")
async def test_the_server_itself_is_out_of_reach(box: Running) -> None:
    """Neither by the loopback interface, nor by an address of this machine, nor by what leads out."""
    addresses = {"127.0.0.1", "::1", "10.0.2.2", "10.0.2.3", "localhost"}
    with contextlib.suppress(OSError):
        addresses |= {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    code = (
        "import socket, sys\n"
        "for address in sys.argv[2:]:\n"
        "    try: print(socket.create_connection((address, int(sys.argv[1])), 1))\n"
        "    except OSError: pass"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert "" == await python(box, code, str(server.getsockname()[1]), *sorted(addresses))
