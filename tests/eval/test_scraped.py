"""Manuals as they are found on the web, each asked by itself."""

import json
from pathlib import Path

import pytest

from eval.scraped import DATA, LIBRARY, load_manuals, shelves
from eval.trades import outcomes
from ingest.build import build
from kb.errors import HandbookError
from kb.library import Library

BIG5 = (
    "appliance_store",
    "mall_support",
    "restaurant_bookings",
    "telecom_agents",
    "utility_hotline",
)
GB18030 = ("fashion_shop", "front_office", "hospital_hotline", "property_desk", "service_hall")
GB18030 += ("social_security",)
ENCODINGS = dict.fromkeys(BIG5, "big5") | dict.fromkeys(GB18030, "gb18030")


@pytest.mark.parametrize("manual", load_manuals(), ids=lambda manual: manual.path.stem)
def test_every_quote_stands_in_its_manual(manual) -> None:
    """So do the words to say and never to say."""
    text = manual.path.read_text(ENCODINGS.get(manual.path.stem, "utf8"))
    quoted = [gold for question in manual.questions for gold in question.gold]
    assert len(manual.questions) in (45, 50, 60)
    assert {gold.file for gold in quoted} == {manual.path.name}
    words = [w for gold in quoted for w in (gold.quote, *gold.say, *gold.never_say)]
    assert not [each for each in words if each not in text]


def test_a_question_is_asked_of_its_own_manual(tmp_path: Path, encoder) -> None:
    """Though another tells the same."""
    for folder in ("manuals", "questions"):
        (tmp_path / folder).mkdir()
    for name in ("inn", "spa"):
        (tmp_path / "manuals" / f"{name}.md").write_text(
            f"# {name}\n\n退房须在十二点前。\n", "utf8"
        )
        gold = {"file": f"{name}.md", "quote": "十二点前"}
        row = {"id": name, "query": "几点退房", "lang": "zh-Hans", "style": "natural"}
        row |= {"type": "deadline", "answerable": True, "gold": [gold]}
        line = json.dumps(row, ensure_ascii=False)
        (tmp_path / "questions" / f"{name}.jsonl").write_text(line, "utf8")
    library = Library(tmp_path / "home", LIBRARY)
    build(library, [tmp_path / "manuals"], encoder)
    manuals, generation = load_manuals(tmp_path), library.open()
    found = [outcomes(generation, encoder, shelf)[0] for shelf in shelves(manuals, generation)]
    assert [(each.rank, each.passages[0].path) for each in found] == [(1, "inn.md"), (1, "spa.md")]
    both = shelves(manuals, generation, together=True)
    asked = [outcomes(generation, encoder, shelf)[0] for shelf in both]
    assert len({each.passages[0].path for each in asked}) == 1
    with pytest.raises(HandbookError, match="is not in it; expected all 41 manuals"):
        next(shelves(load_manuals(DATA), generation))
