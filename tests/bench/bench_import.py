"""What importing the client and making one costs, in whole processes, beside httpx and pydantic alone.

Run it with DAYTONA_OFFICIAL_PYTHON naming an interpreter that has the official `daytona` package, and
that client is measured in the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

RUNS = 21
LIMIT = 1.2
PEAK = "\nwith open('/proc/self/status') as status: print(status.read().partition('VmHWM:')[2].split()[0])"
"""Prints the process's own peak: that of getrusage would count the parent's memory before the exec."""

ARGUMENTS = "api_key='k', api_url='http://127.0.0.1:1/api'"


@dataclass
class Program:
    """Run one program again and again, and keep what each run cost."""

    name: str
    text: str
    python: str = sys.executable
    seconds: list[float] = field(default_factory=list)
    peaks_kib: list[int] = field(default_factory=list)

    def run(self) -> None:
        """Run it once, in a process of its own."""
        began = time.perf_counter()
        done = subprocess.run(
            [self.python, "-c", self.text + PEAK], check=True, capture_output=True, text=True
        )
        self.seconds.append(time.perf_counter() - began)
        self.peaks_kib.append(int(done.stdout.split()[-1]))

    def ratio(self, baseline: Program) -> float:
        """Return how many times the baseline's time it takes, by the median of the pairs."""
        pairs = zip(self.seconds, baseline.seconds, strict=True)
        return statistics.median(mine / other for mine, other in pairs)

    def line(self, baseline: Program) -> str:
        """Return its line of the table."""
        peak_mib = statistics.median(self.peaks_kib) / 1024
        milliseconds = 1000 * statistics.median(self.seconds)
        return f"{self.name:<52}{milliseconds:8.0f} ms{self.ratio(baseline):8.2f} x{peak_mib:9.1f} MiB"


def programs() -> list[Program]:
    """Return what is compared, the baseline first."""
    found = [
        Program(
            "httpx and pydantic, httpx.Client(), BaseModel",
            "import httpx, pydantic; httpx.Client(); pydantic.BaseModel",
        ),
        Program("daytona_httpx, Daytona()", f"import daytona_httpx as d; d.Daytona({ARGUMENTS})"),
        Program("daytona_httpx, AsyncDaytona()", f"import daytona_httpx as d; d.AsyncDaytona({ARGUMENTS})"),
        Program(
            "daytona_httpx, Daytona(), what a first create needs",
            f"import daytona_httpx as d; d.Daytona({ARGUMENTS}); d.Sandbox, d.CreateSandboxFromImageParams",
        ),
        Program(
            "daytona_httpx, Daytona(), every public name",
            f"import daytona_httpx as d; d.Daytona({ARGUMENTS}); [getattr(d, name) for name in d.__all__]",
        ),
    ]
    official = os.environ.get("DAYTONA_OFFICIAL_PYTHON")
    if official:
        text = f"from daytona import Daytona, DaytonaConfig; Daytona(DaytonaConfig({ARGUMENTS}))"
        found.append(Program("official daytona, Daytona()", text, official))
        found.append(
            Program("official daytona, AsyncDaytona imported", "from daytona import AsyncDaytona", official)
        )
    return found


def main() -> int:
    """Print the table; fail where a client costs more than it may."""
    compared = programs()
    for program in compared:
        program.run()
        program.seconds.clear()  # the first run warms the caches
        program.peaks_kib.clear()
    for _ in range(RUNS):
        for program in compared:
            program.run()
    print(f"import and make a client: median of {RUNS} whole processes, alternating")
    print(f"{'':<52}{'time':>11}{'ratio':>10}{'peak RSS':>13}")
    for program in compared:
        print(program.line(compared[0]))
    worst = max(program.ratio(compared[0]) for program in compared[1:3])
    print(f"allowed for our clients: {LIMIT} x; the dearer one takes {worst:.2f} x")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
