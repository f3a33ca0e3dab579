"""Answers given before: a repeated question costs a look-up, until a new generation is live."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from kb.records import Kind, SearchResult

MOST = 1024
"""Answers that are kept, the last used ones."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that an answer depends on beside the generation.

    Blanks around the question and the order of the filters change nothing.
    """

    query: str
    top_k: int
    kinds: frozenset[Kind]
    documents: frozenset[str]
    exact: bool


class AnswerCache:
    """The answers of one generation. Safe to use from several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._generation = ""
        self._answers: OrderedDict[Asked, SearchResult] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def answer(
        self, generation: str, asked: Asked, find: Callable[[], SearchResult]
    ) -> SearchResult:
        """Return the answer of that generation, from `find` where it was not asked before.

        An answer of another generation empties the cache: only one is kept, and a request that
        began with the generation before never brings its answer into the new one's.
        """
        with self._lock:
            if generation == self._generation and asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        # Not under the lock: other questions need not wait, and the same one twice does no harm.
        result = find()
        with self._lock:
            if generation != self._generation:
                self._generation = generation
                self._answers.clear()
            self._answers[asked] = result
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return result
