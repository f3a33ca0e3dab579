"""What was worked out for the words of a document is kept until the next one.

The repairs go over a text in rounds, and sections and passages are made of the same pieces, so
the same lines are asked about again and again. Kept any longer, they would make the memory of an
ingest grow with the library.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

MOST = 1 << 14
"""Lines of a manual, or nearly; of a huge text not all can be kept."""

P = ParamSpec("P")
R = TypeVar("R")

_forget: list[Callable[[], None]] = []


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the last `MOST` things that `function`, which is pure, returned, until `forget`."""
    cached = lru_cache(MOST)(function)
    _forget.append(cached.cache_clear)
    return cached  # type: ignore[return-value]


def forget() -> None:
    """Let go of all that was kept: a document is done."""
    for clear in _forget:
        clear()
