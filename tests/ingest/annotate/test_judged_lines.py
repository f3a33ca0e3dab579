"""Words to say and never to say, over lines that were written and judged without sight of the code.

`judged_lines.jsonl` holds lines as supervisors write them, each with its quotations that are to be
said and never to be said; a quotation in neither list is somebody else's words, a name or a term.
"""

import json
from pathlib import Path

from ingest.annotate.scripts import find_scripts

LINES = [
    json.loads(line)
    for line in Path(__file__).with_name("judged_lines.jsonl").read_text("utf8").splitlines()
]


def bare(quotes: list[str]) -> set[str]:
    """The words of quotes without the punctuation at their ends."""
    return {quote.strip().rstrip("。.，,！!？?") for quote in quotes}


def told(text: str) -> tuple[set[str], set[str]]:
    """What is found to be said in a text, and never to be said."""
    scripts = find_scripts(text)
    say = [quote.quote for script in scripts for quote in script.say]
    return bare(say), bare([quote.quote for script in scripts for quote in script.never_say])


def test_forbidden_words_are_not_among_those_to_say() -> None:
    """But for one that only its story condemns: “We lost the Hendersons over six words …”."""
    shown = [line["text"] for line in LINES if told(line["text"])[0] & bare(line["never"])]
    assert len(shown) <= 1
    assert all("Hendersons" in text for text in shown)


def test_what_is_found_to_be_said_is() -> None:
    """In 99 of 100; the others are words of somebody else."""
    found = [(told(line["text"])[0], bare(line["say"])) for line in LINES]
    assert sum(len(say & right) for say, right in found) >= 0.99 * sum(len(say) for say, _ in found)


def test_most_of_what_is_to_be_said_is_found() -> None:
    """Four in five; what is not clear is left out."""
    found = [(told(line["text"])[0], bare(line["say"])) for line in LINES]
    assert sum(len(say & right) for say, right in found) >= 0.8 * sum(
        len(right) for _, right in found
    )
