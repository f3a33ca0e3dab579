"""What the service costs on this machine, told as ratios: one run, one thread.

A machine's speed comes and goes, so nothing here is asserted in milliseconds. The encoder alone
and a search around it are timed in turns, query by query; ingest is timed with a clock around
the encoder; the cold start is a process of its own.
"""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from eval.cold_start import ColdStart, bench_cold_start, peak_bytes
from eval.report import align
from kb.encoder import Encoder, Encoding
from kb.fold import fold
from kb.generation import Generation
from kb.library import Library
from kb.search import search

T = TypeVar("T")

WARM_UP = 3
TOP_K = 5
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Pace:
    """Time a query takes, in milliseconds."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class QueryBench:
    """A query through the encoder alone, and through a whole search."""

    queries: int
    passages: int
    encoder: Pace
    search: Pace
    beside: Pace

    @property
    def ratio(self) -> Pace:
        """How many times the encoder's time a search takes."""
        return Pace(self.search.median / self.encoder.median, self.search.p95 / self.encoder.p95)


@dataclass(frozen=True, slots=True)
class IngestBench:
    """An ingest into an empty library, in seconds, and the part of it spent in the encoder."""

    seconds: float
    encoding: float
    peak_bytes: int

    @property
    def share(self) -> float:
        """Share of the time that is encoding, 0–1."""
        return self.encoding / self.seconds


@dataclass(frozen=True, slots=True)
class Bench:
    """All of one run. `generation_bytes` is the size of the generation's files."""

    queries: QueryBench
    ingest: IngestBench
    cold_start: ColdStart
    generation_bytes: int


class TimedEncoder(Encoder):
    """The model of another encoder, with a clock: `seconds` is the time spent in it so far."""

    def __init__(self, encoder: Encoder) -> None:
        vars(self).update(vars(encoder))
        self.seconds = 0.0

    def encode_query(self, text: str) -> Encoding:
        """Encode a question, by the clock."""
        with self._clock():
            return super().encode_query(text)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Encode passages, by the clock."""
        with self._clock():
            return super().encode_passages(texts, progress)

    @contextmanager
    def _clock(self) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - start


def bench(
    library: Library,
    ingest: Callable[[Encoder], object],
    encoder: Encoder,
    queries: Sequence[str],
    command: Sequence[str],
) -> Bench:
    """Measure everything: `ingest` fills the empty `library`, whose answers are then timed.

    `command` asks one question of the library in a process of its own.
    """
    ingested = bench_ingest(ingest, encoder)
    generation = library.open()
    try:
        queried = bench_queries(generation, encoder, queries)
    finally:
        generation.close()
    size = index_bytes(library.folder / "generations" / generation.name)
    return Bench(queried, ingested, bench_cold_start(command), size)


def bench_queries(
    generation: Generation, encoder: Encoder, queries: Sequence[str], *, rounds: int = 4
) -> QueryBench:
    """Time every query `rounds` times: the encoder alone, and a search end to end.

    The two take turns, so that a busy moment of the machine meets both, and take turns in going
    first, since the second finds the model in the processor's cache. Raises ValueError without
    a query.
    """
    if not queries:
        raise ValueError("no query to time; expected at least one")
    clock = TimedEncoder(encoder)
    find = partial(search, generation, clock, top_k=TOP_K)
    for text in queries[:WARM_UP]:
        find(text)
    alone, whole, beside = [], [], []
    for number, text in enumerate([*queries] * rounds):
        if number % 2:
            alone.append(_seconds(encoder.encode_query, fold(text)))
        before = clock.seconds
        whole.append(_seconds(find, text))
        beside.append(whole[-1] - (clock.seconds - before))
        if not number % 2:
            alone.append(_seconds(encoder.encode_query, fold(text)))
    return QueryBench(len(queries), len(generation), *map(_pace, (alone, whole, beside)))


def bench_ingest(ingest: Callable[[Encoder], object], encoder: Encoder) -> IngestBench:
    """Time `ingest`, which fills an empty library with the encoder that it is given.

    The peak memory is that of this process so far.
    """
    clock = TimedEncoder(encoder)
    seconds = _seconds(ingest, clock)
    return IngestBench(seconds, clock.seconds, peak_bytes(resource.RUSAGE_SELF))


def index_bytes(folder: Path) -> int:
    """Size of a generation's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def bench_table(bench: Bench) -> str:
    """Return a run as text; the ratios are what counts."""
    queries, ingest, cold = bench.queries, bench.ingest, bench.cold_start
    rows = [
        ("one query", "median", "95th percentile"),
        _pace_row("  encoder alone, ms", queries.encoder),
        _pace_row("  search end to end, ms", queries.search),
        _pace_row("  of it beside the encoder, ms", queries.beside),
        _pace_row("  search / encoder", queries.ratio),
    ]
    rest = [
        ("ingest, s", f"{ingest.seconds:.1f}"),
        ("  share of it that is encoding", f"{ingest.share:.0%}"),
        ("  encoder alone, passages a second", f"{queries.passages / ingest.encoding:.1f}"),
        ("  peak memory, MiB", f"{ingest.peak_bytes / MIB:.0f}"),
        ("cold start to first answer, s", f"{cold.seconds:.1f}"),
        ("  in queries of the encoder", f"{1000 * cold.seconds / queries.encoder.median:.0f}"),
        ("  peak memory, MiB", f"{cold.peak_bytes / MIB:.0f}"),
        ("index, bytes a passage", f"{bench.generation_bytes / queries.passages:.0f}"),
    ]
    head = f"{queries.queries} queries over {queries.passages} passages, one thread"
    return f"{head}\n\n{align(rows)}\n\n{align(rest)}"


def _seconds(call: Callable[[T], object], given: T) -> float:
    start = time.perf_counter()
    call(given)
    return time.perf_counter() - start


def _pace_row(name: str, pace: Pace) -> tuple[str, str, str]:
    return name, f"{pace.median:.2f}", f"{pace.p95:.2f}"


def _pace(seconds: Sequence[float]) -> Pace:
    median, p95 = np.percentile(1000 * np.array(seconds), (50, 95))
    return Pace(float(median), float(p95))
