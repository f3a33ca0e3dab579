"""Which language a question is asked in."""

import pytest

from kb.language import language


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("电话响几声要接", "zh-Hans"),
        ("電話響幾聲要接", "zh-Hant"),
        ("How many rings?", "en"),
        ("客户 accept solution 之后", "mixed"),
        ("VIP客户怎么称呼", "zh-Hans"),
        ("24小时", "zh-Hans"),
        ("???", "zh-Hans"),
    ],
)
def test_language_of_a_question(question: str, expected: str) -> None:
    """Script by the characters that only it has; mixed by English words among Chinese."""
    assert language(question) == expected
