"""What the service costs on this machine, told as ratios: one run, one thread.

A machine's speed comes and goes, so nothing here is asserted in milliseconds. The encoder alone
and a search around it are timed in turns, query by query; ingest is timed with a clock around
the encoder; the cold start is a process of its own. Libraries of 10,000 and 100,000 passages are
made of the real one (`eval/scale.py`) and asked the same questions.
"""

import re
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from eval.cold_start import ColdStart, bench_cold_start, peak_bytes
from eval.report import align
from eval.scale import Written, write_scaled
from kb import dense, late
from kb.encoder import Encoder, Encoding
from kb.fold import fold
from kb.generation import Generation
from kb.language import is_chinese
from kb.library import Library
from kb.search import search
from kb.suggest import suggest

T = TypeVar("T")

WARM_UP = 3
TOP_K = 5
MIB = 2**20
SIZES = (10_000, 100_000)
SHORT = 40
"""Questions that a large library is asked, so that the whole stays within minutes."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Time a query takes, in milliseconds."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class QueryBench:
    """A query through the encoder alone, through a whole search, and as it is being typed."""

    queries: int
    passages: int
    encoder: Pace
    search: Pace
    beside: Pace
    suggest: Pace

    @property
    def ratio(self) -> Pace:
        """How many times the encoder's time a search takes."""
        return self._ratio(self.search)

    @property
    def suggest_ratio(self) -> Pace:
        """What share of the encoder's time a suggestion takes."""
        return self._ratio(self.suggest)

    def _ratio(self, pace: Pace) -> Pace:
        return Pace(pace.median / self.encoder.median, pace.p95 / self.encoder.p95)


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes a passage. `raw` is what its vectors take as the encoder gives them, in float32, and
    `vectors` what they take on disk: pooled, in 8 bits. `disk` is all of a generation.

    `memory` is what a process holds of it once it is asked, files that are mapped left out; None
    where the system does not tell.
    """

    raw: float
    vectors: float
    disk: float
    memory: float | None


@dataclass(frozen=True, slots=True)
class ScaleBench:
    """A large library. `recall` is the dense index's against exact vectors; None if it has them."""

    queries: QueryBench
    weight: Weight
    recall: float | None


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
    weight: Weight
    scales: tuple[ScaleBench, ...]


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
    sizes: Sequence[int] = SIZES,
) -> Bench:
    """Measure everything: `ingest` fills the empty `library`, whose answers are then timed.

    `command` asks one question of the library in a process of its own. Libraries of `sizes`
    passages are made of it, asked, and removed again.
    """
    ingested = bench_ingest(ingest, encoder)
    cold = bench_cold_start(command)
    queried, weight = _bench_library(library, encoder, queries)
    size = round(weight.disk * queried.passages)
    scales = tuple(bench_scale(library, encoder, queries, passages) for passages in sizes)
    return Bench(queried, ingested, cold, size, weight, scales)


