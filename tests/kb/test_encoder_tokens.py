"""Windows over tokens."""

from hypothesis import given
from hypothesis import strategies as st

from kb.encoder_tokens import windows


def test_a_short_text_is_one_window():
    """What fits is read at once and kept whole."""
    (window,) = windows(10, 10)
    assert (window.start, window.end, window.keep_from, window.keep_to) == (0, 10, 0, 10)


@given(st.integers(0, 2000), st.integers(1, 600))
def test_each_token_is_kept_from_one_window(count, room):
    """The kept ranges follow one another from the first token to the last."""
    cut = windows(count, room)
    kept = [position for window in cut for position in range(window.keep_from, window.keep_to)]
    assert kept == list(range(count))


@given(st.integers(0, 2000), st.integers(1, 600))
def test_a_window_holds_what_is_kept_of_it(count, room):
    """No window is longer than the model reads, and what is kept lies within."""
    for window in windows(count, room):
        assert window.end - window.start <= room
        assert window.start <= window.keep_from <= window.keep_to <= window.end
