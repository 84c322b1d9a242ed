"""Many one-second sandboxes through the dynamic provider and through the plugin, beside the engine's floor.

The floor is a plugin that does nothing for a second, and has as many outputs as a sandbox: the engine writes
its whole state after each step, so outputs cost it more than providers do. The API is one with nothing behind
it: measured are the engine, the program and the provider. Time is that of `pulumi up`; memory is the
peak of the provider's process; requests are those per sandbox, the shared lists beside them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.engine.project import Project, descendants
from tests.toolchain.engine import find_engine

HERE = Path(__file__).resolve().parent
COUNTS = tuple(map(int, sys.argv[1:])) or (1, 100, 500)
PARALLEL = 512
GOAL, GOAL_COUNT = 1.2, 500
PROGRAM = """
import pulumi
{imports}

for number in range(pulumi.Config().require_int("count")):
    Sandbox(f"box-{{number}}", labels={{"number": str(number)}})
"""
NOTHING = """
class Sandbox(pulumi.CustomResource):
    def __init__(self, name, **inputs):
        super().__init__("nothing:index:Sandbox", name, inputs)
"""
WAYS = {
    "floor": NOTHING,
    "dynamic": "from pulumi_daytona import Sandbox",
    "plugin": "from pulumi_daytona.native import Sandbox",
}
PROVIDERS = {"floor": "nothing_plugin", "dynamic": "dynamic", "plugin": "pulumi-resource-daytona"}
"""What the command line of each one's process holds."""


@dataclass
class Figures:
    """Hold what one `up` cost."""

    seconds: float = 0.0
    peak_mib: float = 0.0
    requests: dict[str, int] = field(default_factory=dict)


@contextmanager
def api(figures: Figures) -> Iterator[str]:
    """Serve the API in a process of its own; yield its URL, and take down the requests at the end."""
    process = subprocess.Popen(
        [sys.executable, HERE / "instant_api.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/api"
    finally:
        asked, _ = process.communicate()
    figures.requests = json.loads(asked)


@contextmanager
def watched(figures: Figures, provider: str) -> Iterator[None]:
    """Take down the peak of memory of the provider's process, which the engine has started."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            for pid in descendants(os.getpid()):
                figures.peak_mib = max(figures.peak_mib, peak_mib(pid, provider))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()


def peak_mib(pid: int, provider: str) -> float:
    """Return a process's peak of memory; 0 where it is gone, or not the provider's."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    is_python = "VmHWM:" in status and "python" in line.partition("\0")[0]
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024 if provider in line and is_python else 0.0


def measure(folder: Path, way: str, count: int) -> Figures:
    """Run one `up` of many sandboxes, then a `destroy` that isn't measured."""
    engine, figures = find_engine(), Figures()
    if engine is None:
        sys.exit("no Pulumi engine is in place: run `make engine`")
    with api(figures) as url:
        plugins = folder / "plugins"
        plugins.mkdir()
        script = plugins / "pulumi-resource-nothing"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HERE / "nothing_plugin.py"}" "$@"\n')
        script.chmod(0o700)
        environment = {
            "DAYTONA_API_URL": url,
            "DAYTONA_API_KEY": "key",
            "PATH": os.pathsep.join(
                [str(plugins), str(engine.bin), str(Path(sys.executable).parent), os.environ["PATH"]]
            ),
        }
        project = Project(engine, folder / "project", name=f"{way}-{count}", environment=environment)
        project.init()
        project.write(PROGRAM.format(imports=WAYS[way]))
        project.set_config("count", str(count))
        with watched(figures, PROVIDERS[way]):
            began = time.perf_counter()
            project.up("--parallel", str(PARALLEL))
            figures.seconds = time.perf_counter() - began
    return figures


def line(way: str, count: int, figures: Figures, floor: Figures) -> str:
    """Return a line of the table."""
    lists = figures.requests.get("GET /api/sandbox", 0)
    own = sum(figures.requests.values()) - lists
    return (
        f"{count:>5}  {way:<8}{figures.seconds:8.2f} s{figures.seconds / floor.seconds:8.2f} x"
        f"{figures.peak_mib:9.1f} MiB{own / count:11.2f}{lists:10d}"
    )


def main() -> None:
    """Print the table."""
    print(f"`up` of sandboxes that start in a second, --parallel {PARALLEL}")
    print(f"{'N':>5}  {'':<8}{'time':>10}{'floor':>10}{'peak RSS':>13}{'req./each':>11}{'lists':>10}")
    ratio = 0.0
    for count in COUNTS:
        found: dict[str, Figures] = {}
        for way in WAYS:
            with tempfile.TemporaryDirectory() as folder:
                found[way] = measure(Path(folder), way, count)
            print(line(way, count, found[way], found["floor"]), flush=True)
        if count == GOAL_COUNT:
            ratio = found["plugin"].seconds / found["floor"].seconds
    print(f"goal at {GOAL_COUNT}: the plugin within {GOAL} x of the floor; it takes {ratio:.2f} x")


if __name__ == "__main__":
    main()
