"""Bounds that a head tells, and no word at the amount: 首次联系 | 结案 above 4小时 | 3个工作日.

A bare length of time is *at* that time. Below the head of a column, or behind a label, that names
what has to be done by then, it is the time within which to do it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.cells import head_above
from kb.fold import fold
from kb.patterns import matching
from kb.records import Deadline

_BINDING = (
    r"(?:时限|期限|限期|时效|限时|结案|办结|完结|答[复覆]|回[复覆电访]|响应|确认收到|受理|审[核批]"
    r"|办理|处理|初步|首次联[系络]"
    r"|到场|到府|上门|抵达|完成|退款|到账|入账|送达|发货|赔付|修复|派工|归还|交还|解决"
    r"|deadline|time limit|turnaround|due|repl(?:y|ies)|respon[ds]\w*|acknowledg\w*|clos(?:e|ed|ing"
    r"|ure)"
    r"|resol\w+|complet\w+|first contact|call ?back|arriv\w+|on site|refund\w*|returns?|purchases?"
    r"|answer\w*)"
)
_HEAD = re.compile(rf"{_BINDING}[ ():\w]{{0,12}}$")
_LABEL = matching(
    rf"{_BINDING}[^:,;。|\n]{{0,14}}:[ ]*(?:[^:;,、。|\n]{{1,16}}[,、;])*[^:;,、。|\n]{{0,14}}$"
)
_OTHERWISE = re.compile(
    r"保[存留管]|留存|有效|频[率次]|周期|间隔|每隔|提前|以上|持续|等候|休息|营业|keep|kept"
    r"|retention|valid|notice|every|interval|break|duration"
)
_NO_LENGTH = re.compile(
    r"第[一二三四五六七八九十\d]+|[您占]|一分钟|迟到|停[止用]|暂停|[延超逾顺]|leaving|passes|[“「\"]"
)
"""The so-manieth day, a minute of the caller's time, how late somebody is, and what is said."""
_LENGTHS = frozenset(("second", "minute", "hour", "day", "week", "month", "year"))
_REACH, _NEAR = 60, 6


def bind_by_heads(
    deadlines: Iterable[Deadline], text: str, columns: str = ""
) -> Iterator[Deadline]:
    """Yield the deadlines of `text`, bare lengths as limits where a head or a label says so.

    `columns` are the heads of the columns where they stand outside the text.
    """
    folded, heads = fold(text), fold(columns)
    for each in deadlines:
        bare = each.comparator == "at" and each.recurrence is None and not each.value_missing
        binds = bare and each.unit in _LENGTHS and _binds(folded, each, heads)
        yield replace(each, comparator="within") if binds else each


def _binds(folded: str, each: Deadline, columns: str) -> bool:
    """Whether the head above a limit, or the label before it, names what is to be done by then."""
    if _NO_LENGTH.search(folded, max(0, each.span.start - _NEAR), each.span.end):
        return False
    head = head_above(folded, each.span, columns)
    if head:
        return bool(_HEAD.search(head)) and not _OTHERWISE.search(head)
    before = folded[max(0, each.span.start - _REACH) : each.span.start]
    return bool(_LABEL.search(before)) and not _OTHERWISE.search(before)
