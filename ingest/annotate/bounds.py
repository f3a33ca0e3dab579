"""The words beside an amount that say what it bounds: 不超过, 以内, 至少, within, before, after.

Each table is read from top to bottom; the first row that stands next to the amount wins. What
stands before it wins over what follows: 至少3天前 is a minimum.
"""

import re

from kb.patterns import matching
from kb.records import Comparator, Span

_FILLER = (
    r"[ ]?(?:约|大约|大概|在|于|为|是|了|:|the(?: next| first)?|its|about|approximately"
    r"|a (?:total|period) of)?[ ]{0,2}$"
)
_NOT = r"[不唔](?:得|能|可|可以|应|应该|应当|要|宜|会|允许|许|准|必|需|用|好)?(?:再)?"

_BEFORE: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (
        "at_least",
        matching(
            rf"(?:至少|{_NOT}(?:少于|低于|短于|小于|早于)|最(?:少|短|低|快)|起码|不下|(?<![不未])满"
            r"|(?<![到送抵直传转表日时当])达到?"
            r"|(?<=[响等留候听存试打])[足够]|≥|≧|>=|(?:大|多)于(?:或|等于|或等于)"
            r"|(?<![a-z])(?:at least|(?:no|not|never) (?:less|fewer|sooner|earlier) than"
            r"|minimum(?: (?:wait|time|stay|period|term|notice)(?: for [a-z -]{1,30})?)?"
            rf"(?: of| is)?|a full)){_FILLER}"
        ),
    ),
    (
        "within",
        matching(
            rf"(?:{_NOT}(?:超过|超出|超|多于|迟于|晚于|大于|高于|长于|逾)"
            r"|最(?:多|迟|晚|长|久)(?:不(?:得|能|可|要)?(?:超过|超出|迟于|晚于))?|至[多迟晚]"
            r"|(?<=[\u4e00-\u9fff])(?<![只通经])不过"
            r"|上限|控制在|限时|限于|顶多|撑死|充其量|最慢|时效"
            r"|≤|≦|<=?|(?:少|小|低|短)于(?:或?等于)?|截止(?:时间|日期|日)?到?|截至|[不未]满|不足"
            r"|(?<![看听找得收达等查联办做遇想碰接拿买打])不到|拖不过|别拖过|放宽[至到为]|宽限[至到]?"
            r"|(?<![保留][存管留])(?:时限|期限|宽?限期)|(?:可以?|得)(?:延长?)?[至到]"
            r"|(?<![a-z])(?:within|no (?:later|more|longer|greater) than|not (?:later|more"
            r"|longer) than"
            r"|sla|(?:by|before) the end of"
            r"|(?:not|never)(?: to)? exceed(?:ing)?|never exceeds|at most|up to|(?:less|fewer) than"
            r"|(?:capped|limited|relaxed|extended) (?:at|to)|(?:limit|cap|ceiling) (?:is|of)"
            rf"|(?:in )?under|max(?:\.|imum)?(?: time)?(?: of| is)?|inside(?: of)?)){_FILLER}"
        ),
    ),
    (
        # What is not to be let happen for longer.
        "within",
        matching(
            r"(?:(?:(?<![特区级性分个识类鉴辨道告离])别|勿|不(?:要|得|能|可|应|许|准)?[让使令叫给])"
            r"[^,。;:!?\n]{0,10}(?:超过|超出|逾|大于|多于)|不(?:可|能|得|要|许|准)拖过|唔好耐过"
            r"|[不唔](?:好|要|得|能)[畀俾让]?[^,。;:!?\n]{0,6}多过"
            r"|(?:\b(?:not|never)|n['’]t) (?:let|allow|keep|leave|make|have|go|run|last"
            r"|store|hold|retain)\b"
            rf"[^,.;:]{{0,30}}(?:more than|longer than|over|exceed|beyond|past)){_FILLER}"
        ),
    ),
    (
        "after",
        matching(
            r"(?:超过|超出|逾|[大多高晚迟]于|响过|(?<![通经不])过"
            r"|(?<![a-z])(?:more than|over|longer than"
            r"|exceed(?:s|ing|ed)?|(?:lapse|expiry) of|later than|beyond|past|after|from|since)"
            rf"){_FILLER}"
        ),
    ),
    ("before", matching(rf"(?:提前|提早|(?<![a-z])(?:before|by|until|till|prior to)){_FILLER}")),
    ("before", re.compile(r"(?<=[^以之目从提])前[ ]{0,2}$")),
    ("within", re.compile(r"(?:最多|至多|最长|顶多)(?:可以?|只?能|允许)?[\u4e00-\u9fff]{1,3}$")),
    ("at_least", re.compile(r"(?:至少|最少|起码)(?:要|应|须|需)?[\u4e00-\u9fff]{1,3}$")),
)
_AFTER: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (
        "within",
        matching(
            r"[ ]?(?:的?时间)?(?:之|以)?内|(?:以)?里(?![程面])|为(?:上?限|期)|封顶(?![ ]?\d)|打住"
            r"|[ ]?\(上限\)|无理由|[ ](?:or (?:less|fewer|under|sooner)|max(?:imum)?|tops"
            r"|at (?:the )?(?:most|outside)|cap|limit|ceiling|only"
            r"|(?:is|are) the (?:most|longest|maximum|limit))\b"
        ),
    ),
    (
        "at_least",
        matching(
            r"(?:及|或|含|\(含\))?(?:以上)|[ ](?:or (?:more|longer|above)|minimum|at least)\b"
        ),
    ),
    (
        "before",
        matching(
            r"[ ]?(?:或?[之以])?前(?![台面方厅]|提(?![出交醒供示报]))"
            r"|[ ](?:before(?:hand)?|prior to|in advance|ahead(?: of)?|earlier)\b"
        ),
    ),
    ("before", re.compile(r"(?:为|截)?止(?![损痛付血水滑住咳])")),
    (
        "after",
        matching(r"[ ]?(?:之|以|过)?后(?![台勤续面]|方(?![可能得]))|[ ](?:later|after|onwards?)\b"),
    ),
)
_MOST = re.compile(
    r"(?:(?:[只仅](?:可以?|能|准|许|允许)|(?<![年权局界极无有受期时宽])限(?![制期度时定于]))"
    r"[\u4e00-\u9fff]{0,4}|封顶|延长[至到])[ ]{0,2}$"
)
"""What bounds a length or a count, and no place in the calendar: 只限周二 is every Tuesday."""
_GRANTED = re.compile(r"(?<![不尽])可(?:以|再)?[\u4e00-\u9fff]{0,2}[^分\W\d]$")
"""What may be done so many times: 可续借两次."""
_WAITS = matching(r"\b(?:wait|hold|stay|pause|listen|gap|leave)\b[^.;]{0,36}$")
"""What is waited so long before or after something else lasts so long."""
_OVERDUE = re.compile(r"(?<!每)(?:逾[时期]|超[时期]?)[ ]{0,2}$")
"""So long over the time, where nothing else bounds it: 逾期7日, 超48小时; 超时3次 is a count."""
_EXPIRED = re.compile(r"[期届]满[ ]{0,2}$")
"""A period is over, and what follows is counted from there: 期满3日内."""
_BRACKET = re.compile(r"[ ]?\([^()\n]{0,12}\)")
_IN = matching(r"(?:(?<![现存正实])在|于|\bin(?: the next)?)[ ]{0,2}$")
_FROM = matching(
    r"(?:有效|保修|质保|试用|冷静|犹豫|观察)期(?:限|间)?(?:为|是|:)?[ ]{0,2}$|保修[ ]{0,2}$"
    r"|后的[ ]{0,2}$|(?<![保留][存管留])(?:时限|期限|限期)[为是:][^,。;:\d]{1,6}$|"
    r"(?<!一)(?<=[^提引发想响]起)计?算?,?[ ]{0,2}$|\b(?:has|have|gets?) (?:only |exactly )?$"
)
"""Since when a stretch counts, who has it, what it is: 签收起7天, you have ten days, 有效期3年."""
_ANY = ("a ", "an ", "one ", "once", "twice")
_LEFT = 48


