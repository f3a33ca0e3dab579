"""Time a question takes, all contestants in one run.

All stand ready with the sample handbooks ingested and are asked in turns, question by question,
so that a busy moment of the machine meets all of them. Each is compared with its own encoder
alone, timed beside it.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.peers.contestants import Contestant, Model
from eval.peers.process import PeerProcess
from eval.peers.rankings import Progress, ingest
from eval.peers.results import Pace
from eval.peers.tasks import PeerTask

QUESTIONS = 60
WARM_UP = 3


def paces(
    contestants: Sequence[Contestant], model: Model, task: PeerTask, cache: Path, progress: Progress
) -> tuple[Pace, ...]:
    """Time each way of asking each contestant. Raises HandbookError."""
    queries = [question.query for question in task.questions]
    asked = queries[:: max(1, len(queries) // QUESTIONS)]
    ways = [(each, mode) for each in contestants for mode in each.modes]
    with ExitStack() as stack:
        peers = {}
        for contestant in contestants:
            progress(f"{contestant.title}: made ready to be timed")
            peers[contestant] = stack.enter_context(PeerProcess(contestant, model, cache))
            ingest(peers[contestant], task)
            peers[contestant].forget()
        for (contestant, mode), query in product(ways, queries[-WARM_UP:]):
            peers[contestant].ask(mode, query)
        progress("all are timed")
        rows = list(_rounds(peers, ways, asked))
    times = 1000 * np.array(rows)
    return tuple(
        _pace(contestant.name, mode, times[:, number])
        for number, (contestant, mode) in enumerate(ways)
    )


def _pace(contestant: str, mode: str, times: NDArray[np.float64]) -> Pace:
    """Sum (n, 2) milliseconds up: those of the encoder alone, and those of the search."""
    alone, search = np.median(times, axis=0)
    p95 = np.percentile(times[:, 1], 95)
    return Pace(
        contestant, mode, round(float(alone), 2), round(float(search), 2), round(float(p95), 2)
    )


def _rounds(
    peers: dict[Contestant, PeerProcess],
    ways: Sequence[tuple[Contestant, str]],
    queries: Sequence[str],
) -> Iterator[list[tuple[float, float]]]:
    """A question at a time: (the encoder alone, the search) of every way, in seconds."""
    for number, query in enumerate(queries):
        row = []
        for contestant, mode in ways:
            peer = peers[contestant]
            # The second finds the model in the processor's cache, so they take turns.
            alone = peer.encode(query) if number % 2 else 0.0
            whole = peer.ask(mode, query)[1]
            row.append((alone or peer.encode(query), whole))
        yield row
