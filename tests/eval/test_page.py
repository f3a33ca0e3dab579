"""The HTML report."""

import re

import pytest

from eval.compare import compare
from eval.page import page
from eval.run import evaluate
from tests.eval.shelf import QUESTIONS, SHELF, question, shelf


def well_formed(html: str) -> bool:
    """Say whether every tag that is opened is closed, in order."""
    tags = []
    for closing, name in re.findall(r"<(/?)([a-z]\w*)[^>]*?(?<!/)>", html):
        if closing and tags.pop() != name:
            return False
        if not closing and name != "meta":
            tags.append(name)
    return not tags


@pytest.fixture(scope="module")
def html() -> str:
    """The page of a run beside an earlier one."""
    left, right = evaluate(shelf(SHELF[1:]), QUESTIONS), evaluate(shelf(), QUESTIONS)
    return page(right, compare(left, right))


def test_the_page_is_well_formed_and_stands_alone(html: str) -> None:
    """The page is well formed and stands alone."""
    assert well_formed(html)
    assert not re.search(r"<script|<link|https?:|url\(|@import", html)


def test_it_holds_the_figures_three_plots_and_the_comparison(html: str) -> None:
    """It holds the figures three plots and the comparison."""
    assert html.count("<svg") == 3
    assert "<td>lang=en</td>" in html
    assert "q1: rank – → 1" in html


def test_a_failure_shows_question_gold_and_three_passages(html: str) -> None:
    """A failure shows question gold and three passages."""
    (failure,) = re.findall(r"<details>.*?</details>", html, re.S)
    assert QUESTIONS[3].query in failure
    assert QUESTIONS[3].gold[0].quote in failure
    assert failure.count("<blockquote") <= 3


def test_the_right_passage_is_marked_where_it_was_not_first() -> None:
    """The right passage is marked where it was not first."""
    asked = question(1, "回覆投訴電話响铃三声", "二十四小时内回复")
    assert page(evaluate(shelf(), (asked,))).count('class="right"') == 1


def test_words_of_a_manual_cannot_become_markup() -> None:
    """Words of a manual cannot become markup."""
    html = page(evaluate(shelf(("<script>x</script>a",)), (question(1, "<b>a", "not there"),)))
    assert "<script>" not in html
    assert "&lt;b&gt;a" in html
