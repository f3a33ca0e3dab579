"""Words that a break cut in two: how much more plausible two sides are as one string."""

import re

from ingest.repairs.words import plausibility, word_score
from kb.fold import fold

GAIN = 4.0
"""How much more plausible (natural log) the joined text must be for a word to be believed."""
CONTEXT = 8
"""Characters on either side that are looked at."""
STOP = re.compile(r"[\s，。；：！？,;:!?“”（）()《》、]")
"""What ends the text that a word may stand in."""


def word_gain(left: str, right: str) -> float:
    """How much more plausible (natural log) a word across the border makes the two sides.

    0 where the best cut of the joined text has a border there anyway.
    """
    left = STOP.split(left[-CONTEXT:])[-1]
    right = STOP.split(right[:CONTEXT])[0]
    if not left or not right or not _crossing(fold(left), fold(right)):
        return 0.0
    return plausibility(left + right) - plausibility(left) - plausibility(right)


def _crossing(left: str, right: str) -> bool:
    """Whether any word of the dictionary stands across the border."""
    return any(
        word_score(left[-before:] + right[:after]) is not None
        for before in range(1, min(4, len(left)) + 1)
        for after in range(1, min(4, len(right)) + 1)
        if before + after <= 5
    )
