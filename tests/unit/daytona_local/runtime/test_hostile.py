"""Sandboxes that attack: the host, the agent, each other, and what the server does for them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from pathlib import Path

import pytest
from daytona_local.errors import TimeExceededError
from daytona_local.records import Sandbox
from daytona_local.runtime import Agent, Mount, NotRunningError, RuntimeFailedError, SandboxSpec
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.limits import GIB, MOST_PROCESSES, Limits
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import boot

limited = pytest.mark.skipif(not Limits.of_this_host().version, reason="this host's control groups are shut")

files_limited = pytest.mark.skipif(
    Limits.of_this_host().described["disk"] == "not enforced", reason="this host has no prlimit"
)

USERS = ["daytona", "root"]
TOO_LARGE = 128 + signal.SIGXFSZ


async def shell(box: Running, line: str) -> tuple[int, str]:
    """Run a shell line, and return how it ended and what it said."""
    done = await run_command(box, ["bash", "-c", line], timeout_s=60)
    return done.exit_code, done.text


async def python(box: Running, code: str) -> str:
    """Run a program, and return what it said."""
    return (await run_command(box, ["python3", "-c", code], timeout_s=60)).text.strip()


def spec(sandbox_id: str, user: str = "daytona", **more: object) -> SandboxSpec:
    """Return how a sandbox runs."""
    return SandboxSpec(sandbox_id, user, {}, 1, 1, 3, network=False, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("user", USERS)
async def test_nothing_of_the_kernels_can_be_changed(runtime: BubblewrapRuntime, user: str) -> None:
    """A server of root's runs its sandboxes with root's number: only the mounts keep them out here."""
    box = await boot(runtime, Sandbox(name="box", user=user))
    code = """
import os
for top, folders, files in os.walk("/proc"):
    folders[:] = [name for name in folders if not name.isdigit()]
    for name in files:
        try:
            os.close(os.open(os.path.join(top, name), os.O_WRONLY))
            print(os.path.join(top, name))
        except OSError:
            pass
"""
    assert "" == await python(box, code)


@pytest.mark.parametrize("user", USERS)
async def test_there_are_no_rights_and_no_way_to_get_some(runtime: BubblewrapRuntime, user: str) -> None:
    box = await boot(runtime, Sandbox(name="box", user=user))

    _, status = await shell(box, "grep -E '^(Cap|NoNewPrivs)' /proc/self/status")
    refused = [
        (await shell(box, line))[0]
        for line in ("mknod disk b 8 0", "mount -t tmpfs none /mnt", "chroot / true", "date -s 2020-01-01")
    ]

    assert {"0000000000000000", "1"} == {line.split()[1] for line in status.splitlines()}
    assert 0 not in refused


async def test_no_further_namespaces_can_be_made(box: Running) -> None:
    """Inside one of its own, a process would have all rights to try the kernel's defences."""
    assert [0, 1] == sorted([(await shell(box, "true"))[0], (await shell(box, "unshare --user true"))[0]])


