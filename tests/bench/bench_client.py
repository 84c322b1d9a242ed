"""What a program sees of each client: ours and the official one, on one local server, in one run.

The cases are the same lines for both; only the package that is imported differs. Each client runs in
processes of its own, in alternating order. DAYTONA_OFFICIAL_PYTHON names an interpreter that has the
official `daytona` package; without it only ours is measured.
"""

from __future__ import annotations

import asyncio
import filecmp
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ORDER = ("daytona_httpx", "daytona", "daytona", "daytona_httpx", "daytona_httpx", "daytona")
LIMIT_S = 100
EXECS, CONCURRENT, SMALL_FILES, CREATES, LINES = 200, 200, 1000, 5, 60
BIG_MIB = 256
STARTS_IN_S = 0.3

Samples = dict[str, list[float]]
Case = Callable[[Any, Any, Any], Awaitable[Samples]]

ROWS = (
    ("exec, round trip, p50", "exec", "p50", "ms"),
    ("exec, round trip, p99", "exec", "p99", "ms"),
    (f"{CONCURRENT} execs at once, all done", "concurrent", "p50", "ms"),
    (f"{SMALL_FILES} small files up", "small_up", "p50", "ms"),
    (f"{SMALL_FILES} small files down", "small_down", "p50", "ms"),
    (f"{BIG_MIB} MiB up", "big_up", "p50", "ms"),
    (f"{BIG_MIB} MiB up, peak RSS", "big_up_peak", "max", "MiB"),
    (f"{BIG_MIB} MiB down", "big_down", "p50", "ms"),
    (f"{BIG_MIB} MiB down, peak RSS", "big_down_peak", "max", "MiB"),
    (f"create to started, of which {1000 * STARTS_IN_S:.0f} ms the server's", "create", "p50", "ms"),
    ("the first live log line of a process", "first_line", "p50", "ms"),
    ("a live log line after it, p50", "line", "p50", "ms"),
    ("a live log line after it, p99", "line", "p99", "ms"),
)


@contextmanager
def timed(samples: list[float]) -> Iterator[None]:
    """Add how many milliseconds the block takes."""
    began = time.perf_counter()
    yield
    samples.append(1000 * (time.perf_counter() - began))


def forget_peak() -> None:
    """Let the process's peak of memory begin anew."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mib() -> float:
    """Return the process's peak of memory since it began anew."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def write_noise(path: Path) -> None:
    """Write a file that nothing can make smaller."""
    with path.open("wb") as file:
        for _count in range(BIG_MIB):
            file.write(os.urandom(1 << 20))


async def run_commands(_: Any, __: Any, sandbox: Any) -> Samples:
    """One command after the other."""
    took: list[float] = []
    await sandbox.process.exec("true")
    for _count in range(EXECS):
        with timed(took):
            await sandbox.process.exec("true")
    return {"exec": took}


async def run_commands_at_once(_: Any, __: Any, sandbox: Any) -> Samples:
    """Many commands at once, each of which must do its work."""
    took: list[float] = []
    with timed(took):
        done = await asyncio.gather(*(sandbox.process.exec(f"echo {n}") for n in range(CONCURRENT)))
    assert [str(n) for n in range(CONCURRENT)] == [each.result.strip() for each in done]
    return {"concurrent": took}


async def move_small_files(package: Any, _: Any, sandbox: Any) -> Samples:
    """Many files of a kilobyte, in one call each way."""
    up: list[float] = []
    down: list[float] = []
    names = [f"/tmp/small/{n}.txt" for n in range(SMALL_FILES)]
    with timed(up):
        await sandbox.fs.upload_files([package.FileUpload(source=b"x" * 1024, destination=n) for n in names])
    with timed(down):
        got = await sandbox.fs.download_files([package.FileDownloadRequest(source=n) for n in names])
    assert all(each.error is None and len(each.result) == 1024 for each in got)
    return {"small_up": up, "small_down": down}


async def move_a_big_file(_: Any, __: Any, sandbox: Any) -> Samples:
    """One big file, from disk to disk."""
    samples: Samples = {"big_up": [], "big_down": []}
    with tempfile.TemporaryDirectory(prefix="bench-client-") as folder:
        source, copy = Path(folder, "source"), Path(folder, "copy")
        write_noise(source)
        forget_peak()
        with timed(samples["big_up"]):
            await sandbox.fs.upload_file(str(source), "/tmp/big")
        samples["big_up_peak"] = [peak_mib()]
        forget_peak()
        with timed(samples["big_down"]):
            await sandbox.fs.download_file("/tmp/big", str(copy))
        samples["big_down_peak"] = [peak_mib()]
        assert filecmp.cmp(source, copy, shallow=False)
    await sandbox.fs.delete_file("/tmp/big")
    return samples


