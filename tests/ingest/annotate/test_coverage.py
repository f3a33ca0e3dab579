"""How much is found in handbooks of 47 trades, written without a thought of these patterns."""

import json
from collections.abc import Iterator
from pathlib import Path

from ingest.annotate.deadlines import find_deadlines
from ingest.annotate.scripts import find_scripts

TRADES = Path(__file__).resolve().parents[3] / "eval" / "training"


def asked_for(kind: str) -> Iterator[tuple[str, list[str]]]:
    """The text and the headings of each passage that a question of this kind is about."""
    for trade in sorted(TRADES.glob("*.jsonl")):
        for line in trade.read_text("utf8").splitlines():
            passage = json.loads(line)
            if any(question["type"] == kind for question in passage["questions"]):
                yield passage["text"], passage["heading_path"]


def test_passages_that_are_asked_for_words_give_some() -> None:
    """To say or never to say, in 96 of 100; some of the rest have none."""
    found = [
        any(script.say or script.never_say for script in find_scripts(text, headings))
        for text, headings in asked_for("script")
    ]
    assert len(found) == 1933
    assert sum(found) >= 0.96 * len(found)


def test_passages_that_are_asked_for_a_limit_give_some() -> None:
    """In 99 of 100."""
    found = [bool(find_deadlines(text)) for text, _ in asked_for("deadline")]
    assert len(found) == 2268
    assert sum(found) >= 0.99 * len(found)
