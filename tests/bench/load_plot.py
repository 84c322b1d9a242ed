"""The cost curves: printed with their exponents, and plotted."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_EXPONENT = 1.1
"""What a curve may grow by: with N, and no faster, but for what a measure is off."""


@dataclass(frozen=True)
class Point:
    """Hold one measure.

    Args:
        curve: What was measured.
        unit: What in.
        count: How many sandboxes there were.
        value: What it came to.
    """

    curve: str
    unit: str
    count: int
    value: float


Curves = dict[str, list[Point]]


def curves_of(points: list[Point]) -> Curves:
    """Return the points by their curves."""
    curves: Curves = defaultdict(list)
    for point in points:
        curves[f"{point.curve}, {point.unit}"].append(point)
    return curves


def exponent(points: list[Point]) -> float:
    """Return by which power of the count a curve grows: the slope of the line through its logarithms."""
    counts = [math.log(point.count) for point in points]
    if len(counts) < 2:
        return math.nan
    return statistics.linear_regression(counts, [math.log(point.value) for point in points]).slope


def table(curves: Curves) -> Iterator[str]:
    """Return the lines of the table."""
    counts = sorted({point.count for points in curves.values() for point in points})
    yield f"{'':<40}" + "".join(f"{count:>9}" for count in counts) + f"{'grows as':>12}"
    for name, points in curves.items():
        values = {point.count: f"{point.value:9.2f}" for point in points}
        power = exponent(points)
        behind = "  too fast" if power > MOST_EXPONENT else ""
        cells = "".join(values.get(count, " " * 9) for count in counts)
        yield f"{name:<40}{cells}   N^{power:6.2f}{behind}"


def plot(curves: Curves, file: Path) -> None:
    """Draw the curves, both axes logarithmic, beside a line that grows with N."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(10, 7))
    axes.set_prop_cycle(color=pyplot.get_cmap("tab20")(range(20)))
    for name, points in curves.items():
        axes.plot([p.count for p in points], [p.value for p in points], marker="o", label=name)
    counts = sorted({point.count for points in curves.values() for point in points})
    axes.plot(counts, [count / 100 for count in counts], ":", color="grey", label="grows as N")
    axes.set(
        xscale="log", yscale="log", xlabel="sandboxes on the server (N)", title="daytona-local under load"
    )
    axes.grid(which="both", alpha=0.2)
    axes.legend(fontsize="small", loc="upper left", bbox_to_anchor=(1, 1))
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=120, bbox_inches="tight")
    pyplot.close(figure)
