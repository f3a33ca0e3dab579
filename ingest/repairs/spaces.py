"""Blanks that typesetting or a converter put between Chinese characters and digits.

在 3 个工作日 becomes 在3个工作日, which is how people ask. A blank beside a clause's number
(职责 1.客服, 1.1 注重礼貌) or between a label and its time (早班 8:00) is a border between two
things, and stays; so does one in a line whose columns are set apart by tabs or rows of blanks, and
one where the number itself has been lost.
"""

import re
from collections.abc import Iterator

from ingest.repairs.characters import HAN
from ingest.repairs.draft import Draft
from kb.records import Edit, Span

_UNITS = (
    "个個位名人次天日周週月年時时分秒元块塊米厘公克斤吨噸度倍层層号號楼樓室岁歲页頁份件项項点點"
    "寸声聲间間条條%％"
)
_LEFT = re.compile(rf"(?<=[{HAN}》）”、])[ ](?=(?P<number>\d+(?:[.,:：]\d+)*)(?P<after>.?.?))")
_RIGHT = re.compile(rf"(?<=[\d%％])[ ](?=[{HAN}])")
_NUMBER = re.compile(r"(?<![A-Za-z\d.-])(?P<number>\d+(?:[.,:：]\d+)*)(?P<percent>[%％]?)$")
_NUMBERING = re.compile(r"[.．、)）:：](?!\d)")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
_LABEL = re.compile(rf"(?:^|[^{HAN}])(?![到至在从從于於][^{HAN}]?$)[{HAN}]{{1,3}}$")
_COLUMNS = re.compile(r"\t|\S {2,}\S|\|")


def repair(draft: Draft) -> Iterator[Edit]:
    """Drop single blanks between a Chinese character and a digit, where no border is meant."""
    start = 0
    for line in draft.text.split("\n"):
        if not _COLUMNS.search(line):
            for position in (*_before_numbers(line), *_after_numbers(line)):
                at = start + position
                yield Edit(Span(at, at + 1), "", "space", 0.95)
        start += len(line) + 1


def _before_numbers(line: str) -> Iterator[int]:
    for match in _LEFT.finditer(line):
        number, after = match["number"], match["after"]
        dotted = "." in number and after.lstrip()[:1] not in _UNITS
        labelled = _CLOCK.match(line, match.end()) and _LABEL.search(line[: match.start()])
        if not _NUMBERING.match(after) and not dotted and not labelled:
            yield match.start()


def _after_numbers(line: str) -> Iterator[int]:
    for match in _RIGHT.finditer(line):
        number = _NUMBER.search(line, 0, match.start())
        if number is None:
            continue
        starts_line = not line[: number.start()].strip()
        dotted = "." in number["number"] and line[match.end()] not in _UNITS
        if not starts_line and not dotted:
            yield match.start()
