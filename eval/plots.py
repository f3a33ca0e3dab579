"""Plots as inline SVG: small functions from figures to markup, without a library or an asset.

Shares are 0–1. Colours come from the page (`currentColor`, and the classes `first`, `second`,
`faint`), so a plot follows its light or dark theme; each has a title for a screen reader.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape

import numpy as np

from eval.measures import Bin, Score

Scale = Callable[[float], float]
Row = tuple[str, Sequence[Score]]

MARKS = ("first", "second")
_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 14, 16, 40
_ROW = 30


def interval_plot(rows: Sequence[Row], title: str) -> str:
    """Draw a row a slice: for each of up to two scores a dot and its 95 % interval."""
    left, width = 210, 720
    height = _TOP + _ROW * len(rows) + _BOTTOM
    x = _scale(0, 1, left, width - _RIGHT)
    parts = list(_columns(x, _TOP, height - _BOTTOM))
    for number, (name, scores) in enumerate(rows):
        y = _TOP + _ROW * (number + 0.5)
        parts.append(_text(left - 12, y + 4, name, "end"))
        for mark, score in enumerate(scores):
            parts.append(_whisker(score, x, y - 5 + 10 * mark, MARKS[mark]))
    return _svg(width, height, title, parts)


def reliability_plot(series: Sequence[tuple[str, Sequence[Bin]]], title: str) -> str:
    """Draw what share came true at a confidence; the area of a dot is its number of questions."""
    size = 340
    x = _scale(0, 1, _LEFT, size - _RIGHT)
    y = _scale(0, 1, size - _BOTTOM, _TOP)
    parts = [
        *_columns(x, _TOP, size - _BOTTOM),
        *_rows(y, x),
        _line(x(0), y(0), x(1), y(1), "faint"),
    ]
    for mark, (name, bins) in enumerate(series):
        most = max((each.count for each in bins), default=1)
        for each in bins:
            radius = 3 + 7 * (each.count / most) ** 0.5
            label = f"{name}: {each.share:.2f} of {each.count} at {each.confidence:.2f}"
            parts.append(_dot(x(each.confidence), y(each.share), radius, MARKS[mark], label))
    parts.append(_text(x(0.5), size - 6, "confidence", "middle"))
    return _svg(size, size, title, parts)


def latency_plot(milliseconds: Sequence[float], title: str) -> str:
    """Draw the share of calls that were done within a time.

    The slowest few are cut off: they would press all others against the left border.
    """
    width, height = 460, 340
    median, p95 = (float(each) for each in np.percentile(milliseconds, (50, 95)))
    x = _scale(0, 1.25 * p95, _LEFT, width - _RIGHT)
    y = _scale(0, 1, height - _BOTTOM, _TOP)
    drawn = sorted(each for each in milliseconds if each <= 1.25 * p95)
    points = [(0.0, 0.0)] + [(v, i / len(milliseconds)) for i, v in enumerate(drawn, 1)]
    line = " ".join(f"{x(v):.1f},{y(share):.1f}" for v, share in points)
    parts = [*_rows(y, x, 1.25 * p95), f'<polyline class="first line" points="{line}"/>']
    for at in (median, p95):
        parts.append(_line(x(at), y(0), x(at), y(1), "faint"))
        parts.append(_text(x(at), height - _BOTTOM + 16, f"{at:.1f}", "middle"))
    parts.append(_text(width / 2, height - 6, "ms: median and 95th percentile", "middle"))
    return _svg(width, height, title, parts)


def _scale(low: float, high: float, start: float, end: float) -> Scale:
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def _columns(x: Scale, top: float, bottom: float) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        at = x(tenth / 10)
        yield _line(at, top, at, bottom, "faint")
        yield _text(at, bottom + 16, f"{tenth / 10:.1f}", "middle")


def _rows(y: Scale, x: Scale, widest: float = 1.0) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        at = y(tenth / 10)
        yield _line(x(0), at, x(widest), at, "faint")
        yield _text(x(0) - 8, at + 4, f"{tenth / 10:.1f}", "end")


def _whisker(score: Score, x: Scale, y: float, mark: str) -> str:
    label = f"{score.measure} {score.value:.3f} ({score.low:.3f} to {score.high:.3f})"
    return _line(x(score.low), y, x(score.high), y, mark) + _dot(x(score.value), y, 4, mark, label)


def _line(x1: float, y1: float, x2: float, y2: float, mark: str) -> str:
    return f'<line class="{mark}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _dot(x: float, y: float, radius: float, mark: str, label: str) -> str:
    return (
        f'<circle class="{mark}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{escape(label)}</title></circle>"
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
