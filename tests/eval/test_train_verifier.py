"""Training the verifier."""

import numpy as np
import pytest
import torch

from eval.train_verifier import Asked, Network, Shelf, areas, train, write
from kb import verifier
from kb.int8_product import moved
from kb.late import Matches, quantise
from kb.manifest import sha256
from kb.verifier import verifier_for


def shelf(seed):
    """A made-up trade: a question is a noisy part of its passage, or of none."""
    draw = torch.Generator().manual_seed(seed)
    passages = torch.nn.functional.normalize(torch.randn(12, 10, 16, generator=draw), dim=-1)
    asked = []
    for number in range(48):
        gold = number % 12 if number % 2 else -1
        tokens = passages[gold, :4] if gold >= 0 else torch.randn(4, 16, generator=draw)
        nearest = (max(gold, 0), (gold + 1) % 12, (gold + 2) % 12)
        unit = torch.nn.functional.normalize(tokens, dim=-1)
        asked.append(Asked(unit, torch.full((4,), 0.25), gold, nearest))
    return Shelf(tuple(passages), tuple(asked))


def test_what_is_trained_is_what_searches(tmp_path, monkeypatch) -> None:
    """The written weights give the network's verdict, up to half precision."""
    torch.manual_seed(0)
    network = Network(16).eval()
    write(network, tmp_path)
    monkeypatch.setattr(verifier, "FILE", tmp_path / verifier.FILE.name)
    monkeypatch.setattr(verifier, "SHA256", sha256(verifier.FILE))
    monkeypatch.setattr(verifier, "ENCODER", "small")
    verifier._bundled.cache_clear()
    question, passage = shelf(1).asked[1], shelf(1).passages[3]
    wanted = network([question], [passage]).item()
    tokens, weights = question.tokens.numpy(), question.weights.numpy()
    cosines, one, vectors = passage.numpy() @ tokens.T, np.array([0]), quantise(passage.numpy())
    bounds = np.array([0, len(passage)])
    matches = Matches(one, cosines, moved(vectors.codes), vectors.scales, bounds)
    told = verifier_for("small").verdicts(tokens, weights, matches, one)
    assert told[0] == pytest.approx(wanted, abs=0.02)
    verifier._bundled.cache_clear()


def test_it_learns_to_tell_answers_from_near_misses() -> None:
    """On a shelf that it has not seen, the passage that answers gets the better verdict."""
    torch.manual_seed(0)
    held = [shelf(100)]
    before = areas(Network(16), held)
    after = areas(train([shelf(seed) for seed in range(40)], held, 16), held)
    assert min(after) > 0.9 > np.mean(before)
