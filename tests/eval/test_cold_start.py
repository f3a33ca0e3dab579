"""The cold start: a process of its own."""

import sys

import pytest

from eval.cold_start import bench_cold_start
from kb.errors import HandbookError

NOTHING = (sys.executable, "-c", "pass")


def test_a_cold_start_is_a_process_with_a_time_and_a_peak() -> None:
    """The peak is that of the process started, not of this one."""
    small = bench_cold_start(NOTHING)
    large = bench_cold_start((sys.executable, "-c", "len(b'x' * 200_000_000)"))
    assert small.seconds > 0
    assert large.peak_bytes - small.peak_bytes > 150_000_000


def test_a_command_that_fails_is_shown_with_its_words() -> None:
    """The message holds what it printed."""
    with pytest.raises(HandbookError, match="ended with 3; expected an answer and 0:\nno library"):
        bench_cold_start((sys.executable, "-c", "print('no library'); raise SystemExit(3)"))