def bench_scale(
    library: Library, encoder: Encoder, queries: Sequence[str], passages: int
) -> ScaleBench:
    """Time the answers of a library of so many passages that are made of those of `library`."""
    with TemporaryDirectory() as folder:
        large = Library(Path(folder), "large")
        written: Written = write_scaled(
            library, large, passages, _pooled(library, encoder, queries)
        )
        # Evenly over the file, where questions of a kind stand together.
        asked = queries[:: max(1, len(queries) // SHORT)]
        queried, weight = _bench_library(large, encoder, asked, rounds=2)
    return ScaleBench(queried, weight, written.recall)


def _bench_library(
    library: Library, encoder: Encoder, queries: Sequence[str], *, rounds: int = 4
) -> tuple[QueryBench, Weight]:
    before = _held()
    generation = library.open()
    generation.preload()  # as the service does before the first question
    try:
        queried = bench_queries(generation, encoder, queries, rounds=rounds)
        memory = None if before is None else (_held() or 0) - before
    finally:
        generation.close()
    weight = _weight(library.folder / "generations" / generation.name, generation, memory)
    return queried, weight


def _weight(folder: Path, generation: Generation, memory: int | None) -> Weight:
    count, dim = len(generation), generation.manifest.encoder.dim
    kept = sum((folder / name).stat().st_size for name in (*late.FILES, *dense.FILES))
    raw = 4 * dim * (count + late.POOLING * generation.manifest.tokens)
    held = None if memory is None else memory / count
    return Weight(raw / count, kept / count, index_bytes(folder) / count, held)


def _pooled(library: Library, encoder: Encoder, queries: Sequence[str]) -> NDArray[np.float32]:
    """The questions' vectors as the dense index is asked them: (n, dim)."""
    generation = library.open()
    try:
        centres = generation.means.query
    finally:
        generation.close()
    found = [
        centres.centre_pooled(encoder.encode_query(text).pooled, chinese=is_chinese(text))
        for text in map(fold, queries[:: max(1, len(queries) // SHORT)])
    ]
    return np.stack(found)


def _held() -> int | None:
    """Bytes of memory that this process holds beside files that it maps; None where unknown."""
    status = Path("/proc/self/status")
    found = status.exists() and re.search(r"^RssAnon:\s+(\d+) kB", status.read_text("ascii"), re.M)
    return int(found[1]) * 1024 if found else None


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
    hint = partial(suggest, generation, top_k=TOP_K)
    for text in queries[:WARM_UP]:
        find(text)
        hint(text)
    alone, whole, beside, typed = [], [], [], []
    for number, text in enumerate([*queries] * rounds):
        if number % 2:
            alone.append(_seconds(encoder.encode_query, fold(text)))
        before = clock.seconds
        whole.append(_seconds(find, text))
        beside.append(whole[-1] - (clock.seconds - before))
        if not number % 2:
            alone.append(_seconds(encoder.encode_query, fold(text)))
        typed.append(_seconds(hint, text))
    paces = map(_pace, (alone, whole, beside, typed))
    return QueryBench(len(queries), len(generation), *paces)


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
    rest = [
        ("ingest, s", f"{ingest.seconds:.1f}"),
        ("  share of it that is encoding", f"{ingest.share:.0%}"),
        ("  encoder alone, passages a second", f"{queries.passages / ingest.encoding:.1f}"),
        ("  peak memory, MiB", f"{ingest.peak_bytes / MIB:.0f}"),
        ("cold start to first answer, s", f"{cold.seconds:.1f}"),
        ("  in queries of the encoder", f"{1000 * cold.seconds / queries.encoder.median:.0f}"),
        ("  peak memory, MiB", f"{cold.peak_bytes / MIB:.0f}"),
    ]
    parts = [_query_table(queries, bench.weight, None), align(rest)]
    parts += [_query_table(each.queries, each.weight, each.recall) for each in bench.scales]
    return "\n\n".join(parts)


def _query_table(queries: QueryBench, weight: Weight, recall: float | None) -> str:
    rows = [
        ("one query", "median", "95th percentile"),
        _pace_row("  encoder alone, ms", queries.encoder),
        _pace_row("  search end to end, ms", queries.search),
        _pace_row("  of it beside the encoder, ms", queries.beside),
        _pace_row("  search / encoder", queries.ratio),
        _pace_row("  suggestion while typing, ms", queries.suggest),
        _pace_row("  suggestion / encoder", queries.suggest_ratio),
    ]
    bytes_a_passage = [
        ("bytes a passage", ""),
        ("  vectors as encoded, float32", f"{weight.raw:.0f}"),
        ("  vectors kept, pooled in 8 bits", f"{weight.vectors:.0f}"),
        ("  all of it on disk", f"{weight.disk:.0f}"),
        ("  in memory", "unknown" if weight.memory is None else f"{weight.memory:.0f}"),
    ]
    if recall is not None:
        bytes_a_passage.append(("dense index: recall@40 against exact", f"{recall:.3f}"))
    head = f"{queries.queries} queries over {queries.passages} passages, one thread"
    return f"{head}\n\n{align(rows)}\n\n{align(bytes_a_passage)}"


def _seconds(call: Callable[[T], object], given: T) -> float:
    start = time.perf_counter()
    call(given)
    return time.perf_counter() - start


def _pace_row(name: str, pace: Pace) -> tuple[str, str, str]:
    return name, f"{pace.median:.2f}", f"{pace.p95:.2f}"


def _pace(seconds: Sequence[float]) -> Pace:
    median, p95 = np.percentile(1000 * np.array(seconds), (50, 95))
    return Pace(float(median), float(p95))
