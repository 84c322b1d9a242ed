"""What the widened host of the dynamic provider gives: many slow creates, with four workers and with ours.

The real engine, with `--parallel 100`, creates sandboxes that each take a second to start, in one run with
the host as Pulumi ships it and in one with the provider's widening; both side by side.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daytona_local import LocalDaytona
from pulumi_daytona import dynamic_host

from tests.engine import programs
from tests.engine.project import Project
from tests.toolchain.engine import find_engine

COUNT = 100
PARALLEL = 100
UNWIDENED = "from pulumi_daytona import dynamic_host; dynamic_host.WORKERS = 4\n"


def seconds(folder: Path, server: LocalDaytona, *, widened: bool) -> tuple[float, float]:
    """Return how long `up` and `destroy` take."""
    engine = find_engine()
    if engine is None:
        sys.exit("no Pulumi engine is in place: run `make engine`")
    environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    if not widened:
        (folder / "sitecustomize").mkdir()
        (folder / "sitecustomize" / "sitecustomize.py").write_text(UNWIDENED)
        environment["PYTHONPATH"] = str(folder / "sitecustomize")
    project = Project(engine, folder / "project", name=f"many-{int(widened)}", environment=environment)
    project.init()
    project.write(programs.MANY)
    project.set_config("count", str(COUNT))
    up = project.up("--parallel", str(PARALLEL)).seconds
    return up, project.destroy("--parallel", str(PARALLEL)).seconds


def main() -> None:
    """Print both, and their ratio."""
    print(f"{COUNT} sandboxes whose start takes a second, --parallel {PARALLEL}:")
    rows = {}
    for name, widened in (("host as shipped (4 workers)", False), (f"ours ({dynamic_host.WORKERS})", True)):
        with tempfile.TemporaryDirectory() as folder, LocalDaytona(transition_s=1.0) as server:
            rows[name] = seconds(Path(folder), server, widened=widened)
        print(f"  {name:<30} up {rows[name][0]:6.1f} s   destroy {rows[name][1]:6.1f} s")
    (slow, _), (fast, _) = rows.values()
    print(f"  up: {slow / fast:.1f} times faster")


if __name__ == "__main__":
    main()
