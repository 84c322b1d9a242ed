"""Run code, and keep the charts that its ``pyplot.show()`` would show.

This runs inside a sandbox, with the Python and the matplotlib there; it uses the standard library else.
"""

from __future__ import annotations

import base64
import io
import json
import math
import sys
import traceback
import types
from importlib import import_module
from typing import Any

Chart = dict[str, Any]

_charts: list[Chart] = []
_boxes: dict[Any, list[dict[str, Any]]] = {}
"""What box plots were drawn from, by their axes: the drawn lines no longer tell."""


def main(code: str, path: str) -> None:
    """Run code.

    Args:
        code: The source, as base64.
        path: Where to write the charts, as JSON, when there are any.
    """
    _watch_matplotlib()
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    try:
        exec(compile(base64.b64decode(code), "<stdin>", "exec"), vars(module))  # noqa: S102 - it is for this
    except Exception as error:
        traceback.print_exception(type(error), error, error.__traceback__.tb_next)  # type: ignore[union-attr]
        sys.exit(1)
    finally:
        if _charts:
            with open(path, "w") as file:
                json.dump(_charts, file)


def _watch_matplotlib() -> None:
    try:
        axes: Any = import_module("matplotlib.axes")
        pyplot: Any = import_module("matplotlib.pyplot")
    except ImportError:
        return  # the code will say so itself, if it does need it
    draw = axes.Axes.bxp

    def bxp(self: Any, stats: Any, *args: Any, **options: Any) -> Any:
        stats = list(stats)
        _boxes.setdefault(self, []).extend(stats)
        return draw(self, stats, *args, **options)

    axes.Axes.bxp = bxp
    pyplot.show = lambda *_, **__: _show(pyplot)


def _show(pyplot: Any) -> None:
    for number in pyplot.get_fignums():
        _charts.append(_chart_of(pyplot.figure(number)))
    pyplot.close("all")


def _chart_of(figure: Any) -> Chart:
    png = io.BytesIO()
    figure.savefig(png, format="png", bbox_inches="tight")  # first: labels are known once they are drawn
    charts = [_axes_chart(axes) for axes in figure.axes if axes.has_data()]
    if len(charts) == 1:
        chart = charts[0]
    elif charts:
        title = figure._suptitle.get_text() if figure._suptitle else ""
        chart = {"type": "composite_chart", "title": title, "elements": charts}
    else:
        chart = {"type": "unknown", "title": "", "elements": []}
    return {**chart, "png": base64.b64encode(png.getvalue()).decode()}


def _axes_chart(axes: Any) -> Chart:
    kind, elements = _elements(axes)
    chart = {"type": kind, "title": axes.get_title(), "elements": elements}
    if kind == "pie":
        return chart
    for name, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
        chart[f"{name}_label"] = axis.get_label_text()
        chart[f"{name}_ticks"] = _numbers(axis.get_ticklocs())
        chart[f"{name}_tick_labels"] = [label.get_text() for label in axis.get_ticklabels()]
        chart[f"{name}_scale"] = axis.get_scale()
    return chart


def _elements(axes: Any) -> tuple[str, list[Chart]]:
    """Return what kind of chart an axes has, and what is in it."""
    wedges = _of(axes.patches, "matplotlib.patches", "Wedge")
    groups = _of(axes.containers, "matplotlib.container", "BarContainer")
    clouds = _of(axes.collections, "matplotlib.collections", "PathCollection")
    if axes in _boxes:
        return "box_and_whisker", [_box(stats) for stats in _boxes[axes]]
    if wedges:
        return "pie", [_wedge(wedge) for wedge in wedges]
    if groups:
        return "bar", [bar for bars in groups for bar in _bars(axes, bars)]
    if clouds:
        return "scatter", [_points(cloud, cloud.get_offsets().tolist()) for cloud in clouds]
    if axes.lines:
        return "line", [_points(line, line.get_xydata().tolist()) for line in axes.lines]
    return "unknown", []


def _of(artists: Any, module: str, kind: str) -> list[Any]:
    """Return the artists of a kind."""
    return [artist for artist in artists if isinstance(artist, getattr(import_module(module), kind))]


def _points(artist: Any, points: list[list[Any]]) -> Chart:
    whole = [point for point in map(_numbers, points) if len(point) == 2]
    return {"label": str(artist.get_label()), "points": whole}


def _bars(axes: Any, bars: Any) -> list[Chart]:
    """Return the bars of one group, each by the tick that it stands at."""
    flat = getattr(bars, "orientation", None) == "horizontal"
    axis = axes.yaxis if flat else axes.xaxis
    names = {
        round(float(place), 6): label.get_text()
        for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
    }
    elements = []
    for bar in bars:
        middle = bar.get_y() + bar.get_height() / 2 if flat else bar.get_x() + bar.get_width() / 2
        length = bar.get_width() if flat else bar.get_height()
        label = names.get(round(float(middle), 6)) or f"{float(middle):g}"
        elements.append({"label": label, "group": str(bars.get_label()), "value": f"{float(length):g}"})
    return elements


def _wedge(wedge: Any) -> Chart:
    angle = float(abs(wedge.theta2 - wedge.theta1))
    return {"label": str(wedge.get_label()), "angle": angle, "radius": float(wedge.r)}


def _box(stats: dict[str, Any]) -> Chart:
    numbers = {
        "min": "whislo", "first_quartile": "q1", "median": "med", "third_quartile": "q3", "max": "whishi",
    }  # fmt: skip
    return {
        "label": str(stats.get("label", "")),
        **{name: float(stats[key]) for name, key in numbers.items()},
        "outliers": _numbers(stats.get("fliers", [])),
    }


def _numbers(values: Any) -> list[float]:
    """Return the values that are finite numbers: JSON has no others."""
    return [number for number in map(float, values) if math.isfinite(number)]
