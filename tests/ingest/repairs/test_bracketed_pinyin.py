"""Readings in brackets go, every other bracket stays."""

import pytest

from ingest.repairs.bracketed_pinyin import repair
from tests.ingest.repairs.drafts import repaired


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("客服應(yīng)當耐心", "客服應當耐心"),
        ("請您簽(qiān)字確認(rèn)", "請您簽字確認"),
        ("旅(lǚ)客与绿(lv)色", "旅客与绿(lv)色"),
        ("你好嗎（ma）", "你好嗎"),
        ("重(chóng)新與重(zhòng)要", "重新與重要"),
        ("處(chu\u030c)理", "處理"),
    ],
)
def test_a_reading_of_the_character_before_it_is_dropped(damaged, clean):
    assert repaired(repair, damaged) == clean


@pytest.mark.parametrize(
    "text",
    [
        "品控部(QC)签字",
        "到店(shop)自提",
        "快递(EMS一般五天)",
        "条款(a)和(b)",
        "服务(guī)",
        "王(Wang)",
    ],
)
def test_a_bracket_that_is_no_reading_stays(text):
    assert repaired(repair, text) == text
