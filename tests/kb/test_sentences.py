"""Where sentences begin and end."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.sentences import sentences


def cut(text: str) -> list[str]:
    """The sentences' words."""
    return [span.of(text) for span in sentences(text)]


def test_stops_semicolons_and_line_ends_are_borders() -> None:
    """Numbers and their points are not."""
    assert cut("满3.5天。再来；好\nSee B.C. It is.") == [
        "满3.5天。",
        "再来；",
        "好",
        "See B.C.",
        "It is.",
    ]


def test_what_is_quoted_is_not_cut() -> None:
    """A sentence that ends with a quote ends with its mark; a list of quotes goes on."""
    assert cut("说：“您好！请问？”再挂机。") == ["说：“您好！请问？”", "再挂机。"]
    assert cut("应说“好。”、“是。”不应说“喂。”") == ["应说“好。”、“是。”", "不应说“喂。”"]


def test_a_table_row_is_one_sentence() -> None:
    """Whatever its cells hold."""
    row = '客人哭了 | "慢慢说。我在听。" | "别哭！行了。"'
    assert cut(f"情形 | 说 | 不说\n{row}") == ["情形 | 说 | 不说", row]


def test_a_question_mark_for_a_lost_comma_is_no_border() -> None:
    """Nothing before it asks, and the words go on; a question is one in either script."""
    assert cut("由前台保存?保存期3年。") == ["由前台保存?保存期3年。"]
    assert cut("单據由前臺保存?《收費表》另存?第二聯交回。") == [
        "单據由前臺保存?《收費表》另存?第二聯交回。"
    ]
    assert cut("請問貴姓?請稍等。您有预约?请进。在么?好") == [
        "請問貴姓?",
        "請稍等。",
        "您有预约?",
        "请进。",
        "在么?",
        "好",
    ]


@settings(deadline=None, max_examples=200)
@given(st.text('好a1。.!?；“”"| \n', max_size=60))
def test_sentences_are_apart_in_order_and_hold_all_letters(text: str) -> None:
    """Nothing that can be read is lost."""
    spans = sentences(text)
    ends = [place for span in spans for place in span]
    assert ends == sorted(ends)
    assert sum(c.isalnum() for c in text) == sum(c.isalnum() for s in spans for c in s.of(text))
