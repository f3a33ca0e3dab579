"""What of a passage is encoded at once: a stretch of a few sentences, below the passage's context.

A passage of a manual lists many things side by side, and an encoder lets each token's vector know
of all that stands in its text: encoded as a whole, ten rules become ten blurred ones. The vectors
of its stretches, end to end, are those of the passage: it is still found, ranked and shown as one.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kb.language import is_chinese
from kb.records import Span
from kb.sentences import sentences

CHINESE, OTHER = 60, 144
"""Characters up to which lines, or the sentences of a long one, are a stretch together."""

LONG = 5 / 3
"""How many times that a line is long that is more than one stretch; a shorter one is left whole."""

SHORT = 1 / 3
"""Share of that which the last stretch has at least; a shorter one goes with the one before."""


@dataclass(frozen=True, slots=True)
class Stretched:
    """The text that stands for a passage in the indexes, and its stretches.

    `context` is what stands above the words, with its line end, or nothing; `stretches` are spans
    of `words`, which they cover.
    """

    context: str
    words: str
    stretches: tuple[Span, ...]

    @property
    def whole(self) -> str:
        """The text as one."""
        return self.context + self.words

    def texts(self) -> tuple[str, ...]:
        """What is encoded, in order: each stretch below the context."""
        return tuple(self.context + stretch.of(self.words) for stretch in self.stretches)


def stretched(context: str, words: str) -> Stretched:
    """Return the text of a passage with these words; there is at least one stretch."""
    most = CHINESE if is_chinese(words) else OTHER
    starts = list(_starts(words, LONG * most))
    firsts: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        if not firsts or end - firsts[-1] > most:
            firsts.append(start)
    if len(firsts) > 1 and len(words) - firsts[-1] < SHORT * most:
        firsts.pop()
    spans = map(Span, firsts, [*firsts[1:], len(words)])
    return Stretched(context, words, tuple(spans))


def _starts(words: str, long: float) -> Iterator[int]:
    """Where lines begin, and the sentences of a line that is `long`; the first is 0."""
    yield 0
    spans = sentences(words)
    lines = [0, *accumulate(len(line) + 1 for line in words.split("\n"))]
    for before, sentence in pairwise(spans):
        line = bisect_right(lines, sentence.start)
        if lines[line] - lines[line - 1] > long or "\n" in words[before.start : sentence.start]:
            yield sentence.start
