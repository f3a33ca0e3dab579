"""Answers given before, and a library that changes under them."""

import threading
import time
from pathlib import Path

from api.answer_cache import AnswerCache, Asked
from api.service import Service
from ingest.build import build
from kb.encoder import Encoder, Encoding
from kb.library import Library, LiveLibrary
from kb.records import Query, SearchResult
from tests.api import manuals as handbook

NOBODY = SearchResult(Query("", "", "en", None), "not_in_handbook", 0.0, (), "first")


def asked(query: str) -> Asked:
    return Asked(query, 5, frozenset(), frozenset(), exact=False)


class CountingEncoder(Encoder):
    """The model of another encoder; `questions` counts those that reached it."""

    def __init__(self, encoder: Encoder) -> None:
        vars(self).update(vars(encoder))
        self.questions = 0

    def encode_query(self, text: str) -> Encoding:
        """Encode a question, and count it."""
        self.questions += 1
        return super().encode_query(text)


def test_a_repeated_question_is_not_asked_again_until_something_new_is_published(
    encoder: Encoder, tmp_path: Path
) -> None:
    """The same question in other blanks and filters in another order are the same request."""
    library = Library(tmp_path / "home", "default")
    build(library, [handbook.write(tmp_path / "manuals")], encoder)
    counting = CountingEncoder(encoder)
    service = Service(counting, LiveLibrary(library, lambda generation: None))
    before = service.live.generation()
    first = service.search(before, "发票几天内寄出", kinds=["rule", "deadline"])
    again = service.search(before, " 发票几天内寄出\n", kinds=["deadline", "rule"])
    assert again is first
    assert counting.questions == 1
    assert service.search(before, "发票几天内寄出", top_k=1) is not first
    added = tmp_path / "invoices.txt"
    added.write_text("发票规定\n\n一、寄送\n\n发票在订单完成后五天内寄出。\n", "utf8")
    name = build(library, [added], encoder).generation
    end = time.monotonic() + 60
    while service.live.generation().name != name:
        assert time.monotonic() < end
        time.sleep(0.01)
    fresh = service.search(service.live.generation(), "发票几天内寄出", kinds=["rule", "deadline"])
    assert fresh.generation == name
    assert "五天内寄出" in fresh.hits[0].text
    assert counting.questions == 3


def test_only_the_last_used_answers_are_kept() -> None:
    """The one that nobody asked for the longest goes first."""
    cache, found = AnswerCache(2), []

    def find() -> SearchResult:
        found.append(1)
        return NOBODY

    for query in ("a", "b", "a", "c", "a", "b"):
        cache.answer("first", asked(query), find)
    assert len(found) == 4
    assert len(cache) == 2


def test_a_slow_answer_of_the_generation_before_is_never_given_for_the_new_one() -> None:
    """Not even where it is found after the new one is live."""
    cache = AnswerCache()
    fresh = SearchResult(NOBODY.query, "found", 1.0, (), "second")

    def slow() -> SearchResult:
        cache.answer("second", asked("a"), lambda: fresh)
        return NOBODY

    assert cache.answer("first", asked("a"), slow) is NOBODY
    assert cache.answer("second", asked("a"), lambda: fresh) is fresh


def test_many_threads_may_ask_at_once() -> None:
    """Each gets the answer of the generation that it asked."""
    cache, wrong = AnswerCache(3), []

    def ask(number: int) -> None:
        for turn in range(300):
            name = f"g{(turn + number) % 2}"
            result = SearchResult(NOBODY.query, "found", 1.0, (), name)
            found = cache.answer(name, asked(str(turn % 5)), lambda result=result: result)  # type: ignore[misc]
            if found.generation != name:
                wrong.append(found)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(cache) <= 3
