"""Time limits, ring counts, clock times, frequencies and retention periods of a text.

Each is read in the text's search form, which has its length, so the spans are right. The rules:

- `value` and `unit` are those of the words. A range within a limit has its upper value (3-5天内 is
  5), a minimum its lower one. Units: second, minute, hour, day, week, month, quarter, year, ring,
  time (so many times), shift, clock (hours since midnight), weekday (1 is Monday), day_of_month.
- `comparator`: what the words beside the amount say; a retention period without such words is
  `at_least`, a time of day `at`. "Not later than five o'clock" is `before`.
- `recurrence` is an ISO 8601 repeating interval without end (R/P1D, R/P3M). What recurs without
  another amount (每季度末) is `every`, one quarter.
- Words such as 及时 and "promptly" are no deadline: they have no amount.
- Where the source lost the number, `value_missing` is set and there is neither value nor ISO form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.annotate.actors import actor
from ingest.annotate.amounts import Amount, duration, find_amounts
from ingest.annotate.bounds import bound
from ingest.annotate.clocks import find_clocks, find_days
from ingest.annotate.lost import find_lost
from ingest.annotate.numerals import NUMBER
from ingest.annotate.periods import find_periods
from ingest.annotate.sameday import find_same_day
from ingest.annotate.triggers import trigger
from kb.fold import fold
from kb.patterns import matching
from kb.records import Comparator, Deadline, Span

_CALENDAR = ("clock", "weekday", "day_of_month")
_CLAUSE_END = re.compile(r"[,。;!?\n]|\.(?= |$)")
_SENTENCE_END = re.compile(r"[。;!\n]|\.(?= |$)")
_RETENTION = matching(
    r"(?:保存|保管|保留|留存|存档|存放|储存|归档|备份)(?:期限|期|时间|保管)?(?:为|是|:|,|满|[ ])*$"
    r"|\b(?:kept|keep|retain\w{0,3}|stored?|archived?|preserved?"
    r"|held)\b[^.;\n]{0,30}\bfor (?:a period of )?$"
)
_RINGING = matching(r"(?:铃响|铃声|响铃).{0,8}$|\brings?\b[a-z ]{0,18}$")
_RING_CONTEXT = re.compile(r"铃|响|[接来]电|电话|接[听起]|ring")
_COUNTED = matching(
    r"(?:累计|连续|合计|先后|[重回共]拨|共[打试]|拨打|呼叫|催[缴收告]|尝试|联系|通知)[^,。;\d]{0,4}$"
    r"|\b(?:try|tries|tried|attempt|attempts|call|ring|dial)(?: \w+){0,2} $"
)
"""What is done so many times before something else is; other times are no limit by themselves."""
_ACTED = re.compile(r"(?:必?须|必|应该?|要)?(?:回[复覆电]|答[复覆]|响应|到场|上门|办结)(?!率)")
"""What is done so long after something is done within that time, unless it recurs."""
_LAPSED = re.compile(
    r"(?:不动|没有?|未|不)[^,。;\d]{0,8}?(?:的|者)?,?[^,。;\d]{0,6}?(?:按|视[为同]|当作?|算作?|作为?|即|自动|转为?)"
)
"""What happens once something has not been done for so long."""
_PARALLEL = re.compile(r"[^,。;:\d\n]{0,4}[ ]?(?:[;,、/|]+|;\n[a-z]\.)(?P<sort>[^,。;\d\n]{1,18})")
_OTHER_SORT = re.compile("[停锁延顺限加保封隔次每第]|改由|跟进|期间|观察")
_CLOSED = re.compile(r"[ ]?(?:[,。;、/)|\n]|$)")
_AS_NAME = matching(
    r"[ ]?(?:的?(?:热线|服务|客服热线|营业|在线|便利|原理|原则|法则|定律|自助)"
    r"|(?:以上)?[^,。;:\d]{0,10}(?:经验|经历|工龄)|['’]?(?: of)? experience\b|来|以来"
    r"|[ -](?:hotline|service|support|rule|principle)s?\b)"
)
_PRICED = matching(
    r"(?:[再另]?[加仅只]?(?:[收扣付计罚减赔为需约至]|收取|不[少多]于|最[低高多])?)[ ]?"
    r"(?:港币|人民币|新台币)?(?:[$¥€£]|(?:hk|nt)\$)?[ ]?"
    rf"(?:{NUMBER}|\d[\d,]*(?:\.\d+)?)[ ]?(?:元|圆|蚊|美元|块(?:钱|[,。;)]|$))"
)
"""What a time costs is no limit: 每小时六十元; what is paid again is one: 每月交物业费200元."""
_ANY_MOMENT = re.compile(r"an? (?:second|minute)")
_LOOSE_DAYS = re.compile(r"(?:前|这|那|近|上|下|有|头|整|新的|过|每)[ ]?$")
_COARSE = ("day", "week", "month", "quarter", "year")
_REACH = 24
_INNER_BOUND = re.compile(
    r"(?P<at_least>至少|不少于|不得少于|at least)|(?P<within>最多|不超过|at most)"
)


def find_deadlines(text: str, lost: Sequence[Span] = ()) -> tuple[Deadline, ...]:
    """Return the deadlines of `text`, in its order; their spans count its code points.

    `lost` are the places of `text` where a number is known to be missing.
    """
    folded = fold(text)
    amounts = _apart(_candidates(folded, lost))
    found: list[Deadline] = []
    for amount, around in _recurring(folded, amounts):
        if _means_time(folded, amount, around):
            deadline = _deadline(text, folded, amount, around)
            goes_on = bool(found) and _goes_on(folded, found[-1], deadline)
            found.append(replace(deadline, comparator="within") if goes_on else deadline)
    return tuple(found)


def _goes_on(folded: str, before: Deadline, here: Deadline) -> bool:
    """Whether a limit is within as the one before it is: 普通件3天内,急件1天."""
    bare = here.comparator == "at" and before.comparator == "within" and not here.recurrence
    between = folded[before.span.end : here.span.start]
    alike = bool(before.iso8601 and here.iso8601) and here.unit not in _CALENDAR
    parallel = _PARALLEL.fullmatch(between)
    of_that = parallel and not _OTHER_SORT.search(parallel["sort"])
    return bare and alike and bool(of_that and _CLOSED.match(folded, here.span.end))


def _candidates(folded: str, lost: Sequence[Span]) -> Iterator[Amount]:
    holes = list(find_lost(folded, lost))
    yield from holes
    for find in (find_clocks, find_days, find_periods, find_same_day, find_amounts):
        for amount in find(folded):
            if not any(amount.span.start <= m.start < m.end <= amount.span.end for m in lost):
                yield _of_rings(folded, amount)


def _of_rings(folded: str, amount: Amount) -> Amount:
    """Times that a telephone rings (铃响不超过3次) are rings."""
    near = folded[max(0, amount.span.start - 24) : amount.span.start]
    rings = amount.unit == "time" and amount.period is None and _RINGING.search(near)
    return replace(amount, unit="ring") if rings else amount


def _apart(amounts: Iterable[Amount]) -> list[Amount]:
    """The amounts in order; where two overlap, the one that begins first, then the longer."""
    kept: list[Amount] = []
    for amount in sorted(amounts, key=lambda a: (a.span.start, -a.span.end, a.low is not None)):
        if not kept or amount.span.start >= kept[-1].span.end:
            kept.append(amount)
    return kept


def _recurring(folded: str, amounts: list[Amount]) -> Iterator[tuple[Amount, Span]]:
    """Join a period with the amount that it belongs to; yield each with the words of both."""
    i = 0
    while i < len(amounts):
        here, later = amounts[i], amounts[i + 1] if i + 1 < len(amounts) else None
        if later and here.unit == later.unit == "weekday" and _close(folded, here, later):
            amounts[i + 1] = later = replace(later, period=later.period or here.period)
        pair = later and _pair(folded, here, later)
        if later and pair:
            yield pair, Span(here.span.start, later.span.end)
            i += 2
        else:
            yield here, here.span
            i += 1


def _pair(folded: str, here: Amount, later: Amount) -> Amount | None:
    """Both as one amount, where one of them only tells how often the other comes."""
    if (here.period is None) == (later.period is None) or not _close(folded, here, later):
        return None
    period, amount = (here, later) if later.period is None else (later, here)
    if (
        period.unit in ("day_of_month", "time")
        or amount.unit == "ring"
        or (period is later and amount.unit not in ("time", "clock"))
    ):
        return None
    if period.unit in ("second", "minute") and amount.unit in ("second", "minute", "hour"):
        return None
    business = amount.business or period.business
    if amount.unit == "time" and amount.high == 1 and not _minimum(folded, here, later):
        return replace(period, alone=True, business=business)
    return replace(amount, period=period.period, business=business)


def _is_length(folded: str, amount: Amount) -> bool:
    """Whether the amount is so much of something, not a place in the calendar or an ordinal."""
    recurs = folded.startswith(("第", "每", "each ", "every "), amount.span.start)
    return amount.unit not in _CALENDAR and not recurs


def _minimum(folded: str, here: Amount, later: Amount) -> bool:
    """Whether a count in a period is at least or at most so many."""
    around = Span(here.span.start, later.span.end)
    return any(
        bound(folded, span, length=False)[0] in ("at_least", "within")
        for span in (around, here.span, later.span)
    ) or bool(_INNER_BOUND.search(folded[here.span.end : later.span.start]))


def _close(folded: str, here: Amount, later: Amount) -> bool:
    between = folded[here.span.end : later.span.start]
    return len(between) <= _REACH and not _CLAUSE_END.search(between)


def _means_time(folded: str, amount: Amount, around: Span) -> bool:
    """Whether the amount limits anything, and is not a name, a figure of speech or a quantity."""
    if amount.low is None or amount.within:
        return True
    if not amount.alone and around == amount.span:
        return False
    if amount.period is not None and around == amount.span:
        if _PRICED.match(folded, amount.span.end):
            return False
        return amount.unit != "time" or not _elsewhere(folded, amount.span)
    if _AS_NAME.match(folded, amount.span.end) and amount.unit not in _CALENDAR:
        return False
    comparator, _ = bound(folded, amount.span, length=_is_length(folded, amount))
    left = folded[max(0, amount.span.start - 12) : amount.span.start]
    right = folded[amount.span.end : amount.span.end + 8]
    if comparator is None and _ANY_MOMENT.fullmatch(amount.span.of(folded)):
        return False
    if amount.unit == "ring" and folded.startswith("一声不", amount.span.start):
        return False
    if amount.unit == "ring":
        words = left[-6:] + amount.span.of(folded) + right[:5]
        return comparator is not None or bool(_RING_CONTEXT.search(words))
    if amount.unit == "time":
        if around != amount.span or comparator in ("within", "at_least", "after"):
            return True
        return amount.high != 1 and bool(_COUNTED.search(left))
    if amount.unit == "day_of_month":
        return bool(comparator or amount.period)
    if amount.period is not None or amount.unit not in _COARSE:
        return True
    return not _loose(amount, comparator, left, right)


def _loose(amount: Amount, comparator: Comparator | None, left: str, right: str) -> bool:
    """Whether days, months or years are spoken of loosely: 过两天, 前一天的工作, 这一年."""
    high = amount.high or 0
    if comparator:
        spoken = high <= 3 and left.endswith("过") and not left.endswith(("超过", "拖过"))
        return spoken or (left.endswith("前") and right.startswith(("的", "工作", "记录", "晚")))
    named = left.rstrip().endswith(("期:", "期为"))
    working = amount.business and not left.rstrip().endswith(("下", "次", "上", "next"))
    if named or working or _RETENTION.search(left):
        return False
    return (
        high in (0.5, 1)
        or (high == 2 and (amount.low == 1 or bool(_LOOSE_DAYS.search(left))))
        or (amount.unit == "year" and high >= 10)
    )


def _elsewhere(folded: str, span: Span) -> bool:
    """Whether the sentence has an amount of its own: 每次 then says nothing more."""
    start, end = _sentence(folded, span)
    sentence = folded[start : span.start] + " " + folded[span.end : end]
    return any(amount.unit != "time" for amount in find_amounts(sentence))


def _deadline(text: str, folded: str, amount: Amount, around: Span) -> Deadline:
    stated, wide = _stated(folded, amount, around)
    comparator = _comparator(folded, amount, stated, around)
    core = _trimmed(text, Span(min(around.start, wide.start), max(around.end, wide.end)))
    value = _value(amount, comparator)
    start, end = _sentence(folded, core)
    before, after = folded[start : core.start], folded[core.end : end]
    who = actor(before, after)
    event = trigger(before, core.of(folded), after, amount.unit)
    reaches_in = event is not None and event[0] < len(before) < event[1]
    span = Span(start + event[0], core.end) if event and reaches_in else core
    return Deadline(
        quote=span.of(text),
        span=span,
        value=value,
        unit=amount.unit,
        comparator=comparator,
        iso8601=None if value is None else amount.iso8601 or duration(value, amount.unit),
        business_days=amount.business or _on_workdays(before, amount),
        recurrence=_recurrence(amount, before),
        value_missing=value is None,
        actor=(text[start : core.start] + text[core.end : end])[slice(*who)] if who else None,
        trigger=text[start:end][slice(*event)].strip() if event else None,
    )


def _stated(folded: str, amount: Amount, around: Span) -> tuple[Comparator | None, Span]:
    """What the words at the amount say, or those at or in the period joined with it."""
    stated, wide = bound(folded, amount.span, length=_is_length(folded, amount))
    if around != amount.span and not stated:
        inner = _INNER_BOUND.search(folded, *around)
        stated, wide = bound(folded, around, length=False)
        if inner and not stated:
            return ("at_least" if inner["at_least"] else "within"), around
    open_ended = stated is None or (stated == "after" and wide.start == around.start)
    left = max(0, around.start - 60)
    kept = _RETENTION.search(folded, left, around.start) if open_ended else None
    if kept:
        return "at_least", Span(kept.start(), wide.end)
    return stated, wide


def _comparator(folded: str, amount: Amount, stated: Comparator | None, around: Span) -> Comparator:
    if amount.unit == "clock" and amount.low != amount.high:
        return "at"
    if amount.unit in _CALENDAR and stated == "within":
        return "before"
    comes_back = amount.period is not None and around == amount.span
    if stated and not (stated == "after" and comes_back and duration(1, amount.unit)):
        return stated
    if amount.within:
        return "within"
    if amount.period is not None and (around == amount.span or amount.unit == "time"):
        return "at" if amount.unit in ("weekday", "day_of_month") else "every"
    if (
        amount.period is not None
        and duration(1, amount.unit)
        and amount.period == duration(amount.high or 0, amount.unit)
    ):
        return "every"
    if amount.period is not None or not _is_length(folded, amount) or amount.unit == "time":
        return "at"
    if _LAPSED.match(folded, around.end):
        return "after"
    return "within" if _ACTED.match(folded, around.end) else "at"


def _value(amount: Amount, comparator: Comparator) -> float | None:
    if amount.unit == "clock" and amount.low != amount.high:
        return amount.low
    return amount.low if comparator in ("at_least", "after") else amount.high


def _recurrence(amount: Amount, before: str) -> str | None:
    if amount.period:
        return f"R/{amount.period}"
    return "R/P1D" if _on_workdays(before, amount) else None


def _on_workdays(before: str, amount: Amount) -> bool:
    """Whether a clock time is said to be that of working days."""
    return amount.unit == "clock" and bool(
        re.search(r"(?:工作日|weekdays|(?:working|business) days)(?:的|:|,|,? from|[ ])*$", before)
    )


def _sentence(folded: str, span: Span) -> tuple[int, int]:
    """Where the sentence around `span` begins and ends, looking no further than 120 characters."""
    start = max(0, span.start - 120)
    for match in _SENTENCE_END.finditer(folded, start, span.start):
        start = match.end()
    after = _SENTENCE_END.search(folded, span.end, span.end + 120)
    return start, after.start() if after else min(len(folded), span.end + 120)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    left = len(words) - len(words.lstrip())
    return Span(span.start + left, span.start + len(words.rstrip()))
