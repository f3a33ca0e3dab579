"""Telling text from what a font without a map to Unicode leaves."""

import pytest

from ingest.readers.plausible import is_plausible

CHINESE = "客人投诉须在二十四小时内答复，不能当场解决的，登记以后转交值班经理处理。"
ENGLISH = "Guests may change a booking free of charge until six in the evening. " * 4


@pytest.mark.parametrize(
    "text",
    [
        CHINESE,
        ENGLISH,
        "顧客投訴須於兩個工作天內答覆，並由主任覆核，記錄保存三年，逾期由當值經理跟進及道歉。",
        "Réponse à la réclamation dans les trois jours, à l'hôtel même, après vérification.",
        "고객 불만은 접수한 날부터 사흘 안에 답변하여야 하며 담당자가 책임지고 처리한다.",
        "SKU 10-2231 BX QTY 12 " * 5,
        "第 3 页",
        "",
    ],
)
def test_text_of_any_language_is_plausible(text):
    assert is_plausible(text)


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0xE000 + ord(char) % 0x1800) for char in CHINESE),
        "".join(chr(0x4E00 + (ord(char) * 7919) % 20_000) for char in CHINESE),
        "".join(chr(ord(char) - 29) if char > " " else char for char in ENGLISH),
        "".join(char if i % 3 else chr(0xC0 + i % 60) for i, char in enumerate(CHINESE)),
        "\ufffd" * 40,
    ],
)
def test_what_a_lost_map_leaves_is_not(text):
    assert not is_plausible(text)
