"""From a text to what the model reads: tokens, the words each covers, windows over them."""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# A NUL ends a text early in some tokenizers, a lone surrogate has no UTF-8, and the replacement
# character stands for what was lost: the model reads a space.
_UNREADABLE = re.compile("[\0\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """A text's tokens: ids of the mark and prompt before it, of its own, of the mark behind.

    `offsets` is (len(body), 2) int32, code points of the text; start == end where a token
    covers none but white space.
    """

    head: list[int]
    body: list[int]
    tail: list[int]
    offsets: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens start:end are read together; those of keep_from:keep_to are kept from it."""

    start: int
    end: int
    keep_from: int
    keep_to: int


def read_tokens(tokenizer: "Tokenizer", prompt: str, text: str) -> Tokens:
    """Return the tokens of `text` as the model sees it behind `prompt`."""
    # Unigram tokenizers make a token of trailing white space, which says nothing.
    readable = _UNREADABLE.sub(" ", text).rstrip()
    encoding = tokenizer.encode(prompt + readable)
    marks = sum(1 for _ in takewhile(bool, reversed(encoding.special_tokens_mask)))
    last = len(encoding.ids) - marks
    ends = (end for _, end in encoding.offsets[:last])
    first = sum(1 for _ in takewhile(lambda end: end <= len(prompt), ends))
    covered = [
        _covered(readable, start - len(prompt), end - len(prompt))
        for start, end in encoding.offsets[first:last]
    ]
    return Tokens(
        head=encoding.ids[:first],
        body=encoding.ids[first:last],
        tail=encoding.ids[last:],
        offsets=np.array(covered, np.int32).reshape(-1, 2),
    )


def windows(count: int, room: int) -> tuple[Window, ...]:
    """Return windows of at most `room` tokens over `count`, overlapping by an eighth.

    Each token is kept from exactly one of them.
    """
    overlap = room // 8
    step, half = room - overlap, overlap // 2
    starts = range(0, max(1, count - overlap), step)
    return tuple(
        Window(
            start=start,
            end=min(start + room, count),
            keep_from=start + half if start else 0,
            keep_to=count if start == starts[-1] else start + step + half,
        )
        for start in starts
    )


def _covered(text: str, start: int, end: int) -> tuple[int, int]:
    """Return start:end without the white space at its borders, inside the text."""
    start, end = max(start, 0), max(end, 0)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
