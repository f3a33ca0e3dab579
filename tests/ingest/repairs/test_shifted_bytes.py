"""Runs of shifted bytes are read back where they are beyond doubt, and left alone elsewhere."""

from random import Random

import pytest

from eval.damage import score, shifted_bytes
from ingest.repairs.shifted_bytes import repair
from tests.ingest.repairs.drafts import draft, repaired

SERVICE = """客人來電時,前臺應當在三聲鈴響之內接聽,並且先說:“您好,這裏是海灣酒店。”
隨後詢問客人的要求。
客人提出投訴時,我們應當先道歉,再記錄客人的姓名、房號和聯繫電話。客服人員不得與客人爭辯。
如果客人要求退款,請您先查詢訂單,對方確認之後纔可以辦理。辦理完畢後,請把單據交給財務部門。
客人離開時,應當主動幫助客人拿行李,並說:“謝謝光臨,歡迎再來。”客人走後,我們應當整理房間。
客人詢問價格時,應當說明現有的優惠,不可以隨意答應客人的要求。看到客人不滿,要及時報告經理。
"""


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("由我?guī)椭腿宿k理", "由我幫助客人辦理"),
        ("送走客人以後要道謝??吹叫欣钜獛兔?", "要道謝。看到行李要幫"),
        ("可以適當?shù)陌才判菹?", "可以適當的安排休"),
        ("客服應當說“請您稍等片刻?!?客人離開以後", "客服應當說“請您稍等片刻。” 客人離開以後"),
    ],
)
def test_a_run_is_read_back(damaged, clean):
    whole = SERVICE + damaged + "\n" + SERVICE
    assert clean.rstrip("?") in repaired(repair, whole)


@pytest.mark.parametrize(
    ("elsewhere", "read"),
    [("", "要道謝。看到行李要幫?"), ("客人需要幫忙時請別推辭。\n", "要道謝。看到行李要幫忙")],
)
def test_a_lost_character_is_put_back_only_where_the_document_has_it(elsewhere, read):
    whole = SERVICE + elsewhere + "送走客人以後要道謝??吹叫欣钜獛兔?\n" + SERVICE
    assert f"{read}\n" in repaired(repair, whole)


def test_no_quote_is_closed_that_was_not_opened():
    whole = SERVICE + "客服應當說請您稍等片刻?!?客人離開以後\n" + SERVICE
    assert "片刻。”" not in repaired(repair, whole)


@pytest.mark.parametrize(
    "text",
    [
        "您要退货吗?!请稍等。",
        "真的吗??我不知道。",
        "好不好?(请客人回答)",
        "什么?。原来如此。",
        "αβ测试是两步",
    ],
)
def test_question_marks_of_sound_text_stay(text):
    assert repaired(repair, text) == text


def test_most_runs_whose_bytes_are_there_are_restored_exactly():
    text = SERVICE * 3
    outcome = None
    for seed in range(4):
        damaged = shifted_bytes(text, Random(seed))
        start = draft(damaged.text)
        found = score(damaged, start.revise(repair(start)).edited)
        outcome = found if outcome is None else outcome + found
    assert outcome is not None
    assert outcome.restored + outcome.left + outcome.worse >= 10
    assert outcome.share >= 0.9, outcome
