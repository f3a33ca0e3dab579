"""How long a passage should be, in code points, by the script that it is written in."""

from dataclasses import dataclass

from ingest.pieces import is_han


@dataclass(frozen=True, slots=True)
class Sizes:
    """Passages are filled up to `target`; one below `least` joins a neighbour, where it may.

    A thought longer than `most` is split, at sentences as long as there are any.
    """

    least: int
    target: int
    most: int

    @property
    def room(self) -> int:
        """How long a thought may be, so that a heading still fits above it."""
        return self.most - self.least


HAN = Sizes(least=60, target=240, most=400)
LATIN = Sizes(least=150, target=560, most=900)


def sizes_of(words: str) -> Sizes:
    """The sizes that fit the script of `words`."""
    return HAN if is_han(words) else LATIN