def bound(folded: str, span: Span, *, length: bool) -> tuple[Comparator | None, Span]:
    """What bounds the amount at `span`, and the span widened over the words that say so.

    `length` says that the amount is a stretch of time or a count, not a place in the calendar:
    only then does 在 (in) mean a limit.
    """
    left = folded[max(0, span.start - _LEFT) : span.start]
    preceding = next(((c, m) for c, pattern in _BEFORE if (m := pattern.search(left))), None)
    following = _following(folded, span.end)
    if following and following[0] == "within" and _EXPIRED.search(left):
        preceding = None
    end = following[1].end() if following else span.end
    if not following and folded.startswith(")", span.end):
        following = _following(folded, span.end + 1)
    if preceding:
        return preceding[0], Span(span.start - len(left) + preceding[1].start(), end)
    if length and (most := _MOST.search(left)):
        return "within", Span(span.start - len(left) + most.start(), end)
    counted = folded[span.end - 1] in "次遍"
    if length and not following and not counted and (over := _OVERDUE.search(left)):
        return "after", Span(span.start - len(left) + over.start(), end)
    if counted and not following and folded[span.start] != "二" and _GRANTED.search(left):
        return "within", span
    if following and folded.startswith((" before", " after"), span.end) and _WAITS.search(left):
        return None, span
    into = _IN.search(left) if length else None
    if into and (following is None or following[0] == "within"):
        return "within", Span(span.start - len(left) + into.start(), end)
    if length and not following and not folded.startswith(_ANY, span.start) and _FROM.search(left):
        return "within", Span(span.start, end)
    return (following[0] if following else None), Span(span.start, end)


def _following(folded: str, end: int) -> tuple[Comparator, re.Match[str]] | None:
    """The first bound that follows, a bracket between them skipped."""
    skipped = _BRACKET.match(folded, end)
    for position in (end, skipped.end() if skipped else end):
        for comparator, pattern in _AFTER:
            match = pattern.match(folded, position)
            if match:
                return comparator, match
    return None
