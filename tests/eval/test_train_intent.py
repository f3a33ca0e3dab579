"""Fitting the model of what a question wants."""

import json

import numpy as np

from eval.train_intent import load_worded, table, train, write
from kb import intent_model
from kb.intent_model import ALL, intent_model_for
from kb.manifest import sha256


def test_what_is_trained_is_what_searches(tmp_path, monkeypatch) -> None:
    """Kinds that lie apart are told apart by the written weights."""
    draw = np.random.default_rng(0)
    kinds = [ALL[number % len(ALL)] for number in range(200)]
    middles = draw.normal(size=(len(ALL), 16))
    rows = np.array([middles[ALL.index(kind)] for kind in kinds])
    write(train(rows + draw.normal(scale=0.2, size=rows.shape), kinds), tmp_path)
    monkeypatch.setattr(intent_model, "FILE", tmp_path / intent_model.FILE.name)
    monkeypatch.setattr(intent_model, "SHA256", sha256(intent_model.FILE))
    monkeypatch.setattr(intent_model, "ENCODER", "small")
    intent_model._bundled.cache_clear()
    model = intent_model_for("small")
    intent_model._bundled.cache_clear()
    assert tuple(model.intent(row.astype(np.float32)) for row in middles) == ALL


def test_a_question_is_read_once_with_its_kind(tmp_path) -> None:
    """Answered or not; the script does not make it another. Some want none of our kinds."""
    (tmp_path / "unanswered").mkdir()
    asked = [{"query": "幾聲", "type": "deadline"}, {"query": "地址", "type": "fact"}]
    row = json.dumps({"questions": asked})
    (tmp_path / "gym.jsonl").write_text(f"{row}\n", "utf8")
    near = json.dumps({"query": "几声", "type": "rule"})
    (tmp_path / "unanswered" / "gym.jsonl").write_text(f"{near}\n", "utf8")
    found = [(each.trade, each.folded, each.kind) for each in load_worded(tmp_path)]
    assert found == [("gym", "几声", "deadline"), ("gym", "地址", None)]


def test_recall_and_precision_are_told_by_kind() -> None:
    """Of two scripts one is known, and two of three that are taken for rules are."""
    told = table(
        ["script", "rule", "rule", None, "rule"], ["script", "script", "rule", "deadline", "rule"]
    )
    assert "script       recall 0.50  precision 1.00" in told
    assert "rule         recall 1.00  precision 0.67" in told
    assert "deadline     recall 0.00  precision 0.00" in told
