"""Plots as inline SVG."""

import re
from xml.etree import ElementTree

from eval.measures import Bin, Score
from eval.plots import interval_plot, latency_plot, reliability_plot


def drawn(svg: str, tag: str) -> list[ElementTree.Element]:
    """Return the elements of one tag in a plot."""
    return list(ElementTree.fromstring(svg).iter(tag))


def test_a_slice_is_a_row_with_a_dot_between_the_ends_of_its_line() -> None:
    """A slice is a row with a dot between the ends of its line."""
    svg = interval_plot([("lang=<en>", [Score("recall@1", 0.5, 0.25, 0.75)])], "Recall")
    (dot,) = drawn(svg, "circle")
    (line,) = [each for each in drawn(svg, "line") if each.get("class") == "first"]
    ends = float(line.get("x1", "")), float(line.get("x2", ""))
    assert ends[0] < float(dot.get("cx", "")) < ends[1]
    assert "lang=<en>" in [each.text for each in drawn(svg, "text")]


def test_reliability_draws_larger_dots_for_more_questions() -> None:
    """Reliability draws larger dots for more questions."""
    svg = reliability_plot([("right", [Bin(1, 0.1, 0.2), Bin(9, 0.9, 0.8)])], "Reliability")
    small, large = (float(each.get("r", "")) for each in drawn(svg, "circle"))
    assert small < large


def test_latency_rises_and_the_slowest_call_does_not_press_it_flat() -> None:
    """The one call of 900 ms is cut off."""
    svg = latency_plot([3.0, 1.0, 2.0, *[2.5] * 40, 900.0], "Latency")
    (curve,) = drawn(svg, "polyline")
    points = [tuple(map(float, each.split(","))) for each in curve.get("points", "").split()]
    assert points == sorted(points, key=lambda point: (point[0], -point[1]))
    assert len(points) == 1 + 43


def test_a_plot_names_itself_and_needs_nothing_from_elsewhere() -> None:
    """A plot names itself and needs nothing from elsewhere."""
    svg = latency_plot([1.0], "How long")
    assert ElementTree.fromstring(svg).findtext("title") == "How long"
    assert not re.search(r"https?:|url\(|href", svg)
