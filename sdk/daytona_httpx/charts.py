"""Charts that code in a sandbox drew, as data; ``artifacts.charts`` of ``code_run`` holds them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, Tag

from daytona_httpx.models.base import OpenEnum, WireModel
from daytona_httpx.models.listed import Listed

Coordinate = int | float | str | None
"""A value on an axis: a number, or the text of a date or category."""


class ChartType(OpenEnum):
    """Name the kinds of charts.

    Example:
        >>> ChartType("line") is ChartType.LINE, ChartType("of the future").value
        (True, 'of the future')
    """

    LINE = "line"
    SCATTER = "scatter"
    BAR = "bar"
    PIE = "pie"
    BOX_AND_WHISKER = "box_and_whisker"
    COMPOSITE_CHART = "composite_chart"
    UNKNOWN = "unknown"


class _Drawn(WireModel):
    model_config = ConfigDict(alias_generator=None)


class PointData(_Drawn):
    """Hold one line, or one group of points, as pairs of coordinates."""

    label: str | None = None
    points: Listed[list[Coordinate]] = Field(default_factory=list)


class BarData(_Drawn):
    """Hold one bar."""

    label: str | None = None
    group: str | None = None
    value: Coordinate = None


class PieData(_Drawn):
    """Hold one slice: its angle in degrees, and its radius."""

    label: str | None = None
    angle: float | None = None
    radius: float | None = None


class BoxAndWhiskerData(_Drawn):
    """Hold one box: what it is drawn from, and what lies outside."""

    label: str | None = None
    min: float | None = None
    first_quartile: float | None = None
    median: float | None = None
    third_quartile: float | None = None
    max: float | None = None
    outliers: Listed[float] = Field(default_factory=list)


class Chart(_Drawn):
    """Hold a chart; one of a kind that this version doesn't know is of no other class than this.

    Attributes:
        type: Its kind.
        title: Its title.
        png: Its picture, in base64.
        elements: What is drawn in it, as the sandbox sent it where the kind isn't known.

    Example:
        >>> answer = sandbox.process.code_run("print('no chart was drawn')")
        >>> charts: list[Chart] = answer.artifacts.charts or []
        >>> [(chart.type.value, chart.title) for chart in charts]
        []
    """

    type: ChartType = ChartType.UNKNOWN
    title: str | None = None
    png: str | None = Field(default=None, repr=False)
    elements: Listed[Any] = Field(default_factory=list)


class Chart2D(Chart):
    """Hold a chart with two axes: what they are called, and how they are divided."""

    x_label: str | None = None
    x_ticks: Listed[Coordinate] = Field(default_factory=list)
    x_tick_labels: Listed[str] = Field(default_factory=list)
    x_scale: str | None = None
    y_label: str | None = None
    y_ticks: Listed[Coordinate] = Field(default_factory=list)
    y_tick_labels: Listed[str] = Field(default_factory=list)
    y_scale: str | None = None


class PointChart(Chart2D):
    """Hold a chart of points."""

    elements: Listed[PointData] = Field(default_factory=list)


class LineChart(PointChart):
    """Hold a chart of lines.

    Example:
        >>> sent = {"type": "line", "title": "t", "elements": [{"label": "a", "points": [[0, 1], [1, 4]]}]}
        >>> LineChart.model_validate(sent).elements[0].points
        [[0, 1], [1, 4]]
    """


class ScatterChart(PointChart):
    """Hold a chart of points that no line joins.

    Example:
        >>> sent = {"type": "scatter", "x_label": "x", "elements": [{"label": "a", "points": [[0, 1]]}]}
        >>> ScatterChart.model_validate(sent).x_label
        'x'
    """


class BarChart(Chart2D):
    """Hold a chart of bars.

    Example:
        >>> sent = {"type": "bar", "elements": [{"label": "a", "group": "g", "value": 3}]}
        >>> [(bar.label, bar.value) for bar in BarChart.model_validate(sent).elements]
        [('a', 3)]
    """

    elements: Listed[BarData] = Field(default_factory=list)


class PieChart(Chart):
    """Hold a chart of slices.

    Example:
        >>> sent = {"type": "pie", "elements": [{"label": "a", "angle": 90, "radius": 1}]}
        >>> PieChart.model_validate(sent).elements[0].angle
        90.0
    """

    elements: Listed[PieData] = Field(default_factory=list)


class BoxAndWhiskerChart(Chart2D):
    """Hold a chart of boxes with whiskers.

    Example:
        >>> sent = {"type": "box_and_whisker", "elements": [{"label": "a", "median": 2, "outliers": [9]}]}
        >>> BoxAndWhiskerChart.model_validate(sent).elements[0].outliers
        [9.0]
    """

    elements: Listed[BoxAndWhiskerData] = Field(default_factory=list)


class CompositeChart(Chart):
    """Hold several charts in one picture.

    Example:
        >>> sent = {"type": "composite_chart", "elements": [{"type": "pie"}, {"type": "bar"}]}
        >>> [chart.type.value for chart in CompositeChart.model_validate(sent).elements]
        ['pie', 'bar']
    """

    elements: Listed[AnyChart] = Field(default_factory=list)


_KINDS = frozenset(kind.value for kind in ChartType)


def _kind(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return str(kind) if isinstance(kind, str) and kind in _KINDS else ChartType.UNKNOWN.value


AnyChart = Annotated[
    Annotated[LineChart, Tag("line")]
    | Annotated[ScatterChart, Tag("scatter")]
    | Annotated[BarChart, Tag("bar")]
    | Annotated[PieChart, Tag("pie")]
    | Annotated[BoxAndWhiskerChart, Tag("box_and_whisker")]
    | Annotated[CompositeChart, Tag("composite_chart")]
    | Annotated[Chart, Tag("unknown")],
    Discriminator(_kind),
]
"""A chart of any kind, read into the class of its kind."""
