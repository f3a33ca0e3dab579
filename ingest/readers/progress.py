"""Telling whoever waits for a reader how far it is: recognising a scan takes seconds a page."""

from collections.abc import Callable
from contextvars import ContextVar

Listener = Callable[[int, int], None]
"""Called with how many pages are done, and how many there are."""


def deaf(done: int, total: int) -> None:
    """Nobody listens."""


listener: ContextVar[Listener] = ContextVar("listener", default=deaf)
