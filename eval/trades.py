"""Handbooks of trades that neither encoder nor verifier was trained on, with their questions.

    python -m eval.trades --write build/trades
    kb --library trades ingest build/trades
    python -m eval.trades [--home indexes] [--every 3]

What ships was trained on the first fifteen trades of `eval/training/`; those that came later are,
as manuals, a set to choose and to calibrate by: of other writers than `eval/questions.jsonl`, and
many times as large. Each question is asked of the manual that it was written for, with two of other
trades beside it: another manual of its own trade may well answer it, too. (`kb/intent_model.py` has
seen their questions. A passage counts as right that holds a sentence of the one asked about, which
may be the wrong one of its clauses: the figures serve to compare, and say little by themselves.)
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from eval.questions import Gold, Question
from eval.report import table
from eval.run import Outcome, evaluate, measure
from eval.train import DATA, read_rows
from kb.encoder import Encoder, load_encoder
from kb.errors import HandbookError
from kb.generation import Generation
from kb.library import Library
from kb.records import SearchResult
from kb.search import search
from kb.sentences import sentences

LIBRARY = "trades"
BESIDE = 2
"""Manuals of other trades in the library of a question."""

SHORTEST = 8
"""Characters of a sentence that is told from others."""

# fmt: off
TRAINED = frozenset((
    "airline", "bank", "call_centre_etiquette", "car_rental", "cinema_ticketing", "courier",
    "government_line", "gym", "hospital", "hotel", "insurance", "property_management",
    "restaurant_chain", "telecom", "web_shop",
))
"""Trades that encoder and verifier know."""
# fmt: on


@dataclass(frozen=True, slots=True)
class Manual:
    """A handbook as Markdown, in a file of this name, and what is asked of it."""

    trade: str
    file: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The questions for a manual, and the ids of the documents that they are asked of."""

    questions: tuple[Question, ...]
    documents: tuple[str, ...]


def load_manuals(folder: Path = DATA) -> list[Manual]:
    """The manuals of the trades that are in no weights of encoder and verifier.

    Unanswerable questions that come near no passage belong to none of them, and are left out.
    """
    found: list[Manual] = []
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem not in TRAINED:
            found += _manuals(
                path.stem, read_rows(path), read_rows(path.parent / "unanswered" / path.name)
            )
    return found


def _manuals(trade: str, rows: Sequence[Any], unanswered: Sequence[Any]) -> Iterator[Manual]:
    for number, title in enumerate(dict.fromkeys(row["title"] for row in rows)):
        file = f"{trade}_{number}.md"
        own = {place: row for place, row in enumerate(rows) if row["title"] == title}
        asked = [
            (each, _gold(file, row["text"])) for row in own.values() for each in row["questions"]
        ]
        asked += [(each, ()) for each in unanswered if each["near"] in own]
        questions = tuple(
            Question(
                f"{file}-{place}",
                each["query"],
                each["lang"],
                each["style"],
                each["type"],
                bool(gold),
                gold,
            )
            for place, (each, gold) in enumerate(asked)
        )
        yield Manual(trade, file, _markdown(title, list(own.values())), questions)


def _gold(file: str, text: str) -> tuple[Gold, ...]:
    """Each sentence of a passage: one is asked about, and the splitter may part them."""
    told = [span.of(text) for span in sentences(text)]
    long = [each for each in told if len(each) >= SHORTEST]
    return tuple(Gold(file, each) for each in long or told)


def _markdown(title: str, rows: Sequence[Any]) -> str:
    parts = [f"# {title}"]
    for path, passages in groupby(rows, lambda row: row["heading_path"]):
        parts += [f"{'#' * depth} {heading}" for depth, heading in enumerate(path, 2)]
        parts += [passage["text"] for passage in passages]
    return "\n\n".join(parts) + "\n"


def write(manuals: Sequence[Manual], folder: Path) -> None:
    """Write each manual as a file, to be ingested."""
    folder.mkdir(parents=True, exist_ok=True)
    for manual in manuals:
        (folder / manual.file).write_text(manual.text, "utf-8")


def shelves(manuals: Sequence[Manual], generation: Generation, every: int = 1) -> Iterator[Shelf]:
    """Each manual's questions, or every third of them and so on, and what they are asked of.

    Raises HandbookError where the library does not hold the manuals.
    """
    ids = {Path(each.source.path).name: each.id for each in generation.documents()}
    if missing := [each.file for each in manuals if each.file not in ids]:
        raise HandbookError(
            f"library {LIBRARY!r}: {missing[0]} and {len(missing) - 1} more are not in it; "
            f"expected all {len(manuals)}: python -m eval.trades --write FOLDER, then "
            f"kb --library {LIBRARY} ingest FOLDER"
        )
    draw = random.Random(0)
    for manual in manuals:
        others = [each.file for each in manuals if each.trade != manual.trade]
        files = [manual.file, *draw.sample(others, min(BESIDE, len(others)))]
        yield Shelf(manual.questions[::every], tuple(ids[file] for file in files))


def outcomes(generation: Generation, encoder: Encoder, shelf: Shelf) -> tuple[Outcome, ...]:
    """Ask a manual's questions."""

    def find(text: str, top_k: int) -> SearchResult:
        return search(generation, encoder, text, top_k=top_k, documents=shelf.documents)

    return evaluate(find, shelf.questions).outcomes


def main() -> None:
    """Write the manuals, or print recall over them, as `kb eval` does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("indexes"))
    parser.add_argument("--every", type=int, default=3, help="ask every third question (default)")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    parser.add_argument("--write", type=Path, help="write the manuals into this folder instead")
    asked, manuals = parser.parse_args(), load_manuals()
    if asked.write:
        write(manuals, asked.write)
        return
    encoder, generation = load_encoder(cache=asked.cache), Library(asked.home, LIBRARY).open()
    found = [
        outcome
        for shelf in shelves(manuals, generation, asked.every)
        for outcome in outcomes(generation, encoder, shelf)
    ]
    sys.stdout.write(table(measure(generation.name, found)) + "\n")


if __name__ == "__main__":
    main()
