"""A run of judged questions."""

from pathlib import Path

import pytest

from eval.run import Report, evaluate, load, save
from kb.errors import HandbookError
from tests.eval.shelf import QUESTIONS, question, shelf


@pytest.fixture(scope="module")
def report() -> Report:
    """A run over the shelf."""
    return evaluate(shelf(), QUESTIONS)


def test_every_question_has_an_outcome_in_order(report: Report) -> None:
    """Every question has an outcome in order."""
    assert [outcome.question for outcome in report.outcomes] == list(QUESTIONS)
    assert [outcome.rank for outcome in report.outcomes] == [1, 1, 1, None, None]
    assert report.generation == "shelf-1"


def test_the_passages_returned_are_kept_with_their_places(report: Report) -> None:
    """The passages returned are kept with their places."""
    first = report.outcomes[0].passages[0]
    assert (first.passage_id, first.path, first.title) == ("p0", "0.txt", "Shelf")
    assert first.source_span.of(first.text) == first.text


def test_a_question_without_a_hit_is_a_failure_and_not_dropped(report: Report) -> None:
    """A question without a hit is a failure and not dropped."""
    whole = report.slices[0]
    recall = whole.score("recall@10")
    assert (whole.name, whole.answerable, whole.unanswerable) == ("all", 4, 1)
    assert recall is not None
    assert recall.value == 3 / 4


def test_no_hits_at_all_is_zero_everywhere() -> None:
    """No hits at all is zero everywhere."""
    report = evaluate(shelf(()), QUESTIONS)
    whole = report.slices[0]
    assert {score.value for score in whole.scores if score.measure != "auc"} == {0}
    assert (whole.answered, whole.refused) == (0, 1)


def test_a_refused_question_is_not_answered_even_if_its_passage_is_first() -> None:
    """A refused question is not answered even if its passage is first."""
    report = evaluate(shelf(), (question(1, "钥匙……？？？……？？？", "钥匙交回前台"),))
    whole = report.slices[0]
    told, recall = whole.score("answered@1"), whole.score("recall@10")
    assert told is not None
    assert recall is not None
    assert (whole.answered, told.value, recall.value) == (0, 0, 1)


def test_slices_cover_language_kind_style_and_damage(report: Report) -> None:
    """Slices cover language kind style and damage."""
    names = " ".join(each.name for each in report.slices)
    assert names == "all lang=en lang=zh-Hans type=rule style=natural note=- note=near-miss"
    for label in ("lang", "type", "style", "note"):
        group = [each for each in report.slices if each.name.startswith(label)]
        assert sum(each.answerable + each.unanswerable for each in group) == len(QUESTIONS)


def test_a_slice_of_one_sort_has_no_area(report: Report) -> None:
    """A slice of one sort has no area."""
    english = next(each for each in report.slices if each.name == "lang=en")
    assert english.score("auc") is None
    assert report.slices[0].score("auc") is not None


def test_progress_counts_the_questions_asked() -> None:
    """Progress counts the questions asked."""
    seen: list[int] = []
    evaluate(shelf(), QUESTIONS, seen.append)
    assert seen == [1, 2, 3, 4, 5]


def test_latency_is_of_the_search_calls(report: Report) -> None:
    """Latency is of the search calls."""
    latency = report.latency
    assert 0 < latency.median <= latency.p95 <= latency.p99 <= latency.slowest


def test_a_run_without_questions_is_refused() -> None:
    """A run without questions is refused."""
    with pytest.raises(ValueError, match="at least one"):
        evaluate(shelf(), ())


def test_a_saved_run_comes_back_the_same(report: Report, tmp_path: Path) -> None:
    """A saved run comes back the same."""
    save(report, tmp_path / "run.json")
    assert load(tmp_path / "run.json") == report


@pytest.mark.parametrize("content", ["", "[]", '{"format": 0}', '{"format": 1, "generation": ""}'])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    """A file that is no run is refused."""
    path = tmp_path / "run.json"
    path.write_text(content, "utf-8")
    with pytest.raises(HandbookError, match="not a saved run"):
        load(path)


def test_a_search_that_fails_stops_the_run() -> None:
    """A search that fails stops the run."""

    def broken(text: str, top_k: int):
        raise HandbookError("no library")

    with pytest.raises(HandbookError, match="no library"):
        evaluate(broken, QUESTIONS)
