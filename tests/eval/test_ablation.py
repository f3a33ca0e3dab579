"""What each part of the ranking is worth, over a small library."""

import pytest

from eval.ablation import MEASURES, SPELLING, WITHOUT, ablate, ablation_table
from eval.questions import Gold, Question
from ingest.build import build
from kb.encoder import Encoder
from kb.generation import Generation
from kb.library import Library


@pytest.fixture(scope="module")
def generation(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """Two manuals."""
    folder = tmp_path_factory.mktemp("ablation")
    (folder / "a.txt").write_text("前台手册\n\n电话铃响三声之内必须接听。\n", "utf8")
    (folder / "b.txt").write_text("网店手册\n\n签收后七天内可以退货。\n", "utf8")
    library = Library(folder / "home", "default")
    build(library, [folder / "a.txt", folder / "b.txt"], encoder)
    return library.open()


def test_every_part_is_left_out_once(generation: Generation, encoder: Encoder) -> None:
    """Each with its recall before and after; English apart where there is any."""
    questions = [
        Question("1", "铃响几声接", "zh-Hans", "", "deadline", True, (Gold("a", "三声之内"),)),
        Question("2", "几天内能退货", "zh-Hans", "", "deadline", True, (Gold("b", "七天内"),)),
    ]
    done: list[int] = []
    made = ablate(generation, encoder, questions, lambda count, total: done.append(total - count))
    assert [each.part for each in made] == [*WITHOUT, SPELLING]
    assert all([d.measure for d in each.all] == list(MEASURES) for each in made)
    assert all(each.all[0].left == 1 and each.english == () for each in made)
    assert done[-1] == 0
    assert "late interaction" in ablation_table(made)
