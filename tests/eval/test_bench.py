"""The bench: what it measures adds up; how fast this machine is, nobody asserts."""

import sys
from pathlib import Path

import pytest

from eval.bench import (
    TimedEncoder,
    bench,
    bench_ingest,
    bench_queries,
    bench_table,
    index_bytes,
)
from ingest.build import build
from kb.encoder import Encoder
from kb.library import Library

QUERIES = ("電話響幾聲要接", "When is checkout?")
NOTHING = (sys.executable, "-c", "pass")


def test_the_clock_runs_only_in_the_encoder(encoder: Encoder) -> None:
    """Its vectors are those of the encoder."""
    clock = TimedEncoder(encoder)
    assert clock.seconds == 0
    assert (clock.encode_query("退房").pooled == encoder.encode_query("退房").pooled).all()
    spent = clock.seconds
    clock.encode_passages(["中午十二点以前退房"])
    assert clock.seconds > spent > 0
    assert clock.spec == encoder.spec


def test_a_bench_of_a_real_library_adds_up(tmp_path: Path, manuals: Path, encoder: Encoder) -> None:
    """Ingest, queries, cold start and size come from one run, and the table tells the ratios."""
    library = Library(tmp_path / "home", "bench")
    result = bench(
        library, lambda timed: build(library, [manuals], timed), encoder, QUERIES, NOTHING, (120,)
    )
    assert 0 < result.ingest.encoding < result.ingest.seconds
    assert 0 < result.queries.encoder.median <= result.queries.encoder.p95
    assert 0 < result.queries.beside.median < result.queries.search.median
    assert result.generation_bytes > 1000
    assert 0 < result.queries.suggest.median < result.queries.search.median
    (large,) = result.scales
    assert large.queries.passages == 120
    # Of a few passages most is the axes of the sketches, 96 KiB for any number of them.
    assert 0 < large.weight.vectors < large.weight.raw / 4
    assert large.weight.vectors < large.weight.disk
    table = bench_table(result)
    assert f"{result.queries.ratio.median:.2f}" in table
    assert "over 120 passages" in table


def test_a_bench_without_queries_is_refused(
    tmp_path: Path, manuals: Path, encoder: Encoder
) -> None:
    """There is nothing to take the median of."""
    library = Library(tmp_path / "home", "bench")
    bench_ingest(lambda timed: build(library, [manuals], timed), encoder)
    with pytest.raises(ValueError, match="at least one"):
        bench_queries(library.open(), encoder, ())


def test_a_generation_is_as_large_as_its_files(tmp_path: Path) -> None:
    """Folders below are counted as well."""
    (tmp_path / "a").write_bytes(b"123")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c").write_bytes(b"4567")
    assert index_bytes(tmp_path) == 7
