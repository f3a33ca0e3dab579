"""Deadlines in words."""

import pytest

from api.deadline_words import in_words
from ingest.annotate.deadlines import find_deadlines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("投诉须在 3 个工作日内答复。", "within 3 business days"),
        ("Answer within one hour.", "within 1 hour"),
        ("录音至少保存十三个月。", "at least 13 months"),
        ("每天 18:00 前交表。", "before 18:00"),
        ("保存期  年。", "at least [lost] year"),
        ("每周五盘点。", "every Friday"),
        ("通话录音三年。", "3 years"),
        ("晚班 18:00 开始。", "18:00"),
        ("Counted every quarter.", "every quarter"),
        ("每月回访两次。", "2 times every month"),
        ("结案后第3天回访。", "day 3; from: 结案"),
        ("不迟于第5个工作日寄出。", "by business day 5"),
        ("转接限两次。", "at most 2 times"),
        ("须在第5个工作日前缴清。", "before business day 5"),
    ],
)
def test_a_limit_reads_as_a_person_would_say_it(text: str, words: str) -> None:
    """Units in the plural, clock times as such, a lost number as lost."""
    (deadline,) = find_deadlines(text)
    assert in_words(deadline).startswith(words)