async def create_and_delete(_: Any, client: Any, __: Any) -> Samples:
    """What a program waits for until its sandbox is started."""
    took: list[float] = []
    for _count in range(CREATES):
        with timed(took):
            made = await client.create()
        await made.delete()
    return {"create": took}


async def follow_lines(package: Any, _: Any, sandbox: Any) -> Samples:
    """Lines that say when they were written, by a clock that both sides share; the first pays for imports."""
    await sandbox.process.create_session("lines")
    first = await late_by(package, sandbox, 1)
    late = await late_by(package, sandbox, LINES)
    await sandbox.process.delete_session("lines")
    return {"first_line": first, "line": late}


async def late_by(package: Any, sandbox: Any, count: int) -> list[float]:
    """Return how many milliseconds after it was written each line of a live log was heard."""
    late: list[float] = []
    text = f"for i in $(seq {count}); do date +%s%N; sleep 0.03; done"
    asked = package.SessionExecuteRequest(command=text, run_async=True)
    command = await sandbox.process.execute_session_command("lines", asked)

    def heard(chunk: str) -> None:
        now = time.time_ns()
        late.extend((now - int(line)) / 1e6 for line in chunk.split())

    await sandbox.process.get_session_command_logs_async("lines", command.cmd_id, heard, lambda _chunk: None)
    assert len(late) == count
    return late


CASES: tuple[Case, ...] = (
    run_commands,
    run_commands_at_once,
    move_small_files,
    move_a_big_file,
    create_and_delete,
    follow_lines,
)


async def run_cases(name: str, url: str, key: str) -> dict[str, Any]:
    """Run every case with one package; return its samples, and what failed."""
    package = importlib.import_module(name)
    samples: Samples = {}
    failed: list[str] = []
    async with package.AsyncDaytona(package.DaytonaConfig(api_key=key, api_url=url)) as client:
        sandbox = await client.create()
        for case in CASES:
            try:
                samples |= await case(package, client, sandbox)
            except Exception as error:  # one case that fails must not hide the others' figures
                failed.append(f"{name}: {case.__name__}: {type(error).__name__}: {error}"[:300])
        await sandbox.delete()
    return {"samples": samples, "failed": failed}


def measure(python: str, name: str, url: str, key: str) -> dict[str, Any]:
    """Run the cases in a process of their own."""
    done = subprocess.run(
        [python, __file__, name, url],
        env={**os.environ, "DAYTONA_API_KEY": key},
        stdout=subprocess.PIPE,
        text=True,
        timeout=LIMIT_S,
        check=True,
    )
    came: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return came


def figure(samples: list[float], what: str) -> float:
    """Return one figure of some samples; that of none is not a number."""
    if not samples:
        return float("nan")
    if what == "max":
        return max(samples)
    return statistics.median(samples) if what == "p50" else statistics.quantiles(samples, n=100)[98]


def table(ours: Samples, official: Samples) -> Iterator[str]:
    """Return the lines of the table; where ours is behind, the line says so."""
    yield f"{'':<48}{'ours':>12}{'official':>14}{'ratio':>9}"
    for title, case, what, unit in ROWS:
        mine, other = figure(ours.get(case, []), what), figure(official.get(case, []), what)
        behind = "  behind" if mine > other else ""
        yield f"{title:<48}{mine:8.1f} {unit:<4}{other:9.1f} {unit:<4}{mine / other:7.2f} x{behind}"


def main() -> int:
    """Measure both clients on one server, and print the table; fail where ours can't run a case."""
    from daytona_local import LocalDaytona

    pythons = {"daytona_httpx": sys.executable, "daytona": os.environ.get("DAYTONA_OFFICIAL_PYTHON", "")}
    pooled: dict[str, Samples] = {name: {} for name in pythons}
    failed: list[str] = []
    with LocalDaytona(transition_s=STARTS_IN_S, blocking_s=0) as server:
        for name in (name for name in ORDER if pythons[name]):
            came = measure(pythons[name], name, server.api_url, server.api_key)
            failed += came["failed"]
            for case, samples in came["samples"].items():
                pooled[name].setdefault(case, []).extend(samples)
    print(f"\nthe async clients on one local server: {ORDER.count('daytona')} processes each, alternating")
    print("\n".join(table(pooled["daytona_httpx"], pooled["daytona"])))
    print("\n".join(f"failed: {line}" for line in failed))
    return int(any(line.startswith("daytona_httpx:") for line in failed))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        key = os.environ["DAYTONA_API_KEY"]
        print(json.dumps(asyncio.run(run_cases(sys.argv[1], sys.argv[2], key))))
    else:
        sys.exit(main())
