"""What starts the clock: 接到投诉后, 自签收之日起, 交班前, 电话铃响, after receiving the form."""

import re

from kb.patterns import matching

_NO_EVENT = re.compile(
    r"(?:[然今最随售前背]后|[同及准按随小平即临有届何暂实超限此]时|[一了引发拿接提响]起|对不起)$"
)
_EVENT = re.compile(r"(?:之日起|之时起|当日起|当天起|后(?![台勤续面方])|时(?![间候效限段])|起)")
_RING = re.compile(
    r"(?:电话|来电|座机|热线)?(?:的)?(?:铃声?响|响铃|铃声|铃|响)(?=起|了|过|后|不|$|一"
    r"|[在于最\d三两二])"
)
_CLAUSE = re.compile(r"[,。;!?\n:]")
_LEADS = re.compile(
    r"^[ ]*(?:\d{1,2}(?:\.\d{1,2})*(?:[.、)]|[ ])|\(\d{1,2}\)|[一二三四五六七八九十]、)?[ ]*"
    r"(?:[^在于自从]{0,10}?(?:应|须|要|需|将|会|可)?(?<![现存正])(?:在|于|自|从)(?=..)|)"
    r"(?:并且|并|且|而|则|应当|应该|应|须|必须|可以|如果|如|若|当|凡|自从|自|从|在|于|对于|对|,)*"
)
_FAR = 16
_VERB_OF = re.compile(
    r"((?:收到|接到|接获|拍下|付款|下单|签收|受理|提交|登记|申请|发货|购买|投诉|报修|离店"
    r"|入住)(?:成功|完成)?)的?$"
)
_ENGLISH_AFTER = re.compile(
    r"^ ?(?:(?:of|from) |(?=after |following |upon |before |prior to |once |ahead of "
    r"|in advance of ))"
    r"([^,.;:!?\n()]{2,60})"
)
_ENGLISH_BEFORE = matching(
    r"\b((?:after|upon|once|when|following|on receipt of)\b [^,.;:!?\n]{2,60})"
)


def trigger(before: str, quote: str, after: str, unit: str) -> tuple[int, int] | None:
    """Place of the words that start the clock, in `before + quote + after`; None where not told.

    All three are folded: the sentence up to a deadline's words, they themselves, and the rest.
    """
    if unit == "ring":
        rings = list(_RING.finditer(before[-20:] + quote))
        if rings:
            shift = len(before[:-20])
            start = rings[0].start() + shift
            return (start, rings[0].end() + shift) if start < len(before) else None
    english = _ENGLISH_AFTER.match(after)
    if english:
        shift = len(before) + len(quote)
        return english.start(1) + shift, english.end(1) + shift
    if quote.startswith(("前", "后")):
        return _clause(before + quote[0], len(before) + 1)
    return _event(before) or _english_before(before)


def _event(before: str) -> tuple[int, int] | None:
    """The last 后, 时 or 起 close before the deadline, with the clause that it ends."""
    for match in reversed(list(_EVENT.finditer(before, max(0, len(before) - _FAR - 3)))):
        if not _NO_EVENT.search(before, max(0, match.end() - 3), match.end()):
            return _clause(before, match.end())
    started = _VERB_OF.search(before[-16:])
    if started:
        shift = len(before[:-16])
        return started.start(1) + shift, started.end(1) + shift
    return None


def _clause(before: str, end: int) -> tuple[int, int] | None:
    """The clause that ends at `end`, without the words that only join it to others."""
    start = 0
    for match in _CLAUSE.finditer(before, max(0, end - 40), end):
        start = match.end()
    start = max(start, end - 40)
    lead = _LEADS.match(before[start:end])
    start += lead.end() if lead else 0
    return (start, end) if end - start >= 3 else None


def _english_before(before: str) -> tuple[int, int] | None:
    found = list(_ENGLISH_BEFORE.finditer(before))
    return found[-1].span(1) if found else None
