"""How the evidence becomes a place."""

import numpy as np

from kb.ranking import Evidence, weigh


def evidence(**changed: list[float] | list[bool]) -> Evidence:
    """Two candidates that are alike but for what is named."""
    same = {"late": [0.5, 0.5], "dense": [0.3, 0.3], "lexical": [0.3, 0.3]}
    flags = {"same_language": [True, True], "right_kind": [False, False]}
    values = {**same, **flags, **changed}
    arrays = {name: np.array(value) for name, value in values.items()}
    return Evidence(rows=np.arange(2), **arrays)


def test_each_kind_of_evidence_lifts_a_candidate() -> None:
    """Nearer tokens, more common words, the right kind."""
    for changed in ({"late": [0.5, 0.6]}, {"lexical": [0.3, 0.5]}, {"right_kind": [False, True]}):
        first, second = weigh(evidence(**changed))
        assert second > first


def test_another_language_is_not_held_against_a_passage() -> None:
    """No common words count against a passage of the query's language, not against another."""
    first, second = weigh(evidence(lexical=[0.0, 0.0], same_language=[True, False]))
    assert second > first
