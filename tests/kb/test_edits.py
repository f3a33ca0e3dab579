"""The map between a raw text and its cleaned form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.edits import Edited, apply
from kb.records import Edit, Span


@st.composite
def changes(draw: st.DrawFn, length: int) -> list[Edit]:
    """Edits of a text of `length` code points, sorted and apart from one another."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    words = st.text("XY字", max_size=3)
    return [Edit(Span(a, b), draw(words), draw(st.sampled_from("pqr")), 1.0) for a, b in pairs]


@st.composite
def edited(draw: st.DrawFn) -> tuple[Edited, str]:
    """A text that was revised a few times, and what it must read."""
    text = draw(st.text("abcdef中文", max_size=20))
    state = Edited(text)
    for _ in range(draw(st.integers(0, 4))):
        made = draw(changes(len(text)))
        text = apply(made, text)
        state = state.revise(made)
    return state, text


@given(edited())
def test_edits_made_one_after_the_other_are_one_list_over_the_raw_text(
    case: tuple[Edited, str],
) -> None:
    """apply(edits, raw) == text, however often the text was revised."""
    state, text = case
    assert state.text == text == apply(state.edits, state.raw)


@given(edited(), st.data())
def test_a_span_carried_back_holds_what_it_came_from(
    case: tuple[Edited, str], data: st.DataObject
) -> None:
    """The edits inside the raw span, made there alone, give words that hold the span's."""
    state, text = case
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    raw_span = state.to_raw(span)
    inside = [
        Edit(
            Span(e.span.start - raw_span.start, e.span.end - raw_span.start),
            e.replacement,
            e.rule,
            e.certainty,
        )
        for e in state.edits
        if raw_span.start <= e.span.start and e.span.end <= raw_span.end
    ]
    assert span.of(text) in apply(inside, raw_span.of(state.raw))


@given(edited())
def test_raw_positions_map_in_order_into_the_text(case: tuple[Edited, str]) -> None:
    """to_text never goes backwards and never leaves the text."""
    state, text = case
    starts = [state.to_text(Span(i, i)).start for i in range(len(state.raw) + 1)]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)


def test_a_span_does_not_take_in_what_was_dropped_beside_it() -> None:
    """Dropped words at a span's borders stay outside, those within are inside."""
    state = Edited("HEADone FOOT two").revise(
        [Edit(Span(0, 4), "", "furniture", 1.0), Edit(Span(8, 12), "", "furniture", 1.0)]
    )
    assert state.text == "one  two"
    assert state.to_raw(Span(0, 3)) == Span(4, 7)
    assert state.to_raw(Span(0, 8)) == Span(4, 16)


def test_rules_that_touched_the_same_place_are_both_named() -> None:
    """A merged edit names its rules in order, and is as sure as the least sure of them."""
    state = Edited("abc").revise([Edit(Span(1, 2), "XY", "first", 0.9)])
    state = state.revise([Edit(Span(2, 4), "Z", "second", 0.7)])
    assert state.edits == (Edit(Span(1, 3), "XZ", "first+second", 0.7),)


def test_overlapping_changes_are_refused() -> None:
    """Two changes of the same character are a mistake of the caller."""
    with pytest.raises(ValueError, match="sorted, apart"):
        Edited("abcd").revise([Edit(Span(0, 2), "", "p", 1.0), Edit(Span(1, 3), "", "q", 1.0)])
