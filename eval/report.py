"""A report for a terminal: plain text tables, and which questions to read.

The page for a browser is in `eval/page.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.compare import Change, Comparison
from eval.measures import Difference, Score
from eval.run import Outcome, Report, Slice, right_first

MEASURES = (
    *("recall@1", "recall@3", "recall@5", "recall@10", "mrr@10", "answered@1", "auc"),
    *("sentence", "deadline", "say", "unforbidden"),
)
FEW = 10


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong, and how: "rank 3", "not found", "refused", "answered"."""

    outcome: Outcome
    reason: str


def table(report: Report) -> str:
    """Return the run's figures, a line a slice, with 95 % intervals for recall@1 and recall@5."""
    head = ["", "n", *MEASURES, "answered", "refused"]
    text = align([head, *(_row(each) for each in report.slices)])
    latency = report.latency
    return (
        f"{text}\n\n"
        f"answered: answerable questions answered; refused: unanswerable questions refused; "
        f"n: answerable.\nsentence: the first passage's answering sentence is right; deadline: its "
        "limit's value, unit and comparator are; say: its words to say are, and none is forbidden; "
        f"unforbidden: none is.\nA slice of under {FEW} questions says little, whatever it says.\n"
        f"search, ms: median {latency.median:.1f}, 95th percentile {latency.p95:.1f}, "
        f"99th {latency.p99:.1f}, slowest {latency.slowest:.1f}; "
        f"{len(report.outcomes)} questions, generation {report.generation}"
    )


def comparison_table(comparison: Comparison) -> str:
    """Return what differs between two runs: the measures, then the questions that moved."""
    head = ["", "left", "right", "difference", "p", "won", "lost"]
    text = align([head, *(_difference_row(each) for each in comparison.differences)])
    moved = "\n".join(_change_line(change) for change in comparison.changes)
    return f"left {comparison.left}, right {comparison.right}\n{text}\n\n{moved}".rstrip()


def failures(report: Report) -> tuple[Failure, ...]:
    """Return the questions to read, the worst first.

    First those whose gold was not found, then by falling rank, then those refused though their
    passage was first, then unanswerable ones that were answered, the surest first.
    """
    wrong = [Failure(outcome, _reason(outcome)) for outcome in report.outcomes]
    return tuple(sorted((each for each in wrong if each.reason), key=_badness))


def decisions(part: Slice) -> tuple[str, str]:
    """Return how many of a slice were answered, and refused, as they should be: "9/12", "3/4"."""
    return (
        f"{part.answered}/{part.answerable}" if part.answerable else "",
        f"{part.refused}/{part.unanswerable}" if part.unanswerable else "",
    )


def interval(score: Score, digits: int = 2) -> str:
    """Return a score with its interval, as ".62 [.50, .73]"."""
    ends = f"[{share(score.low, digits)}, {share(score.high, digits)}]"
    return f"{share(score.value, digits)} {ends}"


def share(value: float, digits: int = 2) -> str:
    """Return a share without its leading nought, as ".62"."""
    return f"{value:.{digits}f}".removeprefix("0")


def align(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as text: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(part: Slice) -> list[str]:
    cells = [_cell(part, measure) for measure in MEASURES]
    return [part.name, str(part.answerable), *cells, *decisions(part)]


def _cell(part: Slice, measure: str) -> str:
    score = part.score(measure)
    if score is None:
        return ""
    return interval(score) if measure in ("recall@1", "recall@5") else share(score.value)


def _difference_row(each: Difference) -> list[str]:
    gain = f"{each.right - each.left:+.3f} [{each.low:+.3f}, {each.high:+.3f}]"
    p = "<.001" if each.p < 0.001 else share(each.p, digits=3)
    figures = [share(each.left), share(each.right), gain, p]
    return [each.measure, *figures, str(each.won), str(each.lost)]


def _change_line(change: Change) -> str:
    left, right = (rank or "–" for rank in (change.left, change.right))
    return f"{change.question_id}: rank {left} → {right}  {change.query}"


def _reason(outcome: Outcome) -> str:
    if not outcome.question.answerable:
        return "answered, though the manuals do not say" if outcome.answered else ""
    ranked = f"rank {outcome.rank}" if outcome.rank else "not found"
    reasons = [] if right_first(outcome) else [ranked]
    if not outcome.answered:
        reasons.append("refused, though the manuals say")
    return ", ".join(reasons)


def _badness(failure: Failure) -> tuple[bool, bool, int, float]:
    outcome = failure.outcome
    return (
        not outcome.question.answerable,
        outcome.rank is not None,
        -(outcome.rank or 0),
        -outcome.confidence,
    )
