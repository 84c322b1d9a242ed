"""Charts that code drew, read into the class of their kind."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx import (
    BarChart,
    BoxAndWhiskerChart,
    Chart,
    ChartType,
    CompositeChart,
    DaytonaError,
    ExecuteResponse,
    LineChart,
    PieChart,
    ScatterChart,
)
from daytona_httpx.models.base import parse


def drawn(*charts: Any) -> list[Any]:
    """Return the charts of a run as they are read."""
    response = parse(ExecuteResponse, {"exitCode": 0, "result": "", "artifacts": {"charts": [*charts]}})
    assert response.artifacts is not None
    return [*(response.artifacts.charts or ())]


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("line", LineChart),
        ("scatter", ScatterChart),
        ("bar", BarChart),
        ("pie", PieChart),
        ("box_and_whisker", BoxAndWhiskerChart),
        ("composite_chart", CompositeChart),
        ("unknown", Chart),
        ("surface", Chart),
    ],
)
def test_a_chart_is_of_the_class_of_its_kind(kind: str, shape: type[Chart]) -> None:
    (chart,) = drawn({"type": kind, "title": "t", "elements": None})
    assert shape is type(chart)
    assert (kind, "t", []) == (chart.type, chart.title, chart.elements)
    assert isinstance(chart.type, ChartType)


def test_lines_have_points_and_axes() -> None:
    line = {"label": "l", "points": [[0, 1.5], ["2026-01-01", None]]}
    (chart,) = drawn(
        {"type": "line", "x_label": "x", "x_ticks": [0, 0.5], "x_tick_labels": ["0", ""], "elements": [line]}
    )
    assert ("x", [0, 0.5], ["0", ""], []) == (
        chart.x_label,
        chart.x_ticks,
        chart.x_tick_labels,
        chart.y_ticks,
    )
    assert [[0, 1.5], ["2026-01-01", None]] == chart.elements[0].points


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        ("bar", {"label": "a", "group": "g", "value": "3"}),
        ("pie", {"label": "a", "angle": 90.0, "radius": 1.0}),
        (
            "box_and_whisker",
            {
                "label": "a",
                "min": 1.0,
                "first_quartile": 2.0,
                "median": 3.0,
                "third_quartile": 4.0,
                "max": 5.0,
                "outliers": [9.0],
            },
        ),
    ],
)
def test_elements_have_the_names_of_the_wire(kind: str, element: dict[str, Any]) -> None:
    (chart,) = drawn({"type": kind, "elements": [element]})
    assert [element] == [one.model_dump() for one in chart.elements]
    assert [element] == chart.model_dump(by_alias=True)["elements"]


def test_charts_in_a_chart_are_charts_of_their_kinds() -> None:
    inner = [{"type": "bar", "title": "b", "elements": [{"value": "1"}]}, {"type": "pie"}, {"type": "new"}]
    (chart,) = drawn({"type": "composite_chart", "elements": inner})
    assert [BarChart, PieChart, Chart] == [type(one) for one in chart.elements]
    assert "1" == chart.elements[0].elements[0].value
    assert "b" == chart.model_dump()["elements"][0]["title"]


def test_a_kind_that_this_version_doesn_t_know_keeps_what_it_has() -> None:
    (chart,) = drawn({"type": "surface", "depth": 2, "elements": [{"z": 1}]})
    assert (2, [{"z": 1}]) == (chart.depth, chart.elements)


@pytest.mark.parametrize("wire", [{}, {"a": 1}, {"elements": []}])
def test_a_chart_without_a_kind_is_an_unknown_one(wire: dict[str, Any]) -> None:
    (chart,) = drawn(wire)
    assert (Chart, ChartType.UNKNOWN) == (type(chart), chart.type)


def test_a_picture_is_not_shown() -> None:
    (chart,) = drawn({"type": "line", "png": "aGlkZGVu"})
    assert "aGlkZGVu" == chart.png
    assert "aGlkZGVu" not in repr(chart)


@pytest.mark.parametrize(
    "wire", ["text", {"type": ["line"]}, {"type": "line", "elements": [{"points": "hidden"}]}]
)
def test_what_is_no_chart_is_an_error_without_the_values(wire: Any) -> None:
    with pytest.raises(DaytonaError, match="unexpected ExecuteResponse") as caught:
        drawn(wire)
    assert "hidden" not in str(caught.value)


def test_a_run_without_charts_has_none() -> None:
    assert [] == drawn()
    response = parse(ExecuteResponse, {"exitCode": 0, "result": "", "artifacts": {"charts": None}})
    assert response.artifacts is not None
    assert response.artifacts.charts is None
