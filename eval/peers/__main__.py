"""Compare: `python -m eval.peers`. What is known already is not asked again.

Part of the comparison (`--only`, `--tasks`) is shown; the whole is written into the documents.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from eval.peers.contestants import CONTESTANTS, HERE, MODELS, OURS, ROOT
from eval.peers.pace import paces
from eval.peers.rankings import known, rank
from eval.peers.results import Cell, Pace, Results, judge, load, save
from eval.peers.table import details, put, summary
from eval.peers.tasks import PeerTask, load_tasks
from kb.errors import HandbookError

RESULTS = HERE / "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make environments, ask, judge, time, and tell; the whole comparison is written as well.

    Returns an exit code.
    """
    tasks = load_tasks(ROOT)
    asked = _parser(tasks).parse_args(arguments)
    whole = len(asked.only) == len(CONTESTANTS) and len(asked.tasks) == len(tasks)
    try:
        chosen = [each for each in CONTESTANTS if each.name in (*asked.only, OURS)]
        for model, contestant in product(MODELS, chosen):
            wanted = [task for task in tasks if task.name in asked.tasks]
            rank(contestant, model, wanted, asked.cache, _tell)
        timed = () if asked.no_time else paces(chosen, MODELS[0], tasks[0], asked.cache, _tell)
        results = _results(tasks, asked.cache, timed)
        if whole:
            write(results)
    except HandbookError as error:
        _tell(f"error: {error}")
        return 1
    sys.stdout.write(details(results) + "\n")
    return 0


def write(results: Results) -> None:
    """Keep a comparison, and show it in both documents. Raises HandbookError."""
    save(results, RESULTS)
    put(HERE / "README.md", details(results))
    put(ROOT / "README.md", summary(results))


def _parser(tasks: Sequence[PeerTask]) -> argparse.ArgumentParser:
    names, peers = [task.name for task in tasks], [each.name for each in CONTESTANTS]
    parser = argparse.ArgumentParser("python -m eval.peers", description=__doc__)
    parser.add_argument("--tasks", nargs="+", choices=names, default=names)
    parser.add_argument("--only", nargs="+", choices=peers, default=peers, help="and ours")
    parser.add_argument(
        "--no-time", action="store_true", help="keep the times of the last comparison"
    )
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "handbook-kb")
    return parser


def _results(tasks: Sequence[PeerTask], cache: Path, timed: tuple[Pace, ...]) -> Results:
    """Judge every ranking that is known, of this run or of an earlier one."""
    cells = tuple(_cells(tasks, cache))
    earlier = load(RESULTS).paces if RESULTS.is_file() and not timed else ()
    return Results({task.name: task.title for task in tasks}, _versions(), cells, timed or earlier)


def _cells(tasks: Sequence[PeerTask], cache: Path) -> list[Cell]:
    return [
        judge(contestant, mode, model, task, ranking)
        for model, contestant, task in product(MODELS, CONTESTANTS, tasks)
        for mode in contestant.modes
        if (ranking := known(contestant, mode, model, task, cache))
    ]


def _versions() -> dict[str, str]:
    """The pinned versions of the peers, by title."""
    packages = {"langchain": "langchain", "llamaindex": "llama-index-core"}
    packages |= {"haystack": "haystack-ai", "txtai": "txtai"}
    return {
        each.title: line.partition("==")[2]
        for each in CONTESTANTS
        if each.name in packages
        for line in each.requirements.read_text("utf-8").splitlines()
        if line.startswith(f"{packages[each.name]}==")
    }


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
