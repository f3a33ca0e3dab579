"""Public retrieval tasks."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.benchmarks import ask, benchmark_table, gap, index, load_task, run_task
from eval.run import Search
from kb.encoder import Encoder
from kb.errors import HandbookError
from kb.fold import fold
from kb.generation import encoder_text
from kb.records import SearchResult
from tests.eval.shelf import SHELF, shelf
from tests.shared import SHARED, needs_shared

QUERIES = {"a": "响铃几声接听", "b": "钥匙交给谁", "c": "没有答案的问题"}
GOLD = {"a": "d0", "b": "d1", "c": "d2"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A task over the shelf: its passages are the paragraphs d0, d1, …"""
    corpus = [{"_id": f"d{row}", "title": "Keys", "text": text} for row, text in enumerate(SHELF)]
    queries = [{"_id": name, "text": text} for name, text in QUERIES.items()]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    qrels = ["query-id\tcorpus-id\tscore", *(f"{q}\t{d}\t1" for q, d in GOLD.items()), "a\td3\t0"]
    (tmp_path / "qrels.tsv").write_text("\n".join(qrels), "utf-8")
    return tmp_path


def told_twice(find: Search) -> Search:
    """A search whose first hit stands behind another passage that says the same."""

    def search(text: str, top_k: int) -> SearchResult:
        result = find(text, top_k)
        twins = tuple(hit.citation for hit in result.hits[:1])
        hits = [replace(hit, also_in=twins) for hit in find("Refunds", top_k).hits]
        return replace(result, hits=tuple(hits))

    return search


def test_a_task_leaves_titles_and_wrong_paragraphs_out(folder: Path) -> None:
    """A task leaves titles and wrong paragraphs out."""
    task = load_task(folder)
    assert dict(task.paragraphs) == {f"d{row}": text for row, text in enumerate(SHELF)}
    assert dict(task.gold) == {query: frozenset({place}) for query, place in GOLD.items()}


def test_a_query_whose_paragraph_is_not_found_counts_as_nothing(folder: Path) -> None:
    """A query whose paragraph is not found counts as nothing."""
    result = ask(load_task(folder), shelf())
    assert result.ranks == (1, 1, None)
    assert [score.value for score in result.scores] == pytest.approx([2 / 3] * 3)


def test_a_paragraph_that_is_told_with_another_is_found(folder: Path) -> None:
    """A paragraph that is told with another is found."""
    assert ask(load_task(folder), told_twice(shelf())).ranks[:2] == (1, 1)


def test_two_tasks_with_the_same_queries_are_compared_query_by_query(folder: Path) -> None:
    """Two tasks with the same queries are compared query by query."""
    task = load_task(folder)
    difference = gap(ask(task, shelf(())), ask(task, shelf()))
    assert (difference.left, difference.won, difference.lost) == (0, 2, 0)


def test_the_table_has_a_line_a_task(folder: Path) -> None:
    """The table has a line a task."""
    head, line = benchmark_table([ask(load_task(folder), shelf())]).splitlines()
    assert head.split() == ["paragraphs", "queries", "hit@1", "hit@5", "mrr@10"]
    assert line.split()[:4] == [folder.name, "4", "3", ".667"]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_folder_without_one_of_the_files_is_named(folder: Path, name: str) -> None:
    """A folder without one of the files is named."""
    (folder / name).unlink()
    with pytest.raises(HandbookError, match=f"not a retrieval task.*{name}"):
        load_task(folder)


def test_a_query_that_nobody_judged_is_named(folder: Path) -> None:
    """A query that nobody judged is named."""
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\na\td0\t1\n", "utf-8")
    with pytest.raises(HandbookError, match=r"2 of 3 queries have no paragraph.*\(b, c\)"):
        load_task(folder)


def test_paragraphs_are_indexed_and_searched_as_the_product_does(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    """A task runs through real vectors, a real generation and the real search."""
    task = load_task(folder)
    result = run_task(task, encoder, tmp_path / "embeddings.sqlite")
    assert result.ranks[:2] == (1, 1)
    assert (result.paragraphs, len(result.ranks)) == (len(SHELF), len(QUERIES))


def test_a_paragraph_is_encoded_once_and_without_its_title(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    """The second run takes the vectors from the cache; the passage is the paragraph alone."""
    told: list[tuple[str, int, int]] = []
    for name in ("first", "second"):
        place = tmp_path / name
        place.mkdir()
        generation = index(
            load_task(folder), place, encoder, tmp_path / "cache", lambda *step: told.append(step)
        )
        rows = map(generation.row, range(4))
        texts = [encoder_text(row, generation.text(row)).whole for row in rows]
        generation.close()
        assert texts == [fold(text) for text in SHELF]
    assert told == [("paragraphs", done, 4) for done in (1, 2, 3, 4)]


@needs_shared
def test_the_public_tasks_load_with_the_sizes_that_they_state() -> None:
    """The public tasks load with the sizes that they state."""
    for folder in sorted((SHARED / "benchmarks").iterdir()):
        stated = json.loads((folder / "meta.json").read_text("utf-8"))
        task = load_task(folder)
        assert (len(task.paragraphs), len(task.queries)) == (stated["docs"], stated["queries"])
