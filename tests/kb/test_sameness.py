"""Do two passages say the same?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fold import fold
from kb.sameness import ALIKE, same, wording

RULE = "客服人员应在电话铃响三声之内接听，并主动报出公司名称和自己的工号，请客户说明来意。"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (RULE, True),
        ("客服人員應在電話鈴響三聲之內接聽,並主動報出公司名稱和自己的工號,請客戶說明來意", True),
        (RULE.replace("三声", "两声"), False),
        (RULE.replace("应在", "不应在"), False),
        (RULE.replace("客服人员", "客服同事"), True),
        ("退款三天内到账。", False),
    ],
)
def test_the_same_rule_in_other_script_or_punctuation_is_the_same(
    other: str, expected: bool
) -> None:
    """Another number or a negation is never the same."""
    assert same(wording(fold(RULE)), wording(fold(other))) is expected


@given(st.text("abcde", min_size=3, max_size=40), st.text("abcde", max_size=3), st.integers(0, 40))
def test_texts_are_the_same_by_the_share_of_trigrams_that_they_have_in_common(
    text: str, put: str, place: int
) -> None:
    """Whatever the glance that spares most pairs the comparison."""
    other = text[:place] + put + text[place:]
    ours, theirs = ({each[i : i + 3] for i in range(len(each) - 2)} for each in (text, other))
    expected = len(ours & theirs) >= ALIKE * len(ours | theirs)
    assert same(wording(text), wording(other)) is same(wording(other), wording(text)) is expected
