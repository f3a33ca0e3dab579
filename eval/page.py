"""A report for a browser: one HTML file that needs nothing beside it and no network."""

from collections.abc import Sequence
from html import escape

import numpy as np

from eval.compare import Comparison
from eval.judge import is_right
from eval.measures import calibration_error, reliability
from eval.plots import interval_plot, latency_plot, reliability_plot
from eval.questions import Question
from eval.report import MEASURES, Failure, comparison_table, decisions, failures, interval
from eval.run import Found, Report, Slice, right_first

SHOWN = 3

_STYLE = """
:root { color-scheme: light dark; --first: #0b6e99; --second: #c2570c; --faint: #8884; }
@media (prefers-color-scheme: dark) { :root { --first: #5bb8e0; --second: #f0a060; } }
body { font: 15px/1.55 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto;
  max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap;
  font-size: .85rem; }
th, td { padding: .2rem .5rem; text-align: right; border-bottom: 1px solid var(--faint); }
th:first-child, td:first-child { text-align: left; }
figure { display: inline-block; margin: 0 2rem 1rem 0; vertical-align: top; max-width: 100%; }
figcaption { width: 0; min-width: 100%; }
svg { max-width: 100%; height: auto; }
svg text { font-size: 12px; fill: currentColor; }
line.faint { stroke: var(--faint); }
line.first { stroke: var(--first); stroke-width: 2; }
line.second { stroke: var(--second); stroke-width: 2; }
circle.first { fill: var(--first); fill-opacity: .8; }
circle.second { fill: var(--second); fill-opacity: .8; }
polyline.line { fill: none; stroke: var(--first); stroke-width: 2; }
b.first { color: var(--first); } b.second { color: var(--second); }
details { border-bottom: 1px solid var(--faint); padding: .5rem 0; }
summary { cursor: pointer; }
.small { font-size: .85rem; opacity: .8; }
blockquote { margin: .5rem 0; padding: .1rem 1rem; border-left: 3px solid var(--faint);
  white-space: pre-wrap; }
blockquote.right { border-color: var(--first); }
"""


def page(report: Report, comparison: Comparison | None = None) -> str:
    """Return a run as an HTML document: figures, plots, and the failures to read."""
    parts = [
        f"<h1>{len(report.outcomes)} judged questions, generation {escape(report.generation)}</h1>",
        _slices(report.slices),
        _recall(report.slices),
        _confidence(report),
        _latency(report),
        _comparison(comparison) if comparison else "",
        _failures(failures(report)),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Judged questions</title><style>{_STYLE}</style></head>\n"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _slices(slices: Sequence[Slice]) -> str:
    names = ("", "n", *MEASURES, "answered", "refused")
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(f"<tr>{_slice_cells(part)}</tr>" for part in slices)
    return (
        f'<h2>Figures</h2><div class="wide"><table><tr>{head}</tr>{body}</table></div>'
        '<p class="small">n counts the answerable questions. In brackets the 95 % interval over '
        "questions: two slices whose intervals overlap widely are not told apart. "
        "<i>answered@1</i>: answered, and the first passage right. <i>answered</i>: answerable "
        "questions answered; <i>refused</i>: unanswerable ones refused.</p>"
    )


def _slice_cells(part: Slice) -> str:
    scores = [part.score(measure) for measure in MEASURES]
    cells = [
        escape(part.name),
        str(part.answerable),
        *(interval(score) if score else "" for score in scores),
        *decisions(part),
    ]
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _recall(slices: Sequence[Slice]) -> str:
    rows = [
        (f"{part.name} ({part.answerable})", [one, five])
        for part in slices
        if (one := part.score("recall@1")) and (five := part.score("recall@5"))
    ]
    return (
        "<h2>Recall by slice</h2><figure>"
        f"{interval_plot(rows, 'Recall by slice with 95 % intervals')}"
        '<figcaption class="small"><b class="first">recall@1</b> and '
        '<b class="second">recall@5</b>, with 95 % intervals.</figcaption></figure>'
    )


def _confidence(report: Report) -> str:
    confidence = np.array([outcome.confidence for outcome in report.outcomes])
    right = np.array([right_first(outcome) for outcome in report.outcomes])
    answerable = np.array([outcome.question.answerable for outcome in report.outcomes])
    first = reliability(confidence, right)
    second = reliability(confidence, answerable)
    series = [("first passage right", first), ("answerable", second)]
    return (
        "<h2>Reliability of confidence, and latency</h2><figure>"
        f"{reliability_plot(series, 'Share that came true by confidence')}"
        '<figcaption class="small">Share of questions whose <b class="first">first passage is '
        f"right</b> (calibration error {calibration_error(first):.3f}) and that are "
        f'<b class="second">answerable</b> ({calibration_error(second):.3f}). On the diagonal, '
        "confidence means what it says.</figcaption></figure>"
    )


def _latency(report: Report) -> str:
    milliseconds = [1000 * outcome.seconds for outcome in report.outcomes]
    latency = report.latency
    return (
        f"<figure>{latency_plot(milliseconds, 'Share of searches done within a time')}"
        f'<figcaption class="small">Share of searches done within a time: median '
        f"{latency.median:.1f} ms, 95th percentile {latency.p95:.1f} ms, slowest "
        f"{latency.slowest:.1f} ms.</figcaption></figure>"
    )


def _comparison(comparison: Comparison) -> str:
    return (
        '<h2>Against an earlier run</h2><div class="wide"><pre>'
        f"{escape(comparison_table(comparison))}</pre></div>"
    )


def _failures(wrong: Sequence[Failure]) -> str:
    return f"<h2>Failures to read: {len(wrong)}</h2>{''.join(map(_failure, wrong))}"


def _failure(failure: Failure) -> str:
    outcome = failure.outcome
    question = outcome.question
    labels = [question.lang, question.type, question.style, question.note]
    gold = "".join(
        f"<li>{escape(quote.words)} <span class='small'>{escape(quote.file)}</span></li>"
        for quote in question.gold
    )
    passages = "".join(_passage(found, question) for found in outcome.passages[:SHOWN])
    return (
        f"<details><summary><b>{escape(question.query)}</b> "
        f"<span class='small'>{escape(failure.reason)}</span></summary>"
        f"<p class='small'>{escape(question.id)} · {escape(' · '.join(filter(None, labels)))} · "
        f"confidence {outcome.confidence:.2f} · wanted: {escape(question.must_have) or '–'}</p>"
        f"<ul>{gold}</ul>{passages}</details>\n"
    )


def _passage(found: Found, question: Question) -> str:
    right = is_right(found.text, question.gold)
    page = f", page {found.page}" if found.page is not None else ""
    place = " › ".join(filter(None, (found.title, *found.heading_path)))
    span = f"{found.source_span.start}–{found.source_span.end}"
    return (
        f'<blockquote class="{"right" if right else "wrong"}">{escape(found.text)}\n'
        f"<span class='small'>{'✓ ' if right else ''}{found.score:.3f} · {escape(place)} · "
        f"{escape(found.path)}, characters {span}{page}</span></blockquote>"
    )
