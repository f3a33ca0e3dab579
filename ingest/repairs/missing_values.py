"""Places where a number has been lost: 在 分鐘內, 保存期 年, an empty () that numbered a clause.

Nobody can tell what stood there, so nothing is filled in: the place is marked.
"""

import re
from collections.abc import Iterator

from ingest.repairs.characters import HAN, is_han
from ingest.repairs.words import words
from kb.records import Mark, Span

_UNIT = (
    "个?工作日|個?工作日|自然日|个?小时|個?小時|分钟|分鐘|秒钟|秒鐘|秒|小时|小時|点钟|點鐘|点|"
    "點|天|日|个?星期|"
    "個?星期|周|週|个?月|個?月|年|次|声|聲|响|響|元|块|塊|公分|厘米|米|公里|公斤|人|倍|层|層|楼|"
    "樓|号|號|"
    "个|個|页|頁|份|折|岁|歲|度|寸|遍|条|條|章|节|節"
)
_LOST = re.compile(
    rf"(?P<before>[{HAN}])(?P<gap> +)(?P<unit>{_UNIT})"
    rf"(?P<after>以?[内內前后後上下]|之[内內前后後]|左右|[,，。;；、.!！?？)）》”\n]|$|[{HAN}])"
)
_NUMERAL = (
    "零〇一二三四五六七八九十百千万萬亿億两兩半几幾数數每多整首末当當今明次前后後本同某各哪单單近"
)
_CALLING = re.compile(
    r"(?:早上|上午|中午|下午|晚上|傍晚|凌晨|在|于|於|第|超过|超過|少于|少於|低于|低於|多于|多於|"
    r"高于|高於|达到|達到|"
    r"至少|最多|最少|不足|未满|未滿|满|滿|提前|提早|延后|延長|延长|推迟|推遲|保存期|保管|保留|"
    r"保存|存档|存檔|有效期|"
    r"期限|为期|為期|间隔|間隔|相隔|约|約|共|计|計|停留|等待|等候|后的|後的|上下|上限|下限|每隔|"
    r"每月|每周|每年)$"
)
_WEAK = re.compile("[在于於约約共计計满滿]$")
"""What calls for a number, but also for a place or a person."""
_BOUND = re.compile(r"以?[内內前后後]|之[内內前后後]|左右")
_EMPTY_BRACKETS = re.compile(r"[(（]\s*[)）]")
_LOST_NUMBERING = re.compile(rf"^[ \t]*(?P<stop>[.．、])(?=[{HAN}])", re.MULTILINE)
_BROKEN_NUMBER = re.compile(r"\d+[<>]\.\d+")


def find(text: str) -> Iterator[Mark]:
    """Mark the gaps; the span of a lost value runs from the blank to the end of its unit."""
    for match in _LOST.finditer(text):
        if _is_lost(text, match):
            yield Mark(Span(match.start("gap"), match.end("unit")), "value_missing")
    for match in _EMPTY_BRACKETS.finditer(text):
        starts_line = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        yield Mark(Span(*match.span()), "value_missing" if starts_line else "damaged")
    for match in _LOST_NUMBERING.finditer(text):
        yield Mark(Span(*match.span("stop")), "value_missing")
    for match in _BROKEN_NUMBER.finditer(text):
        yield Mark(Span(*match.span()), "value_missing")


def _is_lost(text: str, match: re.Match[str]) -> bool:
    """Whether a number stood before this unit, rather than the unit being part of a word."""
    before = text[max(0, match.start("gap") - 4) : match.start("gap")]
    if match["before"] in _NUMERAL and not _CALLING.search(before):
        return False
    unit = match["unit"]
    tail = text[match.start("unit") : match.start("unit") + len(unit) + 4].split("\n")[0]
    if not _stands_alone(unit, tail):
        return False
    if _BOUND.match(match["after"]):
        return True
    return bool(_CALLING.search(before)) and not (_WEAK.search(before) and is_han(match["after"]))


def _stands_alone(unit: str, tail: str) -> bool:
    """Whether cutting `tail` into words ends one where `unit` ends."""
    end = 0
    for word in words(tail):
        end += len(word)
        if end >= len(unit):
            return end == len(unit)
    return False
