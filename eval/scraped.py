"""Manuals as they are found on the web, each asked by itself.

    kb --library scraped ingest eval/scraped/manuals
    python -m eval.scraped [--home indexes] [--together]

Forty-one manuals of several articles each, with site furniture and light damage, and 45 to 60
questions over each, with the limits and the words to say that answer them. Manuals and questions
were written in seven batches by others than those who wrote the search, without sight of it or of
its data, close neighbours that differ in one thing on purpose. What the answers got wrong has been
mended since, batch by batch, by rules for all manuals: nothing is fitted on them, but they are no
longer unseen. What each batch gave at first sight stands in `eval/README.md`. A question is asked
of its own manual alone, since another firm's may answer it as well.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.questions import Question, load_questions
from eval.report import table
from eval.run import measure
from eval.trades import Shelf, outcomes
from kb.encoder import load_encoder
from kb.errors import HandbookError
from kb.generation import Generation
from kb.library import Library

DATA = Path(__file__).parent / "scraped"
LIBRARY = "scraped"


@dataclass(frozen=True, slots=True)
class Manual:
    """A file, and what is asked of it."""

    path: Path
    questions: tuple[Question, ...]


def load_manuals(folder: Path = DATA) -> list[Manual]:
    """The manuals, each with the questions that are named as it is. Raises InvalidQuestion."""
    return [
        Manual(path, load_questions(folder / "questions" / f"{path.stem}.jsonl"))
        for path in sorted((folder / "manuals").iterdir())
    ]


def shelves(
    manuals: Sequence[Manual], generation: Generation, *, together: bool = False
) -> Iterator[Shelf]:
    """Each manual's questions, to be asked of that manual, or of all of them `together`.

    Raises HandbookError where the library does not hold it.
    """
    ids = {Path(each.source.path).name: each.id for each in generation.documents()}
    for manual in manuals:
        if manual.path.name not in ids:
            raise HandbookError(
                f"library {LIBRARY!r}: {manual.path.name} is not in it; expected all "
                f"{len(manuals)} manuals: kb --library {LIBRARY} ingest {manual.path.parent}"
            )
        yield Shelf(manual.questions, () if together else (ids[manual.path.name],))


def main() -> None:
    """Print what came of all questions, as `kb eval` does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("indexes"))
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    parser.add_argument("--together", action="store_true", help="ask all manuals at once")
    asked = parser.parse_args()
    encoder, generation = load_encoder(cache=asked.cache), Library(asked.home, LIBRARY).open()
    found = [
        outcome
        for shelf in shelves(load_manuals(), generation, together=asked.together)
        for outcome in outcomes(generation, encoder, shelf)
    ]
    sys.stdout.write(table(measure(generation.name, found)) + "\n")


if __name__ == "__main__":
    main()
