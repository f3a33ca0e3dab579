"""The repairs that are one rule each."""

import pytest

from ingest.repairs import (
    cut_off,
    duplicate_titles,
    html_remnants,
    letter_spacing,
    lost_punctuation,
    missing_values,
    mojibake,
    radicals,
    spaces,
    unrepaired,
)
from tests.ingest.repairs.drafts import repaired


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("须在 3 个工作日内答复", "须在3个工作日内答复"),
        ("于每月 10 日前上报", "于每月10日前上报"),
        ("距离 1.5 米站立", "距离1.5米站立"),
        ("第 12 条", "第12条"),
    ],
)
def test_blanks_around_numbers_go(damaged, clean):
    assert repaired(spaces.repair, damaged) == clean


@pytest.mark.parametrize(
    "text",
    [
        "岗位职责 1.客服主管 1.1 注重礼貌",
        "早班 8:00",
        "早上 点前到岗",
        "2 熟悉公司业务",
        "姓名\t电话 1\t地址 2",
        "型号 A4 打印",
        "Call 3 times",
    ],
)
def test_blanks_that_are_borders_stay(text):
    assert repaired(spaces.repair, text) == text


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("早上 点前到岗", " 点", "value_missing"),
        ("在 分鐘內回覆", " 分鐘", "value_missing"),
        ("录音保存期 年。", " 年", "value_missing"),
        ("如超过 天未处理", " 天", "value_missing"),
        ("()问候客人", "()", "value_missing"),
        ("收费标准(),见附表", "()", "damaged"),
        (".核对房号", ".", "value_missing"),
    ],
)
def test_a_lost_number_is_marked_at_its_place(text, place, kind):
    (mark,) = missing_values.find(text)
    assert mark.span.of(text) == place
    assert mark.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "保存期三 年",
        "在 天台上吸烟",
        "客户 年龄",
        "工作 日志",
        "提前十分钟",
        "第三 天",
    ],
)
def test_a_unit_with_its_number_or_in_a_word_is_not_marked(text):
    assert not list(missing_values.find(text))


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("早班8?00-13?30", "早班8:00-13:30"),
        ("?1?准备 ?2?接听", "(1)准备 (2)接听"),
        ("《派工单》?第二联?交客户", "《派工单》(第二联)交客户"),
        ("可以吗?2天后呢?", "可以吗?2天后呢?"),
    ],
)
def test_only_certain_marks_are_put_back(damaged, clean):
    assert repaired(lost_punctuation.repair, damaged) == clean


def test_radicals_become_characters():
    assert repaired(radicals.repair, "⼿⼯⽤⼈ ⻓⻛ 金") == "手工用人 长风 金"


@pytest.mark.parametrize("encoding", ["latin-1", "gb18030"])
def test_text_read_in_the_wrong_encoding_is_read_again(encoding):
    text = "客户服务中心"
    assert repaired(mojibake.repair, text.encode().decode(encoding)) == text


@pytest.mark.parametrize(
    "text", ["不会回答 ×“我不清楚” ×“不归我管”", "×’", "说法 ×‘没空’ √‘请稍等’"]
)
def test_a_cross_before_a_quotation_mark_is_no_hebrew_letter(text):
    """Its bytes in a Western encoding are one in UTF-8."""
    assert repaired(mojibake.repair, text) == text


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("第一段。</p>第二段。", "第一段。\n第二段。"),
        ("结束了。/p>\n下一段", "结束了。\n下一段"),
        ("A&nbsp;B &lt;3", "A B <3"),
        ("价格<100元/次>50元", "价格<100元/次>50元"),
    ],
)
def test_html_remnants_go(damaged, clean):
    assert repaired(html_remnants.repair, damaged) == clean


def test_a_title_that_stands_twice_stands_once():
    assert repaired(duplicate_titles.repair, "接待规范\n\n接待规范\n问好") == "接待规范\n问好"


def test_several_doubled_titles_are_the_borders_of_a_compilation():
    text = "甲规范\n甲规范\n问好\n乙规范\n乙规范\n送客"
    assert repaired(duplicate_titles.repair, text) == text


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("客人要求换房的时候前台应当先查看当天的房", True),
        ("客人要求换房的时候前台应当先查看当天的房态。", False),
        ("客服部", False),
    ],
)
def test_a_text_that_stops_in_a_sentence_is_marked(text, cut):
    assert [mark.kind for mark in cut_off.find(text)] == ["cut_off"] * cut


@pytest.mark.parametrize(
    ("text", "places"), [("忙?zhèn)中", ["?zhèn)"]), ("得Ψ到\ufffd", ["Ψ", "\ufffd"]), ("α型", [])]
)
def test_damage_that_stays_is_marked(text, places):
    assert [mark.span.of(text) for mark in unrepaired.find(text)] == places


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("投 诉 处 理", "投诉处理"),
        ("1、开 头 语", "1、开头语"),
        ("二、話 務 應 對 用 語（貼 於 座 位）", "二、話務應對用語（貼於座位）"),
        ("10、客 户 提 建 议\n谢谢您", "10、客户提建议\n谢谢您"),
    ],
)
def test_headings_drawn_apart_are_closed_up(damaged, clean):
    assert repaired(letter_spacing.repair, damaged) == clean


@pytest.mark.parametrize(
    "text", ["周 一 二 三 四", "甲 乙 丙", "是 否", "早 班 | 晚 班 | 夜 班", "姓名 电话 地址"]
)
def test_rows_of_single_characters_stay_apart(text):
    """Days, parties, cells: no words when they are closed up."""
    assert repaired(letter_spacing.repair, text) == text
