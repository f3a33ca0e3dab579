"""The trades that nothing was trained on, as manuals and judged questions."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.trades import LIBRARY, TRAINED, Manual, load_manuals, outcomes, shelves, write
from ingest.build import build
from kb.errors import HandbookError
from kb.library import Library


@pytest.fixture
def manuals(tmp_path: Path) -> list[Manual]:
    """Two trades of one manual each, and one that the encoder was trained on."""
    for trade, text in (
        ("pet_hotel", "寄养犬只每日须遛两次，每次不少于二十分钟。"),
        ("ski_school", "滑雪课取消须在开课前四十八小时提出，逾期不退款。"),
        ("bank", "挂失后两个工作日补卡。"),
    ):
        asked = {"query": text[:6], "lang": "zh-Hans", "style": "natural", "type": "rule"}
        row = {"title": trade, "heading_path": ["一", "二"], "text": text, "questions": [asked]}
        near = asked | {"query": "火星上有分店吗", "near": 0}
        for path, written in ((tmp_path, row), (tmp_path / "unanswered", near)):
            path.mkdir(exist_ok=True)
            line = json.dumps(written, ensure_ascii=False)
            (path / f"{trade}.jsonl").write_text(line + "\n", "utf-8")
    return load_manuals(tmp_path)


def test_trades_that_were_trained_on_are_left_out(manuals: list[Manual]) -> None:
    """The others are Markdown under their headings, with questions of both sorts."""
    assert [each.trade for each in manuals] == ["pet_hotel", "ski_school"]
    assert manuals[0].text.startswith("# pet_hotel\n\n## 一\n\n### 二\n\n寄养犬只")
    assert [each.answerable for each in manuals[0].questions] == [True, False]


def test_a_question_is_asked_beside_other_trades(manuals, encoder, tmp_path) -> None:
    """Through the product's own ingestion and search, its own manual being there."""
    library = Library(tmp_path / "home", LIBRARY)
    write(manuals, tmp_path / "files")
    build(library, [tmp_path / "files"], encoder)
    generation = library.open()
    shelf = next(shelves(manuals, generation))
    assert len(shelf.documents) == len(manuals) == 2
    found, missed = outcomes(generation, encoder, shelf)
    assert (found.rank, missed.rank) == (1, None)
    assert generation.document(shelf.documents[0]).source.path.endswith("pet_hotel_0.md")
    with pytest.raises(HandbookError, match=r"car_hire_0\.md and 0 more are not in it"):
        next(shelves([*manuals, replace(manuals[0], file="car_hire_0.md")], generation))


def test_the_trades_trained_on_are_in_the_training_data() -> None:
    """A renamed file would pass for one that nothing was trained on."""
    folder = Path(__file__).parents[2] / "eval" / "training"
    assert {path.stem for path in folder.glob("*.jsonl")} > TRAINED