async def test_the_environment_of_the_server_is_not_seen(
    runtime: BubblewrapRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_HOST", "xyzzy")
    box = await boot(runtime, Sandbox(name="box"))

    _, seen = await shell(box, "cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\0' '\\n'")

    assert "xyzzy" not in seen
    assert str(runtime._files.root(box.sandbox.id)) not in seen


async def test_the_agent_can_neither_be_read_nor_traced(box: Running) -> None:
    code = """
import os
agent = next(pid for pid in os.listdir("/proc") if pid.isdigit() and pid not in ("1", str(os.getpid())))
for what in ("environ", "mem", "maps", "fd/0", "cwd/x", "root/x"):
    try:
        os.close(os.open(f"/proc/{agent}/{what}", os.O_RDONLY))
        print(what)
    except PermissionError:
        pass
"""
    assert "" == await python(box, code)


async def test_no_descriptor_of_the_hosts_comes_along(runtime: BubblewrapRuntime, tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    await runtime.start(spec("box", mounts=(Mount(volume, "/data"),)))
    running = Running(Sandbox(id="box", name="box"), runtime.agent("box"))

    _, seen = await shell(running, "ls -l /proc/[0-9]*/fd 2>/dev/null | sed -n 's/.* -> //p' | sort -u")

    assert {"/dev/null", "socket", "pipe", "anon_inode"} >= {
        line.partition(":")[0] for line in seen.splitlines() if "memfd" not in line and line[:6] != "/proc/"
    }


async def test_no_other_process_is_seen_or_signalled(runtime: BubblewrapRuntime, box: Running) -> None:
    other = await boot(runtime, Sandbox(name="other"))
    await shell(other, "sleep 1000 & sleep 1001 & true")

    _, seen = await shell(box, "cat /proc/[0-9]*/comm")
    with pytest.raises(NotRunningError):  # it ends itself, and no one else
        await shell(box, "kill -9 -1; sleep 1000")

    assert {"bwrap", "bash", "python3", "cat"} >= set(seen.split())
    assert (0, "2\n") == await shell(other, "pgrep -c sleep")


async def test_a_sandbox_that_ends_its_agent_has_ended_and_starts_again(
    runtime: BubblewrapRuntime, box: Running
) -> None:
    with pytest.raises(NotRunningError):
        await shell(box, "kill -9 $(pgrep -o python3); sleep 1000")
    with pytest.raises(NotRunningError):
        runtime.agent(box.sandbox.id)

    again = await boot(runtime, box.sandbox)

    assert (0, "here\n") == await shell(again, "echo here")


@pytest.mark.parametrize("folder", ["/usr", "/usr/lib", "/etc/ssl", "/run/daytona/agent_program"])
async def test_the_host_is_read_only(box: Running, folder: str) -> None:
    assert 0 != (await shell(box, f"touch {folder}/x"))[0]


async def test_the_hosts_own_files_are_not_there(box: Running) -> None:
    _, seen = await shell(
        box, "cat /etc/shadow /var/log/* /sys/kernel/* 2>/dev/null; ls /root /var /run /home"
    )

    assert "/home:\ndaytona\n\n/root:\n\n/run:\ndaytona\n\n/var:\ntmp\n" == seen


async def test_there_are_no_devices_but_the_harmless_ones(box: Running) -> None:
    _, seen = await shell(box, "find /dev -type b -o -type c | sort | tr '\\n' ' '")

    assert {"null", "zero", "full", "random", "urandom", "tty", "ptmx"} >= {
        name.rpartition("/")[2] for name in seen.split()
    }


@pytest.mark.parametrize("place", ["etc", "proc", "dev", "run", "usr", "data"])
async def test_a_link_in_a_mounts_place_makes_nothing_on_the_host(
    runtime: BubblewrapRuntime, tmp_path: Path, place: str
) -> None:
    """Bubblewrap follows links while it still sees the host, below /oldroot: they must be gone by then."""
    outside, volume = tmp_path / "outside", tmp_path / "volume"
    outside.mkdir()
    volume.mkdir()
    wanted = spec("box", mounts=(Mount(volume, "/data/volume"),))
    await runtime.start(wanted)
    await runtime.stop("box")
    _put_link(runtime._files.root("box") / place, f"/oldroot{outside}")

    await runtime.start(wanted)
    running = Running(Sandbox(id="box", name="box"), runtime.agent("box"))
    code, _ = await shell(running, "test -e /proc/self && test -e /dev/null && touch /data/volume/file")

    assert (0, [], ["file"]) == (code, os.listdir(outside), os.listdir(volume))


def _put_link(place: Path, target: str) -> None:
    if place.exists():
        place.rename(place.with_name("moved"))
    place.symlink_to(target)


async def test_a_volumes_folder_that_became_a_link_is_not_mounted(
    runtime: BubblewrapRuntime, tmp_path: Path
) -> None:
    """Another sandbox with the same volume may change it between the check of its subpath and the mount."""
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "sub").symlink_to("/etc")

    with pytest.raises(RuntimeFailedError, match="can't be mounted"):
        await runtime.start(spec("box", mounts=(Mount(tmp_path / "volume" / "sub", "/data"),)))


async def test_words_of_its_own_are_not_taken_for_bubblewraps(runtime: BubblewrapRuntime) -> None:
    env = {"A": "--bind", "B": "/", "C\n--bind": "x"}
    sandbox = Sandbox(name="box", env=env)

    box = await boot(runtime, sandbox)

    assert (0, "--bind /\n") == await shell(box, "echo $A $B")


async def test_a_signal_to_the_servers_group_reaches_no_sandbox(box: Running) -> None:
    await shell(box, "sleep 1000.25 & true")

    (pid,) = await asyncio.to_thread(_processes_with, b"sleep\x001000.25\x00")

    assert os.getpgrp() != os.getpgid(pid)


def _processes_with(words: bytes) -> list[int]:
    """Return the host's ids of the processes that were started by these words."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            found += [int(pid)] if Path(f"/proc/{pid}/cmdline").read_bytes() == words else []
    return found


@limited
async def test_a_fork_bomb_is_held_and_the_sandbox_goes_on(runtime: BubblewrapRuntime, box: Running) -> None:
    other = await boot(runtime, Sandbox(name="other"))
    line = "bomb() { bomb | bomb & }; bomb; sleep 1000"
    line = "bomb() { bomb | bomb & }; bomb; sleep 1000"
    bomb = asyncio.create_task(run_command(box, ["bash", "-c", line], timeout_s=2))

    assert (0, "unharmed\n") == await shell(other, "echo unharmed")
    with pytest.raises(TimeExceededError):
        await bomb
    counted = len(await asyncio.to_thread(_processes_of, box.sandbox.id))
    answer = await asyncio.wait_for(box.agent.ask("stat", path="/tmp"), 10)

    assert counted <= MOST_PROCESSES
    assert answer["info"]["isDir"]


def _processes_of(sandbox_id: str) -> list[str]:
    folder = next(Limits.of_this_host()._folders("any")[-1].parent.glob(f"*-{sandbox_id}"))
    return (folder / "cgroup.procs").read_text().split()


@limited
async def test_a_process_that_takes_too_much_memory_is_ended_alone(box: Running) -> None:
    code, _ = await shell(box, "python3 -c \"x = b'x' * (1 << 31)\"")

    assert code not in (0, None)
    assert (0, "here\n") == await shell(box, "echo here")


@limited
async def test_the_memory_of_files_in_memory_counts_too(box: Running) -> None:
    code, _ = await shell(box, "head -c 2000000000 /dev/zero > /dev/shm/hog")

    assert code != 0
    assert (0, "here\n") == await shell(box, "rm -f /dev/shm/hog; echo here")


@files_limited
async def test_no_file_gets_larger_than_the_disk(box: Running) -> None:
    size = box.sandbox.disk * GIB
    assert (0, "") == await shell(box, f"truncate -s {size} full")
    assert TOO_LARGE == (await shell(box, f"truncate -s {size + 1} more"))[0]
    assert TOO_LARGE == (await shell(box, "echo more >> full"))[0]
    assert (0, "here\n") == await shell(box, "rm full; echo here > file; cat file")


@pytest.mark.skipif(Limits(0).described["disk"] == "not enforced", reason="this host has no prlimit")
def test_the_size_of_files_is_limited_without_control_groups_too() -> None:
    assert f"--fsize={3 * GIB}" in Limits(0).wrap(spec("a"), ["true"])


async def test_an_agent_that_talks_nonsense_is_ended_and_the_server_is_not(
    runtime: BubblewrapRuntime, box: Running
) -> None:
    """What runs inside may get hold of the agent by its libraries: nothing that it says is believed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    agent = Agent(ours, "/home/daytona")
    asking = asyncio.create_task(agent.ask("stat", path="/"))
    await asyncio.sleep(0)
    theirs.send(b"[1, 2")

    with pytest.raises(NotRunningError):
        await asyncio.wait_for(asking, 5)
    theirs.close()


@pytest.mark.parametrize("name", ["TERM", "INT", "HUP"])
async def test_a_command_may_ignore_every_signal_but_the_last(box: Running, name: str) -> None:
    line = f"trap '' {name}; while :; do sleep 1000; done"
    with pytest.raises(TimeExceededError):
        await run_command(box, ["bash", "-c", line], timeout_s=0.3)

    assert (1, "0\n") == await shell(box, "pgrep --runstates R,S,D,T -c sleep")


def test_two_servers_have_control_groups_of_their_own(tmp_path: Path) -> None:
    """What is built from the same text has the same id: one server's end must not end the other's build."""
    one, other = (Limits(2, Limits.of_this_host(tmp_path / name).owner) for name in ("one", "other"))
    assert one._folders("build-1") != other._folders("build-1")
