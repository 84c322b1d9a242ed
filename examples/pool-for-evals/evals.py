"""Make a pool of sandboxes, run a command in each at the same time, plot how long it took, remove the pool.

The Automation API runs the program of this folder; nothing is left, whatever fails.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path

from daytona_httpx import AsyncDaytona
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pulumi import automation

HERE = Path(__file__).resolve().parent
COMMAND = "python3 -c 'print(sum(number * number for number in range(10**6)))'"


def main() -> None:
    """Run the evaluation that the command line describes."""
    options = read_options()
    stack = automation.create_or_select_stack(options.stack, work_dir=str(HERE))
    stack.set_config("count", automation.ConfigValue(str(options.count)))
    try:
        ids = stack.up(on_output=print).outputs["ids"].value
        seconds = asyncio.run(run_everywhere(ids, options.command))
        plot(seconds, options.plot)
    finally:
        stack.destroy(on_output=print)
        stack.workspace.remove_stack(options.stack)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="how many sandboxes")
    parser.add_argument("--command", default=COMMAND, help="what to run in each")
    parser.add_argument("--stack", default="evals", help="the name of the stack")
    parser.add_argument("--plot", type=Path, default=Path("durations.png"), help="where the plot goes")
    return parser.parse_args()


async def run_everywhere(ids: dict[str, str], command: str) -> dict[str, float]:
    """Return how many seconds the command took in each sandbox, by the key of the pool."""
    async with AsyncDaytona() as daytona:

        async def run(key: str, sandbox_id: str) -> tuple[str, float]:
            sandbox = await daytona.get(sandbox_id)
            started = time.monotonic()
            done = await sandbox.process.exec(command)
            if done.exit_code:
                raise SystemExit(f"sandbox {key}: exit code {done.exit_code}: {done.result.strip()}")
            return key, time.monotonic() - started

        return dict(await asyncio.gather(*(run(key, sandbox_id) for key, sandbox_id in ids.items())))


def plot(seconds: dict[str, float], picture: Path) -> None:
    """Draw how long each took, with Agg, which needs no screen."""
    ordered = dict(sorted(seconds.items(), key=lambda pair: int(pair[0])))
    figure = Figure(figsize=(8, 4))
    axes = figure.subplots()
    axes.bar(list(ordered), list(ordered.values()))
    axes.set(xlabel="sandbox", ylabel="seconds", title=f"{len(ordered)} sandboxes at the same time")
    FigureCanvasAgg(figure).print_png(picture)
    print(f"plotted the durations of {len(ordered)} sandboxes in {picture}")


if __name__ == "__main__":
    main()
