"""What is set against what in training."""

from collections import Counter
from itertools import islice

from eval.train import DATA, Pair, batches, load_pairs
from eval.train_verifier import libraries

PAIRS = load_pairs(DATA)


def rivals(group: list[Pair]) -> bool:
    """Whether manuals of different companies in one trade stand in it: both may answer."""
    manuals = Counter(trade for trade, _ in {(pair.trade, pair.manual) for pair in group})
    return max(manuals.values()) > 1


def test_a_batch_never_sets_two_manuals_of_a_trade_against_each_other() -> None:
    """What one company tells, the other may tell as well."""
    drawn = list(islice(batches(PAIRS, [], seed=1), 40))
    assert not any(map(rivals, drawn))
    assert len({pair.trade for batch in drawn for pair in batch}) > 30


def test_each_manual_is_in_one_library_of_the_verifier() -> None:
    """And no two of a trade are in the same."""
    shelved = list(libraries(PAIRS))
    assert not any(map(rivals, shelved))
    assert Counter(pair for each in shelved for pair in each) == Counter(PAIRS)
